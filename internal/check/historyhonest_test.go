package check_test

import (
	"fmt"
	"maps"
	"strings"
	"time"
)

// live tells one honest history of a few jobs. crime, which may be nil, comes
// after one of them.
func (s *story) live(crime func()) {
	n := 2 + s.rnd.IntN(3)
	when := s.rnd.IntN(n)
	for i := range n {
		j := s.open()
		for range 4 {
			s.advance(j)
			s.quirk(j)
		}
		if i == when && crime != nil {
			crime()
		}
	}
}

// advance does the next step of a life.
func (s *story) advance(j *job) {
	switch j.steps[len(j.steps)-1].to {
	case "registered":
		s.step(j, "approved", "u-zm", "lead")
	case "approved":
		s.step(j, "resolved", "u-lj", "handler")
	case "resolved":
		s.step(j, "closed", "u-zm", "lead")
	}
}

// at is the state that a job is in.
func (j *job) at() string { return j.steps[len(j.steps)-1].to }

// quirk does something that only looks odd.
func (s *story) quirk(j *job) {
	s.wait()
	quirks := []func(*job){
		s.reformats, s.moves, s.remarks, s.takesBack, s.extends, s.redefines, s.reopens, s.rebases, s.renumbers,
		s.mergesMany, s.updatesBranch, s.bothSides, s.sameNumber, s.importsMany, s.squashes, s.explains, s.disposes,
		s.seals, s.rotates, s.changesHands, s.picks, s.emptyCommit, s.bringsBack, s.changesMode,
	}
	quirks[s.rnd.IntN(len(quirks))](j)
}

func (s *story) reformats(j *job) {
	j.plain = !j.plain
	s.put(j)
	s.direct("u-dc", "format")
}

func (s *story) moves(j *job) {
	delete(s.files, j.path)
	j.path = "records/job/" + []string{"", "2026/", "alt/"}[s.rnd.IntN(3)] + j.id + ".yaml"
	s.put(j)
	s.direct("u-dc", "move")
}

// remarks writes into the remark, after the end, too.
func (s *story) remarks(j *job) {
	j.remark = fmt.Sprintf("备注 %d", s.rnd.IntN(99))
	s.put(j)
	s.direct("u-wl", "remark")
}

// takesBack does a step, undoes it, and does it again later.
func (s *story) takesBack(j *job) {
	if j.at() != "approved" {
		return
	}
	before := j.clone()
	s.step(j, "resolved", "u-lj", "handler")
	s.wait()
	*j = *before
	s.put(j)
	s.direct("u-lj", "Revert \""+j.id+" resolved\"\n\nThis reverts commit 0.")
	s.step(j, "resolved", "u-lj", "handler")
}

func (s *story) extends(j *job) {
	if j.extended != "" || j.at() != "approved" {
		return
	}
	to := evening(s.now.AddDate(0, 0, 9))
	j.extended = to + " u-zm"
	s.put(j)
	s.direct("u-lj", "extend\n\nApproved-by: 周敏 <zm@example.cn>")
	j.due = to
	s.put(j)
	s.direct("u-lj", "new due time")
}

func (s *story) redefines(*job) {
	s.kpi++
	s.files["records/kpi/K1.yaml"] = kpi(1+s.kpi, fmt.Sprint(90+s.rnd.IntN(9)))
	s.direct("u-dc", "new version")
}

func (s *story) reopens(j *job) {
	if j.at() != "closed" {
		return
	}
	s.step(j, "resolved", "u-zm", "handler")
	j.result = "再次修复"
	s.put(j)
	s.direct("u-lj", "better")
	s.step(j, "closed", "u-zm", "lead")
}

// rebases commits what was written a day before.
func (s *story) rebases(j *job) {
	j.remark = "稍后"
	s.put(j)
	s.directAs("u-wl", "u-wl", s.now.Add(-26*time.Hour), "rebased")
}

// renumbers takes the next number, since the old one was taken on paper.
func (s *story) renumbers(j *job) {
	delete(s.files, j.path)
	s.numbers++
	j.from, j.id = j.id, fmt.Sprintf("J-2026-%03d", s.numbers)
	j.path = "records/job/" + j.id + ".yaml"
	s.put(j)
	for name, text := range s.files { // all that name it follow
		if strings.HasPrefix(name, "records/exception/") {
			s.files[name] = strings.Replace(text, "record: "+j.from+"\n", "record: "+j.id+"\n", 1)
		}
	}
	s.direct("u-dc", "renumber")
}

// apart runs each edit on a branch of its own, from the same tip, and returns the
// branches. The files are those of all afterwards.
func (s *story) apart(author string, edits ...func()) []string {
	begin := maps.Clone(s.files)
	all := maps.Clone(s.files)
	var sides []string
	for _, edit := range edits {
		s.files = maps.Clone(begin)
		edit()
		s.now = s.now.Add(time.Minute)
		sides = append(sides, s.make(author, author, s.now, s.skewed(), "on a branch", s.tip))
		for name, text := range s.files {
			if begin[name] != text {
				all[name] = text
			}
		}
	}
	s.files = all
	s.now = s.now.Add(9 * time.Minute)
	return sides
}

// mergesMany merges two branches about two records, one by one or at once.
func (s *story) mergesMany(j *job) {
	other := s.jobs[s.rnd.IntN(len(s.jobs))]
	if other == j || j.origin != "" {
		return
	}
	var first tree
	sides := s.apart("u-wl",
		func() { j.remark = "甲"; s.put(j); first = maps.Clone(s.files) },
		func() { other.remark = "乙"; s.put(other) })
	if s.rnd.IntN(2) == 0 {
		s.merge("u-wl", sides...)
		return
	}
	both := s.files
	s.files = first
	s.merge("u-wl", sides[0])
	s.files = both
	s.now = s.now.Add(5 * time.Minute)
	s.merge("u-wl", sides[1])
}

// updatesBranch brings a branch up to date before it is merged.
func (s *story) updatesBranch(j *job) {
	fork := s.tip
	begin := maps.Clone(s.files)
	j.remark = "分支"
	s.put(j)
	mine := s.files[j.path]
	side := s.make("u-wl", "u-wl", s.now, s.now, "mine", fork)
	s.files = begin
	s.redefines(j)
	s.now = s.now.Add(3 * time.Minute)
	s.files[j.path] = mine
	side = s.make("u-wl", "u-wl", s.now, s.now, "Merge branch 'main' into work", side, s.tip)
	s.now = s.now.Add(9 * time.Minute)
	s.merge("u-wl", side)
}

// bothSides changes one record on both sides of a merge, which keeps both.
func (s *story) bothSides(j *job) {
	if j.at() == "closed" || j.origin != "" {
		return
	}
	fork, begin, was := s.tip, maps.Clone(s.files), j.clone()
	s.now = s.now.Add(2 * time.Minute)
	s.advanceOnly(j)
	s.now = s.now.Add(2 * time.Minute)
	by := j.steps[len(j.steps)-1].by
	side := s.make(by, by, s.now, s.now, "step", fork)
	done := *j
	s.files, *j = begin, *was
	j.remark = "同时"
	s.put(j)
	s.now = s.now.Add(2 * time.Minute)
	s.direct("u-wl", "remark")
	*j = done
	j.remark = "同时"
	s.put(j)
	s.now = s.now.Add(5 * time.Minute)
	s.merge(by, side)
}

// advanceOnly writes the next step into the file and leaves it there.
func (s *story) advanceOnly(j *job) {
	next := map[string]jobStep{
		"registered": {"approved", s.stamp(), "u-zm", "lead"}, "approved": {"resolved", s.stamp(), "u-lj", "handler"}, "resolved": {"closed", s.stamp(), "u-zm", "lead"},
	}[j.at()]
	if next.to == "resolved" {
		j.result = "已修复"
	}
	j.steps = append(j.steps, next)
	s.put(j)
}

// sameNumber lets two branches take one number; the merge gives one of them the next.
func (s *story) sameNumber(*job) {
	s.numbers++
	fork, begin := s.tip, maps.Clone(s.files)
	register := func(title string) *job {
		id := fmt.Sprintf("J-2026-%03d", s.numbers)
		j := &job{id: id, title: title, received: s.stamp(), path: "records/job/" + id + ".yaml", due: evening(s.now.AddDate(0, 0, 5))}
		j.steps = []jobStep{{"registered", s.stamp(), "u-wl", "handler"}}
		s.put(j)
		return j
	}
	second := register("乙")
	side := s.make("u-wl", "u-wl", s.now, s.now, "register on a branch", fork)
	s.files = begin
	s.now = s.now.Add(2 * time.Minute)
	register("甲")
	s.direct("u-wl", "register")
	s.numbers++
	second.from, second.id = second.id, fmt.Sprintf("J-2026-%03d", s.numbers)
	second.path = "records/job/" + second.id + ".yaml"
	s.put(second)
	s.now = s.now.Add(5 * time.Minute)
	s.merge("u-wl", side)
	s.jobs = append(s.jobs, second)
}
