package htmlsite

import (
	"fmt"
	"html/template"
	"strings"

	"kept/internal/portal"
)

// Chrome is what every template may ask for beside its page.
type Chrome struct {
	Site portal.Site
	W    *words
	Page portal.Page
	// Up leads from the page to its language's folder, Root to the site's.
	Up, Root string
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
	}
	homeView struct {
		Chrome
		Home    portal.Home
		Cards   []cardView
		MoreDue string
		Tally   tally
	}
	registerView struct {
		Chrome
		Register portal.Register
		Total    string
	}
	recordView struct {
		Chrome
		Record portal.Record
		Blocks []portal.Block
	}
	kpiView struct {
		Chrome
		KPI    portal.KPI
		Record portal.Record
		Blocks []portal.Block
		Chart  template.HTML
	}
	kpisView struct {
		Chrome
		Cards []cardView
	}
	periodView struct {
		Chrome
		Period  portal.KPIPeriod
		Figures *portal.KPIFigures
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
	rootView struct{ Lang, Title string }
)

// tally is the words behind numbers, in the form that each number asks for.
type tally struct{ Running, Overdue, Errors, Warnings, Infos string }

// The arguments of templates that others call.
type (
	cellView struct {
		Up   string
		Cell portal.Cell
	}
	valueView struct {
		Up    string
		Value portal.Value
	}
	refsView struct {
		Up     string
		Groups []portal.RefGroup
	}
	listView struct {
		Up       string
		Findings []portal.Finding
	}
	changesView struct {
		Chrome
		Changes []portal.Change
	}
	figuresView struct {
		Chrome
		Figures *portal.KPIFigures
	}
	cardView struct {
		Up    string
		Card  portal.KPICard
		Label string // says the trend to those who do not see it
		Line  string // points of the trend
		Dots  []dot
	}
	tableView struct {
		Up      string
		Table   portal.Table
		Columns []portal.Column
		Rows    [][]tableCell
	}
	// tableCell is a cell with its classes.
	tableCell struct {
		portal.Cell
		Class string
	}
)

// calls are the functions of the templates: each packs the path upwards, which
// links need, together with what a called template draws.
func calls() template.FuncMap {
	return template.FuncMap{
		"cell":    func(up string, c portal.Cell) cellView { return cellView{up, c} },
		"value":   func(up string, v portal.Value) valueView { return valueView{up, v} },
		"refs":    func(up string, g []portal.RefGroup) refsView { return refsView{up, g} },
		"list":    func(up string, f []portal.Finding) listView { return listView{up, f} },
		"changes": func(c Chrome, list []portal.Change) changesView { return changesView{c, list} },
		"figures": func(c Chrome, f *portal.KPIFigures) figuresView { return figuresView{c, f} },
		"table":   newTable,
	}
}

// newTable keeps the columns of the screen.
func newTable(up string, table any) tableView {
	t, ok := table.(portal.Table)
	if p, is := table.(*portal.Table); is {
		t, ok = *p, true
	}
	if !ok {
		return tableView{Up: up}
	}
	v := tableView{Up: up, Table: t, Rows: make([][]tableCell, len(t.Rows))}
	var at []int
	for i, c := range t.Columns {
		if c.Screen {
			at, v.Columns = append(at, i), append(v.Columns, c)
		}
	}
	cells := make([]tableCell, len(at)*len(t.Rows))
	for r, row := range t.Rows {
		v.Rows[r], cells = cells[:len(at):len(at)], cells[len(at):]
		for i, k := range at {
			v.Rows[r][i] = tableCell{row.Cells[k], class(t.Columns[k], row.Cells[k])}
		}
	}
	return v
}

func class(c portal.Column, cell portal.Cell) string {
	switch {
	case cell.Mono:
		return "id"
	case c.Align == portal.Right:
		return "num"
	case c.Key == "id" || cell.Tone != "" || isTime(cell.Text):
		return "key"
	case len(cell.Text) > 48: // bytes: sixteen Chinese characters
		return "text"
	case len(cell.Text) > 18:
		return "name"
	}
	return ""
}

// isTime tells whether a text is a date or a time to the minute, which should
// not break.
func isTime(s string) bool {
	return (len(s) == len("2026-09-24") || len(s) == len("2026-09-24 10:00")) && s[4] == '-' && s[7] == '-'
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
