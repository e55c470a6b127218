package portal

import (
	"slices"
	"time"

	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// Register is the page of one kind's register.
type Register struct {
	Page
	Heading string
	FormNo  string
	Table   Table
	Facets  []Facet  // by what its rows are chosen
	Gone    []Cell   // records that only the history holds
	Command string   // kept new <kind>, "" where nobody registers new ones
	New     Link     // the form of a new record; zero for none
	Import  Link     // the page that imports a ledger, of a served portal; zero for none
	Files   []Cell   // the whole register as files: on paper, as workbook, as text
	Blank   []Cell   // its form to be filled in by hand
	Gaps    []Notice // missed periods that records of the kind would have met
}

// Register makes the register page of a section. Dated kinds come newest first.
func (v *View) Register(folder string) Register {
	s := v.sections[slices.IndexFunc(v.sections, func(s Section) bool { return s.Folder == folder })]
	r := Register{Page: v.page(sectionLink(folder).Page, s.Title, folder), Heading: s.Title}
	for _, id := range v.gone[folder] {
		r.Gone = append(r.Gone, v.anyRecord(id))
	}
	if s.Kind == nil {
		r.Table = v.strayTable(folder, s.Title)
		return r
	}
	table, readers := v.readRegister(s.Kind)
	r.Table, r.FormNo = table, s.Kind.FormNo
	r.Heading, r.Title = r.Table.Title, r.Table.Title
	v.dated(s.Kind, r.Table.Rows)
	r.Facets, r.Files = v.facets(s.Kind, r.Table.Rows, readers), v.registerFiles(folder, true)
	r.Blank = v.printsThat(func(p *PrintLink) bool { return p.Kind == folder && p.Record == "" && p.Blank })
	r.New, r.Import = v.newForm(s.Kind), v.importPage(s.Kind)
	for _, d := range v.gaps(s.Kind.ID) {
		r.Gaps = append(r.Gaps, v.gapNotice(&d))
	}
	if s.Kind.IDs.Template != "" {
		r.Command = "kept new " + folder
	}
	if s.Kind.Dated {
		slices.Reverse(r.Table.Rows)
	}
	return r
}

// strayTable lists the files of a folder that names no kind.
func (v *View) strayTable(folder, title string) Table {
	t := Table{ID: folder, Title: title, Empty: v.p.Say("portal.no-records"), Columns: []Column{
		{Key: record.IDField, Title: v.p.Say("portal.record"), Screen: true},
		{Key: "file", Title: v.p.Say("portal.file"), Screen: true},
	}}
	for rec := range v.src.Register.Of(folder) {
		t.Rows = append(t.Rows, Row{ID: rec.ID, Cells: []Cell{{Text: rec.ID, Link: linkTo(rec)}, {Text: rec.Path, Mono: true}}})
	}
	return t
}

// dated gives each row the day to which its record belongs by its kind.
func (v *View) dated(kind *schema.Kind, rows []Row) {
	for i := range rows {
		rec := v.src.Register.Get(rows[i].ID)
		if kind.Date == "" || rec == nil || v.hidesName(kind, kind.Date) {
			continue
		}
		if at, known := rec.Moment(kind.Date, v.zone); known {
			rows[i].Date = at.In(v.zone).Format(time.DateOnly)
		}
	}
}

// RuleTotal says how many rules there are.
func (v *View) RuleTotal(n int) string { return v.p.Say("portal.rule-total", locale.N("n", n)) }

// Total says how many rows a register has.
func (v *View) Total(n int) string { return v.p.Say("portal.total", locale.N("n", n)) }
