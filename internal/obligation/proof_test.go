package obligation

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// script is a ledger in which the report for August is approved on a branch on 4
// September and merged on the 8th, a day after it was due, and in which the
// action A1 is done by a later commit of the mainline.
const script = `
at 2026-09-01T09:00:00+08:00
put v1
commit "begin"
git checkout -q -b report
at 2026-09-04T10:30:00+08:00
write records/issue/FQ1.yaml @approved
commit "issue: approve FQ1"
git checkout -q main
at 2026-09-08T09:00:00+08:00
git merge -q --no-ff -m "merge report" report
at 2026-09-09T09:00:00+08:00
replace records/plan/P1.yaml 2026-08-20 2026-09-30
commit "plan: P1 extend A1"
at 2026-09-10T09:00:00+08:00
replace records/plan/P1.yaml "due: 2026-09-30" 'due: 2026-09-30\n    done_at: "2026-09-09T17:00:00+08:00"'
commit "plan: P1 A1 is done"
-- v1/records/obligation/OB-01.yaml --
schema: obligation/v1
id: OB-01
title: 月报
status: active
owner_role: process_owner
cadence: month
due: 5 working_days
from: "2026-08-01"
until: "2026-08-31"
evidence: {kind: issue, period: period, at: approved_when}
-- v1/records/obligation/OB-10.yaml --
schema: obligation/v1
id: OB-10
title: 改进措施
status: active
owner_role: department_lead
from: "2026-01-01"
of: {kind: plan, list: actions, due: due, done: done_at}
-- v1/records/plan/P1.yaml --
schema: plan/v1
id: P1
title: P1
status: running
actions:
  - id: A1
    due: 2026-08-20
transitions:
  - {to: running, at: "2026-08-03T09:00:00+08:00"}
-- v1/records/issue/FQ1.yaml --
schema: issue/v1
id: FQ1
title: FQ1
status: drafted
period: 2026-08
transitions:
  - {to: drafted, at: "2026-09-01T08:00:00+08:00"}
-- approved --
schema: issue/v1
id: FQ1
title: FQ1
status: approved
period: 2026-08
transitions:
  - {to: drafted, at: "2026-09-01T08:00:00+08:00"}
  - {to: approved, at: "2026-09-04T10:00:00+08:00"}
`

func TestProofIsTheCommitThatDidIt(t *testing.T) {
	b := loadRepository(t, script, "2026-09-11 00:00")
	b.want("2026-12-31 00:00", `
2026-09-07 18:00 done OB-01 2026-08 done=2026-09-04T10:00 by=FQ1
2026-09-30 23:59 done OB-10 P1/A1 done=2026-09-09T17:00 by=P1 first=2026-08-20
`)
	duties := b.duties()
	for i, want := range []struct{ submitted, merged string }{
		{"2026-09-04 10:30", "2026-09-08 09:00"},
		{"2026-09-10 09:00", "2026-09-10 09:00"},
	} {
		d := &duties[i]
		if !d.Submitted.Equal(at(t, want.submitted)) || !d.Merged.Equal(at(t, want.merged)) || len(d.Commit) < 40 {
			t.Errorf("%s: submitted %s, merged %s by %q", tell(d), d.Submitted, d.Merged, d.Commit)
		}
	}
	if duties[0].Commit == duties[1].Commit || b.req.History.Timeline("P1").Changes[2].MergedBy.Hash != duties[1].Commit {
		t.Errorf("commits %s, %s", duties[0].Commit, duties[1].Commit)
	}
}

// What is merged at the moment of judgement or after it is not known: the report
// that was declared on the 4th is not done for one who looks before the 8th, and
// the action is judged by the due time that the mainline held then.
func TestMergedLaterIsNotKnown(t *testing.T) {
	for asOf, want := range map[string]string{
		"2026-09-08 09:00:00": `
2026-08-20 23:59 overdue OB-10 P1/A1
2026-09-07 18:00 overdue OB-01 2026-08`,
		"2026-09-08 09:00:01": `
2026-08-20 23:59 overdue OB-10 P1/A1
2026-09-07 18:00 done OB-01 2026-08 done=2026-09-04T10:00 by=FQ1`,
		"2026-09-10 09:00:00": `
2026-09-07 18:00 done OB-01 2026-08 done=2026-09-04T10:00 by=FQ1
2026-09-30 23:59 coming OB-10 P1/A1 first=2026-08-20`,
		"2026-09-01 09:00:00": `
2026-09-07 18:00 coming OB-01 2026-08`,
	} {
		t.Run(asOf, func(t *testing.T) {
			loadRepository(t, script, asOf).want("2026-12-31 00:00", want)
		})
	}
}

// Without a history there is no proof, and everything else is the same.
func TestNoHistoryNoProof(t *testing.T) {
	b := loadRepository(t, script, "2026-09-11 00:00")
	b.req.History = nil
	for _, d := range b.duties() {
		if d.State != Done || d.Commit != "" || !d.Merged.IsZero() || !d.Submitted.IsZero() {
			t.Errorf("%s: %q %s", tell(&d), d.Commit, d.Merged)
		}
	}
}

// A year that nobody meant makes neither a million duties nor a long wait.
func TestHostileBeginning(t *testing.T) {
	files := strings.Replace(monthly, "2026-08-15", "0001-01-01", 1)
	b := load(t, files, "2026-09-01 00:00")
	if len(b.found) != 1 || b.found[0].Key != "obligation.from-early" || b.found[0].Position.Line != 9 {
		t.Errorf("findings %v", b.found)
	}
	if n := len(b.duties()); n > 12*(farthest+3) || n < 12*farthest {
		t.Errorf("%d duties", n)
	}
	b.req.AsOf = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)
	if n := len(b.duties()); n > 12*(farthest+3) {
		t.Errorf("%d duties at the end of time", n)
	}
}

// What each record owes does not hang on whether the history is read: one without a
// date of its own owes since the obligation began.
func TestEachOwesTheSameWithoutHistory(t *testing.T) {
	b := loadRepository(t, `
at 2026-08-31T23:59:59+08:00
write records/client/C1.yaml @c1
commit "client: C1"
at 2026-09-01T00:00:00+08:00
write records/client/C2.yaml @c2
write records/obligation/OB-06.yaml @ob
commit "client: C2"
-- c1 --
schema: client/v1
id: C1
title: C1
status: active
-- c2 --
schema: client/v1
id: C2
title: C2
status: active
-- ob --
schema: obligation/v1
id: OB-06
title: 月度沟通
status: active
owner_role: account_owner
cadence: month
due: 2 calendar_days
from: "2026-07-01"
each: {kind: client}
evidence: {kind: meeting, at: held_when, link: clients}
`, "2026-10-01 00:00")
	for range 2 {
		b.want("2026-10-31 00:00", `
2026-08-02 23:59 missed OB-06 2026-07 C1
2026-08-02 23:59 missed OB-06 2026-07 C2
2026-09-02 23:59 overdue OB-06 2026-08 C1
2026-09-02 23:59 overdue OB-06 2026-08 C2
2026-10-02 23:59 coming OB-06 2026-09 C1
2026-10-02 23:59 coming OB-06 2026-09 C2
`)
		b.req.History = nil
	}
}

// Thousands of records that owe decades of months are bounded, and a finding says so.
func TestManyRecordsOweBoundedPeriods(t *testing.T) {
	archive := `-- obligation/OB-06.yaml --
title: 月度沟通
status: active
owner_role: account_owner
cadence: month
due: 2 calendar_days
from: "1976-01-01"
each: {kind: client}
evidence: {kind: meeting, at: held_when, link: clients}
`
	for i := range 2000 {
		archive += fmt.Sprintf("-- client/C%d.yaml --\ntitle: C\nstatus: active\n", i)
	}
	b := load(t, archive, "2026-09-01 00:00")
	list, found := Judge(b.req, b.definitions)
	if len(list) > most+2000*14 || len(list) < most/2 {
		t.Errorf("%d duties", len(list))
	}
	if len(found) != 1 || found[0].Key != "obligation.too-many" {
		t.Errorf("findings %v", found)
	}
}

// A condition that has no result is reported once, with the record.
func TestConditionWithoutResult(t *testing.T) {
	b := load(t, `-- obligation/OB-10.yaml --
title: 改进措施
status: active
owner_role: department_lead
from: "2026-01-01"
of: {kind: plan, when: 'transitions[9].to == "running"', list: actions, due: due, done: done_at}
-- plan/P1.yaml --
title: P1
status: running
actions:
  - {id: A1, due: 2026-08-20}
transitions:
  - {to: running, at: "2026-08-03T09:00:00+08:00"}
`, "2026-09-01 00:00")
	_, found := Judge(b.req, b.definitions)
	if len(found) != 1 || found[0].Key != "obligation.condition-failed" || found[0].Record != "OB-10" {
		t.Errorf("findings %v", found)
	}
}
