package check_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"kept/internal/locale"
)

// loans are n tools lent, with a rule of the kind in place of the one that base has.
func loans(t *testing.T, n int, lookups, require string) fstest.MapFS {
	t.Helper()
	files := base(t)
	kind := string(files["schemas/loan.kind.yaml"].Data)
	kind = strings.Replace(kind, "when: 'urgency == \"high\"'", "when: 'true'", 1)
	kind = strings.Replace(kind, "require: 'deposit'", "require: '"+require+"'", 1)
	files["schemas/loan.kind.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(kind, "\nrules:", "\n"+lookups+"\nrules:", 1))}
	var name, loan string
	for p, f := range files {
		if strings.HasPrefix(p, "records/loan/") {
			name, loan = p, string(f.Data)
		}
	}
	id := strings.TrimSuffix(name[strings.LastIndex(name, "/")+1:], ".yaml")
	for i := range n {
		other := fmt.Sprintf("%s-%04d", id[:strings.LastIndex(id, "-")], 2000+i)
		files[strings.Replace(name, id, other, 1)] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(loan, id, other))}
	}
	return files
}

// A rule that compares all records with all records, three times over, ends: one
// finding at the kind file, none at the records.
func TestRuleThatCostsTooMuchIsLeft(t *testing.T) {
	files := loans(t, 1000, "lookups: [{name: l0, kind: loan, all: true, take: [title]}]", "all(l0, {all(l0, {.title == title})})")
	start := time.Now()
	list := state(t, files, asked{})
	if took := time.Since(start); took > time.Minute {
		t.Errorf("it took %v", took)
	}
	got := text(t, list, locale.English)
	if strings.Count(got, "too much work") != 1 || strings.Contains(got, "loan-urgent-deposit") {
		t.Errorf("found %.600s", got)
	}
}

// A condition that has no result says so once, with the record.
func TestConditionWithoutResultIsReported(t *testing.T) {
	got := text(t, state(t, loans(t, 1, "", `transitions[7].to == title`), asked{}), locale.English)
	if strings.Count(got, "kind-expression") != 1 || !strings.Contains(got, "index out of range") {
		t.Errorf("found %.600s", got)
	}
}
