package metric

import (
	"strings"
	"testing"
	"testing/fstest"
)

// The cases of domain.md §15.2, September 2026, as of 2026-10-01 00:00; windows
// 09:00–12:00 and 13:00–18:00, holidays 09-25..27 and 10-01..07, 09-20 worked.
func TestBoundaryCases(t *testing.T) {
	files := fstest.MapFS{}
	// A: received Mon 08-31 17:30, general: 1 working day → Tue 09-01 18:00;
	// answered 10:00. Resolve 5 working days → 09-07 18:00, handled 09-04.
	put(files, "complaint", "TS-2026-0001", complaint("TS-2026-0001", "2026-08-31 17:30", "",
		"registered 2026-08-31 17:40", "acknowledged 2026-09-01 10:00", "accepted 2026-09-01 10:00", "resolved 2026-09-04 10:00"))
	// B: received Wed 09-30 16:00 → 1 working day is Thu 10-08 18:00; no answer.
	put(files, "complaint", "TS-2026-0002", complaint("TS-2026-0002", "2026-09-30 16:00", "", "registered 2026-09-30 16:10"))
	// C: received Thu 09-10 10:00, resolve 5 working days (11, 14, 15, 16, 17) →
	// 09-17 18:00; handled 10-08.
	put(files, "complaint", "TS-2026-0003", complaint("TS-2026-0003", "2026-09-10 10:00", "",
		"registered 2026-09-10 10:10", "acknowledged 2026-09-10 11:00", "accepted 2026-09-10 11:00", "resolved 2026-10-08 10:00"))
	// D: received Mon 09-21 10:00, resolve (22, 23, 24, 28, 29) → 09-29 18:00;
	// extended on 09-30, after it, to 10-10; handled 10-09.
	put(files, "complaint", "TS-2026-0004", complaint("TS-2026-0004", "2026-09-21 10:00",
		"extensions:\n  - {from: \""+iso("2026-09-29 18:00")+"\", to: \""+iso("2026-10-10 18:00")+"\", reason: x, approved_by: u-zhoum, approved_at: \""+iso("2026-09-30 09:00")+"\"}\n",
		"registered 2026-09-21 10:10", "acknowledged 2026-09-21 11:00", "accepted 2026-09-21 11:00", "resolved 2026-10-09 10:00"))
	// E: received Fri 09-04 16:00 → due Mon 09-07 18:00; withdrawn 09-05.
	put(files, "complaint", "TS-2026-0005", complaint("TS-2026-0005", "2026-09-04 16:00", "",
		"registered 2026-09-04 16:10", "withdrawn 2026-09-05 10:00"))
	// F: merged into A on 09-03.
	put(files, "complaint", "TS-2026-0006", complaint("TS-2026-0006", "2026-09-02 09:00", "",
		"registered 2026-09-02 09:10", "merged 2026-09-03 10:00"))
	// Withdrawn 09-15, after the response was due on 09-09: stays in K01.
	put(files, "complaint", "TS-2026-0007", complaint("TS-2026-0007", "2026-09-08 09:00", "",
		"registered 2026-09-08 09:10", "withdrawn 2026-09-15 10:00"))
	// Refused: needed an answer in K01, out of K02.
	put(files, "complaint", "TS-2026-0008", complaint("TS-2026-0008", "2026-09-08 09:00", "",
		"registered 2026-09-08 09:10", "acknowledged 2026-09-08 10:00", "not_accepted 2026-09-08 11:00"))

	b := newBench(t, files, "2026-10-01 00:00")
	// A, C, D and 8 in time, 7 unanswered: 4/5 = 80 %.
	b.want("K01", "2026-09", Declared, "missed 80 num=TS-2026-0001,TS-2026-0003,TS-2026-0004,TS-2026-0008"+
		" den=TS-2026-0001,TS-2026-0003,TS-2026-0004,TS-2026-0007,TS-2026-0008 excluded=TS-2026-0005,TS-2026-0006 notyet=TS-2026-0002")
	// A in time; C open, D late by its original due time: 1/3.
	b.want("K02", "2026-09", Declared, "missed 100/3 num=TS-2026-0001 den=TS-2026-0001,TS-2026-0003,TS-2026-0004"+
		" excluded=TS-2026-0005,TS-2026-0006,TS-2026-0007,TS-2026-0008 notyet=TS-2026-0002")
	// K02b in September: D has left for October: 1/2.
	if extra := b.result("K02", "2026-09", Declared).Extra; extra[0].Value.Cmp(rat(50, 1)) != 0 {
		t.Errorf("K02b of September is %v", extra[0].Value)
	}

	// A month later nothing counts twice: C, D not in October; B unanswered.
	b = newBench(t, files, "2026-11-01 00:00")
	b.want("K02", "2026-09", Declared, "missed 100/3 num=TS-2026-0001 den=TS-2026-0001,TS-2026-0003,TS-2026-0004"+
		" excluded=TS-2026-0005,TS-2026-0006,TS-2026-0007,TS-2026-0008 notyet=TS-2026-0002")
	b.want("K01", "2026-10", Declared, "missed 0 den=TS-2026-0002")
	// B's five days (08, 09, 10, 12, 13; day 0 is 09-30) end 10-13; K02 misses B.
	b.want("K02", "2026-10", Declared, "missed 0 den=TS-2026-0002")
	// K02b in October: D kept its extension, B did not: 1/2.
	if extra := b.result("K02", "2026-10", Declared).Extra; extra[0].Value.Cmp(rat(50, 1)) != 0 {
		t.Errorf("K02b of October is %v", extra[0].Value)
	}
	// The unfinished quarter holds the same member.
	b.want("K01", "2026-Q4", Declared, "missed 0 den=TS-2026-0002")
}

// Cases G, H and I need the history.
func TestRecordedCases(t *testing.T) {
	// H: declared 09-10 10:00, on main 09-14 16:00. The tolerance of 1 working day
	// ends Fri 09-11 18:00: flagged, and late in K23.
	h := complaint("TS-2026-0008", "2026-09-09 16:00", "", "registered 2026-09-09 16:30")
	hDone := complaint("TS-2026-0008", "2026-09-09 16:00", "", "registered 2026-09-09 16:30", "acknowledged 2026-09-10 10:00")
	// I: declared 09-10 10:00, committed 09:00: future-dated, in time nowhere.
	i := complaint("TS-2026-0009", "2026-09-09 16:00", "", "registered 2026-09-09 16:30")
	iDone := complaint("TS-2026-0009", "2026-09-09 16:00", "", "registered 2026-09-09 16:30", "acknowledged 2026-09-10 10:00")
	// G: imported on 09-20, answered in time long before.
	g := complaint("TS-2026-0007", "2026-09-07 16:00", "origin: imported\n", "registered 2026-09-07 16:30", "acknowledged 2026-09-08 10:00")
	b := withHistory(t, strings.Join([]string{
		"at 2026-09-09T17:00:00+08:00", "put v1", `commit "v1"`,
		"at 2026-09-10T09:00:00+08:00", "put v2", `commit "v2"`,
		"at 2026-09-14T16:00:00+08:00", "put v3", `commit "v3"`,
		"at 2026-09-20T10:00:00+08:00", "put v4", `commit "v4"`,
		"-- v1/records/complaint/TS-2026-0008.yaml --", h + "-- v1/records/complaint/TS-2026-0009.yaml --", i +
			"-- v2/records/complaint/TS-2026-0009.yaml --", iDone +
			"-- v3/records/complaint/TS-2026-0008.yaml --", hDone +
			"-- v4/records/complaint/TS-2026-0007.yaml --", g,
	}, "\n"), "2026-10-01 00:00")

	// Declared: G and H in time, I not (data error), H and I flagged: 2/3.
	b.want("K01", "2026-09", Declared, "missed 200/3 num=TS-2026-0007,TS-2026-0008 den=TS-2026-0007,TS-2026-0008,TS-2026-0009 flagged=TS-2026-0008,TS-2026-0009")
	// Submitted: G says nothing; H submitted 09-14, after 09-10 18:00; I as before.
	b.want("K01", "2026-09", Submitted, "missed 0 den=TS-2026-0008,TS-2026-0009 excluded=TS-2026-0007 flagged=TS-2026-0008,TS-2026-0009")
	// K22: both native ones were committed on the day; due 09-10 18:00.
	b.want("K22", "2026-09", Submitted, "met 100 num=TS-2026-0008,TS-2026-0009 den=TS-2026-0008,TS-2026-0009 excluded=TS-2026-0007")
	// K23: four native steps, H's answer late; I's counted apart, in the denominator.
	r := b.result("K23", "2026-09", Submitted)
	if got := tell(r); !strings.HasPrefix(got, "missed 25 num=TS-2026-0008/acknowledged@2026-09-10T10:00:00+08:00 den=") || len(r.Denominator) != 4 {
		t.Errorf("K23: %s", got)
	}
	if len(r.Flagged) != 1 || r.Flagged[0].Record != "TS-2026-0009" || r.Extra[0].Value.Cmp(rat(1, 1)) != 0 || r.Extra[1].Value.Cmp(rat(2, 1)) != 0 {
		t.Errorf("K23 flags %s, extras %v", ids(r.Flagged), r.Extra)
	}
	if e := b.result("K01", "2026-09", Declared).Numerator[1]; e.Commit == "" || e.Reason.ZH == "" || e.Reason.EN == e.Reason.ZH {
		t.Errorf("evidence of H is %+v", e)
	}

	// As of 09-12 the commit of 09-14 is not known: H has no answer.
	b.in = &Inputs{Register: b.in.Register, History: b.in.History, Calendar: b.in.Calendar, AsOf: at(t, "2026-09-12 00:00"), Messages: b.in.Messages}
	b.want("K01", "2026-09", Declared, "missed 0 den=TS-2026-0008,TS-2026-0009 flagged=TS-2026-0009")
}
