package gitrepo_test

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"kept/internal/gittest"
)

// corpus is a stream for git fast-import: n records of about 1.1 KB with four
// versions each, filed by month, every record on its own branch of three
// commits and then changed directly on main.
func corpus(n int) string {
	var b strings.Builder
	mark, clock, main := 0, 1704067200, 0
	commit := func(branch, path, body string, parents ...int) {
		mark++
		clock += 600
		fmt.Fprintf(&b, "commit refs/heads/%s\nmark :%d\ncommitter 王磊 <wl@example.cn> %d +0800\ndata 3\nm\n\n", branch, mark, clock)
		for i, p := range parents {
			if p > 0 {
				fmt.Fprintf(&b, "%s :%d\n", [2]string{"from", "merge"}[min(i, 1)], p)
			}
		}
		fmt.Fprintf(&b, "M 100644 inline %s\ndata %d\n%s\n", path, len(body), body)
	}
	for i := range n {
		path := fmt.Sprintf("records/complaint/%d/%02d/TS-%d-%05d.yaml", 2024+i*36/n/12, i*36/n%12+1, 2024+i*36/n/12, i)
		version := func(v int) string {
			return fmt.Sprintf("id: TS-%05d\nstatus: s%d\n", i, v) + strings.Repeat(fmt.Sprintf("key%d: a value of record %d\n", i%7, i*31), 38)
		}
		commit("side", path, version(0), main)
		commit("side", path, version(1), mark)
		commit("side", path, version(2), mark)
		commit("main", path, version(2), main, mark)
		main = mark
		commit("main", path, version(3), main)
		main = mark
	}
	return b.String()
}

// BenchmarkHistory reads every change and the bytes of every version of 2,000
// records; BenchmarkGitLog is the git program on the same repository.
func BenchmarkHistory(b *testing.B) {
	dir := benchRepository(b)
	for b.Loop() {
		r := open(b, dir)
		versions := 0
		for step, err := range r.Mainline(resolve(b, r, "main"), "records") {
			if err != nil {
				b.Fatal(err)
			}
			changes := step.Changes
			for _, side := range step.Side {
				changes = append(changes, side.Changes...)
			}
			for _, c := range changes {
				if c.After == "" { // renamed or removed
					continue
				}
				if _, err := r.Blob(c.After); err != nil {
					b.Fatal(err)
				}
				versions++
			}
		}
		r.Close()
	}
}

func BenchmarkGitLog(b *testing.B) {
	dir := benchRepository(b)
	for b.Loop() {
		if err := exec.Command("git", "-C", dir, "log", "--raw", "--no-renames", "-z", "main").Run(); err != nil {
			b.Fatal(err)
		}
	}
}

// benchRepository takes KEPT_BENCH_REPO where it is set, so that runs can share
// one made by kept demo.
func benchRepository(b *testing.B) string {
	b.Helper()
	if dir := os.Getenv("KEPT_BENCH_REPO"); dir != "" {
		return dir
	}
	repo := gittest.New(b)
	repo.Feed(corpus(2000), "fast-import", "--quiet")
	repo.Git("gc", "-q")
	return repo.Dir
}
