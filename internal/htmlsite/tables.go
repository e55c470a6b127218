package htmlsite

import (
	"html/template"

	"kept/internal/locale"
	"kept/internal/portal"
)

// drawTable draws the screen's columns of a table, or says that it is empty.
func drawTable(lang locale.Lang, up string, t portal.Table) template.HTML {
	p := pen{up: up, lang: lang}
	p.table(&t)
	return p.html()
}

func (p *pen) table(t *portal.Table) {
	if len(t.Rows) == 0 {
		p.in(`<p class="empty">`, t.Empty, `</p>`)
		return
	}
	p.head(t)
	for i := range t.Rows {
		p.row(t.Columns, t.Rows[i].Cells)
	}
	p.raw(endTable)
}

// head writes the head of a table and opens its body.
func (p *pen) head(t *portal.Table) {
	p.in(`<div class="scroll" tabindex="0" role="region" aria-label="`, t.Title, "\"><table>\n<thead><tr>")
	for _, c := range t.Columns {
		if !c.Screen {
			continue
		}
		p.raw(`<th scope="col"`)
		if !p.within {
			p.in(` data-key="`, c.Key, `"`)
		}
		if c.Align == portal.Right {
			p.raw(` class="num"`)
		}
		p.in(`>`, c.Title, `</th>`)
	}
	p.raw("</tr></thead>\n<tbody>\n")
}

func (p *pen) row(columns []portal.Column, cells []portal.Cell) {
	p.raw("<tr>")
	for i := range columns {
		if !columns[i].Screen {
			continue
		}
		p.openCell(&columns[i], &cells[i])
		p.cell(cells[i])
		p.raw("</td>")
	}
	p.raw("</tr>\n")
}

func (p *pen) openCell(column *portal.Column, c *portal.Cell) {
	p.raw("<td")
	if s := class(column, c); s != "" {
		p.in(` class="`, s, `"`)
	}
	if c.Sort != "" {
		p.in(` data-sort="`, c.Sort, `"`)
	}
	p.raw(">")
}

func class(c *portal.Column, cell *portal.Cell) string {
	switch {
	case cell.Mono:
		return "id"
	case c.Align == portal.Right:
		return "num"
	case c.Key == "id" || c.Key == "period" || cell.Tone != "" || isTime(cell.Text):
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

func (p *pen) field(f *portal.Field) {
	p.raw("<div")
	if f.Long || f.Table != nil || len(f.Fields) > 0 {
		p.raw(` class="wide"`)
	}
	p.in("><dt>", f.Label, "</dt><dd>")
	p.value(&f.Value)
	p.raw("</dd></div>\n")
}

func drawValue(lang locale.Lang, up string, v portal.Value) template.HTML {
	p := pen{up: up, lang: lang}
	p.value(&v)
	return p.html()
}

func (p *pen) value(v *portal.Value) {
	switch {
	case v.Table != nil:
		p.within = true
		p.table(v.Table)
		p.within = false
	case len(v.Fields) > 0:
		p.raw(`<dl class="inner">`)
		for i := range v.Fields {
			p.in("<div><dt>", v.Fields[i].Label, "</dt><dd>")
			p.value(&v.Fields[i].Value)
			p.raw("</dd></div>")
		}
		p.raw("</dl>")
	case v.Long:
		for _, c := range v.Cells {
			p.raw(`<div class="long"`)
			p.speaks(c.Text)
			p.in(">", c.Text, "</div>")
		}
	default:
		for i, c := range v.Cells {
			if i > 0 {
				p.raw(", ")
			}
			p.cell(c)
		}
	}
}
