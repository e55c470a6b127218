package portal

import (
	"math/big"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"kept/internal/record"
	"kept/internal/yamldoc"
)

// filled leaves out what is empty.
func filled(list ...string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

// publicationHead says which issue this is, of which data, and what the report is
// for (ISO/IEC 20000-1 9.4).
func (v *View) publicationHead(r *reader, report *record.Record) PrintSection {
	s := v.pairs(v.p.Say("portal.report-issue"))
	if r.rec.Path != "" {
		s.Table.Rows = append(s.Table.Rows, pair(v.p.Say("portal.record"), r.rec.ID+" "+v.title(r.rec)))
	}
	for _, name := range []string{"report", record.PeriodField, "data_version", record.StatusField, "withdrawn_reason"} {
		s.add(v.field(r, name), v)
	}
	if report != nil {
		of := v.reader(report)
		for _, f := range report.Kind.Fields { // what is said in both languages: its purpose, its readers, its sources
			if _, ok := bilingual(report.Object.Object(f.Name)); ok {
				s.add(v.field(of, f.Name), v)
			}
		}
	}
	return s
}

func (s *PrintSection) add(f Field, v *View) {
	if text := v.flat(f.Value); text != "" {
		s.Table.Rows = append(s.Table.Rows, pair(f.Label, text))
	}
}

// publishedFigures is the table of figures with the words and units of the KPIs.
func (v *View) publishedFigures(r *reader) PrintSection {
	f, _ := r.rec.Kind.Field("figures")
	label := func(name string) string {
		m, _ := r.rec.Kind.Field("figures." + name)
		return v.label(m)
	}
	t := &Table{ID: f.Name, Title: v.label(f), Columns: []Column{
		{Key: "kpi", Title: label("kpi"), Weight: 14},
		{Key: "basis", Title: label("basis"), Weight: 5},
		{Key: "value", Title: label("value"), Align: Right, Weight: 8},
		{Key: "fraction", Title: v.p.Say("portal.kpi-fraction"), Align: Right, Weight: 8},
		{Key: "excluded", Title: label("excluded"), Align: Right, Weight: 5},
		{Key: "target", Title: label("target"), Align: Right, Weight: 7},
		{Key: "verdict", Title: label("verdict"), Weight: 7},
	}}
	for _, item := range r.rec.Items("figures") {
		cell := func(name string) Cell {
			m, _ := r.rec.Kind.Field("figures." + name)
			return v.joined(v.value(m, item.Plain(name)))
		}
		fraction := joinWith(filled(v.mask(item.Text("numerator")), v.mask(item.Text("denominator"))), "/")
		name := cell("kpi")
		if d := v.byKPI[item.Text("kpi")]; d != nil {
			name.Text = v.kpiTitle(d)
		}
		t.Rows = append(t.Rows, Row{ID: r.rec.ID, Cells: []Cell{
			name, cell("basis"), {Text: v.issuedNumber(item, "value", cell)}, {Text: fraction}, cell("excluded"), {Text: v.issuedNumber(item, "target", cell)}, cell("verdict"),
		}})
	}
	return PrintSection{Heading: t.Title, Table: t, Notes: []string{v.p.Say("pdf.kpi.note")}}
}

// issuedNumber says a number of a figure with the unit of its KPI, a target with
// its sense, and no number as a dash.
func (v *View) issuedNumber(item yamldoc.Object, name string, cell func(string) Cell) string {
	d, text := v.byKPI[item.Text("kpi")], item.Text(name)
	if text == "" {
		return noValue
	}
	n, ok := new(big.Rat).SetString(text)
	if !ok || d == nil {
		return cell(name).Text
	}
	for i := range d.Targets {
		if name == "target" && d.Targets[i].Value.Cmp(n) == 0 {
			return v.target(&d.Targets[i], d.Unit)
		}
	}
	return v.quantity(n, d.Unit, d.Digits)
}

// listSections are lists of objects, each a table; empty ones are left out.
func (v *View) listSections(r *reader, names ...string) []PrintSection {
	var sections []PrintSection
	for _, name := range names {
		f := v.field(r, name)
		if f.Table != nil {
			sections = append(sections, tableSection(f.Label, f.Table, r.rec.ID))
		}
	}
	return sections
}

// printedNumber is a number as reports write it: 5, +3, 91.7%, −0.4 or 1,280.
var printedNumber = regexp.MustCompile(`^[+\-−±]?[0-9][0-9,]*(\.[0-9]+)?\s?%?$`)

// holdsNumbers tells that the cells of a column are numbers, or words without a digit
// in the place of one: 不可比.
func holdsNumbers(rows []Row, column int) bool {
	some := false
	for _, row := range rows {
		if column >= len(row.Cells) {
			continue
		}
		switch text := row.Cells[column].Text; {
		case printedNumber.MatchString(text):
			some = true
		case strings.ContainsAny(text, "0123456789") || utf8.RuneCountInString(text) > 16:
			return false
		}
	}
	return some
}

// shareOf widens a column by its longest text, up to three times a column of numbers.
func shareOf(rows []Row, column int) float64 {
	longest := 0
	for _, row := range rows {
		if column < len(row.Cells) {
			longest = max(longest, utf8.RuneCountInString(row.Cells[column].Text))
		}
	}
	return min(max(float64(longest)/5, 1), 3)
}

// tableSection prints a table that was made for the screen.
func tableSection(heading string, t *Table, id string) PrintSection {
	t.Columns = slices.Clone(t.Columns)
	for i := range t.Columns {
		t.Columns[i].Weight = max(t.Columns[i].Weight, 1)
		if c := &t.Columns[i]; (c.Align == "" || c.Align == Left) && holdsNumbers(t.Rows, i) {
			c.Align = Right
		}
		t.Columns[i].Weight = max(t.Columns[i].Weight, shareOf(t.Rows, i))
	}
	for i := range t.Rows {
		t.Rows[i].ID = id
	}
	return PrintSection{Heading: heading, Table: t}
}
