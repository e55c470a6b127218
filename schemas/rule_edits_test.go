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
			t.Parallel()
			files := around(t)
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

// around is the sample without the kinds that no rule about customers and
// suppliers looks at, which would cost more than the rest.
func around(t *testing.T) fstest.MapFS {
	t.Helper()
	files := sample(t)
	for path := range files {
		kind, _, _ := strings.Cut(strings.TrimPrefix(path, "records/"), "/")
		switch kind {
		case "kpi", "clause", "obligation", "report", "publication", "measurement", "questionnaire", "survey", "survey-response", "document":
			delete(files, path)
		}
	}
	return files
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
