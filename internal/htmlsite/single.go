package htmlsite

import (
	"fmt"
	"html/template"
	"io/fs"
	"strings"
	"sync"

	"kept/internal/locale"
	"kept/internal/portal"
)

// Pages draws pages of one view when they are asked for, as [Render] would. It is
// safe for concurrent use.
type Pages struct {
	mutex sync.Mutex
	r     *renderer
	made  map[string][]byte // pages that came along with others
	drawn map[string]bool   // parts that were drawn whole
	want  string
	got   []byte
	rows  *keptRows
}

// Drawer opens the pages of one view after the other, all of one catalogue and zone.
// Templates are parsed once for each language, and again when a file of theirs has
// other bytes; what the search knows of a record is made again when something has
// changed that it rests on. It is safe for concurrent use; the zero Drawer is ready.
type Drawer struct {
	mutex  sync.Mutex
	source string
	parsed map[locale.Lang]*template.Template
	rows   keptRows
}

// of gives the templates in the *.html of tpl.
func (d *Drawer) of(lang locale.Lang, tpl fs.FS) (*template.Template, error) {
	source, err := sourceOf(tpl)
	if err != nil {
		return nil, err
	}
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if d.source != source || d.parsed == nil {
		d.source, d.parsed = source, map[locale.Lang]*template.Template{}
	}
	if d.parsed[lang] == nil {
		if d.parsed[lang], err = parse(lang, tpl); err != nil {
			delete(d.parsed, lang)
			return nil, err
		}
	}
	return d.parsed[lang], nil
}

// sourceOf is the text of all templates.
func sourceOf(tpl fs.FS) (string, error) {
	names, err := fs.Glob(tpl, "*.html")
	if err != nil {
		return "", fmt.Errorf("list page templates: %w", err)
	}
	var b strings.Builder
	for _, name := range names {
		text, err := fs.ReadFile(tpl, name)
		if err != nil {
			return "", fmt.Errorf("read page template %q: %w", name, err)
		}
		fmt.Fprintf(&b, "%q %d\n%s", name, len(text), text)
	}
	return b.String(), nil
}

// Pages draws from the *.html of tpl.
func (d *Drawer) Pages(v *portal.View, tpl fs.FS) (*Pages, error) {
	parsed, err := d.of(v.Lang(), tpl)
	if err != nil {
		return nil, err
	}
	p := &Pages{made: map[string][]byte{}, drawn: map[string]bool{}, rows: &d.rows}
	p.r = newSite(v, parsed, p.take)
	return p, nil
}

// take keeps what is drawn, all of it while a part is drawn and only what is wanted
// while a record is.
func (p *Pages) take(name string, data []byte) error {
	name = strings.TrimPrefix(name, string(p.r.view.Lang())+"/")
	switch {
	case p.want == "":
		p.made[name] = append([]byte(nil), data...)
	case name == p.want:
		p.got = append([]byte(nil), data...)
	}
	return nil
}

// Page is the file of a name, counted from the folder of the language; nil where
// there is none. The bytes are shared and must not be changed.
func (p *Pages) Page(name string) ([]byte, error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if data := p.made[name]; data != nil {
		return data, nil
	}
	if data, ours, err := p.section(name); ours || err != nil {
		return data, err
	}
	for _, part := range p.r.parts() {
		if part.name == sections || !part.holds(name) {
			continue
		}
		if err := p.part(part); err != nil {
			return nil, err
		}
		if data := p.made[name]; data != nil {
			return data, nil
		}
	}
	return nil, nil
}

// holds tells whether a file of this name can only be of this part: no other part
// needs to be drawn for it.
func (p part) holds(name string) bool {
	return strings.HasPrefix(name, p.at) || p.name == periods && name == figuresPath
}

// part draws all pages of a part, once.
func (p *Pages) part(part part) error {
	if p.drawn[part.name] {
		return nil
	}
	p.drawn[part.name], p.want = true, ""
	switch part.name {
	case periods:
		for _, section := range p.r.view.Sections() {
			if !p.r.view.IsKPIFolder(section.Folder) {
				continue
			}
			for _, id := range p.r.view.IDs(section.Folder) {
				if err := p.r.record(section.Folder, id); err != nil {
					return err
				}
			}
		}
	case search:
		if err := p.index(); err != nil {
			return err
		}
	}
	return part.draw()
}

// index fills the index of the search anew, in the order of a build: pages that were
// drawn before have left their rows in it in no order.
func (p *Pages) index() error {
	view := p.r.view
	p.r.finder.out, p.r.finder.files, p.r.finder.group = nil, 0, group{}
	for _, section := range view.Sections() {
		p.r.late = section.Kind != nil && section.Kind.Dated
		for _, id := range view.IDs(section.Folder) {
			g, row := p.rows.of(p.r, section.Folder, id)
			p.r.finder.put(g, row)
		}
	}
	for _, key := range view.DocumentKeys() {
		d, err := view.Document(key)
		if err != nil {
			return err
		}
		p.r.foundDocument(&d)
	}
	for _, id := range view.RuleIDs() {
		r := view.Rule(id)
		p.r.foundRule(&r)
	}
	return nil
}

// section draws the register or the record that a name belongs to, and tells
// whether the name can belong to nothing else.
func (p *Pages) section(name string) (data []byte, ours bool, err error) {
	folder, rest, ok := strings.Cut(name, "/")
	if !ok {
		return nil, false, nil
	}
	first, _, _ := strings.Cut(rest, "/")
	stem := strings.TrimSuffix(first, ".html")
	for _, section := range p.r.view.Sections() {
		if portal.FolderName(section.Folder) != folder {
			continue
		}
		p.want, p.got = name, nil
		p.r.late = section.Kind != nil && section.Kind.Dated
		err := p.draw(section.Folder, stem)
		return p.got, p.got != nil || !p.r.view.IsKPIFolder(section.Folder), err
	}
	return nil, false, nil
}

// draw draws what lies in a section under a stem.
func (p *Pages) draw(folder, stem string) error {
	if stem == "index" {
		if p.r.view.IsKPIFolder(folder) {
			return nil // a part of its own
		}
		return p.r.register(folder)
	}
	for _, id := range p.r.view.IDs(folder) {
		if portal.PageName(id) == stem || strings.HasPrefix(stem, portal.PageName(id)+"~") {
			if err := p.r.record(folder, id); err != nil || p.got != nil {
				return err
			}
		}
	}
	for _, old := range p.r.view.FormerIDs(folder) {
		if portal.PageName(old) == stem {
			return p.r.former(folder, old)
		}
	}
	return nil
}
