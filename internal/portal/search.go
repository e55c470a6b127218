package portal

import (
	"slices"
	"time"

	"kept/internal/calendar"
	"kept/internal/history"
	"kept/internal/record"
	"kept/internal/redact"
)

const (
	searchFolder = "search" // holds the index; no kind may have it
	searchPath   = "search.html"
)

// Search is the page of the search over everything that the portal shows.
func (v *View) Search() Page {
	return v.page(searchPath, v.p.Say("portal.search"), "search")
}

// Ground is what that rests on which the search knows of a record, for a program that
// asks a later view of the same catalogue and zone.
type Ground struct {
	rec    *record.Record
	policy redact.Policy
	named  []namedRecord
	// quotes tells that words of respondents are shown or not by how many there are.
	quotes, few bool
	// clocks tells that limits were worked out, from what follows.
	clocks      bool
	calendar    *calendar.Calendar
	life        *history.Timeline
	from, until time.Time
	figures     bool // figures are among it, which rest on everything
}

// namedRecord is what an id named; nil for nothing.
type namedRecord struct {
	id  string
	rec *record.Record
}

// Found is what the search knows of a record: of [View.Record] its page's address,
// id, kind, heading, state and blocks, and nothing that takes the history. Ground is
// nil where it cannot be known again.
func (v *View) Found(folder, id string) (Record, *Ground) {
	rec := v.src.Register.Get(id)
	if rec == nil || rec.ID != id || record.KindOf(rec.Path) != folder {
		return Record{
			Page: v.recordPage(folder, id, id), ID: id, Kind: v.sectionTitle(folder), Heading: id,
			State: Cell{Text: v.p.Say("portal.deleted"), Tone: Bad},
		}, nil
	}
	v = v.grounded(rec)
	title := v.title(rec)
	r := Record{Page: v.recordPage(folder, id, title), ID: id, Kind: v.sectionTitle(folder), Heading: title, State: v.stateCell(rec)}
	if rec.Broken || rec.Kind == nil {
		r.State = Cell{Text: v.p.Say("portal.broken"), Tone: Bad}
		return r, v.ground
	}
	r.Blocks = v.blocks(v.reader(rec))
	return r, v.ground
}

// grounded is the view of one record's values for the staff that notes what they rest
// on. An output that leaves the company knows the record's whole history, and no ground.
func (v *View) grounded(rec *record.Record) *View {
	if v.src.Policy.Edition.Leaves() {
		return v.of(rec.ID)
	}
	w := *v
	w.about, w.hidden = rec.ID, hidden{}
	w.ground = &Ground{rec: rec, policy: v.src.Policy}
	if rec.Kind != nil && quotes(rec.Kind.Fields) {
		w.hidden.few = v.fewWith(rec)
		w.ground.quotes, w.ground.few = true, w.hidden.few
	}
	return &w
}

// Holds tells that [View.Found] would say of a record what it said on that ground.
func (v *View) Holds(folder, id string, g *Ground) bool {
	if g == nil || g.figures || g.policy != v.src.Policy {
		return false
	}
	rec := v.src.Register.Get(id)
	if rec == nil || rec != g.rec || rec.ID != id || record.KindOf(rec.Path) != folder {
		return false
	}
	if slices.ContainsFunc(g.named, func(n namedRecord) bool { return v.src.Register.Get(n.id) != n.rec }) {
		return false
	}
	if g.clocks && (g.calendar != v.src.Calendar || g.life != v.timeline(id) || v.src.AsOf.Before(g.from) || !v.src.AsOf.Before(g.until)) {
		return false
	}
	return !g.quotes || g.few == v.fewWith(rec)
}

// names notes a record that was asked for. A nil ground takes no notes.
func (g *Ground) names(id string, rec *record.Record) {
	if g == nil || slices.ContainsFunc(g.named, func(n namedRecord) bool { return n.id == id }) {
		return
	}
	g.named = append(g.named, namedRecord{id, rec})
}

// clocksOn notes that the limits of a record were worked out: as long as it stands
// still and no due time passes, they stay.
func (v *View) clocksOn(rec *record.Record, clocks []clock) {
	g := v.ground
	if g == nil {
		return
	}
	g.clocks, g.calendar, g.life = true, v.src.Calendar, v.timeline(rec.ID)
	g.from, g.until = v.src.AsOf, rec.Still(v.src.AsOf)
	for _, c := range clocks {
		if passed := c.Due.Add(1); !c.Due.Before(v.src.AsOf) && passed.Before(g.until) {
			g.until = passed
		}
	}
}
