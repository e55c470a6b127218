package portal

import (
	"slices"
	"strings"

	"kept/internal/locale"
	"kept/internal/record"
)

// Former is the page at the address of a number that a record gave up: it leads
// to the record's present page.
type Former struct {
	Page
	Was string
	Now Cell
	Say string
}

// findFormer gathers the numbers that records had before.
func (v *View) findFormer() {
	for rec := range v.src.Register.All() {
		if old := rec.Text(record.RenumberedField); old != "" && !strings.EqualFold(old, rec.ID) {
			v.former[strings.ToLower(old)] = append(v.former[strings.ToLower(old)], rec.ID)
		}
	}
}

// FormerIDs lists the given-up numbers of a section that no other record has.
func (v *View) FormerIDs(folder string) []string {
	var ids []string
	for rec := range v.src.Register.Of(folder) {
		old := rec.Text(record.RenumberedField)
		if old == "" || v.former[strings.ToLower(old)] == nil || v.src.Register.Get(old) != nil || slices.Contains(v.gone[folder], old) || !plainName(old) {
			continue
		}
		if !slices.ContainsFunc(ids, func(id string) bool { return strings.EqualFold(id, old) }) {
			ids = append(ids, old)
		}
	}
	slices.Sort(ids)
	return ids
}

// Former makes the page of a number that [View.FormerIDs] lists.
func (v *View) Former(folder, old string) Former {
	now := v.refCell(v.former[strings.ToLower(old)][0], withID)
	return Former{
		Page: v.recordPage(folder, old, old), Was: old, Now: now,
		Say: v.p.Say("portal.former", locale.A("was", old)),
	}
}

// taken says that another record once had this one's number.
func (v *View) taken(id string) []Notice {
	var notices []Notice
	for _, other := range v.former[strings.ToLower(id)] {
		notices = append(notices, Notice{Text: v.p.Say("portal.taken", locale.A("id", other)), Tone: Neutral, Link: v.anyRecord(other)})
	}
	return notices
}
