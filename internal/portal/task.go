package portal

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"kept/internal/locale"
	"kept/internal/obligation"
	"kept/internal/record"
	"kept/internal/schema"
)

// ownerField is the envelope's field for who answers for a record.
const ownerField = "owner"

// task is something that somebody has to do: a running limit of a record, an open
// record without one, or a duty that is overdue or coming.
type task struct {
	due     time.Time // zero for none
	dueText Cell
	record  string // id, "" for none
	subject Cell
	what    string
	owner   string // person id, "" where only a role is known
	role    string // title, "" for none
	state   Cell
	late    bool
}

// tasks lists what is to be done by due time, most overdue first, and at the end
// what has no due time. A duty that says the same as a limit is left out.
func (v *View) tasks() []task {
	var list []task
	limited := map[string]bool{}
	for _, o := range v.waiting() {
		t := v.taskOf(o)
		list = append(list, t)
		if !t.due.IsZero() {
			limited[o.rec.ID+t.due.UTC().String()] = true
		}
	}
	for _, d := range v.dutiesIn(obligation.Overdue, obligation.Coming) {
		if d.Item == "" && limited[d.Record+d.Due.UTC().String()] {
			continue
		}
		list = append(list, v.taskOfDuty(&d))
	}
	slices.SortStableFunc(list, func(a, b task) int {
		if a.due.IsZero() != b.due.IsZero() {
			return cmp.Compare(boolInt(a.due.IsZero()), boolInt(b.due.IsZero()))
		}
		return a.due.Compare(b.due)
	})
	return list
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (v *View) taskOf(o waiting) task {
	t := task{record: o.rec.ID, due: o.Due, dueText: Cell{Text: noValue}, subject: v.refCell(o.rec.ID, withID), state: v.stateCell(o.rec), owner: v.ownerOf(o.rec)}
	if t.owner == "" {
		t.role = v.nextRole(o.rec)
	}
	if o.limit == nil {
		t.due, t.what = time.Time{}, v.p.Say("portal.no-limit")
		return t
	}
	t.dueText, t.what, t.state, t.late = Cell{Text: v.dueText(o.clock)}, v.p.Text(o.limit.Title), v.remaining(o), o.verdict == overdue
	return t
}

func (v *View) taskOfDuty(d *obligation.Duty) task {
	o := waiting{verdict: pending}
	o.Due = d.Due
	if d.State == obligation.Overdue {
		o.verdict = overdue
	}
	t := task{record: d.Record, due: d.Due, dueText: v.dutyDue(d), subject: v.dutySubject(d), what: v.dutyName(d).Text, owner: d.Owner, state: v.remaining(o), late: d.State == obligation.Overdue}
	if t.subject.Text == "" {
		t.subject = v.dutyName(d)
		t.what = v.dutyPeriod(d).Text
	}
	if t.owner == "" {
		t.role = v.role(d.Definition.Owner)
	}
	return t
}

// ownerOf is the person who answers for a record, "" for none or one that this
// edition does not name.
func (v *View) ownerOf(rec *record.Record) string {
	f, ok := rec.Kind.Field(ownerField)
	if !ok || v.hides(f.Class) {
		return ""
	}
	return rec.Text(ownerField)
}

// nextRole names who may take the next step of a record.
func (v *View) nextRole(rec *record.Record) string {
	var names []string
	for _, s := range rec.Kind.Steps {
		if !slices.Contains(s.From, rec.Status()) {
			continue
		}
		for _, role := range s.Roles {
			if name := v.role(role); !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return strings.Join(names[:min(2, len(names))], v.p.Say("portal.comma"))
}

// waiting lists the running limits of all open records by due time, then the open
// records without one.
func (v *View) waiting() []waiting {
	var open, idle []waiting
	for rec := range v.openRecords() {
		list := v.runningLimits(rec)
		if len(list) == 0 {
			idle = append(idle, waiting{rec: rec})
		}
		open = append(open, list...)
	}
	slices.SortStableFunc(open, func(a, b waiting) int { return a.Due.Compare(b.Due) })
	return append(open, idle...)
}

// openRecords yields the governed records that somebody has to act on.
func (v *View) openRecords() func(yield func(*record.Record) bool) {
	return func(yield func(*record.Record) bool) {
		for _, s := range v.sections {
			if !governs(s.Kind) {
				continue
			}
			for rec := range v.src.Register.Of(s.Folder) {
				if state, ok := rec.State(); ok && state.Phase == schema.Open && !yield(rec) {
					return
				}
			}
		}
	}
}

// taskTable lists tasks in the order given.
func (v *View) taskTable(id, title string, list []task) Table {
	t := Table{ID: id, Title: title, Empty: v.p.Say("portal.nothing-due"), Columns: []Column{
		{Key: "verdict", Title: v.p.Say("portal.status"), Screen: true},
		{Key: "record", Title: v.p.Say("portal.task"), Screen: true},
		{Key: "limit", Title: v.p.Say("portal.task-what"), Screen: true},
		{Key: "due", Title: v.p.Say("portal.due"), Screen: true},
		{Key: "owner", Title: v.p.Say("portal.duty-owner"), Screen: true},
	}}
	for _, k := range list {
		t.Rows = append(t.Rows, Row{Cells: []Cell{k.state, k.subject, {Text: k.what}, k.dueText, v.taskOwner(k)}})
	}
	return t
}

// taskOwner leads to what the owner has to do.
func (v *View) taskOwner(k task) Cell {
	if k.owner == "" {
		return Cell{Text: k.role}
	}
	c := v.refCell(k.owner, shortName)
	if v.isPerson(k.owner) {
		c.Link = ownerLink(k.owner)
	}
	return c
}

func (v *View) isPerson(id string) bool {
	rec := v.src.Register.Get(id)
	return rec != nil && rec.ID == id && record.KindOf(rec.Path) == record.PersonKind
}

// ownerLink is the page of what one person has to do.
func ownerLink(id string) Link { return Link{Page: dutyFolder + "/by/" + pageName(id) + ".html"} }

// taskCount says how many tasks there are and how many are late.
func (v *View) taskCount(list []task) string {
	late := 0
	for _, t := range list {
		if t.late {
			late++
		}
	}
	return v.p.Say("portal.task-count", locale.N("n", len(list)), locale.N("late", late))
}

// Owner is the page of what one person has to do.
type Owner struct {
	Page
	Name   Cell // the person's record
	Counts string
	Tasks  Table
	Later  Table // duties that are not near yet
}

// OwnerLine leads from a person to what that person has to do.
type OwnerLine struct {
	Name  Cell
	Count string
	Late  int
}

// Owners lists the people who have something to do, by name of their record.
func (v *View) Owners() []string {
	seen := map[string]bool{}
	for _, t := range v.tasks() {
		if v.isPerson(t.owner) {
			seen[t.owner] = true
		}
	}
	for _, d := range v.dutiesIn(obligation.Later) {
		if v.isPerson(d.Owner) {
			seen[d.Owner] = true
		}
	}
	var ids []string
	for rec := range v.src.Register.Of(record.PersonKind) {
		if seen[rec.ID] {
			ids = append(ids, rec.ID)
		}
	}
	return ids
}

// Owner makes the page of what one person has to do.
func (v *View) Owner(id string) Owner {
	name := v.refCell(id, shortName)
	o := Owner{
		Page: v.page(ownerLink(id).Page, v.words("portal.tasks-of", "name", name.Text), dutySection, Crumb{v.p.Say("portal.duties"), Link{Page: dutyFolder + "/index.html"}}),
		Name: name,
	}
	var own []task
	for _, t := range v.tasks() {
		if t.owner == id {
			own = append(own, t)
		}
	}
	o.Counts = v.taskCount(own)
	o.Tasks = v.taskTable("tasks", o.Title, own[:min(len(own), dutyLimit)])
	dropColumn(&o.Tasks, "owner")
	later := v.dutiesThat(func(d *obligation.Duty) bool {
		said := func(t task) bool { return t.record == d.Record && d.Item == "" && t.due.Equal(d.Due) }
		return d.State == obligation.Later && d.Owner == id && !slices.ContainsFunc(own, said)
	})
	o.Later = v.dutyTable(string(obligation.Later), v.dutyState(obligation.Later), later[:min(len(later), dutyLimit)])
	dropColumn(&o.Later, "owner")
	return o
}

// ownerLines counts the tasks of each person, those with late ones first.
func (v *View) ownerLines(list []task) []OwnerLine {
	count, late := map[string]int{}, map[string]int{}
	var ids []string
	for _, t := range list {
		if !v.isPerson(t.owner) {
			continue
		}
		if count[t.owner] == 0 {
			ids = append(ids, t.owner)
		}
		count[t.owner]++
		if t.late {
			late[t.owner]++
		}
	}
	slices.SortFunc(ids, func(a, b string) int {
		return cmp.Or(cmp.Compare(late[b], late[a]), cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
	var lines []OwnerLine
	for _, id := range ids {
		c := v.refCell(id, shortName)
		c.Link = ownerLink(id)
		lines = append(lines, OwnerLine{Name: c, Count: plainCount(count[id]), Late: late[id]})
	}
	return lines
}
