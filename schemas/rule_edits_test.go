package schemas_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"kept/internal/finding"
)

// alter replaces text in the file of a record; without a text to replace, the
// file is taken away.
type alter struct{ id, from, to string }

// editCase is several edits, and the rule that then speaks about a record, or,
// where silent, that does not.
type editCase struct {
	rule, record string
	edits        []alter
	silent       bool
}

func runEdits(t *testing.T, cases []editCase) {
	t.Helper()
	reg := kinds(t)
	for _, c := range cases {
		t.Run(c.rule+" "+c.record, func(t *testing.T) {
			files := sample(t)
			for _, e := range c.edits {
				if e.from == "" {
					remove(t, files, e.id)
					continue
				}
				change(t, files, e.id, e.from, e.to)
			}
			found := judge(t, reg, files, sampleDay())
			speaks := slices.ContainsFunc(found, func(f finding.Finding) bool { return f.Rule == c.rule && f.Record == c.record })
			if speaks == c.silent {
				t.Errorf("speaks is %v; found %v", speaks, found)
			}
		})
	}
}

func remove(t *testing.T, files fstest.MapFS, id string) {
	t.Helper()
	for path := range files {
		if strings.HasSuffix(path, "/"+id+".yaml") {
			delete(files, path)
			return
		}
	}
	t.Fatalf("the sample has no %s", id)
}
