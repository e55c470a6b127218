package check_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"kept/internal/check"
	"kept/internal/evidence"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/gittest"
)

// told is a history of the property test.
type told struct {
	*story
	way   string // of tampering; "" where it is honest
	crime crime
}

// ways are all ways to tamper, those with signatures apart.
func ways() (plain, signed map[string]func(*story, *job) crime) {
	plain = map[string]func(*story, *job) crime{}
	for _, some := range []map[string]func(*story, *job) crime{tampers(), hides(), swaps()} {
		maps.Copy(plain, some)
	}
	return plain, forges()
}

// tell tells rounds histories, honest ones and those that were tampered with in each
// way in turn, at some point of an honest life.
func tell(w *teller, rounds int) []told {
	plain, signed := ways()
	all := maps.Clone(plain)
	maps.Copy(all, signed)
	names := slices.Sorted(maps.Keys(all))
	var list []told
	for i := range rounds {
		seed := uint64(i)
		honest := newStory(w, seed)
		honest.live(nil)
		list = append(list, told{story: honest})
		way := names[i%len(names)]
		if _, keys := signed[way]; keys {
			seed = uint64(i * 5)
		}
		s := newStory(w, seed)
		tampered := told{story: s, way: way}
		s.live(func() {
			others := len(s.jobs)
			victim := s.openUntilResolved()
			s.jobs = s.jobs[:others] // nobody touches it but the crime
			s.wait()
			tampered.crime = all[way](s, victim)
			s.wait()
		})
		list = append(list, tampered)
	}
	return list
}

// TestRandomHistories tells hundreds of honest histories, at which no rule may
// raise its voice, and as many that were tampered with, each of which must be
// named by rule, record and commit.
func TestRandomHistories(t *testing.T) {
	w := &teller{}
	histories := tell(w, 4*70)
	r := gittest.New(t)
	r.Take(&w.Objects)
	b := newBench(t)
	caught := map[string]int{}
	var mutex sync.Mutex
	var all sync.WaitGroup
	next := make(chan told)
	for range 2 {
		repo, err := gitrepo.Open(r.Dir)
		if err != nil {
			t.Fatal(err)
		}
		all.Go(func() {
			defer repo.Close()
			for h := range next {
				list := check.History(h.request(t, b, repo))
				if h.judge(t, list) && h.way != "" {
					mutex.Lock()
					caught[h.way]++
					mutex.Unlock()
				}
			}
		})
	}
	for _, h := range histories {
		next <- h
	}
	close(next)
	all.Wait()
	plain, signed := ways()
	for _, some := range []map[string]func(*story, *job) crime{plain, signed} {
		for _, way := range slices.Sorted(maps.Keys(some)) {
			t.Logf("%-45s caught in %d", way, caught[way])
			if caught[way] < 4 {
				t.Errorf("%s is caught in %d histories of 4", way, caught[way])
			}
		}
	}
	t.Logf("%d ways, %d histories", len(plain)+len(signed), len(histories))
}

// request asks for all that an audit looks at.
func (h *told) request(t *testing.T, b *bench, repo *gitrepo.Repo) check.HistoryRequest {
	t.Helper()
	req := b.request(t, repo, gitrepo.Hash(h.tip))
	var err error
	if req.Signatures, err = evidence.ReadSignatures(repo, req.History, b.zone); err != nil {
		t.Error(err)
	}
	req.Robots, req.Substitutions = []string{mail(robot)}, h.orders
	if h.seen != "" {
		req.Ledger = evidence.ParseLedger("observed.txt", []byte(h.seen))
	}
	req.Assurance = evidence.Assure(evidence.AssuranceRequest{History: req.History, Signatures: req.Signatures, Ledger: req.Ledger, Clock: req.Future})
	req.Seals = func() []evidence.SealState {
		var list []evidence.SealState
		for _, truth := range h.sealed {
			rec := req.Register.Get(truth.Period.String())
			seal, ok := evidence.ReadSeal(rec)
			if !ok {
				continue
			}
			_, held := evidence.Position(req.History, seal.Commit)
			list = append(list, evidence.SealState{Seal: seal, Record: rec.ID, Held: held, Forged: evidence.Differences(seal.Figures, truth.Figures)})
		}
		return list
	}
	return req
}

// judge demands silence of an honest history, and the crime of another; what else is
// found in it must be about the same record or commit.
func (h *told) judge(t *testing.T, list finding.List) bool {
	t.Helper()
	found := false
	var seen []string
	for _, f := range list {
		if f.Severity == finding.Info {
			continue
		}
		seen = append(seen, brief(f))
		if h.way == "" {
			t.Errorf("honest history %s: %s %v", h.tip[:12], brief(f), f.Args)
		}
		c := h.crime
		found = found || f.Rule == c.rule && (c.record == "" || f.Record == c.record) && f.Commit == c.commit && f.Position.Path != ""
	}
	if h.way != "" && !found {
		c := h.crime
		t.Errorf("%s: no %s of %s by %s, but:\n%s", h.way, c.rule, c.record, c.commit[:7], strings.Join(seen, "\n"))
	}
	return found
}

// openUntilResolved adds a native job that has been resolved.
func (s *story) openUntilResolved() *job {
	for {
		j := s.open()
		if j.origin != "" {
			continue
		}
		s.advance(j)
		s.advance(j)
		return j
	}
}

func brief(f finding.Finding) string {
	return fmt.Sprintf("%s %s %s %s %s %s", f.Severity, f.Rule, f.Record, gitrepo.Hash(f.Commit).Short(), f.Position, f.Key)
}
