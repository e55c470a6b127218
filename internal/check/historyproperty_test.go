package check_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kept/internal/check"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/gittest"
)

// crime is what a tampered history must be found out by.
type crime struct {
	rule, record string
	mark         int
}

// tampers are the ways to tamper, each with a job that is open and resolved once,
// at the end of an honest history.
func tampers() map[string]func(*story, *job) crime {
	return map[string]func(*story, *job) crime{
		"back-date": func(s *story, j *job) crime {
			s.now = s.now.AddDate(0, 0, 10)
			j.steps = append(j.steps, jobStep{"closed", s.now.AddDate(0, 0, -9).Format(time.RFC3339), "u-zm", "lead"})
			s.put(j)
			return crime{"audit-backdated-step", j.id, s.direct("u-zm", "close")}
		},
		"pre-date": func(s *story, j *job) crime {
			j.steps = append(j.steps, jobStep{"closed", s.now.Add(time.Hour).Format(time.RFC3339), "u-zm", "lead"})
			s.put(j)
			return crime{"audit-future-step", j.id, s.direct("u-zm", "close")}
		},
		"delete": func(s *story, j *job) crime {
			delete(s.files, j.path)
			return crime{"audit-record-deleted", j.id, s.direct("u-wl", "tidy")}
		},
		"delete and restore": func(s *story, j *job) crime {
			delete(s.files, j.path)
			s.direct("u-wl", "tidy")
			s.wait()
			s.put(j)
			return crime{"audit-record-restored", j.id, s.direct("u-wl", "back")}
		},
		"reuse": func(s *story, j *job) crime {
			delete(s.files, j.path)
			s.direct("u-wl", "tidy")
			s.wait()
			j.title = "另一件事"
			s.put(j)
			return crime{"audit-id-reused", j.id, s.direct("u-wl", "new")}
		},
		"edit after close": func(s *story, j *job) crime {
			s.step(j, "closed", "u-zm", "lead")
			s.wait()
			j.result = "完美"
			s.put(j)
			return crime{"audit-edit-after-close", j.id, s.direct("u-lj", "words")}
		},
		"edit a time": func(s *story, j *job) crime {
			at, _ := time.Parse(time.RFC3339, j.steps[2].at)
			j.steps[2].at = at.Add(-3 * time.Minute).Format(time.RFC3339)
			s.put(j)
			return crime{"audit-transition-edited", j.id, s.direct("u-lj", "time")}
		},
		"edit an actor": func(s *story, j *job) crime {
			j.steps[2].by = "u-wl"
			s.put(j)
			return crime{"audit-transition-edited", j.id, s.direct("u-lj", "actor")}
		},
		"remove a step": func(s *story, j *job) crime {
			j.steps = slices.Delete(j.steps, 1, 2)
			s.put(j)
			return crime{"audit-transition-edited", j.id, s.direct("u-lj", "shorter")}
		},
		"reorder": func(s *story, j *job) crime {
			j.steps[0], j.steps[1] = j.steps[1], j.steps[0]
			s.put(j)
			return crime{"audit-transition-edited", j.id, s.direct("u-lj", "order")}
		},
		"move a due time": func(s *story, j *job) crime {
			j.extended = ""
			s.now = s.now.AddDate(0, 0, 30)
			j.due = s.now.AddDate(0, 0, 3).Format(time.RFC3339)
			s.put(j)
			return crime{"audit-due-moved", j.id, s.direct("u-lj", "due")}
		},
		"redefine": func(s *story, _ *job) crime {
			s.files["records/kpi/K1.yaml"] = kpi(1+s.kpi, "50")
			return crime{"audit-kpi-definition", "K1", s.direct("u-dc", "target")}
		},
		"in another's name": func(s *story, j *job) crime {
			j.steps = append(j.steps, jobStep{"closed", s.stamp(), "u-zm", "lead"})
			s.put(j)
			return crime{"audit-author-role", j.id, s.direct("u-wl", "close")}
		},
		"approve oneself": func(s *story, j *job) crime {
			j.extended = s.now.AddDate(0, 0, 9).Format(time.RFC3339) + " u-lj"
			s.put(j)
			return crime{"audit-own-approval", j.id, s.direct("u-lj", "extend")}
		},
		"forge an approval": func(s *story, j *job) crime {
			j.extended = s.now.AddDate(0, 0, 9).Format(time.RFC3339) + " u-zm"
			s.put(j)
			return crime{"audit-own-approval", j.id, s.direct("u-lj", "extend")}
		},
		"move the start": func(s *story, j *job) crime {
			s.now = s.now.AddDate(0, 0, 20)
			j.received = s.now.AddDate(0, 0, -15).Format(time.RFC3339)
			s.put(j)
			return crime{"audit-due-moved", j.id, s.direct("u-lj", "received")}
		},
		"review oneself": func(s *story, j *job) crime {
			j.remark = "自审"
			s.put(j)
			return crime{"audit-own-review", j.id, s.direct("u-wl", "remark\n\nApproved-by: 王磊 <wl@example.cn>")}
		},
		"revert and write earlier": func(s *story, j *job) crime {
			done := j.steps[2]
			j.steps, j.result = j.steps[:2], ""
			s.put(j)
			s.direct("u-lj", "Revert \"resolved\"")
			at, _ := time.Parse(time.RFC3339, done.at)
			done.at = at.Add(-3 * time.Minute).Format(time.RFC3339)
			j.steps, j.result = append(j.steps, done), "已修复"
			s.put(j)
			return crime{"audit-transition-edited", j.id, s.direct("u-lj", "again")}
		},
		"turn the clock back": func(s *story, j *job) crime {
			s.now = s.now.Add(-48 * time.Hour)
			j.remark = "旧"
			s.put(j)
			return crime{"audit-clock", j.id, s.direct("u-lj", "remark")}
		},
		"skip a number": func(s *story, _ *job) crime {
			id := fmt.Sprintf("J-2026-%03d", s.numbers+3)
			j := &job{id: id, title: "缺号之后", received: s.stamp(), path: "records/job/" + id + ".yaml"}
			j.steps = []jobStep{{"registered", s.stamp(), "u-wl", "handler"}}
			s.put(j)
			return crime{"audit-number-gap", fmt.Sprintf("J-2026-%03d", s.numbers+1), s.direct("u-wl", "register")}
		},
		"swap the mainline": func(s *story, j *job) crime {
			old := s.tip
			j.remark = "换边"
			s.put(j)
			private := s.commit(s.name+"-private", "u-wl", "u-wl", s.now, s.now, "mine", s.files, s.tip)
			s.files["records/kpi/K1.yaml"] = kpi(9, "97")
			old = s.commit(s.name, "u-dc", "u-dc", s.now, s.now, "theirs", s.files, old)
			s.tip = s.commit(s.name, "u-wl", "u-wl", s.now, s.now, "Merge branch 'main' of ssh://forge/records", s.files, private, old)
			return crime{"audit-foxtrot", "", s.tip}
		},
	}
}

// TestRandomHistories tells hundreds of honest histories, at which no rule may
// raise its voice, and as many that were tampered with, each of which must be
// named by rule, record and commit.
func TestRandomHistories(t *testing.T) {
	const rounds = 231
	w := &teller{}
	ways := tampers()
	names := make([]string, 0, len(ways))
	for name := range ways {
		names = append(names, name)
	}
	slices.Sort(names)
	crimes := make([]crime, rounds)
	tips := make([][2]int, rounds)
	for i := range rounds {
		honest := newStory(w, uint64(i), fmt.Sprintf("honest%d", i))
		honest.live()
		tips[i][0] = honest.tip
		s := newStory(w, uint64(i), fmt.Sprintf("tampered%d", i))
		s.live()
		victim := s.openUntilResolved()
		s.wait()
		crimes[i] = ways[names[i%len(names)]](s, victim)
		tips[i][1] = s.tip
	}
	hashes, repo := imported(t, w)
	b := newBench(t)
	for i := range rounds {
		for _, f := range check.History(b.request(t, repo, hashes[tips[i][0]])) {
			if f.Severity > finding.Info {
				t.Errorf("honest history %d: %s", i, brief(f))
			}
		}
		named(t, fmt.Sprintf("history %d, %s", i, names[i%len(names)]), check.History(b.request(t, repo, hashes[tips[i][1]])), crimes[i], hashes)
	}
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

// named demands a finding above information with the crime's rule, record and
// commit.
func named(t *testing.T, what string, list finding.List, c crime, hashes map[int]gitrepo.Hash) {
	t.Helper()
	var seen []string
	for _, f := range list {
		if f.Severity == finding.Info {
			continue
		}
		if f.Rule == c.rule && (c.record == "" || f.Record == c.record) && f.Commit == string(hashes[c.mark]) && f.Position.Path != "" {
			return
		}
		seen = append(seen, brief(f))
	}
	t.Errorf("%s: no %s of %s by %s, but:\n%s", what, c.rule, c.record, hashes[c.mark].Short(), strings.Join(seen, "\n"))
}

func brief(f finding.Finding) string {
	return fmt.Sprintf("%s %s %s %s %s %s", f.Severity, f.Rule, f.Record, gitrepo.Hash(f.Commit).Short(), f.Position, f.Key)
}

// imported makes the repository and returns the commits by mark.
func imported(t *testing.T, w *teller) (map[int]gitrepo.Hash, *gitrepo.Repo) {
	t.Helper()
	r := gittest.New(t)
	marks := filepath.Join(t.TempDir(), "marks")
	r.Feed(w.b.String(), "fast-import", "--quiet", "--export-marks="+marks)
	data, err := os.ReadFile(marks)
	if err != nil {
		t.Fatal(err)
	}
	hashes := map[int]gitrepo.Hash{}
	for line := range strings.Lines(string(data)) {
		var mark int
		var hash string
		if _, err := fmt.Sscanf(line, ":%d %s", &mark, &hash); err == nil {
			hashes[mark] = gitrepo.Hash(hash)
		}
	}
	repo, err := gitrepo.Open(r.Dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { repo.Close() })
	return hashes, repo
}
