package record

import (
	"slices"
	"strings"
	"time"

	"kept/internal/yamldoc"
)

// Roles lists the roles that a person held on the day of at (read in zone), by
// the dated entries of the person's record: from and to are both inside. A role
// for certain customers counts: see [Register.RolesFor].
func (r *Register) Roles(person string, at time.Time, zone *time.Location) []string {
	return r.roles(person, at, zone, func(yamldoc.Object) bool { return true })
}

// RolesFor lists the roles that a person held on the day of at for what about is:
// a role that names customers holds for records of these customers only, and for
// their own records. Where about is nil it is [Register.Roles].
func (r *Register) RolesFor(about *Record, person string, at time.Time, zone *time.Location) []string {
	if about == nil {
		return r.Roles(person, at, zone)
	}
	return r.roles(person, at, zone, func(entry yamldoc.Object) bool {
		return about.Within(entry.Texts(CustomersField))
	})
}

// Within tells whether a record is one of those for which a role holds that names
// customers; a role that names none holds for all.
func (r *Record) Within(customers []string) bool {
	return len(customers) == 0 || slices.ContainsFunc(customers, r.concerns)
}

// concerns tells whether a record is a customer's, or the customer.
func (r *Record) concerns(customer string) bool {
	same := func(id string) bool { return strings.EqualFold(id, customer) }
	return same(r.ID) || same(r.Text(customerField)) || slices.ContainsFunc(r.Texts(CustomersField), same)
}

func (r *Register) roles(person string, at time.Time, zone *time.Location, over func(yamldoc.Object) bool) []string {
	rec := r.Get(person)
	if rec == nil || rec.folder() != PersonKind {
		return nil
	}
	day := at.In(zone).Format(time.DateOnly)
	var roles []string
	for _, entry := range rec.Items("roles") {
		if holds(entry, day) && over(entry) {
			roles = append(roles, entry.Text("role"))
		}
	}
	return roles
}

// The fields of the envelope that say whose a record is; in a person's roles, for
// whom they hold.
const (
	customerField  = "customer"
	CustomersField = "customers"
)

func holds(entry yamldoc.Object, day string) bool {
	from, to := entry.Text("from"), entry.Text("to")
	return from <= day && (to == "" || day <= to)
}

// Identity maps a git e-mail address to the id of the person whose identities
// name it, "" where nobody's do.
func (r *Register) Identity(email string) string {
	for rec := range r.Of(PersonKind) {
		if slices.ContainsFunc(rec.Texts("identities"), func(s string) bool { return strings.EqualFold(s, email) }) {
			return rec.ID
		}
	}
	return ""
}
