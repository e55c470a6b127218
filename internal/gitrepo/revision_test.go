package gitrepo_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"kept/internal/gitrepo"
	"kept/internal/gittest"
)

const tagged = `
at 2026-06-29T10:00:00+08:00
commit one
at 2026-06-30T23:59:59+08:00
commit two
git tag 2026-07-01
git switch -q -c feature
at 2026-07-01T08:00:00+08:00
commit side
git tag -a -m v1 v1
git switch -q main
at 2026-07-01T00:00:00+08:00
git merge -q --no-ff -m merge feature
at 2026-06-30T12:00:00+08:00
commit back-dated
-- none --
`

func TestResolve(t *testing.T) {
	repo := gittest.Archive(t, gittest.Parse(t, tagged))
	repo.Git("pack-refs", "--all")
	repo.Git("update-ref", "refs/remotes/origin/other", "main~1")
	r := open(t, repo.Dir)
	revisions := []string{
		"HEAD", "@", "main", "refs/heads/main", "heads/main", "v1", "tags/v1", "origin/other", "HEAD~2", "HEAD~0", "main^", "main~^2", "main~1^2~1", "main^^1",
		"main~1^{commit}", "v1^{}", repo.Git("rev-parse", "HEAD~1"), repo.Git("rev-parse", "--short=8", "HEAD~1"),
	}
	for _, rev := range revisions {
		want := repo.Git("rev-parse", rev+"^{commit}")
		if got := resolve(t, r, rev); string(got) != want {
			t.Errorf("Resolve(%q) = %s, want %s", rev, got, want)
		}
	}
}

// TestBranches: loose and packed, here and of any remote; a folder is no part of a name,
// and what holds no commit's id is no branch. Between two commits only what differs is
// listed.
func TestBranches(t *testing.T) {
	repo := gittest.Archive(t, gittest.Parse(t, tagged))
	for _, name := range []string{"heads/kept/b", "remotes/far/kept/d", "heads/keptx", "remotes/origin/main"} {
		repo.Git("update-ref", "refs/"+name, "main~1")
	}
	repo.Git("pack-refs", "--all")
	repo.Write("records/a.yaml", "a")
	one := repo.Commit("a")
	repo.Write("records/b.yaml", "b")
	two := repo.Commit("b")
	repo.Git("update-ref", "refs/heads/kept/a", two)
	repo.Git("update-ref", "refs/remotes/origin/kept/c", one)
	if err := os.WriteFile(filepath.Join(repo.Dir, ".git", "refs", "heads", "kept", "broken"), []byte("no id"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := open(t, repo.Dir)
	want := []string{"refs/heads/kept/a", "refs/heads/kept/b", "refs/remotes/far/kept/d", "refs/remotes/origin/kept/c"}
	if got := r.Branches("kept/"); !slices.Equal(got, want) {
		t.Errorf("Branches = %q, want %q", got, want)
	}
	list, err := r.Between(gitrepo.Hash(one), gitrepo.Hash(two), "records")
	if err != nil || len(list) != 1 || list[0].Path != "records/b.yaml" || list[0].Before != "" || list[0].After == "" {
		t.Errorf("Between = %+v, %v", list, err)
	}
}

// TestResolveDate: the last commit is dated back to 06-30 after one of 07-01;
// as a running maximum it was merged on 07-01. East of UTC a day ends earlier.
func TestResolveDate(t *testing.T) {
	r := open(t, gittest.Repo(t, tagged))
	east := time.FixedZone("", 8*3600)
	tests := []struct {
		day  string
		zone *time.Location
		want string
	}{
		{"2026-06-29", east, "HEAD~3"},
		{"2026-06-30", east, "HEAD~2"},
		{"2026-06-30", time.UTC, "HEAD"},
		{"2026-07-01", east, "HEAD"},
		{"2030-01-01", nil, "HEAD"},
	}
	for _, tt := range tests {
		got, err := r.Resolve(tt.day, tt.zone)
		if err != nil || got != resolve(t, r, tt.want) {
			t.Errorf("Resolve(%q, %v) = %s, %v, want %s", tt.day, tt.zone, got, err, tt.want)
		}
	}
}

func TestResolveRefuses(t *testing.T) {
	r := open(t, gittest.Repo(t, tagged))
	for _, rev := range []string{
		"2026-06-28", "nowhere", "HEAD~9", "HEAD^3", "HEAD^x", "HEAD~99999999999999999999", "HEAD^{tree}", "ab", "abcdef0",
		"../../etc/passwd", "config", "refs/heads/../../config", "main:records", "--all", "HEAD^{commit",
	} {
		if h, err := r.Resolve(rev, nil); !errors.Is(err, gitrepo.ErrUnknownRevision) && err == nil {
			t.Errorf("Resolve(%q) = %s, %v", rev, h, err)
		}
	}
	empty := open(t, gittest.New(t).Dir)
	if _, err := empty.Resolve("HEAD", nil); !errors.Is(err, gitrepo.ErrUnknownRevision) {
		t.Errorf("HEAD of an empty repository: %v", err)
	}
}
