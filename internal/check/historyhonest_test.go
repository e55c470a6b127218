package check_test

import (
	"fmt"
	"maps"
	"strings"
	"time"

	"kept/internal/calendar"
	"kept/internal/evidence"
	"kept/internal/gitrepo"
	"kept/internal/gittest"
	"kept/internal/locale"
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

// importsMany brings a heap of old records in with one commit.
func (s *story) importsMany(*job) {
	for range 5 {
		s.numbers++
		id := fmt.Sprintf("J-2026-%03d", s.numbers)
		j := &job{id: id, title: "旧单", origin: "imported", result: "完好", path: "records/job/" + id + ".yaml"}
		for i, to := range []string{"registered", "approved", "resolved", "closed"} {
			j.steps = append(j.steps, jobStep{to, s.now.AddDate(0, -2, i).Format(time.RFC3339), "u-wl", "handler"})
		}
		s.put(j)
	}
	s.direct("u-dc", "import")
}

// squashes lets the forge's robot do and sign what people wrote.
func (s *story) squashes(j *job) {
	if j.at() == "closed" || j.origin != "" {
		return
	}
	s.advanceOnly(j)
	by := j.steps[len(j.steps)-1].by
	s.now = s.now.Add(3 * time.Minute)
	s.directAs(robot, robot, s.now, "step (#8)\n\nCo-authored-by: x <"+mail(by)+">")
}

// explains writes a step late, and has that accepted by a record.
func (s *story) explains(j *job) {
	if j.at() != "resolved" || j.origin != "" {
		return
	}
	s.advanceOnly(j)
	s.now = s.now.AddDate(0, 0, 9)
	commit := s.direct("u-zm", "close, late")
	s.told++
	s.files[fmt.Sprintf("records/exception/EX-%d.yaml", s.told)] = fmt.Sprintf(
		"id: EX-%d\nstatus: approved\nrule: audit-backdated-step\nrecord: %s\nuntil: \"2026-12-31\"\ncommit: %q\n", s.told, j.id, commit[:12])
	s.wait()
	s.direct("u-dc", "exception")
}

// disposes of an old record, whose retention is over.
func (s *story) disposes(*job) {
	s.numbers++
	id := fmt.Sprintf("J-2026-%03d", s.numbers)
	old := &job{id: id, title: "旧单", origin: "imported", result: "完好", path: "records/job/" + id + ".yaml"}
	for i, to := range []string{"registered", "approved", "resolved", "closed"} {
		old.steps = append(old.steps, jobStep{to, s.now.AddDate(-2, 0, i).Format(time.RFC3339), "u-wl", "handler"})
	}
	s.put(old)
	s.direct("u-dc", "import")
	s.told++
	name := fmt.Sprintf("records/disposal/XH-%d.yaml", s.told)
	proposal := fmt.Sprintf("schema: disposal/v1\nid: XH-%d\ntitle: 销毁\nstatus: proposed\nitems: [{record: %s}]\n", s.told, id)
	s.files[name] = proposal
	s.direct("u-dc", "propose")
	s.wait()
	s.files[name] = strings.Replace(proposal, "proposed", "destroyed", 1)
	delete(s.files, old.path)
	s.direct("u-dc", "destroy")
}

// seals a month: what it says is what the history says.
func (s *story) seals(*job) {
	if len(s.sealed) == 0 {
		s.seal("2026-02", func(text string) string { return text })
	}
}

// seal writes the seal of a period, as forge would have it.
func (s *story) seal(period string, forge func(string) string) string {
	p, _ := calendar.ParsePeriod(period)
	seal := &evidence.Seal{
		Period: p, Commit: gitrepo.Hash(s.tip), AsOf: s.now, Tool: "1", Records: len(s.files), By: "u-dc", At: s.now.Add(time.Minute),
		Figures: []evidence.Figure{{KPI: "K1", Version: 1, Basis: "declared", Value: "95.0", Exact: "19/20", Numerator: 19, Denominator: 20, Verdict: "met"}},
		Prints:  []evidence.SealedPrint{{Print: "kpi", Lang: "zh-CN", Edition: "internal", Code: "kpi." + period + ".-.0123456789", SHA256: strings.Repeat("0", 64)}},
	}
	s.sealed = append(s.sealed, seal)
	s.files[seal.Path()] = forge(string(seal.Write(locale.Text{ZH: "封存", EN: "Seal"})))
	s.now = s.now.Add(3 * time.Minute)
	return s.direct("u-dc", "seal")
}

// rotates gives a person a new key, and ends the old one's time.
func (s *story) rotates(*job) {
	if s.keys == nil {
		return
	}
	s.wait()
	old := s.keys["u-lj"]
	line := fmt.Sprintf("%s valid-before=\"%s\" %s\n", mail("u-lj"), s.now.Format("20060102150405"), gittest.NewKey(old).Public())
	s.keys["u-lj"] = old + "+"
	s.admit(line)
	s.now = s.now.Add(time.Minute)
	s.direct("u-dc", "a new key")
	s.wait()
}

// changesHands gives another the role before they act in it.
func (s *story) changesHands(j *job) {
	if j.at() != "resolved" || j.origin != "" {
		return
	}
	s.person("u-lj", "handler")
	s.files["records/person/u-lj.yaml"] += "  - {role: lead, from: \"" + s.now.Format(time.DateOnly) + "\"}\n"
	s.direct("u-dc", "u-lj leads")
	s.step(j, "closed", "u-lj", "lead")
}

// picks one commit of a branch onto the mainline, and merges the branch later.
func (s *story) picks(j *job) {
	j.remark = "摘取"
	s.put(j)
	side := s.make("u-wl", "u-wl", s.now, s.now, "remark", s.tip)
	s.now = s.now.Add(3 * time.Minute)
	s.direct("u-wl", "remark\n\n(cherry picked from commit "+side+")")
	s.now = s.now.Add(3 * time.Minute)
	s.merge("u-wl", side)
}

func (s *story) emptyCommit(*job) { s.direct("u-dc", "nothing") }

// bringsBack deletes a file by mistake and reverts that.
func (s *story) bringsBack(j *job) {
	delete(s.files, j.path)
	s.direct("u-wl", "tidy")
	s.now = s.now.Add(time.Minute)
	s.put(j)
	s.direct("u-wl", "Revert \"tidy\"\n\nThis reverts commit 0.")
}

// changesMode makes a file executable.
func (s *story) changesMode(j *job) {
	s.files["100755 "+j.path] = s.files[j.path]
	delete(s.files, j.path)
	s.direct("u-dc", "mode")
	delete(s.files, "100755 "+j.path)
	s.put(j)
}
