package check

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"kept/internal/history"
	"kept/internal/record"
)

// The fields of a person that say who acts and as what.
const (
	identitiesField = "identities"
	rolesField      = "roles"
)

// mostRoles bounds how many entries of a person are looked at.
const mostRoles = 200

// identify maps addresses to people. Of several who claim one address it is the one's
// whose record held it first on the mainline: a later claim takes nothing away.
func (a *auditor) identify(reg *record.Register) {
	a.people = map[string]string{}
	for rec := range reg.Of(record.PersonKind) {
		for _, address := range rec.Texts(identitiesField) {
			address = strings.ToLower(address)
			if other, taken := a.people[address]; !taken || a.claimed(rec.ID, address) < a.claimed(other, address) {
				a.people[address] = rec.ID
			}
		}
	}
}

// claimed is the number of the mainline commit by which a person's record first held
// an address; before all where the history does not say.
func (a *auditor) claimed(person, address string) int {
	t := a.History.Timeline(person)
	if t == nil {
		return -1
	}
	for i := range t.Changes {
		list, _ := t.ValueAfter(i+1, "/"+identitiesField)
		values, _ := list.([]any)
		if slices.ContainsFunc(values, func(v any) bool { s, _ := v.(string); return strings.EqualFold(s, address) }) {
			if at, ok := a.places()[t.Changes[i].MergedBy.Hash]; ok {
				return at
			}
			return len(a.places()) // not merged yet
		}
	}
	return -1
}

// grantedLater finds out that the role in which a step was done was entered into the
// person's record after the step had come onto the mainline, reaching back to it. It
// is since when the record says so, and by which change.
func (a *auditor) grantedLater(about, person, role string, e *history.Event, declared time.Time) (*history.Change, bool) {
	t := a.History.Timeline(person)
	if t == nil || len(t.Changes) == 0 {
		return nil, false
	}
	at := a.places()
	merged, ok := at[e.MergedBy.Hash]
	if !ok {
		return nil, false
	}
	rec := a.Register.Get(about)
	for i := range t.Changes {
		if !a.grants(rec, t, i+1, role, e.Submitted) && !a.grants(rec, t, i+1, role, declared) {
			continue
		}
		c := &t.Changes[i]
		return c, at[c.MergedBy.Hash] > merged
	}
	return nil, false
}

// grants tells whether a person's record, after its first n changes, gives a role for a
// record on the day of a moment. Where there is no such record any role of that name
// counts.
func (a *auditor) grants(about *record.Record, t *history.Timeline, n int, role string, when time.Time) bool {
	day := when.In(a.Zone).Format(time.DateOnly)
	for i := range mostRoles {
		entry := "/" + rolesField + "/" + strconv.Itoa(i)
		if v, _ := t.ValueAfter(n, entry); v == nil {
			return false
		}
		from, to := t.TextAfter(n, entry+"/from"), t.TextAfter(n, entry+"/to")
		if t.TextAfter(n, entry+"/role") != role || day < from || to != "" && to < day {
			continue
		}
		if only, _ := t.ValueAfter(n, entry+"/"+record.CustomersField); about == nil || about.Within(texts(only)) {
			return true
		}
	}
	return false
}

// texts are the texts of a list.
func texts(list any) []string {
	items, _ := list.([]any)
	var found []string
	for _, item := range items {
		if s, ok := item.(string); ok {
			found = append(found, s)
		}
	}
	return found
}
