package check_test

import (
	"fmt"
	"strings"
	"time"

	"kept/internal/calendar"
	"kept/internal/evidence"
	"kept/internal/gitrepo"
	"kept/internal/gittest"
	"kept/internal/locale"
)

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
