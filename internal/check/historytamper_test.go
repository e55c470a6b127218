package check_test

import (
	"fmt"
	"slices"
	"time"
)

// crime is what a tampered history must be found out by.
type crime struct{ rule, record, commit string }

// tampers are the ways to tamper with a record, each with a job that is open and
// resolved once, somewhere in an honest history.
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
			s.numbers += 3
			id := fmt.Sprintf("J-2026-%03d", s.numbers)
			j := &job{id: id, title: "缺号之后", received: s.stamp(), path: "records/job/" + id + ".yaml"}
			j.steps = []jobStep{{"registered", s.stamp(), "u-wl", "handler"}}
			s.put(j)
			return crime{"audit-number-gap", fmt.Sprintf("J-2026-%03d", s.numbers-2), s.direct("u-wl", "register")}
		},
	}
}
