package htmlsite

import (
	"html/template"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"kept/internal/locale"
	"kept/internal/portal"
)

// TestSinglePagesAreThoseOfABuild asks for each file of a build by its name, and
// for the first of each folder from pages that have drawn nothing yet.
func TestSinglePagesAreThoseOfABuild(t *testing.T) {
	built, order := render(t)
	v := portal.New(company(t), locale.Chinese)
	open := func() *Pages {
		pages, err := new(Drawer).Pages(v, pageTemplates(t))
		must(t, err)
		return pages
	}
	shared, asked, folders := open(), 0, map[string]bool{}
	for _, full := range order {
		name, ours := strings.CutPrefix(full, "zh-CN/")
		if !ours {
			continue
		}
		asked++
		from := []*Pages{shared}
		if dir := path.Dir(name); dir == "." || !folders[dir] {
			folders[dir] = true
			from = append(from, open())
		}
		for i, pages := range from {
			got, err := pages.Page(name)
			must(t, err)
			if string(got) != built[full] {
				t.Errorf("%s, asked %d: %d bytes, want the %d of a build", name, i, len(got), len(built[full]))
			}
		}
	}
	if asked < 20 {
		t.Errorf("a build has %d files in Chinese", asked)
	}
	if got, err := shared.Page("no/such.html"); got != nil || err != nil {
		t.Errorf("a page that is none: %q, %v", got, err)
	}
}

// Templates are parsed again only when a file of theirs has other bytes, of which
// sizes alone do not tell.
func TestTemplatesAreParsedOnce(t *testing.T) {
	var parsed Drawer
	of := func(lang locale.Lang, text string) *template.Template {
		got, err := parsed.of(lang, fstest.MapFS{"a.html": {Data: []byte(text)}})
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	first := of(locale.Chinese, "one")
	if of(locale.Chinese, "one") != first || of(locale.English, "one") == first {
		t.Error("the same bytes are not parsed once for each language")
	}
	if of(locale.Chinese, "two") == first {
		t.Error("other bytes are not parsed again")
	}
	if _, err := parsed.of(locale.Chinese, fstest.MapFS{"a.html": {Data: []byte("{{")}}); err == nil {
		t.Error("a broken template is no error")
	}
	if of(locale.Chinese, "one") == nil {
		t.Error("after a broken template nothing is parsed")
	}
}
