package history_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"kept/internal/gitrepo"
	"kept/internal/history"
)

// crowd writes a stream for git fast-import: a few records that are written, moved,
// broken, deleted, taken up again, called otherwise and renumbered, directly, by
// branches and by merges that add something of their own.
func crowd(seed uint64, n int) string {
	s := newStory(seed, false)
	s.main = s.commit("main", "", 0)
	for range n {
		s.clock += 100
		if s.rnd.IntN(2) == 0 {
			s.main = s.commit("main", s.busy(), s.main)
			continue
		}
		from, tip := s.main, s.main
		if s.rnd.IntN(3) == 0 {
			s.main = s.commit("main", s.busy(), s.main)
		}
		all := ""
		for range 1 + s.rnd.IntN(3) {
			s.clock += s.rnd.IntN(100) - 20
			one := s.busy()
			all += one
			tip = s.commit("side", one, max(from, tip))
		}
		if s.rnd.IntN(3) == 0 {
			all += s.busy()
		}
		s.clock += 100
		s.main = s.commit("main", all, s.main, tip)
	}
	return s.String()
}

// busy is what one commit does.
func (s *story) busy() string {
	var b strings.Builder
	for range 1 + s.rnd.IntN(2) {
		k := s.rnd.IntN(4)
		id := fmt.Sprintf("A%d", k)
		if s.rnd.IntN(6) == 0 {
			id = strings.ToLower(id)
		}
		body := s.body()
		switch s.rnd.IntN(10) {
		case 0:
			body = ""
		case 1:
			body = "status: [\n"
		case 2:
			body = fmt.Sprintf("%srenumbered_from: A%d\n", body, (k+1)%4)
			s.drop(&b, (k+1)%4)
		case 3:
			body = "origin: imported\n" + body
		}
		if s.rnd.IntN(5) > 0 {
			s.drop(&b, k)
		}
		if body != "" {
			fmt.Fprintf(&b, "M 100644 inline records/%c/%s.yaml\ndata %d\n%s\n", 'x'+rune(s.rnd.IntN(2)), id, len(body), body)
		}
	}
	return b.String()
}

// drop deletes a record under each of its names.
func (s *story) drop(b *strings.Builder, k int) {
	for _, form := range []string{"x/A", "y/A", "x/a", "y/a"} {
		fmt.Fprintf(b, "D records/%s%d.yaml\n", form, k)
	}
}

// TestLineEqualsRead moves a head about in random histories: forward, to side branches,
// back. What a line that stays makes of it is what a reading from the root makes, and
// what it gave before stays as it was.
func TestLineEqualsRead(t *testing.T) {
	aliases, forward := 0, 0
	for seed := range uint64(16) {
		made := made(t, crowd(seed, 30))
		mainline := strings.Fields(made.Git("rev-list", "--first-parent", "--reverse", "main"))
		all := strings.Fields(made.Git("rev-list", "--all"))
		repo, err := gitrepo.Open(made.Dir)
		if err != nil {
			t.Fatal(err)
		}
		line, dice, at := new(history.Line), rand.New(rand.NewPCG(seed, 9)), 0
		var given, wanted []*history.History
		for range 12 {
			at = min(at+dice.IntN(6), len(mainline)-1)
			head := mainline[at]
			switch dice.IntN(8) {
			case 0:
				head = all[dice.IntN(len(all))]
			case 1:
				at = dice.IntN(len(mainline))
			default:
				forward++
			}
			got, err := line.Read(repo, gitrepo.Hash(head))
			if err != nil {
				t.Fatal(err)
			}
			want, err := history.Read(repo, gitrepo.Hash(head))
			if err != nil {
				t.Fatal(err)
			}
			given, wanted = append(given, got), append(wanted, want)
			for life := range want.All() {
				aliases += len(life.Aliases)
			}
		}
		for i := range given {
			if !reflect.DeepEqual(given[i], wanted[i]) {
				t.Errorf("seed %d, reading %d at %s:\n%s\nwant\n%s", seed, i, given[i].Head, describe(given[i]), describe(wanted[i]))
			}
		}
		repo.Close()
	}
	if aliases == 0 || forward < 50 {
		t.Errorf("%d renumbered records, %d steps forward: the histories try too little", aliases, forward)
	}
}
