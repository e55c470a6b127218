package gitrepo_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"kept/internal/gitrepo"
	"kept/internal/gittest"
)

const mixed = `
put v1
commit one
-- v1/kept.yaml --
language: zh-CN
-- v1/records/a/1.yaml --
id: 1
-- v1/records/投诉/王磊.yaml --
id: 2
-- v1/records/a-b.yaml --
id: 3
-- v1/.gitignore --
public
`

// names lists every file of a file system.
func names(t *testing.T, fsys fs.FS) []string {
	t.Helper()
	var list []string
	err := fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			list = append(list, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(list)
	return list
}

var mixedNames = [...]string{".gitignore", "kept.yaml", "records/a-b.yaml", "records/a/1.yaml", "records/投诉/王磊.yaml"}

func TestFiles(t *testing.T) {
	repo := gittest.Archive(t, gittest.Parse(t, mixed))
	link(t, repo.Dir)
	repo.Git("update-index", "--add", "--cacheinfo", "160000,"+repo.Git("rev-parse", "HEAD")+",records/module")
	repo.Commit("links and a submodule")
	if got := repo.Git("ls-files", "-s", "records/linked"); got == "" {
		t.Fatal("the link is not in the commit")
	}
	r := open(t, repo.Dir)
	fsys, err := r.Files(resolve(t, r, "HEAD"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(mixedNames[:], names(t, fsys)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if err := fstest.TestFS(fsys, mixedNames[:]...); err != nil {
		t.Error(err)
	}
	if data, err := fs.ReadFile(fsys, "records/投诉/王磊.yaml"); string(data) != "id: 2\n" || err != nil {
		t.Errorf("read %q, %v", data, err)
	}
	for _, name := range []string{"records/a/1.yaml/x", "records/none", "../x", "/etc/passwd", "records/linked"} {
		if _, err := fs.ReadFile(fsys, name); err == nil {
			t.Errorf("%q was read", name)
		}
	}
}

func link(t *testing.T, dir string) {
	t.Helper()
	outside := t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "secret"), []byte("s"), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, target := range map[string]string{
		"records/linked": "a/1.yaml", "records/folder": "a", "records/out": outside, "escape": filepath.Join(outside, "secret"),
	} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWorkTree(t *testing.T) {
	repo := gittest.Archive(t, gittest.Parse(t, mixed))
	link(t, repo.Dir)
	repo.Write("records/new.yaml", "id: 4")
	want := append(slices.Clone(mixedNames[:]), "records/new.yaml")
	slices.Sort(want)
	fsys := open(t, repo.Dir).WorkTree()
	if diff := cmp.Diff(want, names(t, fsys)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if err := fstest.TestFS(fsys, want...); err != nil {
		t.Error(err)
	}
	for _, name := range []string{".git/config", ".GIT/config", "records/linked", "records/folder/1.yaml", "records/out/secret", "escape", "../x"} {
		if _, err := fs.ReadFile(fsys, name); err == nil {
			t.Errorf("%q was read", name)
		}
		if _, err := fs.Stat(fsys, name); err == nil {
			t.Errorf("%q is there", name)
		}
	}
}

func TestWorkTreeOfBareIsEmpty(t *testing.T) {
	repo := gittest.Archive(t, gittest.Parse(t, mixed))
	bare := filepath.Join(t.TempDir(), "bare.git")
	repo.Git("clone", "-q", "--bare", repo.Dir, bare)
	r := open(t, bare)
	if r.Root() != "" {
		t.Errorf("a bare repository has the root %q", r.Root())
	}
	if _, err := fs.ReadDir(r.WorkTree(), "."); err == nil {
		t.Error("a bare repository has files on disk")
	}
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "kept.yaml"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if got := names(t, gitrepo.Folder(dir)); !slices.Equal(got, []string{"kept.yaml"}) {
		t.Errorf("files %q", got)
	}
}
