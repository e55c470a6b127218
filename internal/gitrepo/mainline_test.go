package gitrepo_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kept/internal/gitrepo"
	"kept/internal/gittest"
)

// open opens a repository for the length of a test.
func open(t testing.TB, dir string) *gitrepo.Repo {
	t.Helper()
	r, err := gitrepo.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func resolve(t testing.TB, r *gitrepo.Repo, rev string) gitrepo.Hash {
	t.Helper()
	h, err := r.Resolve(rev, nil)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func mainline(t testing.TB, r *gitrepo.Repo, head gitrepo.Hash, under string) []gitrepo.Advance {
	t.Helper()
	var steps []gitrepo.Advance
	for step, err := range r.Mainline(head, under) {
		if err != nil {
			t.Fatal(err)
		}
		steps = append(steps, step)
	}
	return steps
}

// raw asks git for a commit's changes below records, against its first parent.
func raw(repo *gittest.Repository, h gitrepo.Hash) []gitrepo.Change {
	before, err := repo.Try("", "rev-parse", "-q", "--verify", string(h)+"^1")
	if err != nil {
		before = "4b825dc642cb6eb9a060e54bf8d69288fbee4904" // the empty tree
	}
	out := repo.Feed("", "diff-tree", "-r", "-z", "--no-renames", strings.TrimSpace(before), string(h), "--", "records")
	var changes []gitrepo.Change
	fields := strings.Split(strings.TrimSuffix(out, "\x00"), "\x00")
	for i := 0; i+1 < len(fields); i += 2 {
		f := strings.Fields(fields[i])
		c := gitrepo.Change{Path: fields[i+1], Before: regular(f[0], f[2]), After: regular(f[1], f[3])}
		if c.Before != c.After {
			changes = append(changes, c)
		}
	}
	return changes
}

// regular is the id where the mode is that of a regular file.
func regular(mode, hash string) gitrepo.Hash {
	if !strings.HasPrefix(strings.TrimPrefix(mode, ":"), "100") {
		return ""
	}
	return gitrepo.Hash(hash)
}

// agree compares a mainline with what the git program says of every commit.
func agree(t *testing.T, repo *gittest.Repository, steps []gitrepo.Advance, head string) {
	t.Helper()
	want := strings.Fields(repo.Git("rev-list", "--first-parent", "--reverse", head))
	if len(steps) != len(want) {
		t.Fatalf("%d commits, git says %d", len(steps), len(want))
	}
	for i, step := range steps {
		if string(step.Commit.Hash) != want[i] {
			t.Fatalf("commit %d is %s, git says %s", i, step.Commit.Hash, want[i])
		}
		compare(t, repo, step.Commit.Hash, step.Changes)
		if len(step.Commit.Parents) > 1 {
			agreeOnSide(t, repo, step)
		} else if len(step.Side) > 0 {
			t.Errorf("%s is no merge and has side commits", step.Commit.Hash)
		}
	}
}

func compare(t *testing.T, repo *gittest.Repository, h gitrepo.Hash, got []gitrepo.Change) {
	t.Helper()
	if diff := cmp.Diff(raw(repo, h), got); diff != "" {
		t.Errorf("changes of %s (-git +got):\n%s", h, diff)
	}
}

func agreeOnSide(t *testing.T, repo *gittest.Repository, step gitrepo.Advance) {
	t.Helper()
	h := string(step.Commit.Hash)
	want := strings.Fields(repo.Git("rev-list", h+"^1.."+h))
	want = slices.DeleteFunc(want, func(s string) bool { return s == h })
	seen := map[gitrepo.Hash]bool{}
	got := []string{}
	for _, side := range step.Side {
		got = append(got, string(side.Commit.Hash))
		for _, p := range side.Commit.Parents {
			if slices.Contains(want, string(p)) && !seen[p] {
				t.Errorf("%s comes before its parent %s", side.Commit.Hash, p)
			}
		}
		seen[side.Commit.Hash] = true
		compare(t, repo, side.Commit.Hash, side.Changes)
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("side of %s (-git +got):\n%s", h, diff)
	}
}

// randomHistory writes a stream for git fast-import: n commits on several
// branches that fork, merge (octopus too, some unrelated) and change files,
// among them links, executables, names in Chinese and files that become
// folders.
func randomHistory(seed uint64, n int) string {
	rnd := rand.New(rand.NewPCG(seed, 7))
	var b strings.Builder
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "commit refs/heads/b%d\nmark :%d\ncommitter 王磊 <wl@example.cn> %d +0800\ndata 1\nm\n", i, i, 1767000000+rnd.IntN(1000000))
		for p, parent := range parents(rnd, i) {
			fmt.Fprintf(&b, "%s :%d\n", [2]string{"from", "merge"}[min(p, 1)], parent)
		}
		for range rnd.IntN(4) {
			b.WriteString(randomEdit(rnd))
		}
	}
	fmt.Fprintf(&b, "reset refs/heads/main\nfrom :%d\n", n)
	return b.String()
}

// parents chooses the parents of commit i, mostly recent ones.
func parents(rnd *rand.Rand, i int) []int {
	if i == 1 || i > 5 && rnd.IntN(40) == 0 {
		return nil
	}
	count := 1
	switch k := rnd.IntN(10); {
	case k == 0:
		count = 4
	case k < 4:
		count = 2
	}
	var list []int
	for range count {
		p := i - 1 - rnd.IntN(min(i-1, 6))
		if !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	return list
}

func randomEdit(rnd *rand.Rand) string {
	names := []string{"records/a/x", "records/a/x-1", "records/a/x.yaml", "records/a", "records/投诉/王磊.yaml", "records/b/2026/09/T.yaml", "notes/n", "records.txt"}
	name := names[rnd.IntN(len(names))]
	mode := []string{"100644", "100644", "100644", "100755", "120000"}[rnd.IntN(5)]
	switch rnd.IntN(6) {
	case 0:
		return "D " + name + "\n"
	default:
		return fmt.Sprintf("M %s inline %s\ndata 1\n%d\n", mode, name, rnd.IntN(10))
	}
}

func TestMainlineAgreesWithGit(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			repo := gittest.New(t)
			repo.Feed(randomHistory(seed, 120), "fast-import", "--quiet")
			agree(t, repo, mainline(t, open(t, repo.Dir), resolve(t, open(t, repo.Dir), "main"), "records"), "main")
		})
	}
}

// TestMainlineOfThousands compares lists alone: asking git about each of some
// thousand commits would take minutes.
func TestMainlineOfThousands(t *testing.T) {
	repo := gittest.New(t)
	repo.Feed(randomHistory(99, 4000), "fast-import", "--quiet")
	r := open(t, repo.Dir)
	var got strings.Builder
	reached := map[gitrepo.Hash]int{}
	for _, step := range mainline(t, r, resolve(t, r, "main"), "") {
		fmt.Fprintf(&got, "%s\x00", step.Commit.Hash)
		reached[step.Commit.Hash]++
		for _, side := range step.Side {
			reached[side.Commit.Hash]++
		}
	}
	if want := repo.Feed("", "log", "--first-parent", "--reverse", "-z", "--format=%H", "main"); strings.Trim(got.String(), "\x00") != strings.Trim(want, "\x00") {
		t.Error("the mainline is not git's")
	}
	all := strings.Fields(repo.Git("rev-list", "main"))
	for _, h := range all {
		if reached[gitrepo.Hash(h)] != 1 {
			t.Errorf("%s was visited %d times", h, reached[gitrepo.Hash(h)])
		}
	}
	if len(all) != len(reached) {
		t.Errorf("%d commits reached, git says %d", len(reached), len(all))
	}
}

func TestMainlineStops(t *testing.T) {
	repo := gittest.New(t)
	repo.Feed(randomHistory(3, 30), "fast-import", "--quiet")
	r := open(t, repo.Dir)
	n := 0
	for range r.Mainline(resolve(t, r, "main"), "records") {
		if n++; n == 2 {
			break
		}
	}
	if n != 2 {
		t.Errorf("went on after the loop ended: %d", n)
	}
}

func TestMainlineIgnoresSubstitutions(t *testing.T) {
	repo := gittest.Archive(t, gittest.Parse(t, `
write records/a.yaml @one
commit one
write records/a.yaml @two
commit two
write records/a.yaml @three
commit three
-- one --
1
-- two --
2
-- three --
3
`))
	plain := mainline(t, open(t, repo.Dir), resolve(t, open(t, repo.Dir), "HEAD"), "records")
	second := repo.Git("rev-parse", "HEAD~1")
	repo.Git("replace", "--graft", "HEAD")
	repo.Write(".git/info/grafts", second+"\n")
	r := open(t, repo.Dir)
	if diff := cmp.Diff(plain, mainline(t, r, resolve(t, r, "HEAD"), "records")); diff != "" {
		t.Errorf("another history (-plain +replaced):\n%s", diff)
	}
	want := []gitrepo.Substitution{{Kind: "replace", Object: resolve(t, r, "HEAD")}, {Kind: "graft", Object: gitrepo.Hash(second)}}
	if diff := cmp.Diff(want, r.Substitutions()); diff != "" {
		t.Errorf("substitutions (-want +got):\n%s", diff)
	}
}

// TestBranchNotMerged follows a branch beside the mainline as its merge would
// bring it in, and finds where the two part.
func TestBranchNotMerged(t *testing.T) {
	dir := gittest.Repo(t, `
write a @x
commit one
git checkout -q -b side
write b @x
commit two
write c @x
commit three
git checkout -q main
write d @x
commit four
-- x --
x
`)
	repo, err := gitrepo.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer repo.Close()
	at := func(rev string) gitrepo.Hash {
		h, err := repo.Resolve(rev, nil)
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	if base, err := repo.MergeBase(at("main"), at("side")); err != nil || base != at("main~1") {
		t.Errorf("the base is %s, %v", base, err)
	}
	if base, err := repo.MergeBase(at("side"), at("side~1")); err != nil || base != at("side~1") {
		t.Errorf("the base of an ancestor is %s, %v", base, err)
	}
	var got []string
	for step, err := range repo.MainlineAnd(at("main"), at("side"), "") {
		if err != nil {
			t.Fatal(err)
		}
		line := step.Commit.Message + ":"
		for _, s := range step.Side {
			line += " " + s.Commit.Message
		}
		got = append(got, line)
	}
	if diff := cmp.Diff([]string{"one:", "four:", ": two three"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	blobs, err := repo.Blobs(at("side"), "")
	if err != nil || len(blobs) != 3 || blobs[2].Path != "c" || blobs[2].After == "" {
		t.Errorf("the files of side are %v, %v", blobs, err)
	}
}
