package htmlsite

import (
	"fmt"
	"html/template"
	"strings"

	"kept/internal/locale"
	"kept/internal/portal"
)

// Chrome is what every template may ask for beside its page.
type Chrome struct {
	Site portal.Site
	W    *words
	Page portal.Page
	// Up leads from the page to its language's folder, Root to the site's.
	Up, Root string
	// Live tells that `kept serve` shows the page: it may ask the server.
	Live bool
	// Frame is the header and the navigation, drawn once for a section.
	Frame template.HTML
}

// The views, one for each template.
type (
	frameView struct {
		Site     portal.Site
		W        *words
		Up, Root string
		Section  string
		Grains   []grainView // that a period can be picked of; none without periods
	}
	uncommittedView struct {
		Chrome
		Uncommitted portal.Uncommitted
	}
	homeView struct {
		Chrome
		Home    portal.Home
		Cards   []cardView
		MoreDue string
		Tally   tally
		Open    string // how many records are open, how many tasks come
		Forms   bool   // there are form pages
	}
	ownerView struct {
		Chrome
		Owner portal.Owner
	}
	registerView struct {
		Chrome
		Register portal.Register
		Total    string
	}
	recordView struct {
		Chrome
		Record *portal.Record
		Drawn  drawn
	}
	auditView struct {
		Chrome
		Audit portal.Audit
	}
	hubView struct {
		Chrome
		Hub   portal.Hub
		Bands template.HTML
	}
	kpiView struct {
		Chrome
		KPI    *portal.KPI
		Record *portal.Record
		Drawn  drawn
		Chart  template.HTML
		// Levelled tells that figures say what they rest on.
		Levelled bool
	}
	kpisView struct {
		Chrome
		Cards  []cardView
		Prints []portal.Cell
	}
	periodView struct {
		Chrome
		Period  portal.KPIPeriod
		Figures *portal.KPIFigures
	}
	periodsView struct {
		Chrome
		Index portal.PeriodIndex
	}
	periodPageView struct {
		Chrome
		Period   portal.PeriodPage
		Levelled bool
	}
	documentsView struct {
		Chrome
		Documents portal.Documents
	}
	documentView struct {
		Chrome
		Document portal.Document
		Body     template.HTML
	}
	findingsView struct {
		Chrome
		Findings portal.Findings
		Tally    tally
	}
	rulesView struct {
		Chrome
		Rules portal.Rules
		Total string
	}
	ruleView struct {
		Chrome
		Rule portal.Rule
	}
	dutiesView struct {
		Chrome
		Duties portal.Duties
	}
	monthsView struct {
		Chrome
		Calendar portal.DutyCalendar
	}
	clausesView struct {
		Chrome
		Matrix portal.Matrix
	}
	formerView struct {
		Chrome
		Former portal.Former
	}
	formsView struct {
		Chrome
		Forms portal.Forms
	}
	formView struct {
		Chrome
		Form *portal.Form
		// What the pen has drawn: the blocks in sight, those folded away, the people,
		// the fields for the number and the state, what form.js must know.
		Fields, Rest, Who, Number, State, Model template.HTML
	}
	searchView struct{ Chrome }
	rootView   struct{ Lang, Title string }
)

// tally is the words behind numbers, in the form that each number asks for.
type tally struct{ Running, Overdue, Errors, Warnings, Infos string }

// The arguments of templates that others call.
type (
	cellView struct {
		Up   string
		Cell portal.Cell
		Lang string // of the text where it is not the page's, "" else
	}
	listView struct {
		Up       string
		W        *words
		Findings []portal.Finding
	}
	gatheredView struct {
		Up       string
		W        *words
		Gathered *portal.Gathered
	}
	noticesView struct {
		Up      string
		Notices []portal.Notice
	}
	figuresView struct {
		Chrome
		Figures *portal.KPIFigures
	}
	partsView struct {
		Up    string
		Parts []portal.FigurePart
	}
	restatedView struct {
		Up       string
		W        *words
		Restated portal.Restated
	}
	grainView struct{ ID, Text string }
	cardView  struct {
		Up    string
		Card  portal.KPICard
		Label string // says the trend to those who do not see it
		Line  string // points of the trend
		Dots  []dot
	}
)

// calls are the functions of the templates for pages in one language: each takes
// the path upwards, which links need, with what is drawn.
func calls(lang locale.Lang) template.FuncMap {
	return template.FuncMap{
		"cell":     func(up string, c portal.Cell) cellView { return cellView{up, c, foreign(lang, c.Text)} },
		"list":     func(up string, w *words, f []portal.Finding) listView { return listView{up, w, f} },
		"notices":  func(up string, n []portal.Notice) noticesView { return noticesView{up, n} },
		"figures":  func(c Chrome, f *portal.KPIFigures) figuresView { return figuresView{c, f} },
		"parts":    func(up string, p []portal.FigurePart) partsView { return partsView{up, p} },
		"restated": func(up string, w *words, r portal.Restated) restatedView { return restatedView{up, w, r} },
		"href":     func(up string, l portal.Link) template.URL { return template.URL(up + address(l)) },
		"gathered": func(up string, w *words, g *portal.Gathered) gatheredView { return gatheredView{up, w, g} },
		"foreign":  func(s string) string { return foreign(lang, s) },
		"register": func(page portal.Page, t portal.Table) template.HTML { return drawRegister(lang, page, t) },
		"tools":    func(w *words, f []portal.Facet) toolsView { return toolsView{w, f} },
		"table":    func(up string, t portal.Table) template.HTML { return drawTable(lang, up, t) },
		"value":    func(up string, v portal.Value) template.HTML { return drawValue(lang, up, v) },
	}
}

// dot is one period of a small trend.
type dot struct {
	X, Y string
	Bad  bool
}

// newCard lays the small trend out on 120 × 28.
func newCard(up string, c portal.KPICard) cardView {
	v := cardView{Up: up, Card: c}
	low, high, any := extremes(c.Trend)
	if !any || len(c.Trend) < 2 {
		return v
	}
	var line, label []string
	for i, t := range c.Trend {
		label = append(label, t.Label+" "+t.Text)
		if t.Value == nil {
			continue
		}
		y := 14.0
		if high > low {
			y = 25 - 22*(*t.Value-low)/(high-low)
		}
		d := dot{X: fmt.Sprintf("%.1f", 3+114*float64(i)/float64(len(c.Trend)-1)), Y: fmt.Sprintf("%.1f", y), Bad: t.Bad}
		line = append(line, d.X+","+d.Y)
		if t.Bad || i == len(c.Trend)-1 {
			v.Dots = append(v.Dots, d)
		}
	}
	v.Line, v.Label = strings.Join(line, " "), c.Title+": "+strings.Join(label, "; ")
	return v
}

func extremes(ticks []portal.Tick) (low, high float64, any bool) {
	for _, t := range ticks {
		switch {
		case t.Value == nil:
		case !any:
			low, high, any = *t.Value, *t.Value, true
		default:
			low, high = min(low, *t.Value), max(high, *t.Value)
		}
	}
	return low, high, any
}

// address is where a link leads. The page's name holds nothing that means something
// in an address, and who makes a hash with values has escaped them.
func address(l portal.Link) string {
	if l.Hash == "" {
		return l.Page
	}
	return l.Page + "#" + l.Hash
}
