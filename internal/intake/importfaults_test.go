package intake_test

import (
	"strings"
	"testing"
	"testing/fstest"
)

// complaints is a desk with a customer, and somebody who imports.
func complaints(t *testing.T) *ledgerDesk {
	t.Helper()
	d := newLedgerDesk(t)
	d.files["records/customer/KH-0001.yaml"] = &fstest.MapFile{Data: []byte("schema: customer/v1\nid: KH-0001\ntitle: 示例·运河医院\nstatus: active\ntype: institution\n")}
	d.files["records/person/u-admin.yaml"] = &fstest.MapFile{Data: []byte("schema: person/v1\nid: u-admin\ntitle: 示例\nstatus: active\n")}
	return d
}

// Who mends a ledger sees all that is wrong with a row at once, each fault once and at
// its own cell, and nothing that only follows from another.
func TestAllFaultsAtOnce(t *testing.T) {
	long := strings.Repeat("长", 120)
	for name, tc := range map[string]struct{ head, row, found string }{
		"unread cells, an empty one, a long one": {
			"投诉编号,投诉时间,客户名称,投诉等级,投诉标题,投诉内容,客户诉求,状态",
			"W1,2026-02-30,不知道,天大,,,赔,处理中\n" + "W2,2026-02-03 9:00,不知道,一般," + long + ",内容,赔,处理中",
			`f.csv:2:2: 2026-02-30 in 投诉时间 is no date that can be read; write 2026-09-18 or 2026-09-18 17:30 [import]
f.csv:2:3: 不知道 in 客户名称 is not on record. Register it: kept new customer; if it is another spelling, write the name or number on record, or say in the mapping, under values, which one is meant [import]
f.csv:2:4: 天大 in 投诉等级 is not known; Severity is one of: Critical, Major, Moderate, General. Or say in the mapping, under values, what it means [import]
f.csv:2:5: Subject is needed, and the cell is empty; fill it in, or give a default in the mapping, under preset [import]
f.csv:3:3: 不知道 in 客户名称 is not on record. Register it: kept new customer; if it is another spelling, write the name or number on record, or say in the mapping, under values, which one is meant [import]
f.csv:3:5: Subject may have at most 100 characters; shorten it [schema-too-long]`,
		},
		"a number twice does not hide what else is wrong": {
			"投诉编号,投诉时间,客户名称,投诉内容,状态,处理完成时间,关闭日期",
			"W1,2026-02-03 9:00,KH-0001,内容,处理中,,\n" + "W1,2026-02-03 9:00,KH-0001,内容,已关闭,2026-02-01,2026-02-02",
			`f.csv:3:1: number W1 stands in row 2, too; correct one of the two, or delete the needless row [import]
f.csv:3:6: the time of Handled, reply due, 2026-02-01, lies before registration on 2026-02-03; correct one of them [import]
f.csv:3:7: the time of Closed, 2026-02-02, lies before registration on 2026-02-03; correct one of them [import]`,
		},
		"without its date a row has no order and no end": {
			"投诉编号,投诉时间,客户名称,投诉内容,状态,关闭日期",
			"W1,某天,KH-0001,内容,已关闭,哪天",
			`f.csv:2:2: 某天 in 投诉时间 is no date that can be read; write 2026-09-18 or 2026-09-18 17:30 [import]
f.csv:2:6: 哪天 in 关闭日期 is no date that can be read; write 2026-09-18 or 2026-09-18 17:30 [import]`,
		},
		"columns that are not there are told at the header": {
			"投诉编号,投诉时间,投诉等级",
			"W1,2026-02-03 9:00,一般\nW2,2026-02-03 9:00,一般",
			"f.csv:1: the ledger lacks columns that are needed: Customer, Subject; add them, or give every row the same with --set customer=… [import]",
		},
	} {
		t.Run(name, func(t *testing.T) {
			rows, found := complaints(t).run("complaint", tc.head+"\n"+tc.row+"\n")
			got := map[string]bool{}
			var lines []string
			for line := range strings.Lines(found) {
				if line = strings.TrimSpace(line); !got[line] {
					lines = append(lines, line)
				}
				got[line] = true
			}
			if told := strings.Join(lines, "\n"); told != tc.found {
				t.Errorf("%q\n%s\nwant\n%s", rows, told, tc.found)
			}
		})
	}
}

// Two rows of one name, and a row called as a record: other ledgers could not say which
// is meant. Who marks them apart is not warned.
func TestNamesakes(t *testing.T) {
	d := newLedgerDesk(t)
	d.files["records/customer/KH-0007.yaml"] = &fstest.MapFile{Data: []byte("schema: customer/v1\nid: KH-0007\ntitle: 示例·运河医院\nstatus: active\ntype: institution\nimported_from: {sha256: " + strings.Repeat("c", 64) + ", row: 9, content: x, record: x}\n")}
	rows, found := d.run("customer", "客户编号,客户名称,客户性质\nA1,示例·江南,民营企业\nA2,示例· 江南,民营企业\nA3,示例·运河医院,医院\nA4,示例·江南（苏州）,民营企业\n")
	const want = `f.csv:3:2: 示例· 江南 is called as KH-0008 in B2: if it is the same, delete one of the rows; if not, tell them apart by their names, such as by place, or other ledgers cannot say which one they mean [import]
f.csv:4:2: 示例·运河医院 is called as KH-0007, which is on record: if it is the same, delete the row; if not, tell them apart by their names, such as by place, or other ledgers cannot say which one they mean [import]`
	if strings.TrimSpace(found) != want || strings.Join(rows, ", ") != "KH-0008 new, KH-0009 new, KH-0010 new, KH-0011 new" {
		t.Errorf("%q\n%s\nwant\n%s", rows, found, want)
	}
	if rows, found := d.run("customer", "客户编号,客户名称,客户性质\nA1,示例·江南,民营企业\nA2,示例· 江南,民营企业\n"); found != "" || strings.Contains(strings.Join(rows, ","), "new") {
		t.Errorf("warned again: %q %s", rows, found)
	}
}

// A ledger without numbers that comes again with a date corrected is asked about, as
// any other correction is; a new matter in the same words is none.
func TestCorrectedDate(t *testing.T) {
	const head = "投诉时间,客户名称,投诉内容,状态\n"
	d := complaints(t)
	first := head + "2026-05-06 9:00,KH-0001,系统慢,未处理\n2026-05-07 9:00,KH-0001,打印机坏,未处理\n"
	if rows, found := d.run("complaint", first); found != "" || strings.Join(rows, ",") != "TS-2026-0001 new,TS-2026-0002 new" {
		t.Fatalf("%q %s", rows, found)
	}
	rows, found := d.run("complaint", head+"2026-05-05 9:00,KH-0001,另一件,未处理\n2026-05-16 9:00,KH-0001,系统慢,未处理\n2026-05-07 9:00,KH-0001,打印机坏,未处理\n")
	if strings.Join(rows, ",") != "TS-2026-0003 new, refused,TS-2026-0002 unchanged" || !strings.HasPrefix(found, "f.csv:3:1: the row has no number; it says the same as TS-2026-0001, imported before, of another day") {
		t.Errorf("%q %s", rows, found)
	}
	d = complaints(t)
	d.run("complaint", first)
	if rows, found := d.run("complaint", head+"2026-06-05 9:00,KH-0001,另一件,未处理\n2026-06-07 9:00,KH-0001,系统慢,未处理\n"); found != "" || strings.Join(rows, ",") != "TS-2026-0003 new,TS-2026-0004 new" {
		t.Errorf("another month's ledger: %q %s", rows, found)
	}
}
