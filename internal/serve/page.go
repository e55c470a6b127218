package serve

import (
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"

	"kept/internal/htmlsite"
	"kept/internal/locale"
	"kept/internal/pipeline"
	"kept/internal/portal"
)

// book is the pages of one present, by language.
type book struct {
	mutex   sync.Mutex
	version uint64
	pages   map[locale.Lang]*htmlsite.Pages
	drawer  htmlsite.Drawer
}

// open finds the pages of a present.
func (b *book) open(p *pipeline.Present, lang locale.Lang) (*htmlsite.Pages, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if b.version > p.Version {
		return b.drawn(p, lang) // of a slow request
	}
	if b.version != p.Version || b.pages == nil {
		b.version, b.pages = p.Version, map[locale.Lang]*htmlsite.Pages{}
	}
	if pages := b.pages[lang]; pages != nil {
		return pages, nil
	}
	pages, err := b.drawn(p, lang)
	if err == nil {
		b.pages[lang] = pages
	}
	return pages, err
}

func (b *book) drawn(p *pipeline.Present, lang locale.Lang) (*htmlsite.Pages, error) {
	templates, err := p.PageTemplates()
	if err != nil {
		return nil, err
	}
	return b.drawer.Pages(portal.New(p.Source(), lang), templates)
}

// page draws one page, or gives out a file of assets.
func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("path")
	if name == "" || name == "index.html" {
		http.Redirect(w, r, "/"+string(s.lang())+"/index.html", http.StatusFound)
		return
	}
	if !fs.ValidPath(name) || strings.ContainsAny(name, `\:`) {
		s.sorry(w, http.StatusNotFound, "serve.no-page")
		return
	}
	p := s.request.Live.Await(r.Context(), s.request.Patience)
	first, rest, _ := strings.Cut(name, "/")
	var data []byte
	var err error
	if first == "assets" {
		data, err = p.Asset(rest)
	} else {
		data, err = s.draw(p, first, rest)
	}
	if err == nil && data != nil && isPaper(rest) {
		w.Header().Set("Content-Disposition", disposition(rest))
	}
	switch {
	case err != nil:
		s.sorry(w, http.StatusInternalServerError, "serve.no-drawing", locale.T("reason", pipeline.Explain(s.request.Messages, err)))
	case data == nil:
		s.sorry(w, http.StatusNotFound, "serve.no-page")
	default:
		w.Header().Set("Content-Type", mediaType(name))
		_, _ = w.Write(data)
	}
}

// draw is a file below a language's folder, nil for none.
func (s *Server) draw(p *pipeline.Present, tag, name string) ([]byte, error) {
	for _, lang := range p.Config.Languages {
		if string(lang) != tag {
			continue
		}
		if isPaper(name) {
			s.printing.Lock() // one at a time: each takes memory for all its pages
			defer s.printing.Unlock()
			return p.Paper(lang, name)
		}
		if data, err := p.File(lang, name); data != nil || err != nil {
			return data, err
		}
		pages, err := s.book.open(p, lang)
		if err != nil {
			return nil, err
		}
		return pages.Page(name)
	}
	return nil, nil
}

// isPaper tells the files that are drawn from a print, which the portal's pages lead to.
func isPaper(name string) bool {
	return strings.HasPrefix(name, portal.PrintFolder+"/") || strings.HasPrefix(name, portal.SheetFolder+"/")
}

// disposition has browsers show a paper and save a sheet, under its name.
func disposition(name string) string {
	how := "attachment"
	if path.Ext(name) == ".pdf" {
		how = "inline"
	}
	return mime.FormatMediaType(how, map[string]string{"filename": path.Base(name)})
}

// mediaType is by the extension; what has none is bytes, so that nothing is guessed.
func mediaType(name string) string {
	switch ext := path.Ext(name); ext {
	case ".html", ".css", ".js", ".svg", ".csv", ".json":
		return mime.TypeByExtension(ext)
	case ".ics":
		return "text/calendar; charset=utf-8"
	case ".pdf":
		return "application/pdf"
	case ".xlsx":
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case ".png":
		return "image/png"
	}
	return "application/octet-stream"
}
