package htmlsite

import (
	"encoding/json"
	"fmt"
	"html/template"

	"kept/internal/portal"
)

// figuresPath is the data of assets/period.js in a language's folder: a script that
// hands over JSON, because a page from a disk may read no other file.
const figuresPath = "figures.js"

// figureData is what the period picker shows, in finished words. Texts are kept
// once and named by their index, for most figures repeat them.
type figureData struct {
	Periods []figurePeriod       `json:"periods"`
	Newest  figurePeriod         `json:"newest"`
	Words   []string             `json:"words"`
	KPIs    map[string]figureKPI `json:"kpis"`
	index   map[string]int
}

type figurePeriod struct {
	Key    string            `json:"p,omitempty"`
	Kind   string            `json:"kind,omitempty"`
	Name   string            `json:"name,omitempty"`
	Beside [2]string         `json:"beside"`
	Holds  []string          `json:"holds,omitempty"`
	As     map[string]string `json:"as"`
}

// allKPIs names, in place of an id, the verdicts over all KPIs.
const allKPIs = ""

// figureKPI is one KPI: by period the indexes of value, target, verdict, its tone,
// counts, note and level, then the height in a small trend or null; and the same
// for a period that it has no figure for, with the reason as its target.
type figureKPI struct {
	None [8]any            `json:"none"`
	At   map[string][8]any `json:"at"`
}

func (d *figureData) word(s string) int {
	i, ok := d.index[s]
	if !ok {
		i = len(d.Words)
		d.index[s], d.Words = i, append(d.Words, s)
	}
	return i
}

func (d *figureData) line(f *portal.KPIFigures, height string) [8]any {
	line := [8]any{
		d.word(f.Value), d.word(f.Target), d.word(f.Status.Text), d.word(string(f.Status.Tone)), d.word(f.Counts), d.word(f.Note), d.word(f.Level), nil,
	}
	if height != "" {
		line[7] = json.Number(height)
	}
	return line
}

// figures emits the data of the period picker.
func (s *renderer) figures() error {
	d := figureData{Newest: figurePeriod{As: s.book.Newest}, Words: []string{}, KPIs: map[string]figureKPI{}, index: map[string]int{}, Periods: []figurePeriod{}}
	all := figureKPI{At: map[string][8]any{}}
	for _, p := range s.book.Periods {
		d.Periods = append(d.Periods, figurePeriod{p.Period.String(), string(p.Period.Grain), p.Name, p.Beside, p.Holds, p.As})
		judged := s.view.Verdicts(s.book.In(p.Period))
		all.At[p.Period.String()] = d.line(&judged, "")
	}
	d.KPIs[allKPIs] = all
	for _, id := range s.book.KPIs {
		none := portal.KPIFigures{Value: portal.NoValue, Target: s.view.NoFigure(id), Status: portal.Cell{Tone: portal.Muted}}
		k := figureKPI{None: d.line(&none, ""), At: map[string][8]any{}}
		for _, p := range s.book.Periods {
			if f, ok := s.book.Figure(id, p.Period); ok {
				k.At[f.Key] = d.line(&f, s.book.Height(f, p.Period.Grain))
			}
		}
		d.KPIs[id] = k
	}
	data, err := json.Marshal(d) // escapes <, >, & and U+2028
	if err != nil {
		return fmt.Errorf("write the figures of periods: %w", err)
	}
	return s.emit(string(s.view.Lang())+"/"+figuresPath, append(append([]byte(`kept.give("figures", `), data...), ");\n"...))
}

// periods draws the index of the periods, a page for each, and their data. It needs
// the figures that [renderer.kpi] has put into the book.
func (s *renderer) periods() error {
	x := s.view.PeriodIndex()
	c, err := s.chrome(x.Page)
	if err != nil {
		return err
	}
	if err := s.page(x.Page, "periods.html", periodsView{c, x}); err != nil {
		return err
	}
	for _, p := range s.book.Periods {
		page := s.view.PeriodPage(p.Period, s.book.In(p.Period))
		c, err := s.chrome(page.Page)
		if err != nil {
			return err
		}
		if err := s.page(page.Page, "period.html", periodPageView{c, page, s.view.Levelled()}); err != nil {
			return err
		}
	}
	return s.figures()
}

// grains are the lengths of a period that can be picked.
func (s *renderer) grains() []grainView {
	var list []grainView
	for _, g := range portal.Grains() {
		if len(s.view.Pickable(g)) > 0 {
			list = append(list, grainView{string(g), s.view.GrainName(g)})
		}
	}
	return list
}

// kpi draws one KPI and each of its figures.
func (s *renderer) kpi(id string) error {
	k := s.view.KPI(id)
	s.found(&k.Record)
	c, err := s.chrome(k.Page)
	if err != nil {
		return err
	}
	if err := s.page(k.Page, "kpi.html", kpiView{c, &k, &k.Record, s.drawn(c.Up, &k.Record), template.HTML(k.Chart.SVG()), s.view.Levelled()}); err != nil {
		return err
	}
	for _, p := range s.view.PeriodsOf(id) {
		figure := s.view.KPIPeriod(id, p)
		s.book.Add(figure.KPIFigures)
		c, err := s.chrome(figure.Page)
		if err != nil {
			return err
		}
		if err := s.page(figure.Page, "kpiperiod.html", periodView{c, figure, &figure.KPIFigures}); err != nil {
			return err
		}
	}
	return nil
}
