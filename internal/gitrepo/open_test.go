package gitrepo_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kept/internal/gitrepo"
	"kept/internal/gittest"
)

const three = `
put v1
commit one
git switch -q -c feature
put v2
commit two
git switch -q main
git merge -q --no-ff -m three feature
-- v1/records/a/1.yaml --
status: open
-- v2/records/a/1.yaml --
status: closed
`

// TestOpenShapes: the history is the same however the repository is kept.
func TestOpenShapes(t *testing.T) {
	repo := gittest.Archive(t, gittest.Parse(t, three))
	r := open(t, repo.Dir)
	head := resolve(t, r, "main")
	want := mainline(t, r, head, "records")
	other := func(name string) string { return filepath.Join(t.TempDir(), name) }
	shapes := []struct {
		name string
		make func(t *testing.T) string
	}{
		{"subfolder", func(*testing.T) string { return filepath.Join(repo.Dir, "records", "a") }},
		{"bare clone", func(*testing.T) string {
			dir := other("bare.git")
			repo.Git("clone", "-q", "--bare", repo.Dir, dir)
			return dir
		}},
		{"shared clone", func(*testing.T) string {
			dir := other("shared")
			repo.Git("clone", "-q", "--shared", repo.Dir, dir)
			return dir
		}},
		{"shared clone of a shared clone", func(*testing.T) string {
			first, dir := other("first"), other("second")
			repo.Git("clone", "-q", "--shared", repo.Dir, first)
			repo.Git("clone", "-q", "--shared", first, dir)
			return dir
		}},
		{"linked work tree", func(*testing.T) string {
			dir := other("linked")
			repo.Git("worktree", "add", "-q", "--detach", dir, "main")
			return dir
		}},
		{"separate git folder", func(*testing.T) string {
			dir := other("separate")
			repo.Git("clone", "-q", "--separate-git-dir", other("elsewhere"), repo.Dir, dir)
			return dir
		}},
		{"packed", func(*testing.T) string {
			dir := other("packed")
			repo.Git("clone", "-q", "--no-local", repo.Dir, dir)
			repo.Git("-C", dir, "gc", "-q", "--aggressive")
			return dir
		}},
		{"detached", func(*testing.T) string {
			repo.Git("checkout", "-q", "--detach")
			return repo.Dir
		}},
	}
	for _, shape := range shapes {
		t.Run(shape.name, func(t *testing.T) {
			r := open(t, shape.make(t))
			if got := resolve(t, r, "HEAD"); got != head {
				t.Errorf("HEAD is %s, want %s", got, head)
			}
			if diff := cmp.Diff(want, mainline(t, r, head, "records")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestOpenReadOnly(t *testing.T) {
	repo := gittest.Archive(t, gittest.Parse(t, three))
	repo.Git("gc", "-q")
	before := snapshot(t, repo.Dir)
	chmod(t, repo.Dir, 0o555, 0o444)
	t.Cleanup(func() { chmod(t, repo.Dir, 0o755, 0o644) })
	r := open(t, repo.Dir)
	if n := len(mainline(t, r, resolve(t, r, "HEAD"), "")); n != 2 {
		t.Errorf("%d commits on the mainline, want 2", n)
	}
	r.Close()
	if diff := cmp.Diff(before, snapshot(t, repo.Dir)); diff != "" {
		t.Errorf("reading changed the repository:\n%s", diff)
	}
}

// snapshot lists every file of a folder with its size.
func snapshot(t *testing.T, dir string) map[string]int64 {
	t.Helper()
	sizes := map[string]int64{}
	err := filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err == nil && !e.IsDir() {
			sizes[name] = info.Size()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return sizes
}

func chmod(t *testing.T, dir string, folder, file os.FileMode) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			return os.Chmod(name, folder|0o700) // WalkDir has yet to read it
		}
		return os.Chmod(name, file)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestOpenRefuses(t *testing.T) {
	if _, err := gitrepo.Open(t.TempDir()); !errors.Is(err, gitrepo.ErrNoRepository) {
		t.Errorf("a folder without git: %v", err)
	}
	sha256 := filepath.Join(t.TempDir(), "sha256")
	gittest.New(t).Git("init", "-q", "--object-format=sha256", sha256)
	if _, err := gitrepo.Open(sha256); !errors.Is(err, gitrepo.ErrFormat) {
		t.Errorf("a SHA-256 repository: %v", err)
	}
	repo := gittest.New(t)
	repo.Git("config", "extensions.refStorage", "reftable")
	if _, err := gitrepo.Open(repo.Dir); !errors.Is(err, gitrepo.ErrFormat) {
		t.Errorf("a reftable repository: %v", err)
	}
}

// TestIncompleteHistory: the command that each error names is run, and mends it.
func TestIncompleteHistory(t *testing.T) {
	source := gittest.Archive(t, gittest.Parse(t, three))
	source.Git("config", "uploadpack.allowFilter", "true")
	tests := []struct {
		reason string
		clone  []string
	}{
		{"shallow", []string{"--depth=1"}},
		{"partial", []string{"--filter=tree:0", "--no-checkout"}},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			clone := &cloned{source, filepath.Join(t.TempDir(), "clone")}
			source.Git(append(append([]string{"clone", "-q", "--no-local"}, tt.clone...), "file://"+source.Dir, clone.dir)...)
			err := readAll(t, clone.dir)
			var incomplete *gitrepo.HistoryError
			if !errors.As(err, &incomplete) || incomplete.Reason != tt.reason {
				t.Fatalf("error %v, want reason %s", err, tt.reason)
			}
			clone.run(incomplete.Mend)
			if err := readAll(t, clone.dir); err != nil {
				t.Errorf("after %s: %v", incomplete.Mend, err)
			}
		})
	}
}

func TestMissingObject(t *testing.T) {
	source := gittest.Archive(t, gittest.Parse(t, three))
	clone := &cloned{source, filepath.Join(t.TempDir(), "clone")}
	source.Git("clone", "-q", source.Dir, clone.dir)
	blob := source.Git("rev-parse", "HEAD~1:records/a/1.yaml")
	name := filepath.Join(clone.dir, ".git", "objects", blob[:2], blob[2:])
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	err := readAll(t, clone.dir)
	var incomplete *gitrepo.HistoryError
	if !errors.As(err, &incomplete) || incomplete.Reason != "missing" || incomplete.Object != gitrepo.Hash(blob) {
		t.Fatalf("error %v, want the missing object %s", err, blob)
	}
	clone.run(incomplete.Mend)
	if err := readAll(t, clone.dir); err != nil {
		t.Errorf("after %s: %v", incomplete.Mend, err)
	}
}

// cloned runs commands in a clone of a test's repository.
type cloned struct {
	source *gittest.Repository
	dir    string
}

func (c *cloned) run(command string) {
	c.source.Git(append([]string{"-C", c.dir}, strings.Fields(command)[1:]...)...)
}

// readAll reads every commit and every version below records.
func readAll(t *testing.T, dir string) error {
	t.Helper()
	r := open(t, dir)
	defer r.Close()
	head, err := r.Resolve("HEAD", nil)
	if err != nil {
		return err
	}
	for step, err := range r.Mainline(head, "records") {
		if err != nil {
			return err
		}
		for _, c := range step.Changes {
			if _, err := r.Blob(c.After); err != nil {
				return err
			}
		}
	}
	return nil
}

func TestDamageIsAnError(t *testing.T) {
	repo := gittest.Archive(t, gittest.Parse(t, three))
	repo.Git("gc", "-q")
	packs, _ := filepath.Glob(filepath.Join(repo.Dir, ".git", "objects", "pack", "*.pack"))
	whole, err := os.ReadFile(packs[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(packs[0], 0o644); err != nil {
		t.Fatal(err)
	}
	for at := 12; at < len(whole)-20; at += 7 {
		damaged := append([]byte(nil), whole...)
		damaged[at] ^= 0x55
		if err := os.WriteFile(packs[0], damaged, 0o644); err != nil {
			t.Fatal(err)
		}
		_ = readAll(t, repo.Dir) // any outcome but a panic
	}
	if err := os.WriteFile(packs[0], whole[:20], 0o644); err != nil {
		t.Fatal(err)
	}
	if err := readAll(t, repo.Dir); err == nil {
		t.Error("a truncated pack was read")
	}
}
