package record

import (
	"slices"
	"strings"
	"time"

	"kept/internal/yamldoc"
)

// Roles lists the roles that a person held on the day of at (read in zone), by
// the dated entries of the person's record: from and to are both inside.
func (r *Register) Roles(person string, at time.Time, zone *time.Location) []string {
	rec := r.Get(person)
	if rec == nil || rec.folder() != PersonKind {
		return nil
	}
	day := at.In(zone).Format(time.DateOnly)
	var roles []string
	for _, entry := range rec.Items("roles") {
		if holds(entry, day) {
			roles = append(roles, entry.Text("role"))
		}
	}
	return roles
}

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
