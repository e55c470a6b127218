package gitrepo_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"kept/internal/gitrepo"
)

// run calls git in a folder; a merge that stops is no failure.
func stopAtMerge(t *testing.T, dir string) {
	t.Helper()
	run := func(args ...string) {
		cmd := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=a", "-c", "user.email=a@example.cn", "-c", "commit.gpgsign=false"}, args...)...)
		cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
		if out, err := cmd.CombinedOutput(); err != nil && args[0] != "merge" {
			t.Fatalf("git %v: %v: %s", args, err, out)
		}
	}
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run("init", "-q", "-b", "main")
	write("both", "before\n")
	run("add", "-A")
	run("commit", "-qm", "base")
	run("checkout", "-qb", "side")
	write("both", "side\n")
	write("new", "side\n")
	write("alone", "side\n")
	run("add", "-A")
	run("commit", "-qm", "side")
	run("checkout", "-q", "main")
	write("both", "main\n")
	write("new", "main\n")
	run("add", "-A")
	run("commit", "-qm", "main")
	run("merge", "side")
}

func TestUnmergedListsWhereAMergeStopped(t *testing.T) {
	dir := t.TempDir()
	stopAtMerge(t, dir)
	r, err := gitrepo.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	list, err := r.Unmerged()
	if err != nil || len(list) != 2 || list[0].Path != "both" || list[1].Path != "new" {
		t.Fatalf("got %+v, %v", list, err)
	}
	for hash, want := range map[gitrepo.Hash]string{list[0].Base: "before\n", list[0].Ours: "main\n", list[0].Theirs: "side\n", list[1].Ours: "main\n", list[1].Theirs: "side\n"} {
		if data, err := r.Blob(hash); err != nil || string(data) != want {
			t.Errorf("got %q, %v, want %q", data, err, want)
		}
	}
	if list[1].Base != "" {
		t.Errorf("a file that both made has no base: %+v", list[1])
	}
	name, head := r.Joining()
	if c, err := r.Commit(head); name != "MERGE_HEAD" || err != nil || strings.TrimSpace(c.Message) != "side" {
		t.Errorf("joining %s %q: %v", name, c.Message, err)
	}
}

func TestUnmergedRefusesABrokenIndex(t *testing.T) {
	dir := t.TempDir()
	stopAtMerge(t, dir)
	if err := os.WriteFile(filepath.Join(dir, ".git", "index"), []byte("DIRC\x00\x00\x00\x02\xff\xff\xff\xff"), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := gitrepo.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if list, err := r.Unmerged(); err == nil {
		t.Errorf("got %+v", list)
	}
}
