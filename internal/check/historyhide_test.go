package check_test

import (
	"fmt"
	"maps"
	"strings"
	"time"
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
