package portal

import (
	"slices"
	"strings"
	"time"

	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/obligation"
	"kept/internal/record"
)

// dutyLimit bounds what has been done, newest first: the records list the rest.
const dutyLimit = 300

// nextDuties bounds what a record's page shows of what is due later.
const nextDuties = 3

// Duties is the page of what the process owes and what it did.
type Duties struct {
	Page
	Groups   []DutyGroup // those with rows
	Calendar Link
	File     Link // the calendar file
	Prints   []Cell
	Owners   []OwnerLine // the people with something to do
	Empty    string      // said where nothing is owed
}

// DutyGroup is the duties of one state, of which the table shows the first.
type DutyGroup struct {
	Count int
	Table Table
}

// dutyStates are the groups of the page in its order.
var dutyStates = [...]obligation.State{
	obligation.Overdue, obligation.Missed, obligation.Coming, obligation.Later, obligation.Late, obligation.Done,
}

// Duties makes the page of obligations.
func (v *View) Duties() Duties {
	d := Duties{
		Page:     v.page(dutyFolder+"/index.html", v.p.Say("portal.duties"), dutySection),
		Calendar: Link{Page: dutyFolder + "/calendar.html"}, File: Link{Page: CalendarFile},
		Prints: v.printsOf(ContentObligations), Empty: v.p.Say("portal.nothing-owed"),
	}
	d.Owners = v.ownerLines(v.tasks())
	for _, state := range dutyStates {
		list := v.dutiesIn(state)
		if past(state) {
			slices.Reverse(list)
		}
		if len(list) > 0 {
			d.Groups = append(d.Groups, DutyGroup{len(list), v.dutyTable(string(state), v.dutyState(state), list[:min(len(list), dutyLimit)])})
		}
	}
	return d
}

// Owes tells whether there are obligations at all.
func (v *View) Owes() bool { return len(v.src.Duties) > 0 }

func past(s obligation.State) bool {
	return s == obligation.Done || s == obligation.Late || s == obligation.Missed
}

// CalendarFile is the name of the calendar file beside the pages of a language.
const CalendarFile = "obligations.ics"

func (v *View) dutiesIn(states ...obligation.State) []obligation.Duty {
	return v.dutiesThat(func(d *obligation.Duty) bool { return slices.Contains(states, d.State) })
}

func (v *View) dutiesThat(holds func(*obligation.Duty) bool) []obligation.Duty {
	var list []obligation.Duty
	for i := range v.src.Duties {
		if d := &v.src.Duties[i]; d.Definition != nil && holds(d) {
			list = append(list, *d)
		}
	}
	return list
}

// dutyState says how an obligation stands.
func (v *View) dutyState(s obligation.State) string {
	switch s {
	case obligation.Overdue:
		return v.p.Say("portal.duty-overdue")
	case obligation.Missed:
		return v.p.Say("portal.duty-missed")
	case obligation.Coming:
		return v.p.Say("portal.duty-coming")
	case obligation.Done:
		return v.p.Say("portal.duty-done")
	case obligation.Late:
		return v.p.Say("portal.duty-late")
	}
	return v.p.Say("portal.duty-later")
}

func dutyTone(s obligation.State) Tone {
	return map[obligation.State]Tone{
		obligation.Overdue: Bad, obligation.Missed: Bad, obligation.Coming: Warn, obligation.Done: Good, obligation.Late: Warn, obligation.Later: Muted,
	}[s]
}

// dutyTable lists duties in the order given; columns that none fills are left
// out. Weights are for the paper.
func (v *View) dutyTable(id, title string, list []obligation.Duty) Table {
	has := func(holds func(obligation.Duty) bool) bool { return slices.ContainsFunc(list, holds) }
	done := has(func(d obligation.Duty) bool { return !d.Done.IsZero() })
	t := Table{ID: id, Title: title, Empty: v.p.Say("portal.nothing-owed")}
	columns := []struct {
		Column
		used bool
		cell func(*obligation.Duty) Cell
	}{
		{Column{Key: "due", Title: v.p.Say("portal.due"), Weight: 9}, true, v.dutyDue},
		{Column{Key: "duty", Title: v.p.Say("portal.duty"), Weight: 16}, true, v.dutyName},
		{Column{Key: "period", Title: v.p.Say("portal.period"), Weight: 8}, has(func(d obligation.Duty) bool { return d.Period.Grain != "" }), v.dutyPeriod},
		{Column{Key: "subject", Title: v.p.Say("portal.duty-subject"), Weight: 16}, has(func(d obligation.Duty) bool { return d.Record != "" }), v.dutySubject},
		{Column{Key: "owner", Title: v.p.Say("portal.duty-owner"), Weight: 9}, true, v.dutyOwner},
		{Column{Key: "status", Title: v.p.Say("portal.status"), Weight: 8}, true, v.dutyVerdict},
		{Column{Key: "done", Title: v.p.Say("portal.done"), Weight: 10}, done, v.dutyDone},
		{Column{Key: "evidence", Title: v.p.Say("portal.duty-evidence"), Weight: 11}, has(func(d obligation.Duty) bool { return d.Evidence != "" }), v.dutyEvidence},
		{Column{Key: "commit", Title: v.p.Say("portal.commit"), Weight: 9}, has(func(d obligation.Duty) bool { return d.Commit != "" }), v.dutyCommit},
	}
	for _, c := range columns {
		if c.used {
			c.Screen = true
			t.Columns = append(t.Columns, c.Column)
		}
	}
	for i := range list {
		row := Row{ID: list[i].Record, Cells: make([]Cell, 0, len(t.Columns))}
		for _, c := range columns {
			if c.used {
				row.Cells = append(row.Cells, c.cell(&list[i]))
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (v *View) dutyDue(d *obligation.Duty) Cell {
	text := v.dueWords(d.Due)
	if d.Provisional {
		text = v.p.Say("portal.provisional-due", locale.A("due", text))
	}
	return Cell{Text: text, Sort: d.Due.In(v.zone).Format(time.RFC3339)}
}

// dueWords says a due time; the end of a day is said as that day, because
// nobody reads the next day's midnight as the evening before.
func (v *View) dueWords(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	if local := t.In(v.zone); local.Format("15:04") == "23:59" || local.Format("15:04:05") == "00:00:00" {
		return dueDay(t, v.zone).String()
	}
	return v.moment(t)
}

// dueDay is the last day on which what is due at t is in time.
func dueDay(t time.Time, zone *time.Location) calendar.Day {
	return calendar.DayOf(t.In(zone).Add(-time.Nanosecond))
}

func (v *View) dutyName(d *obligation.Duty) Cell {
	c := v.anyRecord(d.Definition.ID)
	if text := v.p.Text(d.Definition.Title); text != "" {
		c.Text = v.mask(text)
	}
	return c
}

func (v *View) dutyPeriod(d *obligation.Duty) Cell {
	if d.Period.Grain == "" {
		return Cell{}
	}
	return Cell{Text: v.period(d.Period), Sort: d.Period.String()}
}

func (v *View) dutySubject(d *obligation.Duty) Cell {
	if d.Record == "" {
		return Cell{}
	}
	c := v.anyRecord(d.Record)
	if rec := v.src.Register.Get(d.Record); rec != nil {
		c = v.refCell(d.Record, withID)
	}
	if d.Item != "" {
		title := v.mask(v.p.Text(d.Title))
		c.Text = strings.TrimSpace(d.Record + " " + d.Item + " " + title)
	}
	return c
}

func (v *View) dutyOwner(d *obligation.Duty) Cell {
	if d.Owner != "" {
		return v.refCell(d.Owner, shortName)
	}
	return Cell{Text: v.role(d.Definition.Owner)}
}

func (v *View) dutyVerdict(d *obligation.Duty) Cell {
	return Cell{Text: v.dutyState(d.State), Tone: dutyTone(d.State)}
}

func (v *View) dutyDone(d *obligation.Duty) Cell { return Cell{Text: v.moment(d.Done)} }

func (v *View) dutyEvidence(d *obligation.Duty) Cell {
	if d.Evidence == "" {
		return Cell{}
	}
	return v.anyRecord(d.Evidence)
}

func (v *View) dutyCommit(d *obligation.Duty) Cell {
	return Cell{Text: d.Commit.Short(), Mono: true}
}

// findDuties notes which records each duty concerns: thousands of pages ask.
func (v *View) findDuties() {
	v.concerns = map[string][]int{}
	for i := range v.src.Duties {
		d := &v.src.Duties[i]
		if d.Definition == nil {
			continue
		}
		ids := named(d)
		for n, id := range ids {
			if !slices.Contains(ids[:n], id) {
				v.concerns[id] = append(v.concerns[id], i)
			}
		}
	}
}

// dutiesOf lists what concerns one record, in the order of the page of
// obligations: what it owes, what it did, and what an obligation asks for, which
// needs no column that names it. Of what lies far ahead only the next is shown.
func (v *View) dutiesOf(id string) *Table {
	if len(v.concerns[id]) == 0 {
		return nil
	}
	var list []obligation.Duty
	defines := false
	for _, state := range dutyStates {
		var some []obligation.Duty
		for _, i := range v.concerns[id] {
			if d := v.src.Duties[i]; d.State == state {
				some, defines = append(some, d), defines || d.Definition.ID == id
			}
		}
		if past(state) {
			slices.Reverse(some)
		}
		if state == obligation.Later {
			some = some[:min(len(some), nextDuties)]
		}
		list = append(list, some...)
	}
	t := v.dutyTable("duties", v.p.Say("portal.duties"), list[:min(len(list), dutyLimit)])
	if defines {
		dropColumn(&t, "duty")
	}
	return &t
}

// gaps lists the missed periods, newest first; of those that records of a kind
// would have met, or all for "".
func (v *View) gaps(kind string) []obligation.Duty {
	list := v.dutiesThat(func(d *obligation.Duty) bool {
		return d.State == obligation.Missed && (kind == "" || v.provedBy(d.Definition.ID) == kind)
	})
	slices.Reverse(list)
	return list
}

// provedBy is the kind of records that meet an obligation, "" where it names
// none.
func (v *View) provedBy(id string) string {
	rec := v.src.Register.Get(id)
	if rec == nil || record.KindOf(rec.Path) != record.ObligationKind {
		return ""
	}
	return rec.Object.Object("evidence").Text("kind")
}
