package intake_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kept/internal/intake"
)

// Many files are written whole, none is left beside them, and what a writer that was
// killed left there goes with the next one that is alone; a writer that is not leaves it,
// for it may be another's who is still at work.
func TestManyFilesAndWhatAKilledWriterLeft(t *testing.T) {
	dir := t.TempDir()
	left := filepath.Join(dir, "records", "m0", ".kept-GONE-7.tmp")
	own := filepath.Join(dir, "records", "m0", ".kept-notes")
	if err := os.MkdirAll(filepath.Dir(left), 0o777); err != nil {
		t.Fatal(err)
	}
	put(t, left, "half")
	put(t, own, "somebody's own")
	plansOf := func(round int) []intake.Plan {
		var plans []intake.Plan
		for n := range 300 { // more folders than are held open at once
			plans = append(plans, intake.Plan{Path: fmt.Sprintf("records/m%d/%d-%d.yaml", n%250, round, n), After: fmt.Appendf(nil, "n: %d\n", n)})
		}
		return plans
	}
	for round, alone := range []bool{false, true} {
		told := 0
		w := intake.Writing{Alone: alone, Told: func(done int) { told = done }}
		plans := plansOf(round)
		if err := w.Apply(dir, plans...); err != nil || told != len(plans) {
			t.Fatalf("%d told: %v", told, err)
		}
		for _, p := range plans {
			if data, err := os.ReadFile(filepath.Join(dir, p.Path)); err != nil || string(data) != string(p.After) {
				t.Fatalf("%s: %q, %v", p.Path, data, err)
			}
		}
		if _, err := os.Stat(left); (err == nil) == alone {
			t.Errorf("alone %v: what was left: %v", alone, err)
		}
	}
	names, err := filepath.Glob(filepath.Join(dir, "records", "*", ".kept-*"))
	if err != nil || strings.Join(names, "") != own {
		t.Errorf("beside the files: %q, %v", names, err)
	}
	again := plansOf(0)[:20]
	again[0].Path = "records/new/1.yaml"
	if err := intake.Apply(dir, again...); err == nil {
		t.Error("files that are there are written over")
	}
	if _, err := os.Stat(filepath.Join(dir, "records", "new")); err == nil {
		t.Error("a refused plan made a folder")
	}
}
