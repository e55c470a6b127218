package schemas_test

import (
	"strings"
	"testing"
)

// edit is one change to a record of the sample.
type edit struct{ id, from, to string }

// crossCase is a rule that is broken at one record by changes to others, or by
// more than one.
type crossCase struct {
	rule, at string
	edits    []edit
}

func runCross(t *testing.T, cases []crossCase) {
	t.Helper()
	reg := kinds(t)
	for _, c := range cases {
		t.Run(c.rule+" "+c.at, func(t *testing.T) {
			t.Parallel()
			files := sample(t)
			for _, e := range c.edits {
				change(t, files, e.id, e.from, e.to)
			}
			expect(t, judge(t, reg, files, sampleDay()), c.rule, c.at)
		})
	}
}

// runSilent demands that a rule says nothing after the changes.
func runSilent(t *testing.T, cases []crossCase) {
	t.Helper()
	reg := kinds(t)
	for _, c := range cases {
		t.Run("not "+c.rule+" "+c.at, func(t *testing.T) {
			t.Parallel()
			files := sample(t)
			for _, e := range c.edits {
				change(t, files, e.id, e.from, e.to)
			}
			for _, f := range judge(t, reg, files, sampleDay()) {
				if f.Rule == c.rule && f.Record == c.at || strings.HasPrefix(f.Rule, "schema-") {
					t.Errorf("found %s at %s: %s %v", f.Rule, f.Record, f.Said.EN, f.Position)
				}
			}
		})
	}
}
