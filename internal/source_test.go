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
	"kept/internal/record"
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
// of Go: its id, and the names of its fields, states and derived names. Plain
// words mean other things in Go, too, so only names of several words count.
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
	system := []string{record.PersonKind, record.CalendarKind, record.KPIKind, record.DocumentKind, record.ObligationKind, record.PublicationKind, record.ExceptionKind, record.DisposalKind, record.ClauseKind, record.SealKind}
	words := map[string]string{}
	var shared []string
	for kind := range kinds.All() {
		if kind.ID != "service" && kind.ID != "department" {
			words[kind.ID] = kind.ID
		}
		for _, name := range names(kind) {
			if slices.Contains(system, kind.ID) {
				shared = append(shared, name)
			} else if strings.Contains(name, "_") {
				words[name] = kind.ID
			}
		}
	}
	// The envelopes (domain.md §3), which Go knows.
	shared = append(shared, "title_en", "form_no", "registered_by", "renumbered_from", record.AsOfName)
	for _, word := range append(shared, system...) {
		delete(words, word)
	}
	return words
}

func names(kind *schema.Kind) []string {
	var list []string
	for _, s := range kind.States {
		list = append(list, s.ID)
	}
	for _, d := range kind.Derived {
		list = append(list, d.Name)
	}
	var fields func([]schema.Field)
	fields = func(fs []schema.Field) {
		for _, f := range fs {
			list = append(list, f.Name)
			fields(f.Fields)
		}
	}
	fields(kind.Fields)
	return list
}

// gitsFile is a file of git's whose name looks like a message key.
const gitsFile = "config.worktree"

// keyPattern is a full message key: <area>.<thing>.
var keyPattern = regexp.MustCompile(`^[a-z]+\.[a-z0-9_-]+(\.[a-z0-9_-]+)*$`)

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
			delete(unused, s)
			if !keyPattern.MatchString(s) || !areas[area] || s == gitsFile || strings.HasSuffix(s, ".yaml") || strings.HasSuffix(s, ".json") || strings.HasSuffix(s, ".html") {
				return
			}
			if text := catalogue.Message(s); strings.HasPrefix(text.ZH, "⟦") {
				t.Errorf("%s: key %q is not in the catalogue", name, s)
			}
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

// TestChineseStandsInTheCatalogue keeps text for Chinese readers out of Go. The
// package that knows the languages, the classes of characters that decide where a
// line may break, and the words by which personal data are recognised are no text.
func TestChineseStandsInTheCatalogue(t *testing.T) {
	han := regexp.MustCompile(`\p{Han}`)
	for name, file := range sources(t, ".") {
		if strings.Contains(name, "test/") || strings.HasPrefix(name, "locale/") || name == "pdf/class.go" || name == "redact/words.go" || name == "ledger/words.go" || name == "ledger/askwords.go" {
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
