package htmlsite

import (
	"html/template"
	"strings"

	"kept/internal/portal"
)

// forms draws the list of what can be registered, every form, and the scripts with
// the ids that forms offer while typing.
func (s *renderer) forms() error {
	keys := s.view.FormKeys()
	if len(keys) == 0 {
		return nil
	}
	list := s.view.Forms()
	c, err := s.chrome(list.Page)
	if err != nil {
		return err
	}
	if err := s.page(list.Page, "forms.html", formsView{c, list}); err != nil {
		return err
	}
	for _, key := range keys {
		if err := s.form(key); err != nil {
			return err
		}
	}
	for _, d := range s.view.FormData() {
		data, err := s.view.Script(d)
		if err != nil {
			return err
		}
		if err := s.emit(string(s.view.Lang())+"/"+d.Path, data); err != nil {
			return err
		}
	}
	return nil
}

func (s *renderer) form(key portal.FormKey) error {
	f := s.view.Form(key)
	c, err := s.chrome(f.Page)
	if err != nil {
		return err
	}
	p := &s.pen
	p.up, p.w = c.Up, s.words
	draw := formPen{p, f.W}
	view := formView{Chrome: c, Form: &f, Fields: draw.blocks(f.Blocks), Rest: draw.rest(f.Rest), Who: draw.who(f.People)}
	if f.Number != nil {
		view.Number = draw.one(f.Number)
	}
	if f.State != nil {
		view.State = draw.one(f.State)
	}
	p.raw(`<script type="application/json" id="model">`)
	p.raw(f.Model) // encoding/json has made <, > and & harmless
	p.raw("</script>")
	view.Model = p.html()
	return s.page(f.Page, "form.html", view)
}

// formPen draws the controls of a form. form.js finds them by data-k, the key, and
// data-t, the control.
type formPen struct {
	*pen
	words portal.FormWords
}

func (p formPen) one(f *portal.FormField) template.HTML {
	p.control(f)
	return p.html()
}

func (p formPen) blocks(blocks []portal.FormBlock) template.HTML {
	for i := range blocks {
		b := &blocks[i]
		p.in("<section class=\"card\">\n<h2>", b.Title, "</h2>\n")
		p.fields(b.Fields)
		if len(b.More) > 0 {
			p.in("<details><summary>", b.Count, "</summary>\n")
			p.fields(b.More)
			p.raw("</details>\n")
		}
		p.raw("</section>\n")
	}
	return p.html()
}

// rest draws what few need, folded away.
func (p formPen) rest(blocks []portal.FormBlock) template.HTML {
	for i := range blocks {
		p.in("<h3>", blocks[i].Title, "</h3>\n")
		p.fields(blocks[i].Fields)
	}
	return p.html()
}

func (p formPen) fields(fields []portal.FormField) {
	p.raw("<div class=\"ask\">\n")
	for i := range fields {
		p.control(&fields[i])
	}
	p.raw("</div>\n")
}

// control draws a field with its label, its help and its control.
func (p formPen) control(f *portal.FormField) {
	p.in(`<div class="q`, wide(f), `" data-k="`)
	p.in("", f.Key, `" data-t="`)
	p.raw(string(f.Control))
	p.raw(`"`)
	p.attribute("data-min", f.Bounds.MinItems)
	p.attribute("data-max", f.Bounds.MaxItems)
	if f.Required {
		p.raw(" data-r")
	}
	p.raw(">")
	switch f.Control {
	case portal.ObjectControl, portal.ManyControl, portal.ListControl:
		p.group(f)
	default:
		p.label(f)
		p.input(f)
	}
	p.raw("</div>\n")
}

func wide(f *portal.FormField) string {
	switch f.Control {
	case portal.AreaControl, portal.ObjectControl, portal.ManyControl, portal.ListControl:
		return " wide"
	}
	return ""
}

func (p formPen) label(f *portal.FormField) {
	p.in(`<label for="`, f.ID, `"`)
	p.speaks(f.Label)
	p.in(`>`, f.Label, "")
	p.must(f)
	p.raw("</label>")
	p.help(f)
}

// must says in the label whether the field may stay empty.
func (p formPen) must(f *portal.FormField) {
	if !f.Required {
		p.in(` <small>`, p.words.Optional, `</small>`)
	}
}

func (p formPen) help(f *portal.FormField) {
	if f.Help == "" {
		return
	}
	p.in(`<small id="`, f.ID, `.h"`)
	p.speaks(f.Help)
	p.in(">", f.Help, "</small>")
}

// group draws what has several controls: an object, options, a list.
func (p formPen) group(f *portal.FormField) {
	p.in(`<fieldset id="`, f.ID, `" tabindex="-1"`)
	if f.Help != "" {
		p.in(` aria-describedby="`, f.ID, `.h"`)
	}
	if f.Label != "" {
		p.raw("><legend")
		p.speaks(f.Label)
		p.in(">", f.Label, "")
		p.must(f)
		p.raw("</legend>")
		p.help(f)
	} else {
		p.raw(">")
	}
	switch f.Control {
	case portal.ObjectControl:
		p.fields(f.Fields)
	case portal.ManyControl:
		for _, o := range f.Options {
			p.in(`<label class="tick"><input type="checkbox" value="`, o.Value, `"> <span`)
			p.speaks(o.Text)
			p.in(">", o.Text, "</span></label>\n")
		}
	case portal.ListControl:
		p.list(f)
	}
	p.raw("</fieldset>")
}

// list draws the pattern of an item, which form.js copies.
func (p formPen) list(f *portal.FormField) {
	p.raw("<template>")
	item := *f.Item
	if item.Control != portal.ObjectControl {
		item.Label = f.Label
	} else {
		item.Label = ""
	}
	p.control(&item)
	p.raw("</template>\n")
	p.in(`<button type="button" data-add>`, p.words.Add, "</button>\n")
}

func (p formPen) attribute(name, value string) {
	if value != "" {
		p.in(` `+name+`="`, value, `"`)
	}
}

// input draws a single control.
func (p formPen) input(f *portal.FormField) {
	tag := "input"
	switch f.Control {
	case portal.AreaControl:
		tag = "textarea"
	case portal.ChoiceControl, portal.FlagControl:
		tag = "select"
	}
	p.in("<"+tag+` id="`, f.ID, `"`)
	if f.Help != "" {
		p.in(` aria-describedby="`, f.ID, `.h"`)
	}
	if f.Required {
		p.raw(` aria-required="true"`)
	}
	if f.Refs != "" {
		p.in(` list="`, f.Refs, `"`)
	}
	for _, a := range []struct{ name, value string }{
		{"data-p", f.Bounds.Pattern},
		{"data-least", f.Bounds.MinLength},
		{"data-most", f.Bounds.MaxLength},
		{"data-low", f.Bounds.Minimum},
		{"data-high", f.Bounds.Maximum},
		{"inputmode", string(f.Mode)},
		{"placeholder", f.Holder},
	} {
		p.attribute(a.name, a.value)
	}
	switch tag {
	case "textarea":
		p.in(` rows="3">`, f.Default, "</textarea>")
	case "select":
		p.options(f)
	default:
		p.attribute("type", map[portal.Control]string{portal.DateControl: "date", portal.InstantControl: "datetime-local"}[f.Control])
		p.attribute("value", f.Default)
		p.raw(` autocomplete="off">`)
	}
}

func (p formPen) options(f *portal.FormField) {
	p.in(`><option value="">`, p.words.Choose, "</option>")
	for _, o := range f.Options {
		p.option(o, o.Value == f.Default)
	}
	p.raw("</select>")
}

func (p formPen) option(o portal.FormOption, chosen bool) {
	p.in(`<option value="`, o.Value, `"`)
	if chosen {
		p.raw(" selected")
	}
	p.speaks(o.Text)
	p.in(">", o.Text, "</option>")
}

// who draws the people, by role.
func (p formPen) who(groups []portal.FormGroup) template.HTML {
	for _, g := range groups {
		p.in(`<optgroup label="`, strings.TrimSpace(g.Title), `">`)
		for _, o := range g.Options {
			p.option(o, false)
		}
		p.raw("</optgroup>")
	}
	return p.html()
}
