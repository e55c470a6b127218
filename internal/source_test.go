package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kept/internal/locale"
	"kept/internal/schema"
	"kept/schemas"
	"kept/site"
)

// sources parses every Go file below root that is no test.
func sources(t *testing.T, root string) map[string]*ast.File {
	t.Helper()
	files := map[string]*ast.File{}
	fset := token.NewFileSet()
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(fset, p, nil, 0)
		files[filepath.ToSlash(p)] = file
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// literals calls do for every string literal of a file.
func literals(file *ast.File, do func(string)) {
	ast.Inspect(file, func(n ast.Node) bool {
		if _, ok := n.(*ast.ImportSpec); ok {
			return false
		}
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if s, err := strconv.Unquote(lit.Value); err == nil {
				do(s)
			}
		}
		return true
	})
}

// TestKindsAreData keeps the vocabulary of every kind that is no system kind out
// of Go: its id, and the names of fields and states that no system kind or
// envelope shares.
func TestKindsAreData(t *testing.T) {
	kinds, found := schema.Load(schemas.FS)
	if len(found) > 0 {
		t.Fatalf("schemas have findings: %v", found)
	}
	words := vocabulary(kinds)
	for name, file := range sources(t, ".") {
		literals(file, func(s string) {
			if owner, ok := words[s]; ok {
				t.Errorf("%s: %q belongs to kind %s, which is data", name, s, owner)
			}
		})
	}
}

// vocabulary maps the words that only kinds of the domain use to their kind.
func vocabulary(kinds *schema.Registry) map[string]string {
	system := []string{"person", "calendar", "kpi", "document"}
	shared := map[string]bool{}
	words := map[string]string{}
	add := func(kind, word string) {
		if slices.Contains(system, kind) {
			shared[word] = true
		}
		words[word] = kind
	}
	for kind := range kinds.All() {
		if !slices.Contains(system, kind.ID) {
			words[kind.ID] = kind.ID
		}
		for _, s := range kind.States {
			add(kind.ID, s.ID)
		}
		for _, f := range kind.Fields {
			add(kind.ID, f.Name)
		}
		for _, d := range kind.Derived {
			add(kind.ID, d.Name)
		}
	}
	// Words of the envelopes, and plain words that mean other things in Go.
	envelope := []string{
		"schema", "id", "title", "title_en", "status", "owner", "remark", "form_no", "classification", "registered_by",
		"origin", "customer", "links", "attachments", "transitions", "retention", "renumbered_from", "period", "extensions",
		"text", "number", "open", "draft", "closed", "service", "name", "kind", "version", "year", "start", "end", "channel", "held",
	}
	for word := range words {
		if shared[word] || slices.Contains(envelope, word) {
			delete(words, word)
		}
	}
	return words
}

// keyPattern is a full message key: <area>.<thing>.
var keyPattern = regexp.MustCompile(`^[a-z]+\.[a-z0-9-]+(\.[a-z0-9-]+)*$`)

// TestMessageKeys demands that every key used in Go stands in the catalogue, and
// that every key of the catalogue is used.
func TestMessageKeys(t *testing.T) {
	catalogue := loadCatalogue(t)
	areas := map[string]bool{}
	unused := map[string]bool{}
	for _, key := range catalogue.Keys() {
		area, _, _ := strings.Cut(key, ".")
		areas[area] = true
		unused[key] = true
	}
	for name, file := range sources(t, ".") {
		literals(file, func(s string) {
			area, _, _ := strings.Cut(s, ".")
			if !keyPattern.MatchString(s) || !areas[area] || strings.HasSuffix(s, ".yaml") || strings.HasSuffix(s, ".json") || strings.HasSuffix(s, ".html") {
				return
			}
			if text := catalogue.Message(s); strings.HasPrefix(text.ZH, "⟦") {
				t.Errorf("%s: key %q is not in the catalogue", name, s)
			}
			delete(unused, s)
		})
	}
	for _, text := range templateTexts(t) {
		for key := range unused {
			if strings.Contains(text, `"`+key+`"`) {
				delete(unused, key)
			}
		}
	}
	for key := range unused {
		t.Errorf("key %q of the catalogue is used nowhere", key)
	}
}

// TestChineseStandsInTheCatalogue keeps text for Chinese readers out of Go.
func TestChineseStandsInTheCatalogue(t *testing.T) {
	han := regexp.MustCompile(`\p{Han}`)
	for name, file := range sources(t, ".") {
		if strings.Contains(name, "test/") {
			continue
		}
		literals(file, func(s string) {
			if han.MatchString(s) {
				t.Errorf("%s: %q belongs into site/i18n", name, s)
			}
		})
	}
}

func loadCatalogue(t *testing.T) *locale.Catalogue {
	t.Helper()
	i18n, err := fs.Sub(site.FS, "i18n")
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := locale.Load(i18n)
	if err != nil {
		t.Fatal(err)
	}
	return catalogue
}

// templateTexts reads the page templates, which may name keys too.
func templateTexts(t *testing.T) []string {
	t.Helper()
	var texts []string
	err := filepath.WalkDir("../templates/html", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		texts = append(texts, string(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}
