package portal

import (
	"cmp"
	"slices"

	"kept/internal/record"
	"kept/internal/schema"
)

// RefGroup is references of one sort: by the field that makes them (out) or by
// the kind and the field that make them (in).
type RefGroup struct {
	Kind  string // of those that refer, "" for references out
	Title string
	Items []RefItem // at most refLimit
	Count int       // all of them
}

// refLimit bounds a group on a page: the register lists the rest.
const refLimit = 20

// RefItem is one record referred to.
type RefItem struct {
	Cell
	State Cell
	Date  string // the day the record belongs to
}

// outgoing groups what a record refers to by field. People stand in the fields
// already and are left out.
func (v *View) outgoing(rec *record.Record) []RefGroup {
	var groups []RefGroup
	seen := map[[2]string]bool{}
	for _, ref := range v.src.Register.From(rec.ID) {
		if to := v.src.Register.Get(ref.To); to != nil && record.KindOf(to.Path) == record.PersonKind {
			continue
		}
		label, f, _ := v.locate(rec.Kind, ref.Pointer)
		if v.hides(f.Class) {
			continue
		}
		if fd, ok := rec.Kind.Field(ref.Field); ok {
			label = v.label(fd)
		}
		if ref.Rel != "" {
			label = v.rel(rec, ref.Rel)
		}
		if key := [2]string{label, ref.To}; !seen[key] {
			seen[key] = true
			add(&groups, "", label, v.refItem(ref.To))
		}
	}
	return groups
}

func (v *View) rel(rec *record.Record, rel string) string {
	f, _ := rec.Kind.Field(record.LinksField + ".rel")
	return v.option(f, rel)
}

// incoming groups what refers to a record by the referring kind, newest first;
// so the page of a customer, or of any record that many refer to, gathers them.
func (v *View) incoming(id string) []RefGroup {
	var groups []RefGroup
	seen := map[string]bool{}
	for _, ref := range v.src.Register.To(id) {
		from := v.src.Register.Get(ref.From)
		if from == nil || seen[ref.From] || from.Kind == nil {
			continue
		}
		if _, f, _ := v.locate(from.Kind, ref.Pointer); v.hides(f.Class) {
			continue
		}
		seen[ref.From] = true
		add(&groups, from.Kind.ID, v.p.Text(from.Kind.Title), v.refItem(ref.From))
	}
	for i := range groups {
		g := &groups[i]
		slices.SortStableFunc(g.Items, func(a, b RefItem) int { return cmp.Compare(b.Date, a.Date) })
		g.Items = g.Items[:min(len(g.Items), refLimit)]
	}
	return groups
}

// withoutGathered leaves out what the kind gathers on a page of its own.
func withoutGathered(groups []RefGroup, kind *schema.Kind) []RefGroup {
	return slices.DeleteFunc(groups, func(g RefGroup) bool {
		return slices.ContainsFunc(kind.Gathers, func(one schema.Gathered) bool { return one.Kind == g.Kind })
	})
}

func add(groups *[]RefGroup, kind, title string, item RefItem) {
	for i := range *groups {
		g := &(*groups)[i]
		if g.Title == title {
			g.Items = append(g.Items, item)
			g.Count++
			return
		}
	}
	*groups = append(*groups, RefGroup{Kind: kind, Title: title, Items: []RefItem{item}, Count: 1})
}

func (v *View) refItem(id string) RefItem {
	rec := v.src.Register.Get(id)
	if rec == nil {
		return RefItem{Cell: v.anyRecord(id), State: Cell{Text: v.p.Say("portal.missing"), Tone: Bad}}
	}
	item := RefItem{Cell: v.refCell(id, withID), State: v.stateCell(rec)}
	if rec.Kind != nil && rec.Kind.Date != "" {
		if t, ok := rec.Moment(rec.Kind.Date, v.zone); ok {
			item.Date = t.In(v.zone).Format("2006-01-02")
		}
	}
	return item
}
