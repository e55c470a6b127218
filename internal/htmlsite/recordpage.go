package htmlsite

import (
	"html/template"
	"slices"
	"strconv"

	"kept/internal/locale"
	"kept/internal/portal"
)

// pageRoom is how large a record's page should be, in bytes. What has no room goes
// to a page beside it: the source text, then older changes and duties that are done
// with.
const pageRoom = 30_000

// How much of the newest a page without room keeps.
const (
	fewChanges = 3
	fewDuties  = 5
	fewLinks   = 5
)

// drawn is what the pen has drawn of a record.
type drawn struct {
	Life, Blocks, Clocks, Steps, Changes, Duties, Out, In, Source template.HTML
	// Older and Rest say how many changes and duties stand on the page beside this one
	// only; Elsewhere that the source text does. "" and false where everything is here.
	Older, Rest string
	Elsewhere   bool
	// Beside says that the steps stand beside the life, where nothing else would.
	Beside bool
}

// record draws a record's page, and the page beside it where there is no room for
// everything.
func (s *renderer) record(folder, id string) error {
	if s.view.IsKPIFolder(folder) && s.view.IsKPI(id) {
		return s.kpi(id)
	}
	r := s.view.Record(folder, id)
	if r.Gathered != nil {
		if err := s.hub(folder, id); err != nil {
			return err
		}
	}
	s.found(&r)
	c, err := s.chrome(r.Page)
	if err != nil {
		return err
	}
	page := recordView{c, &r, s.drawn(c.Up, &r)}
	full := page.Drawn
	err = s.execute("record.html", page)
	for _, shorten := range []func(*drawn, *portal.Record){s.withoutSource, s.withFewChanges, s.withFewDuties, s.withFewLinks, s.withoutChanges} {
		if err != nil || s.out.Len() <= pageRoom {
			break
		}
		before := page.Drawn
		if shorten(&page.Drawn, &r); page.Drawn != before {
			err = s.execute("record.html", page)
		}
	}
	if err := s.finish(r.Page, err); err != nil || page.Drawn.Older == "" && page.Drawn.Rest == "" && !page.Drawn.Elsewhere {
		return err
	}
	return s.beside(&r, full, page.Drawn)
}

func (s *renderer) withoutSource(d *drawn, _ *portal.Record) {
	d.Elsewhere, d.Source = d.Source != "", ""
}

func (s *renderer) withFewChanges(d *drawn, r *portal.Record) { s.changesLeft(d, r, fewChanges) }
func (s *renderer) withoutChanges(d *drawn, r *portal.Record) { s.changesLeft(d, r, 1) }

func (s *renderer) changesLeft(d *drawn, r *portal.Record, n int) {
	if len(r.Changes) > n {
		d.Changes = s.pen.drawChanges(r.Changes[:n])
		d.Older = s.view.Printer().Say("htmlsite.older", locale.N("n", len(r.Changes)-n))
	}
}

func (s *renderer) withFewDuties(d *drawn, r *portal.Record) {
	if r.Duties != nil && len(r.Duties.Rows) > fewDuties {
		few := *r.Duties
		few.Rows = few.Rows[:fewDuties]
		d.Duties = s.pen.drawTable(&few)
		d.Rest = s.view.Printer().Say("htmlsite.more-duties", locale.N("n", len(r.Duties.Rows)-fewDuties))
	}
}

// withFewLinks keeps the newest of each group of references; the registers list the
// others.
func (s *renderer) withFewLinks(d *drawn, r *portal.Record) {
	d.Out, d.In = s.pen.drawRefs(shortened(r.Out)), s.pen.drawRefs(shortened(r.In))
}

func shortened(groups []portal.RefGroup) []portal.RefGroup {
	out := slices.Clone(groups)
	for i := range out {
		out[i].Items = out[i].Items[:min(len(out[i].Items), fewLinks)]
	}
	return out
}

// hub draws the page that gathers what other records say of one.
func (s *renderer) hub(folder, id string) error {
	h, ok := s.view.Hub(folder, id)
	if !ok {
		return nil
	}
	c, err := s.chrome(h.Page)
	if err != nil {
		return err
	}
	page := hubView{Chrome: c, Hub: h}
	if h.Bands != nil {
		page.Bands = template.HTML(h.Bands.SVG())
	}
	return s.page(h.Page, "hub.html", page)
}

// audit draws the page of the history where there is one.
func (s *renderer) audit() error {
	if !s.view.Audits() {
		return nil
	}
	a := s.view.Audit()
	c, err := s.chrome(a.Page)
	if err != nil {
		return err
	}
	return s.page(a.Page, "audit.html", auditView{c, a})
}

// beside draws the page with what the record's page has no room for.
func (s *renderer) beside(r *portal.Record, full, shown drawn) error {
	p := s.view.HistoryPage(r)
	c, err := s.chrome(p)
	if err != nil {
		return err
	}
	page := recordView{Chrome: c, Record: r}
	if shown.Older != "" {
		page.Drawn.Changes = full.Changes
	}
	if shown.Rest != "" {
		page.Drawn.Duties = full.Duties
	}
	if shown.Elsewhere {
		page.Drawn.Source = full.Source
	}
	return s.page(p, "history.html", page)
}

func (s *renderer) drawn(up string, r *portal.Record) drawn {
	p := &s.pen
	p.up, p.w = up, s.words
	d := drawn{
		Blocks: p.drawBlocks(r.Blocks), Clocks: p.drawClocks(r.Clocks), Steps: p.drawSteps(r.Steps),
		Changes: p.drawChanges(r.Changes), Out: p.drawRefs(r.Out), In: p.drawRefs(r.In), Source: p.drawSource(r),
	}
	if r.Duties != nil {
		d.Duties = p.drawTable(r.Duties)
	}
	if r.Life != nil {
		d.Life = template.HTML(r.Life.SVG())
		d.Beside = len(r.Next) == 0 && len(r.Clocks) == 0
	}
	return d
}

func (p *pen) drawTable(t *portal.Table) template.HTML {
	p.table(t)
	return p.html()
}

// drawSource draws the YAML with the number of each line beside it, so that copying
// takes the text alone. Lines that a finding is about have an anchor.
func (p *pen) drawSource(r *portal.Record) template.HTML {
	if len(r.Source) == 0 {
		return ""
	}
	p.raw(`<div class="source"><pre class="numbers" aria-hidden="true">`)
	for _, line := range r.Source {
		p.raw(strconv.Itoa(line.Number))
		p.raw("\n")
	}
	p.raw(`</pre><pre class="yaml" tabindex="0"`)
	if r.Whole {
		p.raw(` data-whole`)
	}
	p.raw(">")
	marked := map[int]bool{}
	for _, f := range r.Findings {
		marked[f.Shown] = true
	}
	for _, line := range r.Source {
		if n := line.Number; marked[n] {
			p.raw(`<mark id="L`)
			p.raw(strconv.Itoa(n))
			p.in(`">`, line.Text, "</mark>\n")
			continue
		}
		p.in("", line.Text, "\n")
	}
	p.raw("</pre></div>")
	return p.html()
}

// drawBlocks draws a record's fields in their groups, as the printed form has them.
func (p *pen) drawBlocks(blocks []portal.Block) template.HTML {
	for _, b := range blocks {
		p.in("<h3>", b.Title, "</h3>\n<dl class=\"form\">\n")
		for i := range b.Fields {
			p.field(&b.Fields[i])
		}
		p.raw("</dl>\n")
	}
	return p.html()
}
