package gittest_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"kept/internal/gittest"
)

const script = `
# One record, changed on a branch.
as 李静 <lj@example.cn>
at 2026-09-18T17:42:00+08:00
put v1
commit "add: first\n\nReviewed-by: 周敏 <zm@example.cn>"
git switch -q -c feature
at 2026-09-19T09:00:00-05:00
committer 周敏 <zm@example.cn>
authored 2026-09-18T08:00:00+08:00
replace records/投诉.yaml general 'major one'
write notes/a.txt @body
commit change
git switch -q main
git merge -q --no-ff -m "merge feature" feature
remove notes/a.txt
commit "remove the note"
! git merge nowhere
-- v1/records/投诉.yaml --
severity: general
-- body --
hello
`

func TestRepo(t *testing.T) {
	dir := gittest.Repo(t, script)
	out, err := exec.Command("git", "-C", dir, "log", "--first-parent", "-m", "--format=%an %cn %aI %cI %s", "--name-status", "HEAD").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"李静 周敏 2026-09-18T08:00:00+08:00 2026-09-19T09:00:00-05:00 merge feature",
		"李静 李静 2026-09-18T17:42:00+08:00 2026-09-18T17:42:00+08:00 add: first",
		"D\tnotes/a.txt",
	} {
		if !strings.Contains(string(out), want) {
			t.Errorf("log lacks %q:\n%s", want, out)
		}
	}
}

func TestRepoIsTheSameEachTime(t *testing.T) {
	t.Setenv("TZ", "America/New_York")
	t.Setenv("GIT_AUTHOR_NAME", "somebody else")
	a := gittest.Archive(t, gittest.Parse(t, script)).Git("rev-parse", "HEAD")
	t.Setenv("TZ", "Asia/Shanghai")
	b := gittest.Archive(t, gittest.Parse(t, script)).Git("rev-parse", "HEAD")
	if a != b {
		t.Errorf("two runs gave %s and %s", a, b)
	}
}

func TestParseReadsFiles(t *testing.T) {
	archive := gittest.Parse(t, "testdata/small.txtar")
	var names []string
	for _, f := range archive.Files {
		names = append(names, f.Name)
	}
	if want := []string{"v1/a.txt", "want"}; !slices.Equal(names, want) {
		t.Errorf("files %q, want %q", names, want)
	}
}
