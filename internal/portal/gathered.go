package portal

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"time"

	"kept/internal/chart"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// Gathered is what the records of other kinds say of one, for its own page.
type Gathered struct {
	Link  Link // the page that gathers them
	Table Table
}

// Hub is the page that gathers the records of other kinds about one, over time: a
// customer with its contracts, complaints and reviews.
type Hub struct {
	Page
	Kind    string
	Record  Cell
	State   Cell
	Summary Table // each kind: how many, open, overdue, the newest
	Figures Table // indicators of these records alone, by year; none without rows
	Note    string
	Years   Table // how many of each kind in each year
	Bands   *chart.Bands
	Parts   []HubPart
}

// HubPart is the records of one kind, the newest first.
type HubPart struct {
	ID       string
	Title    string
	Count    int
	Register Link // chosen by this record where the register can be
	Latest   Table
	Rest     string // how many the table leaves out, "" for none
}

// hubLatest bounds the records of a kind on the page that gathers them: the
// register lists the rest.
const hubLatest = 10

// member is one gathered record with its day, zero where its kind knows none.
type member struct {
	rec  *record.Record
	date time.Time
	cell Cell // its state
	due  Cell // its first overdue limit; zero for none
}

// gathering is the members of one kind, newest first.
type gathering struct {
	schema.Gathered
	kind          *schema.Kind
	members       []member
	open, overdue int
}

// Gathers tells whether records of a section have a page that gathers others.
func (v *View) Gathers(folder string) bool {
	kind := v.src.Register.Kinds().Kind(folder)
	return kind != nil && len(kind.Gathers) > 0
}

func (v *View) gather(rec *record.Record) []gathering {
	var out []gathering
	for _, g := range rec.Kind.Gathers {
		kind := v.src.Register.Kinds().Kind(g.Kind)
		if kind == nil {
			continue
		}
		one := gathering{Gathered: g, kind: kind}
		for _, id := range v.membersOf(rec.ID, g) {
			one.add(v, v.src.Register.Get(id))
		}
		slices.SortStableFunc(one.members, func(a, b member) int {
			return cmp.Or(b.date.Compare(a.date), cmp.Compare(b.rec.ID, a.rec.ID))
		})
		out = append(out, one)
	}
	return out
}

// membersOf lists the records that name one, by themselves or through another, each
// once. A field that the edition hides joins nothing.
func (v *View) membersOf(id string, g schema.Gathered) []string {
	if g.Through == "" {
		return v.naming(id, g.Kind, g.By)
	}
	var ids []string
	for _, middle := range v.naming(id, g.Through, g.Via) {
		for _, one := range v.naming(middle, g.Kind, g.By) {
			if !slices.Contains(ids, one) {
				ids = append(ids, one)
			}
		}
	}
	return ids
}

// naming lists the records of a kind whose field names a record, in order.
func (v *View) naming(id, kind, field string) []string {
	var ids []string
	for _, ref := range v.src.Register.To(id) {
		from := v.src.Register.Get(ref.From)
		if ref.Field != field || from == nil || from.Kind == nil || from.Kind.ID != kind || from.Broken {
			continue
		}
		if n := len(ids); n > 0 && ids[n-1] == from.ID {
			continue
		}
		if _, f, _ := v.locate(from.Kind, ref.Pointer); !v.hides(f.Class) {
			ids = append(ids, from.ID)
		}
	}
	return ids
}

func (g *gathering) add(v *View, rec *record.Record) {
	m := member{rec: rec, cell: v.stateCell(rec)}
	if rec.Kind.Date != "" {
		if t, ok := rec.Moment(rec.Kind.Date, v.zone); ok {
			m.date = t.In(v.zone)
		}
	}
	if v.running(rec) {
		g.open++
		for _, c := range v.clocksOf(rec) {
			if c.verdict(v.src.AsOf, true) == overdue {
				m.due = Cell{Text: v.p.Text(c.limit.Title) + " " + v.dueText(c), Tone: Bad}
				g.overdue++
				break
			}
		}
	}
	g.members = append(g.members, m)
}

func hubLink(folder, id string) Link {
	return Link{Page: folderName(folder) + "/" + pageName(id) + "~all.html"}
}

// gathered is the summary for the record's own page; nil where its kind gathers
// nothing or nothing is there.
func (v *View) gathered(rec *record.Record) *Gathered {
	if len(rec.Kind.Gathers) == 0 {
		return nil
	}
	g := &Gathered{Link: hubLink(record.KindOf(rec.Path), rec.ID)}
	g.Table = v.hubSummary(v.gather(rec), g.Link)
	if len(g.Table.Rows) == 0 {
		return nil
	}
	return g
}

// hubSummary has a row for each kind that is there.
func (v *View) hubSummary(list []gathering, hub Link) Table {
	t := Table{ID: "gathered", Title: v.p.Say("portal.gathered"), Columns: []Column{
		{Key: "kind", Title: v.p.Say("portal.gathered-kind"), Screen: true},
		{Key: "count", Title: v.p.Say("portal.gathered-count"), Align: Right, Screen: true},
		{Key: "open", Title: v.p.Say("portal.gathered-open"), Align: Right, Screen: true},
		{Key: "overdue", Title: v.p.Say("portal.gathered-overdue"), Align: Right, Screen: true},
		{Key: "latest", Title: v.p.Say("portal.gathered-latest"), Screen: true},
		{Key: "date", Title: v.p.Say("portal.gathered-date"), Screen: true},
	}}
	for _, g := range list {
		if len(g.members) == 0 {
			continue
		}
		late := Cell{Text: strconv.Itoa(g.overdue)}
		if g.overdue > 0 {
			late.Tone = Bad
		}
		newest := g.members[0]
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Text: v.p.Text(g.kind.Title), Link: Link{Page: hub.Page, Hash: g.Kind}},
			{Text: strconv.Itoa(len(g.members))},
			{Text: strconv.Itoa(g.open)},
			late, v.refCell(newest.rec.ID, withID),
			{Text: day(newest.date)},
		}})
	}
	return t
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// Hub makes the page that gathers, false where the record is not there, cannot be
// read or gathers nothing.
func (v *View) Hub(folder, id string) (Hub, bool) {
	rec := v.src.Register.Get(id)
	if rec == nil || rec.Broken || rec.Kind == nil || record.KindOf(rec.Path) != folder {
		return Hub{}, false
	}
	list := v.gather(rec)
	link := hubLink(folder, id)
	h := Hub{Kind: v.sectionTitle(folder), Record: Cell{Text: v.title(rec), Link: recordLink(folder, id)}, State: v.stateCell(rec), Summary: v.hubSummary(list, link)}
	if len(h.Summary.Rows) == 0 {
		return Hub{}, false
	}
	crumbs := []Crumb{{v.sectionTitle(folder), sectionLink(folder)}, {id, recordLink(folder, id)}}
	h.Page = v.page(link.Page, v.p.Say("portal.hub", locale.A("title", h.Record.Text)), folder, crumbs...)
	for _, g := range list {
		if len(g.members) > 0 {
			h.Parts = append(h.Parts, v.hubPart(id, g))
		}
	}
	h.Years, h.Bands = v.hubYears(list)
	h.Figures = v.hubFigures(id)
	if len(h.Figures.Rows) > 0 {
		h.Note = v.p.Say("portal.hub-note")
	}
	return h, true
}

func (v *View) hubPart(id string, g gathering) HubPart {
	part := HubPart{ID: g.Kind, Title: v.p.Text(g.kind.Title), Count: len(g.members), Register: sectionLink(g.Kind)}
	if g.Through == "" && slices.Contains(g.kind.Facets, g.By) {
		part.Register.Hash = "f." + g.By + "=" + url.QueryEscape(id)
	}
	part.Latest = Table{ID: g.Kind, Title: part.Title, Columns: []Column{
		{Key: "id", Title: v.p.Say("portal.record"), Screen: true},
		{Key: "date", Title: v.p.Say("portal.gathered-date"), Screen: true},
		{Key: "status", Title: v.p.Say("portal.status"), Screen: true},
		{Key: "due", Title: v.p.Say("portal.gathered-overdue"), Screen: true},
	}}
	for _, m := range g.members[:min(len(g.members), hubLatest)] {
		part.Latest.Rows = append(part.Latest.Rows, Row{ID: m.rec.ID, Cells: []Cell{v.refCell(m.rec.ID, withID), {Text: day(m.date)}, m.cell, m.due}})
	}
	if g.overdue == 0 {
		dropColumn(&part.Latest, "due")
	}
	if n := len(g.members) - hubLatest; n > 0 {
		part.Rest = v.p.Say("portal.gathered-rest", locale.N("n", n))
	}
	return part
}
