package demo_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kept/internal/demo"
	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/schemas"
)

// TestEveryKindStateAndStepIsLived reads the demo's history back and demands a
// record of each kind, each state, each step and each operation: what the sample
// company never did nobody has seen work.
func TestEveryKindStateAndStepIsLived(t *testing.T) {
	dir, _ := play(t, demo.Request{})
	seen := lived(t, dir)
	kinds, _ := schema.Load(schemas.FS)
	for kind := range kinds.All() {
		if kind.ID == record.SealKind {
			continue // it names a commit, which no scenario can; kept seal's own scripts live it
		}
		if !seen[kind.ID] {
			t.Errorf("no record of kind %s", kind.ID)
			continue
		}
		for _, s := range kind.States {
			if !seen[kind.ID+"="+s.ID] {
				t.Errorf("%s: nothing was ever %s", kind.ID, s.ID)
			}
		}
		for _, s := range kind.Steps {
			for _, from := range s.From {
				if !seen[kind.ID+":"+from+">"+s.To] {
					t.Errorf("%s: nothing went from %s to %s", kind.ID, from, s.To)
				}
			}
		}
		for _, op := range kind.Operations {
			if op.Add != "" && !seen[kind.ID+"+"+op.Add] {
				t.Errorf("%s: operation %s was never carried out", kind.ID, op.ID)
			}
			for _, set := range op.Set {
				preset := set.Field == "level" || set.Field == "to_role"
				if op.Opens != "" && preset && !seen[op.Opens+"/"+set.Field+"="+set.Value] {
					t.Errorf("%s: operation %s was never carried out: no %s with %s %s", kind.ID, op.ID, op.Opens, set.Field, set.Value)
				}
			}
		}
	}
}

// lived gathers kind, kind=state, kind:from>to and kind+list over all versions on
// the mainline.
func lived(t *testing.T, dir string) map[string]bool {
	t.Helper()
	repo, err := gitrepo.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	head, err := repo.Resolve("HEAD", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	told, err := history.Read(repo, head)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for line := range told.All() {
		kind := ""
		for _, c := range line.Changes {
			kind = record.KindOf(c.Path)
			for _, e := range c.Events {
				field, _, inside := strings.Cut(strings.TrimPrefix(e.Pointer, "/"), "/")
				if e.Pointer == "/"+record.StatusField {
					state, _ := e.After.(string)
					seen[kind+"="+state] = true
				}
				if text, ok := e.After.(string); ok && !inside {
					seen[kind+"/"+field+"="+text] = true
				}
				if inside {
					seen[kind+"+"+field] = true
				}
			}
		}
		seen[kind] = true
		from := ""
		for _, s := range line.Steps {
			seen[kind+"="+s.To] = true
			if from != "" {
				seen[kind+":"+from+">"+s.To] = true
			}
			from = s.To
		}
	}
	if _, err := os.Stat(filepath.Join(dir, record.Folder)); err != nil {
		t.Fatal(err)
	}
	return seen
}
