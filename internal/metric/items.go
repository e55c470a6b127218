package metric

import (
	"slices"
	"strconv"
	"time"

	"kept/internal/history"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// itemsKept is the share of list items, such as actions, done by their due time,
// by the period of the due time that held when the record first reached a state
// (K19, domain.md §0.19).
type itemsKept struct {
	cohort
	list, due, done string
	since           string // state; records that never reached it are in no figure
	unusable        []exclusion
	field           schema.Field // the list
}

func (b *builder) itemsKept() measure {
	o := b.rec.Object.Object("items")
	m := itemsKept{cohort: b.cohort(""), list: o.Text("list"), due: o.Text("due"), done: o.Text("done"), since: o.Text("since")}
	if m.kind == nil {
		return nil
	}
	b.name(o, "list", "/items/list", m.kind)
	m.field, _ = m.kind.Field(m.list)
	m.unusable = b.exclusions(o, "exclude", "/items/exclude", record.ItemTypes(m.field))
	for _, name := range []string{m.due, m.done} {
		b.name(yamldoc.NewObject(map[string]any{"": m.list + "." + name}), "", "/items", m.kind)
	}
	return m
}

func (m itemsKept) fill(in *Inputs, d *Definition, r *Result) {
	r.sort(in, in.once(d, r.Basis, "", func() []member {
		var list []member
		for f, left := range m.facts(in) {
			since, ok := f.reached(m.since)
			if !ok {
				continue
			}
			for i, item := range f.rec.Items(m.list) {
				e, ok := m.member(in, d, r.Basis, f, since, i, item)
				if ok {
					e.left = orReason(left, e.left)
					list = append(list, e)
				}
			}
		}
		return list
	}))
	r.share()
}

// member judges one item; false where it has no due time.
func (m itemsKept) member(in *Inputs, d *Definition, b Basis, f *facts, since step, i int, item yamldoc.Object) (member, bool) {
	key := item.Text(record.IDField)
	if key == "" {
		key = strconv.Itoa(i)
	}
	pointer := "/" + m.list + "/" + escaped(key) + "/"
	original := item
	if text := f.textWhen(m.since, pointer+m.due); text != "" {
		original = yamldoc.NewObject(map[string]any{m.due: text})
	}
	due, ok := record.DueOf(original, m.due, in.Calendar)
	if !ok {
		return member{}, false
	}
	e := member{
		Evidence: Evidence{Record: f.rec.ID, Item: key, Due: due},
		start:    since.At, when: due,
		left: left(m.unusable, record.ItemVars(m.field, item, in.Calendar.Zone())),
	}
	at, ok := f.momentIn(item, m.done)
	recorded, known := f.since(pointer+m.done, item.Text(m.done))
	if ok && known {
		e.judge(in, d, b, done3{at, recorded, f.broughtBy(recorded)})
	}
	return e, true
}

// reached is the first known step into a state. Without a state every record
// counts, from before all time.
func (f *facts) reached(state string) (step, bool) {
	if state == "" {
		return step{Transition: record.Transition{At: time.Time{}.Add(1)}}, true
	}
	i := slices.IndexFunc(f.steps, func(s step) bool { return s.To == state })
	if i < 0 {
		return step{}, false
	}
	return f.steps[i], true
}

// broughtBy tells whether a value of an imported record came with the record's
// first mainline commit, so that git times do not apply to it (domain.md §0.4).
func (f *facts) broughtBy(r history.Recorded) bool {
	return f.imported() && !r.IsZero() && f.timeline.Created.MergedBy != nil && r.MergedBy.Hash == f.timeline.Created.MergedBy.Hash
}
