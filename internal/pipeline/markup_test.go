package pipeline_test

import (
	"io/fs"
	"net/url"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"

	"kept/internal/browsertest"
)

// TestPagesAreValid asks html-validate about one page of each sort.
func TestPagesAreValid(t *testing.T) {
	public := browsertest.Demo(t).Public
	for _, said := range browsertest.Invalid(t, public, browsertest.Pages(t, public)) {
		t.Error(said)
	}
}

var (
	references = regexp.MustCompile(`\s(?:href|src)="([^"]*)"`)
	anchors    = regexp.MustCompile(`\sid="([^"]*)"`)
)

// TestLinksOfTheWholePortal follows every link and every anchor of every page of
// the demo.
func TestLinksOfTheWholePortal(t *testing.T) {
	public := os.DirFS(browsertest.Demo(t).Public)
	files, leads := map[string]map[string]bool{}, map[string]string{} // anchors by file; a page that leads to each address
	err := fs.WalkDir(public, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files[name] = nil
		if path.Ext(name) != ".html" {
			return nil
		}
		data, err := fs.ReadFile(public, name)
		if err != nil {
			return err
		}
		files[name] = map[string]bool{}
		for _, m := range anchors.FindAllSubmatch(data, -1) {
			if files[name][string(m[1])] {
				t.Errorf("%s: two places are called %q", name, m[1])
			}
			files[name][string(m[1])] = true
		}
		for _, m := range references.FindAllSubmatch(data, -1) {
			if to := resolved(t, name, string(m[1])); to != "" {
				leads[to] = name
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 2000 || len(leads) < 2000 {
		t.Fatalf("%d files and %d addresses are no demo", len(files), len(leads))
	}
	for to, from := range leads {
		name, anchor, _ := strings.Cut(to, "#")
		places, there := files[name]
		if !there {
			t.Errorf("%s leads to %s, which is not there", from, name)
		} else if anchor != "" && !places[anchor] {
			t.Errorf("%s leads to %s, which has no place #%s", from, name, anchor)
		}
	}
}

// resolved is the file that a reference of a page means, with its anchor; "" for
// one that leaves the portal on purpose. What stands behind the hash with an
// equals sign is the state of a view and no anchor.
func resolved(t *testing.T, page, reference string) string {
	t.Helper()
	u, err := url.Parse(strings.NewReplacer("&amp;", "&", "&#43;", "+", "&#39;", "'", "&#34;", `"`).Replace(reference))
	switch {
	case err != nil:
		t.Errorf("%s: %q: %v", page, reference, err)
		return ""
	case u.Scheme == "https" || u.Scheme == "http" || u.Scheme == "mailto":
		return ""
	case u.Scheme != "" || u.Host != "" || strings.HasPrefix(u.Path, "/"):
		t.Errorf("%s leads to %q, which is in no portal", page, reference)
		return ""
	}
	to := page
	if u.Path != "" {
		to = path.Join(path.Dir(page), u.Path)
	}
	if u.Fragment != "" && !strings.Contains(u.Fragment, "=") {
		to += "#" + u.Fragment
	}
	return to
}
