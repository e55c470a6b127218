package pipeline_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"kept/internal/demo"
	"kept/internal/finding"
	"kept/internal/pipeline"
	"kept/schemas"
	"kept/site"
	"kept/templates"
)

// TestDemoHoldsItsTruth judges the sample company by every rule and holds what is
// found, rule by rule and record by record, against the truth that was written
// while it was played: nothing is missing and nothing more is found.
func TestDemoHoldsItsTruth(t *testing.T) {
	for name, req := range map[string]demo.Request{
		"default": {Site: site.Procedure}, "other seed": {Seed: 2}, "one year": {Years: 1, Seed: 4}, "two years": {Years: 2, Records: 500}, "larger": {Records: 1000, Seed: 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			req.Dir = filepath.Join(t.TempDir(), "records")
			req.Schemas, req.Templates = schemas.FS, templates.FS
			if _, err := pipeline.PlayDemo(req, "test"); err != nil {
				t.Fatal(err)
			}
			want, got := expected(t, req.Dir), found(t, req.Dir)
			for _, key := range slices.Sorted(maps.Keys(want)) {
				if _, ok := got[key]; !ok {
					t.Errorf("nothing found: %s", key)
				}
			}
			for _, key := range slices.Sorted(maps.Keys(got)) {
				if !want[key] {
					t.Errorf("found and not expected: %s %s", key, got[key])
				}
			}
		})
	}
}

// expected is the truth file's findings, as "rule record".
func expected(t *testing.T, dir string) map[string]bool {
	t.Helper()
	data, err := os.ReadFile(dir + demo.TruthSuffix)
	if err != nil {
		t.Fatal(err)
	}
	var truth demo.Truth
	if err := json.Unmarshal(data, &truth); err != nil {
		t.Fatal(err)
	}
	keys := map[string]bool{}
	for _, f := range truth.Findings {
		keys[f.Rule+" "+f.Record] = true
	}
	return keys
}

// found is what the rules of state and of history find above information.
func found(t *testing.T, dir string) map[string]string {
	t.Helper()
	project, err := pipeline.Open(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	snapshot, err := project.Snapshot(pipeline.Moment{})
	if err != nil {
		t.Fatal(err)
	}
	snapshot.Judge()
	snapshot.Audit()
	keys := map[string]string{}
	for _, f := range snapshot.Findings {
		if f.Severity > finding.Info {
			keys[f.Rule+" "+f.Record] = fmt.Sprintf("(%s, commit %.10s, %s)", f.Position, f.Commit, f.Message(project.Messages.Printer("zh-CN")))
		}
	}
	return keys
}
