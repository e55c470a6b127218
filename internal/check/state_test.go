package check_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"kept/internal/annotate"
	"kept/internal/calendar"
	"kept/internal/check"
	"kept/internal/config"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/obligation"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/schemas"
	"kept/site"
)

// base reads the files that every case starts from.
func base(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	archive, err := txtar.ParseFile(filepath.Join("testdata", "base.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	for _, name := range []string{"person.schema.json", "person.kind.yaml", "calendar.schema.json", "calendar.kind.yaml"} {
		data, err := fs.ReadFile(schemas.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		files["schemas/"+name] = &fstest.MapFile{Data: data}
	}
	return files
}

// asked is what a case may ask for beside its records.
type asked struct{ asOf, duties, settings string }

// state loads files and returns all findings of reading and of the rules.
func state(t *testing.T, files fs.FS, ask asked) finding.List {
	t.Helper()
	kindFiles, err := fs.Sub(files, "schemas")
	if err != nil {
		t.Fatal(err)
	}
	kinds, found := schema.Load(kindFiles)
	reg, more, err := record.Load(files, kinds)
	if err != nil {
		t.Fatal(err)
	}
	zone := time.FixedZone("", 8*60*60)
	cal, wrong, err := reg.Calendar(zone)
	if err != nil {
		t.Fatal(err)
	}
	req := check.Request{
		Register: reg, Calendar: cal, Zone: zone, AsOf: time.Date(2026, 12, 1, 0, 0, 0, 0, zone),
		FutureTolerance: 5 * time.Minute, Duties: duties(t, ask.duties),
	}
	if ask.asOf != "" {
		if req.AsOf, err = time.Parse(time.RFC3339, strings.TrimSpace(ask.asOf)); err != nil {
			t.Fatal(err)
		}
	}
	settings, bad, err := config.Load(fstest.MapFS{config.File: {Data: []byte(ask.settings)}})
	if err != nil {
		t.Fatal(err)
	}
	req.Settings = settings.Rules
	judged := check.State(req)
	singly(t, req, judged)
	found = slices.Concat(found, more, wrong, bad, judged)
	return found.Sort()
}

// singly demands that records judged one at a time, the last one first, say what all
// of them say together.
func singly(t *testing.T, req check.Request, together finding.List) {
	t.Helper()
	const unused = "exception-unused"
	single, complete := check.NewSingle(req)
	list := single.Register()
	for _, rec := range slices.Backward(slices.Collect(req.Register.All())) {
		list = append(list, single.Record(rec)...)
	}
	// Which record a condition fails at first depends on the order.
	left := func(f finding.Finding) bool { return f.Rule == unused || f.Rule == "kind-expression" }
	want := slices.DeleteFunc(slices.Clone(together), left)
	list = slices.DeleteFunc(list, left)
	if diff := cmp.Diff(want.Sort(), list.Sort()); diff != "" {
		t.Errorf("judged singly (-together +singly):\n%s", diff)
	}
	raised := slices.ContainsFunc(together, func(f finding.Finding) bool { return f.Rule == unused && f.Severity == finding.Error })
	if raised && complete {
		t.Error("an unused exception is an error that judging singly does not see")
	}
}

// duties reads lines of state, obligation, period, record and due time; "-" stands
// for none.
func duties(t *testing.T, text string) []obligation.Duty {
	t.Helper()
	var list []obligation.Duty
	for line := range strings.Lines(text) {
		f := strings.Fields(strings.ReplaceAll(line, " - ", " \"\" "))
		due, err := time.Parse(time.RFC3339, f[4])
		if err != nil {
			t.Fatal(err)
		}
		d := obligation.Duty{
			Definition: &obligation.Definition{ID: f[1], Title: locale.Text{ZH: "月度盘点", EN: "Monthly stock-taking"}},
			Record:     strings.Trim(f[3], `"`), Due: due, State: obligation.State(f[0]),
		}
		if f[2] != `""` {
			if d.Period, err = calendar.ParsePeriod(f[2]); err != nil {
				t.Fatal(err)
			}
		}
		list = append(list, d)
	}
	return list
}

func text(t *testing.T, list finding.List, lang locale.Lang) string {
	t.Helper()
	i18n, err := fs.Sub(site.FS, "i18n")
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := locale.Load(i18n)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := annotate.Write(&b, annotate.Text, list, catalogue.Printer(lang)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// mutate applies "old => new" blocks, parted by lines that begin with "---", to
// the loan, or to the file that such a line names.
func mutate(t *testing.T, files fstest.MapFS, script string) {
	t.Helper()
	target := "records/loan/L-2026-001.yaml"
	for block := range strings.SplitSeq(script, "---") {
		if name, rest, named := strings.Cut(strings.TrimPrefix(block, "FILE "), "\n"); named && strings.HasPrefix(block, "FILE ") {
			target, block = name, rest
		}
		before, after, ok := strings.Cut(strings.TrimPrefix(block, "\n"), "=>\n")
		text := string(files[target].Data)
		if !ok || strings.Count(text, before) != 1 {
			t.Fatalf("%s holds %q %d times, not once", target, before, strings.Count(text, before))
		}
		files[target] = &fstest.MapFile{Data: []byte(strings.Replace(text, before, after, 1))}
	}
}

func TestBaseIsClean(t *testing.T) {
	if got := text(t, state(t, base(t), asked{}), locale.Chinese); got != "" {
		t.Errorf("the records that every case starts from have findings:\n%s", got)
	}
}

// TestRules runs one case for each rule of the table, and demands that there is
// one for each and no other.
func TestRules(t *testing.T) {
	var rules []string
	for _, rule := range check.Rules() {
		rules = append(rules, rule.ID)
		t.Run(rule.ID, func(t *testing.T) {
			archive, err := txtar.ParseFile(filepath.Join("testdata", rule.ID+".txtar"))
			if err != nil {
				t.Fatalf("the rule has no case: %v", err)
			}
			files := base(t)
			want := map[string]string{}
			for _, f := range archive.Files {
				want[f.Name] = string(f.Data)
				if strings.Contains(f.Name, "/") {
					files[f.Name] = &fstest.MapFile{Data: f.Data}
				}
			}
			mutate(t, files, want["mutate"])
			list := state(t, files, asked{want["as_of"], want["duties"], want["kept.yaml"]})
			for _, lang := range locale.Langs() {
				if diff := cmp.Diff(want["want."+string(lang)], text(t, list, lang)); diff != "" {
					t.Errorf("%s (-want +got):\n%s", lang, diff)
				}
			}
		})
	}
	cases, err := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		name := strings.TrimSuffix(filepath.Base(c), ".txtar")
		if name != "base" && !slices.Contains(rules, name) {
			t.Errorf("%s tests no rule of the table", c)
		}
	}
}

// TestEveryRuleSaysItsPurpose keeps the table fit for readers of both languages.
func TestEveryRuleSaysItsPurpose(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "site", "i18n", "check.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range check.Rules() {
		if !strings.Contains(string(data), `"`+rule.Purpose+`"`) {
			t.Errorf("rule %s: purpose %q is not in the catalogue", rule.ID, rule.Purpose)
		}
	}
}
