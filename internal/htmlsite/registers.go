package htmlsite

import (
	"html/template"
	"path"
	"strconv"
	"strings"

	"kept/internal/locale"
	"kept/internal/portal"
)

// registerWords are the texts of registers.
type registerWords struct {
	Clear, CopyLink, LinkCopied, NoRows, Register, ImportOne, TableFiles, BlankForms string
}

func (w *words) registers(p *locale.Printer) {
	w.Clear, w.CopyLink, w.LinkCopied = p.Say("htmlsite.clear-filters"), p.Say("htmlsite.copy-link"), p.Say("htmlsite.copied")
	w.NoRows, w.Register, w.TableFiles = p.Say("htmlsite.no-rows"), p.Say("htmlsite.register-one"), p.Say("htmlsite.table-files")
	w.ImportOne = p.Say("import.link")
	w.BlankForms = p.Say("htmlsite.blank-forms")
}

// toolsView is what chooses the rows of a register.
type toolsView struct {
	W      *words
	Facets []portal.Facet
}

// firstRows is how many rows stand in the body that is laid out at once. With
// scripts the others wait in a second one that the style does not show, and
// assets/register.js brings them in; its CHUNK is the same number.
const firstRows = 100

// drawRegister draws a table whose rows can be chosen. Rows are kept short: HTML
// lets the end tags of cells and rows out, and links to the page's own folder name
// the file alone. The line end of a cell keeps its text from the next one's.
func drawRegister(lang locale.Lang, page portal.Page, t portal.Table) template.HTML {
	p := pen{up: strings.Repeat("../", strings.Count(page.Path, "/")), lang: lang}
	if folder := path.Dir(page.Path); folder != "." {
		p.here = folder + "/"
	}
	if len(t.Rows) == 0 {
		p.in(`<p class="empty">`, t.Empty, `</p>`)
		return p.html()
	}
	p.head(&t)
	for i := range t.Rows {
		if i == firstRows {
			p.raw("</tbody>\n<tbody class=\"more\">\n")
		}
		p.registerRow(t.Columns, &t.Rows[i])
	}
	p.raw(endTable)
	return p.html()
}

func (p *pen) registerRow(columns []portal.Column, row *portal.Row) {
	p.raw("<tr")
	if row.Date != "" {
		p.in(` data-d="`, row.Date, `"`)
	}
	if len(row.Picks) > 0 {
		p.raw(` data-f="`)
		for i, picks := range row.Picks {
			if i > 0 {
				p.raw("|")
			}
			p.picks(picks)
		}
		p.raw(`"`)
	}
	p.raw(">")
	for i := range columns {
		if columns[i].Screen {
			p.openCell(&columns[i], &row.Cells[i])
			p.cell(row.Cells[i])
			p.raw("\n")
		}
	}
}

func (p *pen) picks(list []int) {
	for i, n := range list {
		if i > 0 {
			p.raw(".")
		}
		p.out = strconv.AppendInt(p.out, int64(n), 10)
	}
}
