package check_test

import (
	"fmt"
	"maps"
	"strings"
	"time"

	"kept/internal/gitrepo"
	"kept/internal/gittest"
)

// hides are the ways to hide a change of a job that is resolved: in merges, behind
// detours, under words.
func hides() map[string]func(*story, *job) crime {
	return map[string]func(*story, *job) crime{
		"back-date on a branch": func(s *story, j *job) crime {
			s.now = s.now.AddDate(0, 0, 10)
			s.direct("u-dc", "nothing")
			at := s.now.AddDate(0, 0, -9)
			j.steps = append(j.steps, jobStep{"closed", at.Format(time.RFC3339), "u-zm", "lead"})
			s.put(j)
			side := s.make("u-zm", "u-zm", at, at, "close", s.tip)
			s.now = s.now.Add(9 * time.Minute)
			s.merge("u-zm", side)
			return crime{"audit-clock", j.id, side}
		},
		"date a branch ahead": func(s *story, j *job) crime {
			j.remark = "晚"
			s.put(j)
			side := s.make("u-wl", "u-wl", s.now, s.now.Add(3*time.Hour), "remark", s.tip)
			s.now = s.now.Add(9 * time.Minute)
			s.merge("u-wl", side)
			return crime{"audit-clock", j.id, side}
		},
		"change in a merge": func(s *story, j *job) crime {
			j.remark = "分支"
			s.put(j)
			side := s.make("u-wl", "u-wl", s.now, s.now, "remark", s.tip)
			j.result = "改"
			s.put(j)
			s.now = s.now.Add(5 * time.Minute)
			return crime{"audit-merge-altered", j.id, s.merge("u-wl", side)}
		},
		"change another record in a merge": func(s *story, j *job) crime {
			s.redefines(j)
			s.now = s.now.Add(5 * time.Minute)
			fork := s.tip
			s.files["records/kpi/K2.yaml"] = strings.Replace(kpi(1, "90"), "K1", "K2", 1)
			side := s.make("u-dc", "u-dc", s.now, s.now, "another", fork)
			j.result = "改"
			s.put(j)
			s.now = s.now.Add(5 * time.Minute)
			return crime{"audit-merge-altered", j.id, s.merge("u-dc", side)}
		},
		"leave a branch out": func(s *story, j *job) crime {
			before := maps.Clone(s.files)
			s.advanceOnly(j)
			s.now = s.now.Add(2 * time.Minute)
			side := s.make("u-zm", "u-zm", s.now, s.now, "close", s.tip)
			s.files = before
			j.steps = j.steps[:len(j.steps)-1]
			s.now = s.now.Add(5 * time.Minute)
			return crime{"audit-merge-altered", j.id, s.merge("u-zm", side)}
		},
		"leave a contested step out": func(s *story, j *job) crime {
			fork, before := s.tip, maps.Clone(s.files)
			s.advanceOnly(j)
			s.now = s.now.Add(2 * time.Minute)
			side := s.make("u-zm", "u-zm", s.now, s.now, "close", fork)
			s.files = before
			j.steps = j.steps[:len(j.steps)-1]
			j.remark = "同时"
			s.put(j)
			s.now = s.now.Add(2 * time.Minute)
			s.direct("u-wl", "remark")
			s.now = s.now.Add(5 * time.Minute)
			return crime{"audit-merge-altered", j.id, s.merge("u-zm", side)}
		},
		"leave out one of several": func(s *story, j *job) crime {
			fork, before := s.tip, maps.Clone(s.files)
			s.numbers++
			id := fmt.Sprintf("J-2026-%03d", s.numbers)
			lost := &job{id: id, title: "丢失", received: s.stamp(), path: "records/job/" + id + ".yaml"}
			lost.steps = []jobStep{{"registered", s.stamp(), "u-wl", "handler"}}
			s.put(lost)
			one := s.make("u-wl", "u-wl", s.now, s.now, "register", fork)
			s.files = before
			s.numbers--
			j.remark = "另"
			s.put(j)
			two := s.make("u-wl", "u-wl", s.now, s.now, "remark", fork)
			s.now = s.now.Add(5 * time.Minute)
			return crime{"audit-merge-altered", id, s.merge("u-wl", one, two)}
		},
		"by way of another folder": func(s *story, j *job) crime {
			s.step(j, "closed", "u-zm", "lead")
			home := j.path
			move := func(path string) {
				s.wait()
				delete(s.files, j.path)
				j.path = path
				s.put(j)
			}
			move("records/trash/" + j.id + ".yaml")
			s.direct("u-lj", "move")
			s.wait()
			j.result = "完美"
			s.put(j)
			commit := s.direct("u-lj", "words")
			move(home)
			s.direct("u-lj", "move back")
			return crime{"audit-edit-after-close", j.id, commit}
		},
		"by way of a broken file": func(s *story, j *job) crime {
			s.step(j, "closed", "u-zm", "lead")
			s.wait()
			s.files[j.path] = "title: [\n"
			s.direct("u-lj", "oops")
			s.wait()
			j.result = "完美"
			s.put(j)
			return crime{"audit-edit-after-close", j.id, s.direct("u-lj", "mended")}
		},
		"by way of a second file": func(s *story, j *job) crime {
			s.step(j, "closed", "u-zm", "lead")
			s.wait()
			j.result = "完美"
			s.files["records/aaa/"+j.id+".yaml"] = j.yaml()
			commit := s.direct("u-lj", "copy")
			s.wait()
			delete(s.files, "records/aaa/"+j.id+".yaml")
			s.put(j)
			s.direct("u-lj", "one file")
			return crime{"audit-edit-after-close", j.id, commit}
		},
		"by way of another case": func(s *story, j *job) crime {
			s.step(j, "closed", "u-zm", "lead")
			s.wait()
			delete(s.files, j.path)
			j.result = "完美"
			j.path = "records/job/" + strings.ToLower(j.id) + ".yaml"
			s.put(j)
			commit := s.direct("u-lj", "words")
			s.wait()
			delete(s.files, j.path)
			j.path = "records/job/" + j.id + ".yaml"
			s.put(j)
			s.direct("u-lj", "case")
			return crime{"audit-edit-after-close", j.id, commit}
		},
		"by way of a new number": func(s *story, j *job) crime {
			s.step(j, "closed", "u-zm", "lead")
			s.wait()
			j.result = "完美"
			s.renumbers(j)
			return crime{"audit-edit-after-close", j.id, s.tip}
		},
		"under the word revert": func(s *story, j *job) crime {
			was := j.result
			j.result = "没有修复"
			s.put(j)
			s.direct("u-lj", "truth")
			s.step(j, "closed", "u-zm", "lead")
			s.wait()
			j.result = was
			s.put(j)
			return crime{"audit-edit-after-close", j.id, s.direct("u-lj", "Revert \"truth\"\n\nThis reverts commit 0.")}
		},
		"restore another text": func(s *story, j *job) crime {
			s.step(j, "closed", "u-zm", "lead")
			delete(s.files, j.path)
			s.wait()
			s.direct("u-lj", "tidy")
			s.wait()
			j.result = "完美"
			s.put(j)
			return crime{"audit-record-restored", j.id, s.direct("u-lj", "Revert \"tidy\"\n\nThis reverts commit 0.")}
		},
		"a link in place of the file": func(s *story, j *job) crime {
			delete(s.files, j.path)
			s.files["120000 "+j.path] = "../../secret.yaml"
			return crime{"audit-record-deleted", j.id, s.direct("u-lj", "link")}
		},
		"a submodule in place of the file": func(s *story, j *job) crime {
			delete(s.files, j.path)
			s.files["160000 "+j.path] = strings.Repeat("ab", 20)
			return crime{"audit-record-deleted", j.id, s.direct("u-lj", "module")}
		},
		"a folder in place of the file": func(s *story, j *job) crime {
			delete(s.files, j.path)
			s.files[j.path+"/x.txt"] = "x"
			return crime{"audit-record-deleted", j.id, s.direct("u-lj", "folder")}
		},
		"dispose of what is open": func(s *story, j *job) crime {
			s.told++
			s.files[fmt.Sprintf("records/disposal/XH-%d.yaml", s.told)] = fmt.Sprintf("schema: disposal/v1\nid: XH-%d\ntitle: 销毁\nstatus: destroyed\nitems: [{record: %s}]\n", s.told, j.id)
			s.direct("u-dc", "destroyed")
			s.wait()
			delete(s.files, j.path)
			return crime{"audit-disposal-open", j.id, s.direct("u-dc", "destroy")}
		},
		"dispose too early": func(s *story, j *job) crime {
			s.step(j, "closed", "u-zm", "lead")
			s.wait()
			s.told++
			s.files[fmt.Sprintf("records/disposal/XH-%d.yaml", s.told)] = fmt.Sprintf("schema: disposal/v1\nid: XH-%d\ntitle: 销毁\nstatus: destroyed\nitems: [{record: %s}]\n", s.told, j.id)
			delete(s.files, j.path)
			return crime{"audit-disposal-open", j.id, s.direct("u-dc", "destroy")}
		},
		"dispose of what is gone": func(s *story, j *job) crime {
			s.step(j, "closed", "u-zm", "lead")
			s.wait()
			delete(s.files, j.path)
			commit := s.direct("u-lj", "tidy")
			s.wait()
			s.told++
			s.files[fmt.Sprintf("records/disposal/XH-%d.yaml", s.told)] = fmt.Sprintf("schema: disposal/v1\nid: XH-%d\ntitle: 销毁\nstatus: destroyed\nitems: [{record: %s}]\n", s.told, j.id)
			s.direct("u-lj", "and the paper for it")
			return crime{"audit-record-deleted", j.id, commit}
		},
		"behind a commit of 2099": func(s *story, j *job) crime {
			now := s.now
			s.now = time.Date(2099, 1, 1, 9, 0, 0, 0, now.Location())
			s.direct("u-dc", "nothing")
			s.now = now
			s.wait()
			j.steps[2].by = "u-wl"
			s.put(j)
			return crime{"audit-transition-edited", j.id, s.direct("u-lj", "actor")}
		},
		"call it imported afterwards": func(s *story, j *job) crime {
			s.now = s.now.AddDate(0, 0, 10)
			j.steps = append(j.steps, jobStep{"closed", s.now.AddDate(0, 0, -9).Format(time.RFC3339), "u-zm", "lead"})
			j.origin = "imported"
			s.put(j)
			return crime{"audit-backdated-step", j.id, s.direct("u-zm", "close")}
		},
		"import without the role": func(s *story, _ *job) crime {
			s.numbers++
			id := fmt.Sprintf("J-2026-%03d", s.numbers)
			j := &job{id: id, title: "旧单", origin: "imported", path: "records/job/" + id + ".yaml"}
			j.steps = []jobStep{{"registered", s.now.AddDate(0, -1, 0).Format(time.RFC3339), "u-wl", "handler"}}
			s.put(j)
			return crime{"audit-author-role", id, s.direct("u-wl", "import")}
		},
		"take another's address": func(s *story, j *job) crime {
			s.person("u-zm", "lead", "handler")
			const person = "records/person/u-zm.yaml"
			s.files[person] = strings.Replace(s.files[person], "zm@example.cn]", "zm@example.cn, lj@example.cn]", 1)
			s.direct("u-lj", "an address")
			s.wait()
			j.steps = append(j.steps, jobStep{"closed", s.stamp(), "u-zm", "lead"})
			s.put(j)
			return crime{"audit-author-role", j.id, s.direct("u-lj", "close")}
		},
		"grant the role afterwards": func(s *story, j *job) crime {
			j.steps = append(j.steps, jobStep{"closed", s.stamp(), "u-wl", "lead"})
			s.put(j)
			commit := s.direct("u-wl", "close")
			s.now = s.now.AddDate(0, 0, 20)
			s.person("u-wl", "handler", "lead")
			s.direct("u-wl", "I always led")
			return crime{"audit-author-role", j.id, commit}
		},
		"edit a note": func(s *story, j *job) crime {
			j.note = "客户拒绝"
			s.put(j)
			s.direct("u-lj", "note")
			s.wait()
			j.note = "客户同意"
			s.put(j)
			return crime{"audit-transition-edited", j.id, s.direct("u-lj", "words")}
		},
	}
}

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
