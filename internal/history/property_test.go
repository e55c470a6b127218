package history_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kept/internal/gitrepo"
	"kept/internal/gittest"
	"kept/internal/history"
	"kept/internal/yamldoc"
)

// story writes a stream for git fast-import: a record X that is changed n times,
// directly or by merged branches, moved, broken and deleted. With noise, other
// records are changed in between, on main and on the branches.
type story struct {
	strings.Builder
	rnd, noise *rand.Rand // noise is nil for the quiet story
	mark, main int
	clock      int
	last       string // the newest edit of X
}

func newStory(seed uint64, noise bool) *story {
	s := &story{rnd: rand.New(rand.NewPCG(seed, 1)), clock: 1767000000}
	if noise {
		s.noise = rand.New(rand.NewPCG(seed, 2))
	}
	return s
}

func (s *story) tell(n int) string {
	s.main = s.commit("main", "", 0) // branches need something to start from
	for range n {
		s.clock += 1000
		if s.rnd.IntN(2) == 0 {
			s.main = s.commit("main", s.edit(), s.main)
			continue
		}
		tip := s.main
		for range 1 + s.rnd.IntN(3) {
			s.clock += 100
			tip = s.commit("side", s.edit(), tip)
		}
		s.disturb()
		s.clock += 100
		s.main = s.commit("main", s.last, s.main, tip)
		s.disturb()
	}
	return s.String()
}

// disturb adds a commit about other records, at times between those of X.
func (s *story) disturb() {
	if s.noise != nil && s.noise.IntN(2) == 0 {
		s.clock++
		name := fmt.Sprintf("records/y/Y%d.yaml", s.noise.IntN(5))
		s.main = s.commit("main", fmt.Sprintf("M 100644 inline %s\ndata 10\nstatus: %02d\n", name, s.noise.IntN(100)), s.main)
		s.clock--
	}
}

func (s *story) commit(branch, edit string, parents ...int) int {
	s.mark++
	name := fmt.Sprintf("u%d", s.clock%7)
	fmt.Fprintf(s, "commit refs/heads/%s\nmark :%d\ncommitter %s <%s@example.cn> %d +0800\ndata 1\nm\n", branch, s.mark, name, name, s.clock)
	for i, p := range parents {
		if p > 0 {
			fmt.Fprintf(s, "%s :%d\n", [2]string{"from", "merge"}[min(i, 1)], p)
		}
	}
	s.WriteString(edit)
	return s.mark
}

// edit writes, moves, breaks or deletes X.
func (s *story) edit() string {
	const gone = "D records/x/X.yaml\nD records/z/X.yaml\n"
	body := s.body()
	switch s.rnd.IntN(12) {
	case 0:
		s.last = gone
		return gone
	case 1:
		body = "status: [\n"
	}
	path := [2]string{"records/x/X.yaml", "records/z/X.yaml"}[s.rnd.IntN(2)]
	s.last = fmt.Sprintf("%sM 100644 inline %s\ndata %d\n%s\n", gone, path, len(body), body)
	return s.last
}

func (s *story) body() string {
	var b strings.Builder
	fmt.Fprintf(&b, "status: s%d\n", s.rnd.IntN(3))
	if s.rnd.IntN(2) == 0 {
		fmt.Fprintf(&b, "severity: v%d\nmore: {deep: {text: t%d}}\ntags: [a, b%d]\n", s.rnd.IntN(2), s.rnd.IntN(2), s.rnd.IntN(2))
	}
	b.WriteString("actions:\n")
	for _, id := range s.rnd.Perm(4)[:s.rnd.IntN(4)] {
		fmt.Fprintf(&b, "  - {id: a%d, due: d%d}\n", id, s.rnd.IntN(2))
	}
	b.WriteString("transitions:\n")
	for _, id := range s.rnd.Perm(4)[:s.rnd.IntN(4)] {
		fmt.Fprintf(&b, "  - {to: t%d, at: \"2026-01-01T0%d:00:00Z\"}\n", id/2, s.rnd.IntN(2))
	}
	return b.String()
}

func made(t testing.TB, stream string) *gittest.Repository {
	t.Helper()
	repo := gittest.New(t)
	repo.Feed(stream, "fast-import", "--quiet", "--force")
	return repo
}

func lifeOfX(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	if x := read(t, dir).Timeline("X"); x != nil {
		describeTimeline(&b, x)
	}
	return b.String()
}

func TestOtherRecordsChangeNothing(t *testing.T) {
	for seed := range uint64(12) {
		quiet := lifeOfX(t, made(t, newStory(seed, false).tell(25)).Dir)
		noisy := lifeOfX(t, made(t, newStory(seed, true).tell(25)).Dir)
		if quiet == "" {
			t.Fatal("no life to compare")
		}
		if diff := cmp.Diff(quiet, noisy); diff != "" {
			t.Errorf("seed %d (-quiet +noisy):\n%s", seed, diff)
		}
	}
}

func TestCoresAndPackingChangeNothing(t *testing.T) {
	repo := made(t, newStory(77, true).tell(150))
	want := describe(read(t, repo.Dir))
	repo.Git("repack", "-q", "-a", "-d", "-f", "--depth=50")
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	for _, cores := range []int{1, 2, 5} {
		runtime.GOMAXPROCS(cores)
		if diff := cmp.Diff(want, describe(read(t, repo.Dir))); diff != "" {
			t.Errorf("%d cores (-want +got):\n%s", cores, diff)
		}
	}
}

// TestReplay asks the timeline of X for every value after every mainline
// commit, and compares with the file as it lay there, or as it was last read.
func TestReplay(t *testing.T) {
	for seed := range uint64(8) {
		repo := made(t, newStory(seed, true).tell(30))
		life := read(t, repo.Dir).Timeline("X")
		var held yamldoc.Object
		for _, h := range strings.Fields(repo.Git("rev-list", "--first-parent", "--reverse", "main")) {
			text, present := fileOfX(repo, h)
			if o, ok := yamldoc.ParseValue([]byte(text)); ok {
				held = o
			} else if !present {
				held = yamldoc.Object{}
			}
			c := commitTime(t, repo, h)
			if _, there := life.State(c.Add(1)); there != present {
				t.Errorf("seed %d, %s: present is %v, want %v", seed, h, there, present)
			}
			agree(t, life, c.Add(1), held)
		}
	}
}

func fileOfX(repo *gittest.Repository, commit string) (string, bool) {
	for _, path := range []string{"records/x/X.yaml", "records/z/X.yaml"} {
		if text, err := repo.Try("", "cat-file", "blob", commit+":"+path); err == nil {
			return text, true
		}
	}
	return "", false
}

func commitTime(t *testing.T, repo *gittest.Repository, h string) time.Time {
	t.Helper()
	r, err := gitrepo.Open(repo.Dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	c, err := r.Commit(gitrepo.Hash(h))
	if err != nil {
		t.Fatal(err)
	}
	return c.Committer.When
}

func agree(t *testing.T, life *history.Timeline, at time.Time, want yamldoc.Object) {
	t.Helper()
	pointers := map[string]any{
		"/status": want.Plain("status"), "/severity": want.Plain("severity"), "/tags": want.Plain("tags"),
		"/more/deep/text": want.Object("more").Object("deep").Plain("text"),
	}
	for id := range 4 {
		pointers[fmt.Sprintf("/actions/a%d/due", id)] = nil
	}
	for _, a := range want.Items("actions") {
		pointers["/actions/"+a.Text("id")+"/due"] = a.Plain("due")
	}
	for p, v := range pointers {
		if got, _ := life.Value(p, at); !cmp.Equal(got, v) {
			t.Errorf("%s at %s is %v, want %v", p, at, got, v)
		}
	}
}
