package htmlsite

import (
	"html/template"
	"strconv"

	"kept/internal/portal"
)

// drawSteps draws the transitions with their three times side by side.
func (p *pen) drawSteps(steps []portal.Step) template.HTML {
	if len(steps) == 0 {
		return ""
	}
	p.heads(p.w.Steps, p.w.State, p.w.Declared, p.w.Person, p.w.Submitted, p.w.Merged, p.w.Commit)
	for i := range steps {
		p.step(&steps[i])
	}
	p.raw(endTable)
	return p.html()
}

func (p *pen) step(s *portal.Step) {
	p.in(`<tr><th scope="row">`, s.To, `</th>`)
	p.in(`<td>`, s.Declared, `</td><td>`)
	p.text(s.By.Text)
	for _, more := range []string{s.Role, s.Note} {
		if more != "" {
			p.in("<br>", more, "")
		}
	}
	p.raw("</td>")
	if s.Imported {
		p.in(`<td colspan="2" class="soft">`, p.w.Imported, `</td><td>`)
	} else {
		p.in(`<td>`, s.Submitted, `</td>`)
		p.in(`<td>`, s.Merged, `</td><td>`)
	}
	if s.Commit.Short == "" {
		p.soft(p.w.Pending)
	} else {
		p.commit(s.Commit)
	}
	p.raw("</td></tr>\n")
}

// drawChanges draws the history, each changed field with what it was before.
func (p *pen) drawChanges(changes []portal.Change) template.HTML {
	if len(changes) == 0 {
		return ""
	}
	p.raw("<ol class=\"life\">\n")
	for i := range changes {
		p.change(&changes[i])
	}
	p.raw("</ol>\n")
	return p.html()
}

func (p *pen) change(c *portal.Change) {
	if c.Tone == "" || c.What != c.Kind {
		p.in("<li><p><b>", c.What, "</b> ")
	} else {
		p.raw("<li><p>")
	}
	if c.Tone != "" {
		p.chip(portal.Cell{Text: c.Kind, Tone: c.Tone})
	}
	p.raw(`<span class="soft">`)
	p.cell(c.Author)
	p.in(" · ", c.Submitted, " · ")
	p.commit(c.Commit)
	if c.Merge.Short != "" {
		p.in(" · ", p.w.MergedBy, " ")
		p.cell(c.MergedBy)
		p.in(" ", c.Merged, " ")
		p.commit(c.Merge)
	}
	p.raw("</span></p>")
	if len(c.Fields) > 0 {
		p.raw(`<dl class="diff">`)
		for i := range c.Fields {
			p.difference(&c.Fields[i])
		}
		p.raw("</dl>")
	}
	p.raw("</li>\n")
}

func (p *pen) difference(f *portal.FieldChange) {
	p.in("<div><dt>", f.Label, "</dt><dd>")
	if f.Before != "" {
		p.raw("<del")
		p.speaks(f.Before)
		p.in(">", f.Before, `</del> <span class="arrow">→</span> `)
	}
	switch {
	case f.Step:
		p.text(f.After)
	case f.After != "":
		p.raw("<ins")
		p.speaks(f.After)
		p.in(">", f.After, "</ins>")
	default:
		p.soft(p.w.Removed)
	}
	p.raw("</dd></div>")
}

// drawRefs draws references in their groups.
func (p *pen) drawRefs(groups []portal.RefGroup) template.HTML {
	for _, g := range groups {
		p.in("<h4>", g.Title, ` <span class="n">`)
		p.raw(strconv.Itoa(g.Count))
		p.raw("</span></h4>\n<ul class=\"refs\">")
		for i := range g.Items {
			item := &g.Items[i]
			p.raw("<li>")
			p.cell(item.Cell)
			p.raw(" ")
			if item.Date != "" {
				p.soft(item.Date)
				p.raw(" ")
			}
			p.chip(item.State)
			p.raw("</li>\n")
		}
		p.raw("</ul>")
		if g.Count > len(g.Items) {
			p.soft(p.w.Rest)
		}
	}
	return p.html()
}

// drawClocks draws the time limits.
func (p *pen) drawClocks(clocks []portal.ClockRow) template.HTML {
	if len(clocks) == 0 {
		return ""
	}
	p.heads(p.w.Clocks, p.w.Limit, p.w.Due, p.w.Done, p.w.Verdict)
	for i := range clocks {
		p.clock(&clocks[i])
	}
	p.raw(endTable)
	return p.html()
}

func (p *pen) clock(c *portal.ClockRow) {
	p.in(`<tr><th scope="row">`, c.Title, "<br>")
	p.soft(c.Limit + p.w.From + c.Start)
	p.in("</th><td>", c.Due, "")
	if c.Extended != "" {
		p.raw("<br>")
		p.soft(p.w.Extended + " " + c.Extended)
	}
	if c.Paused != "" {
		p.raw("<br>")
		p.soft(c.Paused)
	}
	p.in("</td><td>", c.Done, "</td><td>")
	p.chip(c.Verdict)
	if c.Left != "" {
		p.raw(" ")
		p.soft(c.Left)
	}
	p.raw("</td></tr>\n")
}
