package schemas_test

import (
	"io/fs"
	"iter"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"kept/internal/finding"
)

// walk yields the YAML files below a folder, or why it cannot be read.
func walk(root string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && filepath.Ext(path) == ".yaml" && !yield(filepath.ToSlash(path), nil) {
				return fs.SkipAll
			}
			return err
		})
		if err != nil {
			yield("", err)
		}
	}
}

// yamlIn is [walk] in a test.
func yamlIn(t *testing.T, root string) iter.Seq[string] {
	t.Helper()
	return func(yield func(string) bool) {
		for path, err := range walk(root) {
			if err != nil {
				t.Fatal(err)
			}
			if !yield(path) {
				return
			}
		}
	}
}

// change replaces text in the one file of the sample whose name is id.
func change(t *testing.T, files fstest.MapFS, id, from, to string) {
	t.Helper()
	for path, file := range files {
		if !strings.HasSuffix(path, "/"+id+".yaml") {
			continue
		}
		if !strings.Contains(string(file.Data), from) {
			t.Fatalf("%s does not hold %q", path, from)
		}
		files[path] = &fstest.MapFile{Data: []byte(strings.Replace(string(file.Data), from, to, 1))}
		return
	}
	t.Fatalf("the sample has no %s", id)
}

// ruleCase is one change to the sample, and the rule that finds it.
type ruleCase struct{ rule, id, from, to string }

func complaintCases() []ruleCase {
	return []ruleCase{
		{"step-guard", "TS-2026-0001", `due: "2026-09-21", done_at: "2026-09-20"`, `due: "2026-09-21"`},
		{"step-requires", "TS-2026-0001", "resolution: 致歉，修订备班规则\n", ""},
		{"due-typed", "TS-2026-0001", `due_at: "2026-09-24`, `due_at: "2026-09-30`},
		{"time-order", "TS-2026-0001", `to: acknowledged, at: "2026-09-20T09:40`, `to: acknowledged, at: "2026-09-18T17:41`},
	}
}

func otherCases() []ruleCase {
	return []ruleCase{
		{"step-guard", "PS-2026-0001", `  - {customer: KH-0001, contact_ref: c-7f3a, at: "2026-11-17", method: email, result: agreed}` + "\n", ""},
	}
}

// What the rules of every kind find in the kinds as shipped; the kinds' own rules
// have their examples in testdata.
func TestRulesFindWhatTheyAreFor(t *testing.T) {
	runCases(t, append(complaintCases(), otherCases()...))
}

// runCases changes the sample as each case says and demands its finding. Files
// rule_<kind>_test.go call it with cases of their own.
func runCases(t *testing.T, cases []ruleCase) {
	t.Helper()
	reg := kinds(t)
	for _, c := range cases {
		t.Run(c.rule+" "+c.id, func(t *testing.T) {
			t.Parallel()
			files := sample(t)
			change(t, files, c.id, c.from, c.to)
			expect(t, judge(t, reg, files, sampleDay()), c.rule, c.id)
		})
	}
}

func expect(t *testing.T, found finding.List, rule, id string) {
	t.Helper()
	for _, f := range found {
		if f.Rule == rule && f.Record == id {
			return
		}
	}
	t.Errorf("no %s at %s; found %v", rule, id, found)
}
