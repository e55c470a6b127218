package metric

import (
	"slices"
	"strconv"
	"time"

	"kept/internal/calendar"
	"kept/internal/history"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// itemsKept is the share of list items, such as actions, done by their due time,
// by the period of the due time that held when the record first reached a state
// (K19, domain.md §0.19), or of a limit from a time of the record (K25).
type itemsKept struct {
	cohort
	list, due, done string
	start           string // of the record, where a limit and not a field says the due time
	within          calendar.Limit
	dated           string // time of the record at which done took place where that field holds no time
	since           string // state; records that never reached it are in no figure
	unusable        []exclusion
	field           schema.Field // the list
}

// itemsOf reads the key items of a cohort.
func (b *builder) itemsOf(c cohort, o yamldoc.Object, pointer string) itemsKept {
	m := itemsKept{
		cohort: c, list: o.Text("list"), due: o.Text("due"), done: o.Text("done"), since: o.Text("since"),
		within: b.limitIn(o, "within", pointer+"/within", calendar.Limit{}),
	}
	if m.kind == nil {
		return m
	}
	b.name(o, "list", pointer+"/list", m.kind)
	m.field, _ = m.kind.Field(m.list)
	m.unusable = b.exclusions(o, "exclude", pointer+"/exclude", record.ItemTypes(m.field))
	names := []string{m.done}
	if o.Has("start") {
		m.start = b.name(o, "start", pointer+"/start", m.kind)
	} else {
		names = append(names, m.due)
	}
	if o.Has("dated") {
		m.dated = b.name(o, "dated", pointer+"/dated", m.kind)
	}
	for _, name := range names {
		b.name(yamldoc.NewObject(map[string]any{"": m.list + "." + name}), "", pointer, m.kind)
	}
	return m
}

// sources is the items of several kinds in one share.
type sources []itemsKept

func (b *builder) sources() sources {
	if b.rec.Has("items") {
		return sources{b.itemsOf(b.cohort(""), b.rec.Object.Object("items"), "/items")}
	}
	var list sources
	for i, o := range b.rec.Items("sources") {
		pointer := "/sources/" + strconv.Itoa(i)
		list = append(list, b.itemsOf(b.cohortOf(o, pointer), o.Object("items"), pointer+"/items"))
	}
	return list
}

func (s sources) fill(in *Inputs, d *Definition, r *Result) {
	r.sort(in, in.once(d, r.Basis, "", func() []member {
		var list []member
		for _, m := range s {
			list = append(list, m.members(in, d, r.Basis)...)
		}
		return list
	}))
	r.share()
}

func (m itemsKept) members(in *Inputs, d *Definition, b Basis) []member {
	var list []member
	for f, left := range m.facts(in) {
		since, ok := f.reached(m.since)
		if !ok {
			continue
		}
		for i, item := range f.rec.Items(m.list) {
			e, ok := m.member(in, d, b, f, since, i, item)
			if ok {
				e.left = orReason(left, e.left)
				list = append(list, e)
			}
		}
	}
	return list
}

// member judges one item; false where it has no due time.
func (m itemsKept) member(in *Inputs, d *Definition, b Basis, f *facts, since step, i int, item yamldoc.Object) (member, bool) {
	key := itemKey(i, item)
	pointer := "/" + m.list + "/" + escaped(key) + "/"
	start, due, ok := m.clock(in, f, since, pointer, item)
	if !ok {
		return member{}, false
	}
	e := member{
		Evidence: Evidence{Record: f.rec.ID, Item: key, Due: due.At},
		start:    start, when: due.At, provisional: due.Provisional,
		left: left(m.unusable, record.ItemVars(m.field, item, in.Calendar.Zone())),
	}
	at, ok := f.momentIn(item, m.done)
	if !ok && m.dated != "" && item.Has(m.done) {
		at, ok = f.moment(m.dated)
	}
	recorded, known := f.since(pointer+m.done, item.Text(m.done))
	if ok && known {
		e.judge(in, d, b, done3{at, recorded, f.broughtBy(recorded)})
	}
	return e, true
}

// clock is when an item began to run and when it is due: by the limit, or by its
// own due time as it stood when the record first reached the state.
func (m itemsKept) clock(in *Inputs, f *facts, since step, pointer string, item yamldoc.Object) (time.Time, calendar.Due, bool) {
	if m.start != "" {
		start, ok := f.moment(m.start)
		return start, in.Calendar.Due(start, m.within, nil), ok
	}
	original := item
	if text := f.textWhen(m.since, pointer+m.due); text != "" {
		original = yamldoc.NewObject(map[string]any{m.due: text})
	}
	due, ok := record.DueOf(original, m.due, in.Calendar)
	return since.At, calendar.Due{At: due}, ok
}

// itemKey names an item of a list as the history does: by its id, or its place.
func itemKey(i int, item yamldoc.Object) string {
	if key := item.Text(record.IDField); key != "" {
		return key
	}
	return strconv.Itoa(i)
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
