package obligation

import "testing"

const keeping = `
-- obligation/OB-20.yaml --
title: 到期处置
status: active
owner_role: doc_controller
from: "2020-01-01"
due: 30 calendar_days
retention: true
`

func destroyed(id, state, when, items string) string {
	return "-- disposal/" + id + ".yaml --\ntitle: " + id + "\nstatus: " + state + "\nitems:\n" + items +
		"transitions:\n  - {to: proposed, at: \"2025-01-02T09:00:00+08:00\"}\n  - {to: " + state + ", at: \"" + when + ":00+08:00\"}\n"
}

// An issue is kept for three years after its approval, or for the years that it
// says itself, and is to be disposed of within thirty days.
//
// FQ1  approved 2023-02-10: to 2026-02-10, due 2026-03-12, nothing done
// FQ2  the same, destroyed on 2026-03-20, still there: done, not late
// FQ3  keeps itself for one year: 2024-02-10, due 2024-03-11; a rejected disposal
// FQ4  withdrawn on 2023-03-01 before any approval: to 2026-03-01, due 2026-03-31
// FQ5  a draft owes nothing
// FQ9  is gone, and the disposal says what it was
func TestRetention(t *testing.T) {
	issue := func(id, more, state, when string) string {
		return "-- issue/" + id + ".yaml --\ntitle: " + id + "\nstatus: " + state + "\n" + more + "transitions:\n  - {to: " + state + ", at: \"" + when + ":00+08:00\"}\n"
	}
	files := keeping +
		issue("FQ1", "", "approved", "2023-02-10T10:00") +
		issue("FQ2", "", "approved", "2023-02-10T10:00") +
		issue("FQ3", "retention: {years: 1}\n", "approved", "2023-02-10T10:00") +
		issue("FQ4", "", "withdrawn", "2023-03-01T10:00") +
		issue("FQ5", "", "drafted", "2019-02-10T10:00") +
		destroyed("XH-2026-0001", "destroyed", "2026-03-20T10:00", "  - {record: fq2, title: FQ2, retention_ended_on: 2026-02-10}\n  - {record: FQ9, title: 示例, retention_ended_on: 2026-02-01}\n") +
		destroyed("XH-2026-0002", "rejected", "2026-03-20T10:00", "  - {record: FQ3, title: FQ3, retention_ended_on: 2024-02-10}\n")
	load(t, files, "2026-03-21 12:00").want("2026-12-31 00:00", `
2024-03-11 23:59 overdue OB-20 FQ3
2026-03-03 23:59 done OB-20 FQ9 done=2026-03-20T10:00 by=XH-2026-0001
2026-03-12 23:59 overdue OB-20 FQ1
2026-03-12 23:59 done OB-20 FQ2 done=2026-03-20T10:00 by=XH-2026-0001
2026-03-31 23:59 coming OB-20 FQ4
`)
}
