package history_test

import (
	"testing"
	"testing/fstest"

	"kept/internal/gitrepo"
	"kept/internal/gittest"
	"kept/internal/history"
)

// The mainline holds a step; a branch adds another, and swaps the two; the work
// tree then changes the title.
const proposed = `
at 2026-09-01T09:00:00+08:00
write records/job/J-1.yaml @one
commit one
git checkout -q -b work
as 李静 <lj@example.cn>
at 2026-09-02T09:00:00+08:00
write records/job/J-1.yaml @two
commit two
-- one --
title: 甲
transitions:
  - {to: a, at: "2026-09-01T08:00:00+08:00"}
-- two --
title: 甲
transitions:
  - {to: a, at: "2026-09-01T08:00:00+08:00"}
  - {to: b, at: "2026-09-02T08:00:00+08:00"}
`

const swapped = `title: 乙
transitions:
  - {to: b, at: "2026-09-02T08:00:00+08:00"}
  - {to: a, at: "2026-09-01T08:00:00+08:00"}
`

func propose(t *testing.T, dir, text string) *history.History {
	t.Helper()
	repo, err := gitrepo.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer repo.Close()
	base, err := repo.Resolve("main", nil)
	if err != nil {
		t.Fatal(err)
	}
	head, err := repo.Resolve("work", nil)
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	if text != "" {
		files["records/job/J-1.yaml"] = &fstest.MapFile{Data: []byte(text)}
	}
	h, _, err := history.Propose(repo, history.Proposal{Base: base, Head: head, Work: files, When: day(4)})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// TestPropose tells what a branch set from what only the work tree says.
func TestPropose(t *testing.T) {
	dir := gittest.Repo(t, proposed)
	life := propose(t, dir, swapped).Timeline("J-1")
	last := life.Changes[len(life.Changes)-1]
	if last.MergedBy.Hash != "" || len(life.Changes) != 2 {
		t.Fatalf("the proposed change is not the last of two: %+v", life.Changes)
	}
	setters := map[string]string{}
	for _, e := range last.Events {
		setters[e.Pointer] = e.SetBy.Message
	}
	if setters["/title"] != "" || setters["/transitions/b@2026-09-02T08:00:00+08:00"] != "two" {
		t.Errorf("set by %v", setters)
	}
	if last.Reordered {
		t.Error("a step put before one that stands is no reordering")
	}
	if got := propose(t, dir, "").Timeline("J-1"); got.Present || got.Changes[1].Kind != history.Deleted {
		t.Errorf("the file is gone from the work tree, but %+v", got.Changes[1])
	}
}

// TestReordered finds steps that changed places, which no event tells.
func TestReordered(t *testing.T) {
	dir := gittest.Repo(t, proposed+`-- unused --
`)
	r := gittest.Archive(t, gittest.Parse(t, `
write records/job/J-1.yaml @two
commit two
write records/job/J-1.yaml @swapped
commit swap
-- two --
title: 乙
transitions:
  - {to: a, at: "2026-09-01T08:00:00+08:00"}
  - {to: b, at: "2026-09-02T08:00:00+08:00"}
-- swapped --
`+swapped))
	changes := read(t, r.Dir).Timeline("J-1").Changes
	if len(changes) != 2 || changes[0].Reordered || !changes[1].Reordered || len(changes[1].Events) != 0 {
		t.Errorf("changes are %+v", changes)
	}
	commits := read(t, dir).Commits()
	if len(commits) != 2 || commits[1].Message != "two" || !commits[1].Touched || len(commits[1].Parents) != 1 {
		t.Errorf("commits are %+v", commits)
	}
}
