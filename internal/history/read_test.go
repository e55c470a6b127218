package history_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"kept/internal/gitrepo"
	"kept/internal/gittest"
	"kept/internal/history"
)

func TestReadNeedsTheWholeHistory(t *testing.T) {
	source := gittest.Archive(t, gittest.Parse(t, asked))
	clone := filepath.Join(t.TempDir(), "clone")
	source.Git("clone", "-q", "--no-local", "--depth=1", "file://"+source.Dir, clone)
	repo, err := gitrepo.Open(clone)
	if err != nil {
		t.Fatal(err)
	}
	defer repo.Close()
	head, err := repo.Resolve("HEAD", nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = history.Read(repo, head)
	var incomplete *gitrepo.HistoryError
	if !errors.As(err, &incomplete) || incomplete.Reason != "shallow" {
		t.Errorf("error %v, want a shallow history", err)
	}
}

// TestOddBeginnings: a life may begin broken, in a merge without a date, or with
// a number that was another record's.
func TestOddBeginnings(t *testing.T) {
	tests := []struct{ name, script, want string }{
		{
			"broken at first: created then, values from when it can be read", `
at 2026-09-01T09:00:00+08:00
put v1
commit one
at 2026-09-02T09:00:00+08:00
put v2
commit two
-- v1/records/X.yaml --
a: [
-- v2/records/X.yaml --
a: b
`, `X present, created by 王磊 01T09:00 merged 01T09:00
unread by 王磊 01T09:00, merged 01T09:00 by 王磊
modified by 王磊 02T09:00, merged 02T09:00 by 王磊
  /a: - > b by 王磊 02T09:00
`,
		},
		{
			"a number taken again after a renumbering begins a life of its own", `
at 2026-09-01T09:00:00+08:00
put v1
commit one
at 2026-09-02T09:00:00+08:00
remove records/X.yaml
put v2
commit two
at 2026-09-03T09:00:00+08:00
put v1
commit three
-- v1/records/X.yaml --
a: b
-- v2/records/Y.yaml --
a: b
renumbered_from: x
`, `X present, created by 王磊 03T09:00 merged 03T09:00
created by 王磊 03T09:00, merged 03T09:00 by 王磊
  /a: - > b by 王磊 03T09:00
Y (X) present, created by 王磊 01T09:00 merged 01T09:00
created by 王磊 01T09:00, merged 01T09:00 by 王磊
  /a: - > b by 王磊 01T09:00
modified by 王磊 02T09:00, merged 02T09:00 by 王磊
  /renumbered_from: - > x by 王磊 02T09:00
`,
		},
		{
			"two claim one number: the first by id goes on with its life", `
at 2026-09-01T09:00:00+08:00
put v1
commit one
at 2026-09-02T09:00:00+08:00
remove records/X.yaml
put v2
commit two
-- v1/records/X.yaml --
renumbered_from: X
-- v2/records/Z.yaml --
renumbered_from: X
-- v2/records/Y.yaml --
renumbered_from: X
`, `Y (X) present, created by 王磊 01T09:00 merged 01T09:00
created by 王磊 01T09:00, merged 01T09:00 by 王磊
  /renumbered_from: - > X by 王磊 01T09:00
Z present, created by 王磊 02T09:00 merged 02T09:00
created by 王磊 02T09:00, merged 02T09:00 by 王磊
  /renumbered_from: - > X by 王磊 02T09:00
`,
		},
	}
	for _, tt := range tests {
		if got := describe(read(t, gittest.Repo(t, tt.script))); got != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}
}

// TestUnreadableDates: a side commit whose date cannot be read was submitted
// when it was merged, so that nobody gains by it.
func TestUnreadableDates(t *testing.T) {
	repo := gittest.Archive(t, gittest.Parse(t, `
at 2026-09-01T09:00:00+08:00
commit root
git switch -q -c side
put v1
commit side
-- v1/records/X.yaml --
a: b
`))
	raw := strings.Replace(repo.Feed("", "cat-file", "commit", "side"), " 1788224400 +0800", " long-ago", 2)
	odd := strings.TrimSpace(repo.Feed(raw, "hash-object", "-t", "commit", "-w", "--stdin", "--literally"))
	repo.At("2026-09-05T09:00:00+08:00")
	merge := repo.Git("commit-tree", "-p", "main", "-p", odd, "-m", "merge", odd+"^{tree}")
	repo.Git("update-ref", "refs/heads/main", merge)
	repo.Git("symbolic-ref", "HEAD", "refs/heads/main")
	life := read(t, repo.Dir).Timeline("X")
	if !life.Created.Submitted.Equal(life.Created.Merged) || string(life.Created.SetBy.Hash) != odd {
		t.Errorf("created %s by %s, merged %s", clock(life.Created.Submitted), life.Created.SetBy.Hash, clock(life.Created.Merged))
	}
}
