package obligation

import (
	"testing"
	"time"
)

const monthly = `
-- obligation/OB-01.yaml --
title: 月报
title_en: Monthly report
status: active
owner_role: process_owner
cadence: month
due: 5 working_days
from: "2026-08-15"
warn: 10 calendar_days
counted: true
evidence: {kind: issue, when: 'report == "RP-01"', period: period, at: approved_when}
`

// approved writes an issue of a report, approved at a moment.
func approved(id, report, period, when string) string {
	return "-- issue/" + id + ".yaml --\ntitle: " + id + "\nstatus: approved\nreport: " + report + "\nperiod: " + period +
		"\ntransitions:\n  - {to: drafted, at: \"2024-01-02T09:00:00+08:00\"}\n  - {to: approved, at: \"" + when + ":00+08:00\"}\n"
}

// The report for September is due on the fifth working day of October 2026. The
// first to the seventh are off; 8 Thu 1, 9 Fri 2, 10 Sat (make-up) 3, 11 Sun off,
// 12 Mon 4, 13 Tue 5: on 13 October at 18:00. That for August: 31 August is a
// Monday and day 0; 1 Tue 1 … 4 Fri 4, 7 Mon 5. That for October: the 31st is a
// Saturday and day 0 all the same; 2 Nov Mon 1 … 6 Fri 5. The period that holds
// the 15 August, on which the obligation began, is owed.
func TestMonthlyReportOverNationalDay(t *testing.T) {
	files := monthly +
		approved("FQ1", "RP-01", "2026-08", "2026-09-07T18:00") +
		approved("FQ2", "RP-01", "2026-09", "2026-10-13T18:01") +
		approved("FQ3", "RP-02", "2026-10", "2026-11-02T10:00")
	load(t, files, "2026-11-06 18:00").want("2026-12-31 00:00", `
2026-09-07 18:00 done OB-01 2026-08 done=2026-09-07T18:00 by=FQ1
2026-10-13 18:00 late OB-01 2026-09 done=2026-10-13T18:01 by=FQ2
2026-11-06 18:00 coming OB-01 2026-10
2026-12-07 18:00 later OB-01 2026-11
`)
}

// At the due time itself nothing is overdue yet (domain.md §0.18); a nanosecond
// later it is. When the next one is due, too, and a nanosecond has passed, it is
// missed. Nothing was done for August and September.
func TestOverdueAndMissedBegin(t *testing.T) {
	for _, c := range []struct {
		asOf string
		late time.Duration // after asOf
		want State
	}{
		{"2026-08-28 17:59", 0, Later},
		{"2026-08-28 18:00", 0, Coming}, // ten times 24 hours before 7 September, 18:00
		{"2026-09-07 18:00", 0, Coming},
		{"2026-09-07 18:00", 1, Overdue},
		{"2026-10-13 18:00", 0, Overdue},
		{"2026-10-13 18:00", 1, Missed},
	} {
		b := load(t, monthly, c.asOf)
		b.req.AsOf = b.req.AsOf.Add(c.late)
		if got := b.duties()[0]; got.State != c.want || got.Period != period(t, "2026-08") {
			t.Errorf("as of %s + %s: %s", c.asOf, c.late, tell(&got))
		}
	}
}

// What is declared at the moment of judgement is not known; of two issues the
// earlier counts, whatever their names; a withdrawn one does not count, and one
// that went back to the draft has lost its approval.
func TestEvidence(t *testing.T) {
	for name, c := range map[string]struct{ files, want string }{
		"at the moment":   {approved("FQ1", "RP-01", "2026-08", "2026-09-10T09:00"), "overdue"},
		"just before":     {approved("FQ1", "RP-01", "2026-08", "2026-09-10T08:59"), "late FQ1"},
		"the earlier":     {approved("FQ1", "RP-01", "2026-08", "2026-09-04T09:00") + approved("FQ0", "RP-01", "2026-08", "2026-09-08T09:00"), "done FQ1"},
		"one moment":      {approved("FQ2", "RP-01", "2026-08", "2026-09-04T09:00") + approved("FQ1", "RP-01", "2026-08", "2026-09-04T09:00"), "done FQ1"},
		"other report":    {approved("FQ1", "RP-02", "2026-08", "2026-09-04T09:00"), "overdue"},
		"other grain":     {approved("FQ1", "RP-01", "2026-Q3", "2026-09-04T09:00"), "overdue"},
		"no such period":  {approved("FQ1", "RP-01", "2026-8", "2026-09-04T09:00"), "overdue"},
		"withdrawn":       {approved("FQ1", "RP-01", "2026-08", "2026-09-04T09:00") + "  - {to: withdrawn, at: \"2026-09-05T09:00:00+08:00\"}\n", "overdue"},
		"back to drafted": {approved("FQ1", "RP-01", "2026-08", "2026-09-04T09:00") + "  - {to: drafted, at: \"2026-09-05T09:00:00+08:00\"}\n", "overdue"},
	} {
		t.Run(name, func(t *testing.T) {
			d := load(t, monthly+c.files, "2026-09-10 09:00").duties()[0]
			got := string(d.State)
			if d.Evidence != "" {
				got += " " + d.Evidence
			}
			if got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// The survey of a half is due on the 31st day after it (domain.md §15.4): the
// first half of 2026 on 31 July, to the last moment of the day. The second half
// is due on 31 January 2027, in calendar days, which need no calendar of 2027.
func TestHalfYearlySurvey(t *testing.T) {
	files := `
-- obligation/OB-02.yaml --
title: 半年调查
status: active
owner_role: satisfaction_keeper
owner: u-li
cadence: half
due: 31 calendar_days
from: "2025-07-01"
until: "2026-12-31"
evidence: {kind: issue, period: period, at: approved_when}
` + approved("FQ1", "RP-03", "2026-H1", "2026-07-31T23:59") + approved("FQ2", "RP-03", "2025-H2", "2026-02-01T00:00")
	load(t, files, "2026-09-01 00:00").want("2030-01-01 00:00", `
2026-01-31 23:59 late OB-02 2025-H2 done=2026-02-01T00:00 by=FQ2 owner=u-li
2026-07-31 23:59 done OB-02 2026-H1 done=2026-07-31T23:59 by=FQ1 owner=u-li
2027-01-31 23:59 later OB-02 2026-H2 owner=u-li
`)
}

// Working days after 2026 are provisional: the calendar of 2027 is not published.
func TestProvisionalDue(t *testing.T) {
	b := load(t, monthly, "2026-12-30 00:00")
	b.req.Until = at(t, "2027-01-31 00:00")
	duties := b.duties()
	last := duties[len(duties)-1]
	if last.Period != period(t, "2026-12") || !last.Provisional {
		t.Errorf("the report for December: %s", tell(&last))
	}
	if before := duties[len(duties)-2]; before.Provisional {
		t.Errorf("the report for November: %s", tell(&before))
	}
}

const yearly = `
-- obligation/OB-03.yaml --
title: 年度评审
status: active
owner_role: brm
cadence: year
due: 1 elapsed_hours
from: "2025-01-01"
each: {kind: client, when: 'level != "Z"', span: {kind: deal, link: client, from: start, to: end, when: 'status != "draft"', months: 6}}
evidence: {kind: meeting, at: held_when, link: clients}
`

func client(id, more string) string {
	return "-- client/" + id + ".yaml --\ntitle: " + id + "\nstatus: active\n" + more
}

func deal(id, client, status, start, end string) string {
	s := "-- deal/" + id + ".yaml --\ntitle: " + id + "\nstatus: " + status + "\nclient: " + client + "\nstart: " + start + "\n"
	if end != "" {
		s += "end: " + end + "\n"
	}
	return s
}

func held(id, clients, when string) string {
	return "-- meeting/" + id + ".yaml --\ntitle: " + id + "\nstatus: held\nclients: [" + clients + "]\ntransitions:\n  - {to: held, at: \"" + when + ":00+08:00\"}\n"
}

// Each client whose contracts cover six months of the year owes it a review.
//
// C1   all of 2025 and 2026: reviewed in 2025 with C2, not in 2026
// C2   from 2026-07-01, open end: six months of 2026, none of 2025; the review of
//
//	2025 is no review of 2026
//
// C3   joined on 2026-07-02: 5 months and 30/31: owes nothing
// C4   2025-10-01..2026-03-31 and, after a gap, 2026-06-01..2026-08-31: three
//
//	months of 2025, three and three of 2026: owes 2026
//
// C5   the same with a day less in August: owes nothing
// C6   its contract is a draft: owes nothing
// C7   is left out by the condition
func TestReviewOfEachClient(t *testing.T) {
	files := yearly + client("C1", "") + client("C2", "") + client("C3", "") + client("C4", "") + client("C5", "") + client("C6", "") + client("C7", "level: Z\n") +
		deal("D1", "C1", "active", "2024-05-01", "2027-04-30") +
		deal("D2", "C2", "active", "2026-07-01", "") +
		deal("D3", "C3", "active", "2026-07-02", "") +
		deal("D4", "C4", "active", "2025-10-01", "2026-03-31") + deal("D4b", "C4", "active", "2026-06-01", "2026-08-31") +
		deal("D5", "C5", "active", "2025-10-01", "2026-03-31") + deal("D5b", "C5", "active", "2026-06-01", "2026-08-30") +
		deal("D6", "C6", "draft", "2025-01-01", "2026-12-31") +
		deal("D7", "C7", "active", "2025-01-01", "2026-12-31") +
		held("M1", "C1, C2", "2025-12-31T23:59") + held("M2", "C4", "2026-03-05T09:00")
	load(t, files, "2027-01-02 00:00").want("2027-12-01 00:00", `
2026-01-01 01:00 done OB-03 2025 C1 done=2025-12-31T23:59 by=M1
2027-01-01 01:00 overdue OB-03 2026 C1
2027-01-01 01:00 overdue OB-03 2026 C2
2027-01-01 01:00 done OB-03 2026 C4 done=2026-03-05T09:00 by=M2
`)
}

// Without spans a record owes the periods in which it was there: D1, which began
// on the last day of 2025, that year, too; D2 from 2026 on.
func TestEachWithoutSpan(t *testing.T) {
	files := `
-- obligation/OB-05.yaml --
title: 年度回顾
status: active
owner_role: slm
cadence: year
due: 1 calendar_days
from: "2024-06-01"
each: {kind: deal, when: 'status == "active"'}
evidence: {kind: meeting, at: held_when, link: clients}
` + deal("D1", "C1", "active", "2025-12-31", "") + deal("D2", "C1", "active", "2026-01-01", "") + deal("D3", "C1", "draft", "2024-01-01", "") + held("M1", "D2, D1", "2026-03-01T09:00")
	load(t, files, "2027-01-02 00:00").want("2027-02-01 00:00", `
2026-01-01 23:59 missed OB-05 2025 D1
2027-01-01 23:59 done OB-05 2026 D1 done=2026-03-01T09:00 by=M1
2027-01-01 23:59 done OB-05 2026 D2 done=2026-03-01T09:00 by=M1
`)
}

// A period may be a number, as a year is.
func TestPeriodAsNumber(t *testing.T) {
	files := `
-- obligation/OB-04.yaml --
title: 年会
status: active
owner_role: brm
cadence: year
due: 20 working_days
from: "2025-01-01"
until: "2025-12-31"
evidence: {kind: meeting, period: year, at: held_when}
` + held("M1", "", "2026-01-05T09:00") + "year: 2025\n"
	load(t, files, "2026-06-01 00:00").want("2027-01-01 00:00", `
2026-01-29 18:00 done OB-04 2025 done=2026-01-05T09:00 by=M1
`)
}
