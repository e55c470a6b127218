package schemas_test

import (
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"kept/internal/annotate"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/site"
)

// example is one change to the sample, and what the rule then says of a record;
// nothing where it stays silent.
type example struct {
	name   string
	added  []addition
	edits  []alter
	record string
	at     time.Time
	want   map[locale.Lang]string
}

// addition is a whole file beside the sample.
type addition struct{ path, text string }

// examples reads testdata/<rule>.txtar. A file in it is named "1 edit ID", with the
// text before and after parted by a line "=>", or "1 want LANG ID".
func examples(t *testing.T, rule string) []example {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", rule+".txtar"))
	if err != nil {
		t.Fatalf("the rule has no example: %v", err)
	}
	var list []example
	for _, f := range archive.Files {
		words := strings.Fields(f.Name)
		if n := len(list); n == 0 || list[n-1].name != words[0] {
			list = append(list, example{name: words[0], at: sampleDay(), want: map[locale.Lang]string{}})
		}
		e := &list[len(list)-1]
		switch words[1] {
		case "edit":
			before, after, _ := strings.Cut(string(f.Data), "\n=>\n")
			e.edits = append(e.edits, alter{words[2], before, strings.TrimSuffix(after, "\n")})
		case "file":
			e.added = append(e.added, addition{words[2], string(f.Data)})
		case "at":
			day, err := time.Parse(time.DateOnly, words[2])
			if err != nil {
				t.Fatal(err)
			}
			e.at = day
		case "want":
			e.record = words[3]
			e.want[locale.Lang(words[2])] = string(f.Data)
		default:
			t.Fatalf("%s: what is %q?", rule, f.Name)
		}
	}
	return list
}

func (e example) files(t *testing.T) fstest.MapFS {
	t.Helper()
	files := sample(t)
	for _, a := range e.added {
		files[a.path] = &fstest.MapFile{Data: []byte(a.text)}
	}
	for _, a := range e.edits {
		if a.from == "" {
			remove(t, files, a.id)
			continue
		}
		change(t, files, a.id, a.from, a.to)
	}
	return files
}

// said is what the rule says of the record, as kept check prints it.
func (e example) said(t *testing.T, rule string, list finding.List, lang locale.Lang) string {
	t.Helper()
	mine := slices.DeleteFunc(list.Sort(), func(f finding.Finding) bool { return f.Rule != rule || f.Record != e.record })
	var b strings.Builder
	if err := annotate.Write(&b, annotate.Text, mine, printer(t, lang)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func printer(t *testing.T, lang locale.Lang) *locale.Printer {
	t.Helper()
	i18n, err := fs.Sub(site.FS, "i18n")
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := locale.Load(i18n)
	if err != nil {
		t.Fatal(err)
	}
	return catalogue.Printer(lang)
}

// TestRulesByExample plays the examples of every rule of every kind and demands
// one file for each rule, with at least one that it speaks of, and no other file.
func TestRulesByExample(t *testing.T) {
	reg := kinds(t)
	var rules []string
	for kind := range reg.All() {
		for _, rule := range kind.Rules {
			rules = append(rules, rule.ID)
			t.Run(rule.ID, func(t *testing.T) {
				t.Parallel()
				speaks := false
				for _, e := range examples(t, rule.ID) {
					found := judge(t, reg, e.files(t), e.at)
					for _, lang := range locale.Langs() {
						got := e.said(t, rule.ID, slices.Clone(found), lang)
						if diff := cmp.Diff(e.want[lang], got); diff != "" {
							t.Errorf("example %s, %s (-want +got):\n%s", e.name, lang, diff)
						}
						speaks = speaks || got != ""
					}
				}
				if !speaks {
					t.Error("no example lets the rule speak")
				}
			})
		}
	}
	files, err := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !slices.Contains(rules, strings.TrimSuffix(filepath.Base(f), ".txtar")) {
			t.Errorf("%s is of no kind's rule", f)
		}
	}
}
