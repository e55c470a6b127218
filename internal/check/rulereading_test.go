package check_test

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"kept/internal/check"
	"kept/internal/locale"
)

// literal is a rule's id in Go: where a finding is made, where a constant names it,
// and wherever the packages that read files write one.
var (
	literal = regexp.MustCompile(`\bRule(?:: +| +=? *)"([a-z]+(?:-[a-z]+)*)"`)
	reading = regexp.MustCompile(`"((?:yaml|schema|kind|id)-[a-z]+(?:-[a-z]+)*)"`)
)

// Every rule that a finding can name is listed, once, with what it protects in
// both languages, so that it has its line and its page.
func TestEveryRuleIsListed(t *testing.T) {
	catalogue, err := locale.Load(os.DirFS("../../site/i18n"))
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]string{}
	for _, r := range check.All() {
		if _, twice := listed[r.ID]; twice {
			t.Errorf("%s is listed twice", r.ID)
		}
		listed[r.ID] = r.Ref
		if text := catalogue.Message(r.Purpose); text.ZH == "" || text.EN == "" || strings.Contains(text.EN, "⟦") || r.Scope == "" {
			t.Errorf("%s: scope %q, purpose %+v", r.ID, r.Scope, text)
		}
	}
	if listed["schema-unknown-key"] != "E29" || listed["id-duplicate"] != "E2" {
		t.Errorf("rules of the design: %q, %q", listed["schema-unknown-key"], listed["id-duplicate"])
	}
	for id, file := range ruleIDs(t) {
		if _, ok := listed[id]; !ok {
			t.Errorf("%s: rule %q is not listed", file, id)
		}
	}
}

// ruleIDs gathers the ids of rules in Go that is no test, with a file that has each.
func ruleIDs(t *testing.T) map[string]string {
	t.Helper()
	ids := map[string]string{}
	err := fs.WalkDir(os.DirFS(".."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		data, err := os.ReadFile("../" + name)
		if err != nil {
			return err
		}
		found := literal.FindAllStringSubmatch(string(data), -1)
		if folder, _, _ := strings.Cut(name, "/"); folder == "yamldoc" || folder == "schema" || folder == "record" {
			found = append(found, reading.FindAllStringSubmatch(string(data), -1)...)
		}
		for _, m := range found {
			ids[m[1]] = name
		}
		return nil
	})
	if err != nil || len(ids) < 50 {
		t.Fatalf("found %d ids: %v", len(ids), err)
	}
	return ids
}
