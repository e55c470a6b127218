package gitrepo_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kept/internal/gitrepo"
)

// gitIn runs git in dir without any configuration of the machine.
func gitIn(t testing.TB, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null", "LC_ALL=C")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

func person(name string, minute int) gitrepo.Person {
	zone := time.FixedZone("", 8*3600)
	return gitrepo.Person{Name: name, Email: name + "@example.com", When: time.Date(2024, 1, 2, 9, minute, 0, 0, zone)}
}

// writeSample makes a repository of n files in two folders, each changed once,
// with a merge at the end.
func writeSample(t testing.TB, dir string, n int) gitrepo.Hash {
	t.Helper()
	p, err := gitrepo.NewPack(dir)
	if err != nil {
		t.Fatal(err)
	}
	var tree *gitrepo.Tree
	var head gitrepo.Hash
	commit := func(tree *gitrepo.Tree, message string, parents ...gitrepo.Hash) gitrepo.Hash {
		h, err := p.Commit(gitrepo.Draft{
			Tree: tree, Parents: parents, Author: person("甲", 1), Committer: person("乙", 2), Message: message,
		})
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	tree = tree.Put("a.b", []byte("x")).Put("a/中文.yaml", []byte("内容\n")).Put("a0", nil)
	head = commit(tree, "first")
	for i := range n {
		text := strings.Repeat(fmt.Sprintf("line %d\n", i), 40)
		tree = tree.Put(fmt.Sprintf("records/%d/%04d.yaml", i%2, i), []byte(text))
		head = commit(tree, "add", head)
		tree = tree.Put(fmt.Sprintf("records/%d/%04d.yaml", i%2, i), []byte(text+"more\n"))
		head = commit(tree, "change\n\nReviewed-by: 丙 <c@example.com>\n", head)
	}
	side := commit(tree.Remove("a/中文.yaml"), "side", head)
	tree = tree.Remove("a/中文.yaml").Put("main", []byte("main\n"))
	head = commit(tree, "merge", head, side)
	if err := p.Ref("refs/tags/v1", side); err != nil {
		t.Fatal(err)
	}
	if err := p.Close("main", head, tree); err != nil {
		t.Fatal(err)
	}
	return head
}

func TestPackIsSoundForGit(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "repo")
	head := writeSample(t, dir, 150)
	if out := gitIn(t, dir, "fsck", "--strict", "--full"); strings.TrimSpace(out) != "" {
		t.Errorf("fsck: %s", out)
	}
	if out := gitIn(t, dir, "status", "--porcelain"); out != "" {
		t.Errorf("status is not clean:\n%s", out)
	}
	if got := strings.TrimSpace(gitIn(t, dir, "rev-parse", "main")); got != string(head) {
		t.Errorf("main = %s, want %s", got, head)
	}
	if got := strings.TrimSpace(gitIn(t, dir, "rev-list", "--count", "HEAD")); got != "303" {
		t.Errorf("%s commits, want 303", got)
	}
	if got := gitIn(t, dir, "log", "-1", "--format=%an|%ae|%ai|%cn|%s", "HEAD~1"); got != "甲|甲@example.com|2024-01-02 09:01:00 +0800|乙|change\n" {
		t.Errorf("log: %q", got)
	}
	if got := gitIn(t, dir, "show", "HEAD~1:records/1/0149.yaml"); got != strings.Repeat("line 149\n", 40)+"more\n" {
		t.Errorf("content: %q", got)
	}
	if got := gitIn(t, dir, "-c", "core.quotePath=false", "show", "--name-status", "--format=", "v1"); got != "D\ta/中文.yaml\n" {
		t.Errorf("side commit: %q", got)
	}
	if out := gitIn(t, dir, "verify-pack", "-v", packFile(t, dir)); !strings.Contains(out, "chain length = 50") {
		t.Errorf("no chain of deltas:\n%s", out[max(0, len(out)-2000):])
	}
}

func packFile(t *testing.T, dir string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, ".git/objects/pack/*.pack"))
	if err != nil || len(found) != 1 {
		t.Fatalf("packs: %v, %v", found, err)
	}
	return found[0]
}

func TestPackBytesDoNotVary(t *testing.T) {
	one, two := filepath.Join(t.TempDir(), "one"), filepath.Join(t.TempDir(), "two")
	writeSample(t, one, 20)
	writeSample(t, two, 20)
	for _, name := range []string{packFile(t, one), strings.TrimSuffix(packFile(t, one), ".pack") + ".idx", filepath.Join(one, ".git/index")} {
		a, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(strings.Replace(name, one, two, 1))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a, b) {
			t.Errorf("%s differs", filepath.Base(name))
		}
	}
}

func TestCommitHeadersStaySound(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "repo")
	p, err := gitrepo.NewPack(dir)
	if err != nil {
		t.Fatal(err)
	}
	who := person("a", 1)
	who.Name, who.Email = " <x>\ny ", "a<b>@example.com\x00"
	head, err := p.Commit(gitrepo.Draft{Author: who, Committer: who, Message: "none\n\n\n"})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Close("main", head, &gitrepo.Tree{}); err != nil {
		t.Fatal(err)
	}
	gitIn(t, dir, "fsck", "--strict")
	if got := gitIn(t, dir, "log", "--format=%an|%ae|%B"); got != "xy|ab@example.com|none\n\n" {
		t.Errorf("log: %q", got)
	}
}

func TestNewPackKeepsWhatIsThere(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "mine"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := gitrepo.NewPack(dir); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("error = %v", err)
	}
}

func TestTreeIsAValue(t *testing.T) {
	var none *gitrepo.Tree
	one := none.Put("a/b/c", []byte("1"))
	two := one.Put("a/b/c", []byte("2")).Put("a/d", []byte("3"))
	if got := string(one.Get("a/b/c")) + string(one.Get("a/d")); got != "1" {
		t.Errorf("old tree reads %q", got)
	}
	if got := string(two.Get("a/b/c")) + string(two.Get("a/d")); got != "23" {
		t.Errorf("new tree reads %q", got)
	}
	if gone := two.Remove("a/b/c"); gone.Get("a/b/c") != nil || string(gone.Get("a/d")) != "3" {
		t.Error("Remove took the wrong file")
	}
	if all, under, none := two.Len(""), two.Len("a/b"), two.Len("x"); all != 2 || under != 1 || none != 0 {
		t.Errorf("Len = %d, %d, %d, want 2, 1, 0", all, under, none)
	}
	if same := two.Remove("a/x/y"); same != two {
		t.Error("Remove of nothing changed the tree")
	}
}

func BenchmarkPack(b *testing.B) {
	for b.Loop() {
		writeSample(b, filepath.Join(b.TempDir(), "repo"), 500)
	}
}
