package gitrepo_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"
	"github.com/google/go-cmp/cmp"

	"kept/internal/gitrepo"
	"kept/internal/gittest"
)

// TestAgreesWithGoGit: every commit of a history, and every file of each of
// their trees, is what go-git's own repository reads, loose and packed.
func TestAgreesWithGoGit(t *testing.T) {
	repo := gittest.New(t)
	repo.Feed(randomHistory(5, 60), "-c", "fastimport.unpackLimit=10000", "fast-import", "--quiet")
	t.Run("loose", func(t *testing.T) { agreeWithGoGit(t, repo.Dir) })
	repo.Git("gc", "-q")
	t.Run("packed", func(t *testing.T) { agreeWithGoGit(t, repo.Dir) })
}

func agreeWithGoGit(t *testing.T, dir string) {
	t.Helper()
	r := open(t, dir)
	theirs, err := git.PlainOpen(dir)
	if err != nil {
		t.Fatal(err)
	}
	head := resolve(t, r, "main")
	if h, err := theirs.ResolveRevision("main"); err != nil || h.String() != string(head) {
		t.Errorf("main is %s, %v, go-git says %s", head, err, h)
	}
	log, err := theirs.Log(&git.LogOptions{From: plumbing.NewHash(string(head))})
	if err != nil {
		t.Fatal(err)
	}
	reached := map[gitrepo.Hash]gitrepo.Commit{}
	for _, step := range mainline(t, r, head, "") {
		reached[step.Commit.Hash] = step.Commit
		for _, side := range step.Side {
			reached[side.Commit.Hash] = side.Commit
		}
	}
	n := 0
	err = log.ForEach(func(want *object.Commit) error {
		n++
		h := gitrepo.Hash(want.Hash.String())
		if diff := cmp.Diff(asOurs(want), reached[h]); diff != "" {
			t.Errorf("%s (-go-git +got):\n%s", h, diff)
		}
		agreeOnFiles(t, r, want)
		return nil
	})
	if err != nil || n != len(reached) || n == 0 {
		t.Errorf("%d commits, go-git says %d, %v", len(reached), n, err)
	}
}

// asOurs is a commit of go-git in the form of this package.
func asOurs(c *object.Commit) gitrepo.Commit {
	person := func(s object.Signature) gitrepo.Person {
		return gitrepo.Person{Name: s.Name, Email: s.Email, When: s.When}
	}
	out := gitrepo.Commit{
		Hash: gitrepo.Hash(c.Hash.String()), Tree: gitrepo.Hash(c.TreeHash.String()),
		Author: person(c.Author), Committer: person(c.Committer), Message: strings.TrimRight(c.Message, "\n"),
	}
	for _, p := range c.ParentHashes {
		out.Parents = append(out.Parents, gitrepo.Hash(p.String()))
	}
	return out
}

func agreeOnFiles(t *testing.T, r *gitrepo.Repo, c *object.Commit) {
	t.Helper()
	files, err := c.Files()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{}
	fsys, err := r.Files(gitrepo.Hash(c.Hash.String()))
	if err != nil {
		t.Fatal(err)
	}
	err = files.ForEach(func(f *object.File) error {
		if !f.Mode.IsRegular() && f.Mode != 0o100755 {
			return nil
		}
		want = append(want, f.Name)
		data, err := r.Blob(gitrepo.Hash(f.Hash.String()))
		if text, _ := f.Contents(); err != nil || text != string(data) {
			t.Errorf("%s reads %q, %v, go-git says %q", f.Name, data, err, text)
		}
		return nil
	})
	slices.Sort(want)
	if diff := cmp.Diff(want, append([]string{}, names(t, fsys)...)); diff != "" || err != nil {
		t.Errorf("files of %s: %v (-go-git +got):\n%s", c.Hash, err, diff)
	}
}

// TestOddReferencesAndSettings: a reference without sense is none, and settings
// that git would refuse are an error and not a guess.
func TestOddReferencesAndSettings(t *testing.T) {
	repo := gittest.Archive(t, gittest.Parse(t, three))
	for name, body := range map[string]string{
		"huge": strings.Repeat("0", 1<<20), "empty": "", "words": "no object at all", "round": "ref: refs/heads/round",
		"out": "ref: ../config", "nowhere": "ref: refs/heads/none",
	} {
		repo.Write(".git/refs/heads/"+name, body)
	}
	r := open(t, repo.Dir)
	for _, rev := range []string{"huge", "empty", "words", "round", "out", "nowhere"} {
		if h, err := r.Resolve(rev, nil); err == nil {
			t.Errorf("%s is %s", rev, h)
		}
	}
	if _, err := r.Resolve("main", nil); err != nil {
		t.Errorf("main beside odd references: %v", err)
	}
	for _, body := range []string{"[core\n", "[remote \"x]\n", "[core]\n\x00 = \\q\n"} {
		if err := os.WriteFile(filepath.Join(repo.Dir, ".git", "config"), []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := gitrepo.Open(repo.Dir); err == nil {
			t.Errorf("settings %q were read", body)
		}
	}
}
