package htmlsite

import (
	"html/template"
	"strings"
	"unicode"

	"kept/internal/locale"
	"kept/internal/portal"
)

// pen draws what a record's page has many of. A template engine costs about a
// microsecond a value, which ten thousand records with their histories cannot
// afford; so values, tables, steps and changes are drawn here, and the page
// around them stays a template. Everything but markup goes through text.
type pen struct {
	out  []byte
	up   string // from the page to its language's folder
	lang locale.Lang
	here string // folder of the page with its slash, where its links are to be short
	w    *words
	// within is set while a table that is a field's value is drawn: it is not sorted,
	// and needs no keys.
	within bool
}

// html is what was drawn, and starts anew.
func (p *pen) html() template.HTML {
	s := template.HTML(p.out)
	p.out = p.out[:0]
	return s
}

// foreign is the language of a text that is not the page's: Chinese, where a
// page in another language shows Han characters. "" is the page's own.
func foreign(page locale.Lang, s string) string {
	if page != locale.English || !strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return ""
	}
	return "zh"
}

// speaks writes the attribute that says a text's language where it is not the
// page's.
func (p *pen) speaks(s string) {
	if lang := foreign(p.lang, s); lang != "" {
		p.in(` lang="`, lang, `"`)
	}
}

func (p *pen) raw(markup string) { p.out = append(p.out, markup...) }

// text writes s as the content of an element or of a quoted attribute.
func (p *pen) text(s string) {
	last := 0
	for i := range len(s) {
		var esc string
		switch s[i] {
		case '&':
			esc = "&amp;"
		case '<':
			esc = "&lt;"
		case '>':
			esc = "&gt;"
		case '"':
			esc = "&#34;"
		case '\'':
			esc = "&#39;"
		case 0:
			esc = "\uFFFD"
		default:
			continue
		}
		p.out = append(p.out, s[last:i]...)
		p.out = append(p.out, esc...)
		last = i + 1
	}
	p.out = append(p.out, s[last:]...)
}

// in writes an element of plain content; open holds the tag and its attributes.
func (p *pen) in(open, content, end string) {
	p.raw(open)
	p.text(content)
	p.raw(end)
}

func (p *pen) soft(content string) {
	p.raw(`<span class="soft"`)
	p.speaks(content)
	p.in(">", content, `</span>`)
}

func (p *pen) cell(c portal.Cell) {
	switch {
	case c.Link.Page != "":
		p.raw(`<a href="`)
		if own, short := strings.CutPrefix(c.Link.Page, p.here); short && p.here != "" {
			p.text(own)
		} else {
			p.raw(p.up)
			p.text(c.Link.Page)
		}
		if c.Link.Hash != "" {
			p.in("#", c.Link.Hash, "")
		}
		p.raw(`"`)
		p.speaks(c.Text)
		p.in(`>`, c.Text, `</a>`)
		if c.Mark != "" {
			p.raw(" ")
			p.chip(portal.Cell{Text: c.Mark, Tone: portal.Warn})
		}
	case c.Tone != "":
		p.in(`<span class="`, string(c.Tone), `"`)
		p.speaks(c.Text)
		p.in(">", c.Text, `</span>`)
	case foreign(p.lang, c.Text) != "":
		p.in(`<span lang="zh">`, c.Text, `</span>`)
	default:
		p.text(c.Text)
	}
}

func (p *pen) chip(c portal.Cell) {
	if c.Text == "" {
		return
	}
	p.in(`<span class="chip `, string(c.Tone), `">`)
	p.in("", c.Text, `</span>`)
}

func (p *pen) commit(c portal.Commit) {
	if c.URL == "" {
		p.in(`<code class="id">`, c.Short, `</code>`)
		return
	}
	p.in(`<a class="id" rel="noreferrer" href="`, c.URL, `">`)
	p.in("", c.Short, `</a>`)
}

// heads writes the head of a table and opens its body.
func (p *pen) heads(label string, titles ...string) {
	p.in(`<div class="scroll" tabindex="0" role="region" aria-label="`, label, "\"><table>\n<thead><tr>")
	for _, t := range titles {
		p.in(`<th scope="col">`, t, `</th>`)
	}
	p.raw("</tr></thead>\n<tbody>\n")
}

const endTable = "</tbody></table></div>\n"
