// Package htmlsite draws the view model as plain pages that open from a disk,
// from a share or below any path of a web server: relative links, a strict
// content security policy, everything readable without JavaScript. The pages
// are the templates of templates/html with one checked view struct each.
package htmlsite

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"

	"kept/internal/locale"
	"kept/internal/portal"
)

// renderer draws the pages of one language.
type renderer struct {
	view   *portal.View
	tpl    *template.Template
	site   portal.Site
	words  *words
	frames map[string]template.HTML // by section and depth
	out    bytes.Buffer
	pen    pen
	finder finder
	late   bool // the newest records of the section come first
	book   *portal.FigureBook
	emit   func(path string, data []byte) error
}

// Render draws every page of v's language, in a fixed order, below the folder
// of the language; for the default language also index.html, which leads there,
// and the files of assets. Templates are the *.html of tpl. The bytes given to
// emit are good only until it returns. An error of emit ends the work.
func Render(v *portal.View, tpl fs.FS, assets fs.FS, emit func(path string, data []byte) error) error {
	t, err := parse(v.Lang(), tpl)
	if err != nil {
		return err
	}
	s := newSite(v, t, emit)
	if v.Default() {
		if err := s.root(assets); err != nil {
			return err
		}
	}
	for _, part := range s.parts() {
		if err := part.draw(); err != nil {
			return err
		}
	}
	return nil
}

// part is the pages that are drawn together.
type part struct {
	name string
	at   string // what the names of its files begin with, from the language's folder
	draw func() error
}

// The parts that others depend on, or that depend on others.
const (
	sections = "sections" // a page for each record
	periods  = "periods"  // read the book that the pages of KPIs fill
	search   = "search"   // closes the index that all others fill
)

// parts lists all pages of a language in the order in which they are drawn.
func (s *renderer) parts() []part {
	return []part{
		{"home", "index.html", s.home},
		{sections, "", s.sections},
		{"kpis", "kpi/", s.kpis},
		{periods, "period/", s.periods},
		{"documents", "doc/", s.documents},
		{"duties", "due/", s.duties},
		{"clauses", "clauses.html", s.clauses},
		{"findings", "findings.html", s.findings},
		{"audit", "audit.html", s.audit},
		{"rules", "rule/", s.rules},
		{"forms", "form/", s.forms},
		{"imports", portal.ImportFolder + "/", s.imports},
		{"uncommitted", portal.UncommittedPath, s.uncommitted},
		{search, "search", s.search},
	}
}

func newSite(v *portal.View, t *template.Template, emit func(string, []byte) error) *renderer {
	s := &renderer{view: v, tpl: t, site: v.Site(), words: speak(v.Printer()), frames: map[string]template.HTML{}, emit: emit, pen: pen{lang: v.Lang()}, book: v.FigureBook()}
	s.finder.emit = func(name string, data []byte) error { return emit(string(v.Lang())+"/"+name, data) }
	return s
}

func parse(lang locale.Lang, tpl fs.FS) (*template.Template, error) {
	t, err := template.New("site").Funcs(calls(lang)).ParseFS(tpl, "*.html")
	if err != nil {
		return nil, fmt.Errorf("read page templates: %w", err)
	}
	return t, nil
}

// root emits what belongs to all languages.
func (s *renderer) root(assets fs.FS) error {
	if err := s.draw("index.html", "root.html", rootView{string(s.view.Lang()), s.site.System}); err != nil {
		return err
	}
	return fs.WalkDir(assets, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(path.Base(name), ".") {
			return err
		}
		data, err := fs.ReadFile(assets, name)
		if err != nil {
			return fmt.Errorf("read asset %q: %w", name, err)
		}
		return s.emit("assets/"+name, data)
	})
}

// page draws one page of the language.
func (s *renderer) page(p portal.Page, name string, view any) error {
	return s.draw(string(s.view.Lang())+"/"+p.Path, name, view)
}

func (s *renderer) draw(at, name string, view any) error {
	if err := s.execute(name, view); err != nil {
		return fmt.Errorf("draw page %q: %w", at, err)
	}
	return s.emit(at, s.out.Bytes())
}

// execute draws a page and keeps it; finish emits it.
func (s *renderer) execute(name string, view any) error {
	s.out.Reset()
	return s.tpl.ExecuteTemplate(&s.out, name, view)
}

func (s *renderer) finish(p portal.Page, err error) error {
	at := string(s.view.Lang()) + "/" + p.Path
	if err != nil {
		return fmt.Errorf("draw page %q: %w", at, err)
	}
	return s.emit(at, s.out.Bytes())
}

// chrome is the frame around one page.
func (s *renderer) chrome(p portal.Page) (Chrome, error) {
	up := strings.Repeat("../", strings.Count(p.Path, "/"))
	c := Chrome{Site: s.site, W: s.words, Page: p, Up: up, Root: up + "../", Live: s.view.IsLive()}
	key := up + p.Section
	frame, ok := s.frames[key]
	if !ok {
		s.out.Reset()
		if err := s.tpl.ExecuteTemplate(&s.out, "frame", frameView{s.site, s.words, c.Up, c.Root, p.Section, s.grains()}); err != nil {
			return c, fmt.Errorf("draw the frame of %q: %w", p.Path, err)
		}
		frame = template.HTML(s.out.String())
		s.frames[key] = frame
	}
	c.Frame = frame
	return c, nil
}
