package intake_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"kept/internal/record"
)

// steps imports one row of complaints and tells its log, or why it is refused.
func steps(t *testing.T, head, row string, ended ...time.Time) (steps, found string, rec *record.Record) {
	t.Helper()
	d := newLedgerDesk(t)
	for _, at := range ended {
		d.ended = at
	}
	d.files["records/customer/KH-0001.yaml"] = &fstest.MapFile{Data: []byte("schema: customer/v1\nid: KH-0001\ntitle: 示例·运河医院\nstatus: active\ntype: institution\n")}
	d.files["records/person/u-admin.yaml"] = &fstest.MapFile{Data: []byte("schema: person/v1\nid: u-admin\ntitle: 示例\nstatus: active\n")}
	_, found = d.run("complaint", "投诉编号,投诉时间,客户名称,投诉内容,状态"+head+"\nW01,2026-05-06 9:00,KH-0001,示例,"+row+"\n")
	reg, _, err := record.Load(d.files, d.kinds)
	if err != nil {
		t.Fatal(err)
	}
	if rec = reg.Get("TS-2026-0001"); rec == nil {
		return "", found, nil
	}
	var said []string
	for _, s := range rec.Transitions() {
		step := s.To + " " + s.At.In(shanghai).Format(time.DateOnly)
		if s.Undated {
			step += " undated"
		}
		said = append(said, step)
	}
	return strings.Join(said, ", "), found, rec
}

// A ledger that does not say since when gives no time that counts; the one date of an
// end is the date of the end that the row says.
func TestLedgerLog(t *testing.T) {
	for _, tc := range []struct{ head, row, log, found string }{
		{"", "已解决", "registered 2026-05-06, replied 2026-09-18 undated", ""},
		{"", "处理中", "registered 2026-05-06, in_handling 2026-09-18 undated", ""},
		{"", "未处理", "registered 2026-05-06", ""},
		{",回复时间", "已解决,2026-05-07", "registered 2026-05-06, replied 2026-05-07", ""},
		{",回复时间", "已关闭,2026-05-07", "registered 2026-05-06, replied 2026-05-07, closed 2026-05-07 undated", ""},
		{"", "已关闭", "", "f.csv:2:5: the state is Closed, but no date says since when; add it, such as a closing date, for kept makes none up; where nobody knows, state with --ended-by (on the page: Ended by) the day by which it had ended, not before the row's other dates, and its time counts as unknown [import]"},
		{",关闭日期", "撤诉,2026-05-08", "registered 2026-05-06, withdrawn 2026-05-08", ""},
		{",关闭日期", "不予受理,2026-05-08", "registered 2026-05-06, not_accepted 2026-05-08", ""},
		{",关闭日期", "已关闭,2026-05-08", "registered 2026-05-06, closed 2026-05-08", ""},
	} {
		got, found, rec := steps(t, tc.head, tc.row)
		if got != tc.log || found != tc.found {
			t.Errorf("%s: %q, want %q; %s", tc.row, got, tc.log, found)
		}
		if rec == nil {
			continue
		}
		at, ok := rec.Moment("replied_at", shanghai)
		if known := strings.Contains(tc.log, "replied 2026-05-07"); ok != known {
			t.Errorf("%s: replied at %s, known %t", tc.row, at, ok)
		}
	}
}

// An end without a date stands where somebody states that it was there at the latest,
// and its time stays unknown; that says nothing of other rows.
func TestLedgerEndedBy(t *testing.T) {
	for _, tc := range []struct{ head, row, ended, log string }{
		{"", "已关闭", "2026-06-30 23:59", "registered 2026-05-06, closed 2026-06-30 undated"},
		{",回复时间", "已关闭,2026-05-07", "2026-06-30 23:59", "registered 2026-05-06, replied 2026-05-07, closed 2026-06-30 undated"},
		{",回复时间", "已关闭,2026-07-07", "2026-06-30 23:59", "registered 2026-05-06, replied 2026-07-07, closed 2026-07-07 undated"},
		{",关闭日期", "已关闭,2026-05-08", "2026-06-30 23:59", "registered 2026-05-06, closed 2026-05-08"},
		{"", "处理中", "2026-06-30 23:59", "registered 2026-05-06, in_handling 2026-09-18 undated"},
		{"", "已关闭", "2026-05-05 23:59", ""},
	} {
		got, found, _ := steps(t, tc.head, tc.row, at(t, tc.ended))
		if got != tc.log || (found == "") != (tc.log != "") {
			t.Errorf("%s by %s: %q, want %q; %s", tc.row, tc.ended, got, tc.log, found)
		}
	}
}

// A kind that is dated by its first step takes the time of that from the ledger, and a
// plan for a day to come is registered at the import.
func TestLedgerBeginning(t *testing.T) {
	for _, tc := range []struct{ kind, csv, id, log, found string }{
		{
			"sip", "标题,来源,来源说明,问题描述,提出时间,状态\n缩短响应,投诉,口头,响应慢,2026-03-01,实施中\n", "SIP-2026-0001",
			"proposed 2026-03-01, in_progress 2026-09-18", "",
		},
		{
			"sip", "标题,来源,来源说明,问题描述,提出时间\n缩短响应,投诉,口头,响应慢,\n", "", "",
			"f.csv:2:5: Proposed at is empty, and the record is filed and numbered by it; fill it in [import]",
		},
		{
			"sla-review", "标题,评审类型,评审年度,客户,计划日期\n年度评审,年度,2026,KH-0001,2026-12-15\n", "PS-2026-0001",
			"planned 2026-09-18", "",
		},
	} {
		d := newLedgerDesk(t)
		d.files["records/customer/KH-0001.yaml"] = &fstest.MapFile{Data: []byte("schema: customer/v1\nid: KH-0001\ntitle: 示例·运河医院\nstatus: active\ntype: institution\n")}
		d.files["records/person/u-admin.yaml"] = &fstest.MapFile{Data: []byte("schema: person/v1\nid: u-admin\ntitle: 示例\nstatus: active\n")}
		_, found := d.run(tc.kind, tc.csv)
		if found != tc.found {
			t.Errorf("%s: %s, want %s", tc.kind, found, tc.found)
		}
		reg, _, err := record.Load(d.files, d.kinds)
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		if rec := reg.Get(tc.id); rec != nil {
			for _, s := range rec.Transitions() {
				said = append(said, s.To+" "+s.At.In(shanghai).Format(time.DateOnly))
			}
		}
		if got := strings.Join(said, ", "); got != tc.log {
			t.Errorf("%s: %q, want %q", tc.kind, got, tc.log)
		}
	}
}
