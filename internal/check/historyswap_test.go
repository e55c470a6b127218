package check_test

import (
	"fmt"
	"maps"
	"strings"
	"time"

	"kept/internal/gitrepo"
	"kept/internal/gittest"
)

// swaps are the ways to tamper with the line itself.
func swaps() map[string]func(*story, *job) crime {
	private := func(s *story, j *job, message string, theirs func(fork string) string) crime {
		fork, begin := s.tip, maps.Clone(s.files)
		j.remark = "换边"
		s.put(j)
		mine := s.make("u-wl", "u-wl", s.now, s.now, "mine", fork)
		remark := s.files[j.path]
		s.files = begin
		s.now = s.now.Add(2 * time.Minute)
		theirsTip := theirs(fork)
		s.files[j.path] = remark
		s.now = s.now.Add(2 * time.Minute)
		s.tip = s.make("u-wl", "u-wl", s.now, s.now, message, mine, theirsTip)
		return crime{"audit-foxtrot", "", s.tip}
	}
	direct := func(s *story) func(string) string {
		return func(fork string) string {
			s.kpi++
			s.files["records/kpi/K1.yaml"] = kpi(1+s.kpi, "97")
			return s.make("u-dc", "u-dc", s.now, s.now, "theirs", fork)
		}
	}
	return map[string]func(*story, *job) crime{
		"pull": func(s *story, j *job) crime {
			return private(s, j, "Merge branch 'main' of ssh://forge/records", direct(s))
		},
		"pull remote": func(s *story, j *job) crime {
			return private(s, j, "Merge remote-tracking branch 'forge/main' into mine", direct(s))
		},
		"pull in other words": func(s *story, j *job) crime {
			return private(s, j, "同步", func(fork string) string {
				s.kpi++
				s.files["records/kpi/K1.yaml"] = kpi(1+s.kpi, "97")
				side := s.make("u-dc", "u-dc", s.now, s.now, "theirs", fork)
				return s.make("u-zm", "u-zm", s.now, s.now, "合并", fork, side)
			})
		},
		"begin anew and join": func(s *story, j *job) crime {
			j.steps[2].by = "u-wl"
			s.put(j)
			fresh := s.make("u-wl", "u-wl", s.now, s.now, "start")
			s.now = s.now.Add(2 * time.Minute)
			s.tip = s.make("u-wl", "u-wl", s.now, s.now, "join", fresh, s.tip)
			return crime{"audit-foxtrot", "", s.tip}
		},
		"edit a seal": func(s *story, _ *job) crime {
			return s.reseal(func() string { return s.direct("u-dc", "figure") })
		},
		"edit a seal's digests with a record": func(s *story, j *job) crime {
			return s.reseal(func() string {
				j.result = "改"
				s.put(j)
				return s.direct("u-lj", "both")
			})
		},
		"edit a seal on a branch": func(s *story, _ *job) crime {
			return s.reseal(func() string {
				side := s.make("u-dc", "u-dc", s.now, s.now, "figure", s.tip)
				s.now = s.now.Add(5 * time.Minute)
				s.merge("u-dc", side)
				return side
			})
		},
		"edit a seal by way of another folder": func(s *story, _ *job) crime {
			return s.reseal(func() string {
				const home, away = "records/seal/2026-01.yaml", "records/trash/2026-01.yaml"
				s.files[away] = s.files[home]
				delete(s.files, home)
				commit := s.direct("u-dc", "move")
				s.wait()
				s.files[home] = s.files[away]
				delete(s.files, away)
				s.direct("u-dc", "back")
				return commit
			})
		},
		"delete a seal": func(s *story, _ *job) crime {
			return s.reseal(func() string {
				delete(s.files, "records/seal/2026-01.yaml")
				return s.direct("u-dc", "tidy")
			})
		},
		"forge a seal": func(s *story, _ *job) crime {
			return crime{"audit-seal-broken", "2026-01", s.seal("2026-01", func(text string) string { return strings.Replace(text, "numerator: 19", "numerator: 20", 1) })}
		},
		"seal what was never here": func(s *story, _ *job) crime {
			never := strings.Repeat("ab", 20)
			return crime{"audit-seal-broken", "2026-01", s.seal("2026-01", func(text string) string { return strings.Replace(text, s.tip, never, 1) })}
		},
		"seal a branch of one's own": func(s *story, _ *job) crime {
			main := s.tip
			side := s.make("u-dc", "u-dc", s.now, s.now, "nothing", main)
			s.now = s.now.Add(5 * time.Minute)
			s.merge("u-dc", side)
			return crime{"audit-seal-broken", "2026-01", s.seal("2026-01", func(text string) string { return strings.Replace(text, s.tip, side, 1) })}
		},
		"rewrite what CI has seen": func(s *story, j *job) crime {
			base, before := s.tip, j.clone()
			j.result = "真相"
			s.put(j)
			lost := s.direct("u-lj", "truth")
			s.seen = fmt.Sprintf("%s %s\n%s %s\n", base, s.stamp(), lost, s.now.Add(time.Minute).Format(time.RFC3339))
			s.tip, *j = base, *before
			j.result = "完美"
			s.put(j)
			s.wait()
			s.direct("u-lj", "words")
			return crime{"audit-ledger-unknown", "", lost}
		},
		"replace an object": func(s *story, j *job) crime {
			s.orders = append(s.orders, gitrepo.Substitution{Kind: "replace", Object: gitrepo.Hash(s.tip)})
			return crime{"audit-replaced", "", s.tip}
		},
		"graft": func(s *story, j *job) crime {
			s.orders = append(s.orders, gitrepo.Substitution{Kind: "graft", Object: gitrepo.Hash(s.tip)})
			return crime{"audit-replaced", "", s.tip}
		},
	}
}

// reseal seals a month, changes a figure and a digest of it, and commits that.
func (s *story) reseal(commit func() string) crime {
	s.seal("2026-01", func(text string) string { return text })
	s.wait()
	const path = "records/seal/2026-01.yaml"
	text := strings.Replace(s.files[path], "numerator: 19", "numerator: 20", 1)
	s.files[path] = strings.Replace(text, strings.Repeat("0", 64), strings.Repeat("1", 64), 1)
	return crime{"audit-seal-broken", "2026-01", commit()}
}

// forges are the ways to tamper with signatures, in a history that demands them.
func forges() map[string]func(*story, *job) crime {
	remark := func(s *story, j *job) {
		j.remark = "签"
		s.put(j)
	}
	return map[string]func(*story, *job) crime{
		"leave the signature out": func(s *story, j *job) crime {
			remark(s, j)
			s.unsign = true
			return crime{"audit-signature-missing", j.id, s.direct("u-wl", "remark")}
		},
		"sign by a stranger's key": func(s *story, j *job) crime {
			remark(s, j)
			s.signer = "stranger"
			return crime{"audit-signature-unknown", j.id, s.direct("u-wl", "remark")}
		},
		"sign by another's key": func(s *story, j *job) crime {
			remark(s, j)
			s.signer = "u-dc"
			return crime{"audit-signer-other", j.id, s.direct("u-wl", "remark")}
		},
		"admit one's own key": func(s *story, j *job) crime {
			remark(s, j)
			s.admit("wl@example.cn " + gittest.NewKey("own").Public() + "\n")
			s.signer = "own"
			return crime{"audit-signature-unknown", j.id, s.direct("u-wl", "remark")}
		},
		"sign by a key that ended": func(s *story, j *job) crime {
			s.rotates(j)
			remark(s, j)
			s.signer = strings.TrimSuffix(s.keys["u-lj"], "+")
			return crime{"audit-signature-unknown", j.id, s.direct("u-lj", "remark")}
		},
		"change what was signed": func(s *story, j *job) crime {
			remark(s, j)
			s.forge = true
			return crime{"audit-signature-bad", j.id, s.direct("u-wl", "remark")}
		},
		"lift the demand": func(s *story, j *job) crime {
			remark(s, j)
			s.files["kept.yaml"] = "signatures: optional\n"
			s.unsign = true
			return crime{"audit-signature-missing", j.id, s.direct("u-wl", "remark")}
		},
		"change in a merge that nobody signs": func(s *story, j *job) crime {
			remark(s, j)
			side := s.make("u-wl", "u-wl", s.now, s.now, "remark", s.tip)
			j.result = "改"
			s.put(j)
			s.now = s.now.Add(5 * time.Minute)
			s.unsign = true
			return crime{"audit-signature-missing", j.id, s.merge("u-wl", side)}
		},
		"admit a key in a merge that nobody signs": func(s *story, j *job) crime {
			remark(s, j)
			side := s.make("u-wl", "u-wl", s.now, s.now, "remark", s.tip)
			s.admit("wl@example.cn " + gittest.NewKey("own").Public() + "\n")
			s.now = s.now.Add(5 * time.Minute)
			s.unsign = true
			return crime{"audit-signature-missing", j.id, s.merge("u-wl", side)}
		},
	}
}
