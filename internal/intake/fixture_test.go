package intake_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"kept/internal/finding"
	"kept/internal/intake"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

func at(t testing.TB, s string) time.Time {
	t.Helper()
	v, err := time.ParseInLocation("2006-01-02 15:04", s, shanghai)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// kinds is a small registry of the tests' own, so that what ships may change.
func kinds(t testing.TB) *schema.Registry {
	t.Helper()
	r, found := schema.Load(os.DirFS("testdata/schemas"))
	if len(found) > 0 {
		t.Fatal(tell(t, found))
	}
	return r
}

// register loads the records of testdata/records.txtar and more.
func register(t testing.TB, more map[string]string) *record.Register {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/records.txtar")
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	for _, f := range archive.Files {
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	for name, text := range more {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	r, found, err := record.Load(fsys, kinds(t))
	if err != nil || len(found) > 0 && more == nil {
		t.Fatal(err, tell(t, found))
	}
	return r
}

// tell writes findings as the command line does, in English; the Chinese is
// looked at for gaps.
func tell(t testing.TB, l finding.List) string {
	t.Helper()
	c, err := locale.Load(os.DirFS("../../site/i18n"))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, f := range l {
		lines = append(lines, f.Position.String()+": "+f.Message(c.Printer(locale.English))+" ["+f.Rule+"]")
		if zh := f.Message(c.Printer(locale.Chinese)); strings.Contains(zh, "⟦") || zh == lines[len(lines)-1] {
			t.Errorf("in Chinese: %s", zh)
		}
	}
	return strings.Join(lines, "\n")
}

func sets(t testing.TB, list ...string) []intake.Set {
	t.Helper()
	var all []intake.Set
	for _, s := range list {
		set, err := intake.ParseSet(s)
		if err != nil {
			t.Fatalf("%s: %v", s, err)
		}
		all = append(all, set)
	}
	return all
}

func paths(plans []intake.Plan) []string {
	var list []string
	for _, p := range plans {
		list = append(list, p.Path)
	}
	slices.Sort(list)
	return list
}
