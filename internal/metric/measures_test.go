package metric

import (
	"strings"
	"testing"
	"testing/fstest"

	"kept/internal/calendar"
)

func TestMaturedShare(t *testing.T) {
	files := fstest.MapFS{}
	// Received 09-01 10:00: 30 × 24 h end 10-01 10:00. Closed then: in; a minute later: out.
	put(files, "complaint", "TS-2026-0001", complaint("TS-2026-0001", "2026-09-01 10:00", "", "registered 2026-09-01 10:10", "closed 2026-10-01 10:00"))
	put(files, "complaint", "TS-2026-0002", complaint("TS-2026-0002", "2026-09-01 10:00", "", "registered 2026-09-01 10:10", "closed 2026-10-01 10:01"))
	put(files, "complaint", "TS-2026-0003", complaint("TS-2026-0003", "2026-09-20 10:00", "", "registered 2026-09-20 10:10", "closed 2026-09-21 10:00"))
	b := newBench(t, files, "2026-10-11 00:00")
	b.want("K03", "2026-09", Declared, "provisional 50 num=TS-2026-0001 den=TS-2026-0001,TS-2026-0002 notyet=TS-2026-0003")
	b = newBench(t, files, "2026-11-01 00:00")
	b.want("K03", "2026-09", Declared, "missed 200/3 num=TS-2026-0001,TS-2026-0003 den=TS-2026-0001,TS-2026-0002,TS-2026-0003")
}

func TestDurationAndCount(t *testing.T) {
	files := fstest.MapFS{}
	pause := "pauses:\n  - {from: \"" + iso("2026-09-07 13:00") + "\", to: \"" + iso("2026-09-07 15:00") + "\", reason: awaiting_customer}\n"
	// 09-07 09:00 to 09-08 12:00 is 8 + 3 = 11 h, less 2 h of pause = 9 h.
	put(files, "complaint", "TS-2026-0001", complaint("TS-2026-0001", "2026-09-07 09:00", pause+"validity: valid\n", "registered 2026-09-07 09:10", "resolved 2026-09-08 12:00"))
	// 1 h; a solution that was rejected does not count, its second does.
	put(files, "complaint", "TS-2026-0002", complaint("TS-2026-0002", "2026-09-07 09:00", "validity: invalid\n", "registered 2026-09-07 09:10", "resolved 2026-09-07 10:00"))
	put(files, "complaint", "TS-2026-0003", complaint("TS-2026-0003", "2026-09-07 09:00", "", "registered 2026-09-07 09:10", "resolved 2026-09-07 10:00", "replied 2026-09-07 10:30", "in_handling 2026-09-07 11:00"))
	b := newBench(t, files, "2026-10-01 00:00")
	b.want("K04", "2026-09", Declared, "no_target 5 den=TS-2026-0001,TS-2026-0002")
	if e := b.result("K04", "2026-09", Declared).Extra; e[0].Value.Cmp(rat(5, 1)) != 0 || e[1].Value.Cmp(rat(9, 1)) != 0 || e[2].Value.Cmp(rat(6, 1)) != 0 {
		t.Errorf("median, P90, gross are %v %v %v", e[0].Value, e[1].Value, e[2].Value)
	}
	b.want("K06", "2026-09", Declared, "no_target 1 num=TS-2026-0001 den=TS-2026-0001 excluded=TS-2026-0003")
}

// K16: the year is 2026. KH-1 has two contracts, 01-01..03-31 and 04-01..06-30,
// joined six whole months. KH-2 has 01-15..07-10: five whole months, 17 + 10 days
// / 31, below six. KH-3 is covered all year without a review, KH-4 by a draft and
// by a supplier's contract.
func TestCoverage(t *testing.T) {
	files := fstest.MapFS{}
	for _, id := range []string{"KH-0001", "KH-0002", "KH-0003", "KH-0004"} {
		put(files, "customer", id, "schema: customer/v1\nid: "+id+"\nstatus: active\n")
	}
	contract := func(id, customer, status, kind, start, end string) {
		put(files, "contract", id, "schema: contract/v1\nid: "+id+"\nstatus: "+status+"\nkind: "+kind+"\ncustomer: "+customer+"\nstart: "+start+"\nend: "+end+"\n")
	}
	contract("HT-2026-001", "KH-0001", "expired", "service", "2026-01-01", "2026-03-31")
	contract("HT-2026-002", "KH-0001", "active", "service", "2026-04-01", "2026-06-30")
	contract("HT-2026-003", "KH-0002", "active", "service", "2026-01-15", "2026-07-10")
	contract("HT-2026-004", "KH-0003", "active", "service", "2025-01-01", "2027-12-31")
	contract("HT-2026-005", "KH-0004", "draft", "service", "2026-01-01", "2026-12-31")
	contract("HT-2026-006", "KH-0004", "active", "supplier", "2026-01-01", "2026-12-31")
	put(files, "sla-review", "PS-2026-0001", "schema: sla-review/v1\nid: PS-2026-0001\nstatus: held\norigin: native\ncustomers: [KH-0001, KH-0002]\ntransitions:\n  - {to: planned, at: \""+iso("2026-01-05 10:00")+"\"}\n  - {to: held, at: \""+iso("2026-05-05 10:00")+"\"}\n")
	b := newBench(t, files, "2027-01-01 00:00")
	b.want("K16", "2026", Declared, "missed 50 num=KH-0001/PS-2026-0001 den=KH-0001/PS-2026-0001,KH-0003")
	b = newBench(t, files, "2026-10-01 00:00")
	b.want("K16", "2026", Declared, "provisional 50 num=KH-0001/PS-2026-0001 den=KH-0001/PS-2026-0001,KH-0003")
}

// K19 judges by the due date that stood when the plan was approved: A1's was
// pushed from 09-10 to 09-30 afterwards and it was done on 09-20: late. A2 was
// done on its day. A3 was cancelled. An unapproved plan is in no figure.
func TestActionsAndEffect(t *testing.T) {
	sip := func(id, status, actions string, steps ...string) string {
		s := "schema: sip/v1\nid: " + id + "\norigin: native\nstatus: " + status + "\nactions:\n" + actions + "transitions:\n"
		for _, step := range steps {
			state, when, _ := strings.Cut(step, " ")
			s += "  - {to: " + state + ", at: \"" + iso(when) + "\"}\n"
		}
		return s
	}
	proposed, approved := "proposed 2026-08-03 09:00", "approved 2026-08-04 09:00"
	v1 := sip("SIP-2026-0001", "approved", "  - {id: A1, due: 2026-09-10}\n  - {id: A2, due: 2026-09-20}\n  - {id: A3, due: 2026-09-20}\n", proposed, approved)
	v2 := sip("SIP-2026-0001", "approved", "  - {id: A1, due: 2026-09-30, done_at: 2026-09-20}\n  - {id: A2, due: 2026-09-20, done_at: 2026-09-20}\n"+
		"  - {id: A3, due: 2026-09-20, cancelled_reason: x}\n", proposed, approved) + "verification: {done_at: 2026-12-01, result: effective}\n"
	other := sip("SIP-2026-0002", "proposed", "  - {id: A1, due: 2026-09-10}\n", proposed)
	b := withHistory(t, strings.Join([]string{
		"at 2026-08-04T10:00:00+08:00", "put v1", `commit "v1"`,
		"at 2026-09-20T17:00:00+08:00", "put v2", `commit "v2"`,
		"-- v1/records/sip/SIP-2026-0001.yaml --", v1 + "-- v1/records/sip/SIP-2026-0002.yaml --", other + "-- v2/records/sip/SIP-2026-0001.yaml --", v2,
	}, "\n"), "2027-01-01 00:00")
	for _, basis := range []Basis{Declared, Submitted, Merged} {
		b.want("K19", "2026-Q3", basis, "missed 50 num=SIP-2026-0001/A2 den=SIP-2026-0001/A1,SIP-2026-0001/A2 excluded=SIP-2026-0001/A3")
	}
	b.want("K20", "2026-H2", Declared, "met 100 num=SIP-2026-0001 den=SIP-2026-0001")

	// Backlog of September: one approved and one proposed, both open throughout.
	p, _ := calendar.ParsePeriod("2026-08")
	for _, balance := range Backlog(b.in, "sip", p) {
		want := Balance{Basis: balance.Basis, Registered: 2, End: 2}
		if balance != want || !balance.Closes() {
			t.Errorf("backlog of August %+v", balance)
		}
	}
}
