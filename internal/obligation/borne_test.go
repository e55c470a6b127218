package obligation

import (
	"strings"
	"testing"
)

const actions = `
-- obligation/OB-10.yaml --
title: 改进措施
status: active
owner_role: department_lead
from: "2026-01-01"
warn: 5 calendar_days
of: {kind: plan, list: actions, item_when: '!has(cancelled)', due: due, done: done_at, owner: owner}
`

func plan(id, status, actions string) string {
	return "-- plan/" + id + ".yaml --\ntitle: " + id + "\nstatus: " + status + "\nowner: u-boss\nactions:\n" + actions +
		"transitions:\n  - {to: " + status + ", at: \"2026-08-03T09:00:00+08:00\"}\n"
}

// A date is kept to the end of its day. What is cancelled, or has no date, is not
// owed; nor is what stands in a draft or a rejected plan, or is left open in one
// that is closed. A plan that is not there yet at the moment owes nothing.
func TestActions(t *testing.T) {
	files := actions + plan("P1", "running", `  - {id: A1, text: 示例：更换线路, owner: u-li, due: 2026-08-20, done_at: "2026-08-20T23:59:59+08:00"}
  - {id: A2, owner: u-li, due: 2026-08-20, done_at: "2026-08-21T00:00:00+08:00"}
  - {id: A3, due: 2026-08-31}
  - {id: A4, due: 2026-09-05}
  - {id: A5, due: 2026-09-06, done_at: "2026-09-01T00:00:00+08:00"}
  - {id: A6, due: 2026-08-20, cancelled: 示例}
  - {id: A7}
  - {due: 2026-09-07}
`) + plan("P2", "proposed", "  - {id: A1, due: 2026-08-20}\n") + plan("P3", "rejected", "  - {id: A1, due: 2026-08-20}\n") +
		plan("P4", "closed", "  - {id: A1, due: 2026-08-20}\n  - {id: A2, due: 2026-08-21, done_at: \"2026-08-01T00:00:00+08:00\"}\n")
	load(t, files, "2026-09-01 00:00").want("2026-12-31 00:00", `
2026-08-20 23:59 done OB-10 P1/A1 done=2026-08-20T23:59 by=P1 owner=u-li
2026-08-20 23:59 late OB-10 P1/A2 done=2026-08-21T00:00 by=P1 owner=u-li
2026-08-21 23:59 done OB-10 P4/A2 done=2026-08-01T00:00 by=P4 owner=u-boss
2026-08-31 23:59 overdue OB-10 P1/A3 owner=u-boss
2026-09-05 23:59 coming OB-10 P1/A4 owner=u-boss
2026-09-06 23:59 later OB-10 P1/A5 owner=u-boss
2026-09-07 23:59 later OB-10 P1/7 owner=u-boss
`)
}

// The title of an item is its first open text, else that of its record.
func TestItemTitle(t *testing.T) {
	b := load(t, actions+plan("P1", "running", "  - {id: A1, text: 示例：更换线路, due: 2026-08-20}\n  - {id: A2, due: 2026-08-21}\n"), "2026-09-01 00:00")
	duties := b.duties()
	if duties[0].Title.ZH != "示例：更换线路" || duties[1].Title.ZH != "P1" {
		t.Errorf("titles %q, %q", duties[0].Title.ZH, duties[1].Title.ZH)
	}
}

const followUp = `
-- obligation/OB-11.yaml --
title: 回访
status: active
owner_role: complaint_handler
from: "2026-01-01"
of: {kind: case, when: 'status != "open"', due: follow_on, done: followed}
-- obligation/OB-12.yaml --
title: 答复
status: active
owner_role: complaint_handler
from: "2026-01-01"
of: {kind: case, due: answer_by}
`

func kase(id, fields string, steps string) string {
	return "-- case/" + id + ".yaml --\ntitle: " + id + "\nstatus: open\nreceived: \"2026-09-24T10:00:00+08:00\"\n" + fields + "transitions:\n" + steps
}

// The answer is due two working days after Thursday 24 September 2026: 25 to 27
// are off, Mon 28 is 1, Tue 29 is 2, at 18:00. A1 is paused from Mon 28, 09:00, to
// Tue 29, 09:00: one working day, so Wed 30, 18:00. A2 is paused since Tue 29,
// 17:00, and still is on Wed 30, 12:00: one working hour of Tuesday and three of
// Wednesday, which move Tue 18:00 over 9 to 12 and 13 to 14 o'clock of Wednesday.
// A3 was extended to 9 October; its first
// due time is kept beside it. A4 was answered in time, as the limit itself says,
// and closed: the call is still owed, because the condition asks for it. A5 was
// closed without an answer: its limit is settled.
func TestLimitWithPauses(t *testing.T) {
	files := followUp +
		kase("A1", "pauses: [{from: \"2026-09-28T09:00:00+08:00\", to: \"2026-09-29T09:00:00+08:00\"}]\n", "  - {to: open, at: \"2026-09-24T10:00:00+08:00\"}\n") +
		kase("A2", "pauses: [{from: \"2026-09-29T17:00:00+08:00\"}]\n", "  - {to: open, at: \"2026-09-24T10:00:00+08:00\"}\n") +
		kase("A3", "extensions: [{from: \"2026-09-29T18:00:00+08:00\", to: \"2026-10-09T18:00:00+08:00\"}]\n", "  - {to: open, at: \"2026-09-24T10:00:00+08:00\"}\n") +
		kase("A4", "follow_on: 2026-09-29\n", "  - {to: answered, at: \"2026-09-29T18:00:00+08:00\"}\n  - {to: closed, at: \"2026-09-29T19:00:00+08:00\"}\n") +
		kase("A5", "", "  - {to: closed, at: \"2026-09-29T19:00:00+08:00\"}\n")
	load(t, files, "2026-09-30 12:00").want("2026-12-31 00:00", `
2026-09-29 18:00 done OB-12 A4 done=2026-09-29T18:00 by=A4
2026-09-29 23:59 overdue OB-11 A4
2026-09-30 14:00 coming OB-12 A2
2026-09-30 18:00 coming OB-12 A1
2026-10-09 18:00 coming OB-12 A3 first=2026-09-29
`)
}

func offsets(offset, done string) string {
	return `
-- obligation/OB-13.yaml --
title: 续签
status: active
owner_role: account_owner
from: "2026-01-01"
of: {kind: deal, when: 'status == "active"', due: end, offset: "` + offset + `"` + done + `}
` + deal("D1", "C1", "active", "2026-01-01", "2026-10-10")
}

// A contract ends on Saturday 10 October 2026, a make-up day. Sixty days before
// is 11 August: 10 back to 30 September, 40 to 31 August, 60 to 11 August. Three
// working days before: Fri 9 is 1, Thu 8 is 2, and 1 to 7 October are off, so
// Wed 30 September is 3; the time of day stays. Five after, counted from the day
// itself: Mon 12 … Fri 16, at 18:00.
func TestOffsets(t *testing.T) {
	for offset, want := range map[string]string{
		"-60 calendar_days": "2026-08-11 23:59 overdue OB-13 D1",
		"-3 working_days":   "2026-09-30 23:59 coming OB-13 D1",
		"5 working_days":    "2026-10-16 18:00 later OB-13 D1",
		"5 calendar_days":   "2026-10-15 23:59 later OB-13 D1",
		"-24 elapsed_hours": "2026-10-09 23:59 later OB-13 D1",
		"2 working_hours":   "2026-10-12 11:00 later OB-13 D1",
	} {
		t.Run(offset, func(t *testing.T) {
			load(t, offsets(offset, ""), "2026-09-01 00:00").want("2026-12-31 00:00", want)
		})
	}
}

// What has no event of its own is settled by the end of its record, and by when:
// the minutes have a limit, which is met by its own step.
func TestSettledByTheEnd(t *testing.T) {
	files := `
-- obligation/OB-14.yaml --
title: 下次评审
status: active
owner_role: brm
from: "2026-01-01"
of: {kind: meeting, due: next}
-- obligation/OB-15.yaml --
title: 纪要
status: active
owner_role: brm
from: "2026-01-01"
of: {kind: meeting, due: minutes_by}
` + held("M1", "C1", "2026-09-01T10:00") + "next: 2026-09-20\n" +
		held("M2", "C1", "2026-09-01T10:00") + "  - {to: minuted, at: \"2026-09-10T10:00:00+08:00\"}\nnext: 2026-09-05\n"
	load(t, files, "2026-09-30 12:00").want("2026-12-31 00:00", `
2026-09-05 23:59 late OB-14 M2 done=2026-09-10T10:00 by=M2
2026-09-08 18:00 overdue OB-15 M1
2026-09-08 18:00 late OB-15 M2 done=2026-09-10T10:00 by=M2
2026-09-20 23:59 overdue OB-14 M1
`)
}

// Of what was due before the obligation began only what is still open is owed; of
// what is due after it ended, nothing.
func TestBeforeFromAndAfterUntil(t *testing.T) {
	files := strings.Replace(actions, "warn:", "until: \"2026-09-30\"\nwarn:", 1) + plan("P1", "running", `  - {id: A1, due: 2025-12-31}
  - {id: A2, due: 2025-12-31, done_at: "2025-12-30T09:00:00+08:00"}
  - {id: A3, due: 2026-01-01, done_at: "2025-12-30T09:00:00+08:00"}
  - {id: A4, due: 2026-09-30}
  - {id: A5, due: 2026-10-01}
`)
	load(t, files, "2026-09-01 00:00").want("2026-12-31 00:00", `
2025-12-31 23:59 overdue OB-10 P1/A1 owner=u-boss
2026-01-01 23:59 done OB-10 P1/A3 done=2025-12-30T09:00 by=P1 owner=u-boss
2026-09-30 23:59 later OB-10 P1/A4 owner=u-boss
`)
}
