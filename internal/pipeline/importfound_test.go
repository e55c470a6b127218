package pipeline

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kept/internal/locale"
)

// previewed is what a preview says of a text file of complaints, a line each: its
// tally, what was left out, its notes, and its findings.
func previewed(t *testing.T, p *Project, s *Snapshot, lang locale.Lang, csv string) string {
	t.Helper()
	plan, err := p.PlanImport(s, ImportRequest{Kind: s.Kinds.Kind("complaint"), File: "f.csv", Data: []byte(csv), By: "u-wangl", Now: importDay})
	if err != nil {
		t.Fatal(err)
	}
	v := plan.Preview(s.Kinds.Kind("complaint"), p.Messages.Printer(lang))
	lines := slices.Concat([]string{v.Tally}, v.Left, v.Notes)
	for _, f := range v.Found {
		lines = append(lines, f.Position.String()+" "+f.Message(p.Messages.Printer(lang)))
	}
	return strings.Join(lines, "\n")
}

// A preview of thousands of rows is as short as one of three: the same fault is told
// once with its cells, many of a kind are counted, and what rules would say of records
// that are not written waits.
func TestPreviewIsShort(t *testing.T) {
	p := ledgerProject(t)
	s, err := p.WorkTree(importDay)
	if err != nil {
		t.Fatal(err)
	}
	const head = "投诉编号,投诉时间,客户名称,投诉渠道,投诉内容,状态,责任部门\n"
	var many, rules strings.Builder
	for n := range 60 {
		fmt.Fprintf(&many, "A%d,2026-03-01 9:00,%s,%s,内容%d,处理中,%s\n", n, []string{"江南精密", fmt.Sprintf("客户%d", n)}[n%2], []string{"电话", "飞鸽"}[n/30], n, []string{"", "外包部"}[n/58])
		fmt.Fprintf(&rules, "A%d,2026-03-01 9:00,江南精密,电话,内容%d,已登记,\n", n, n)
	}
	const fell = "“投诉渠道”中不认识的写法：“飞鸽”按“其他”记（D32–D61）；记得不对的，请改原表，或在对照表 values 中写明\n"
	const undated = "台账没有写何时到达所写状态的记录 29 条：该状态排在流转记录最后，时间按不明处理，不计入任何统计\n"
	unknown := func(cell int) string {
		return fmt.Sprintf("f.csv:%d:3 “客户名称”写的“客户%d”没有登记。先登记：kept new customer --set title=… --set type=…；只是写法不同的，改成在册的名称或编号；查不出是哪个的，写 KH-0000 不明客户\n", cell, cell-2)
	}
	want := "新增 29　变更 0　未变 0　拒绝 31\n" + fell + undated +
		unknown(3) + unknown(5) + unknown(7) + unknown(9) + unknown(11) + unknown(13) + unknown(15) + unknown(17) +
		"f.csv:19:3 同类问题另有 22 处：C19、C21、C23、C25、C27……\n" +
		"f.csv:60:7 “责任部门”写的“外包部”没有登记。先登记：kept new department --set id=dept-… --set title=…；只是写法不同的，改成在册的名称或编号，或在对照表 values 中写明（共 2 处：G60–G61）"
	if got := previewed(t, p, s, locale.Chinese, head+many.String()); got != want {
		t.Errorf("said\n%s\nwant\n%s", got, want)
	}
	got := previewed(t, p, s, locale.English, head+rules.String())
	if lines := strings.Split(got, "\n"); len(lines) > 8 || !strings.Contains(got, "(60 rows: 2–61)") {
		t.Errorf("sixty rows with the same warnings are told as\n%s", got)
	}
	if got := previewed(t, p, s, locale.Chinese, head+rules.String()+"B1,2027-03-01 9:00,江南精密,电话,内容,处理中,\n"); got != "新增 60　变更 0　未变 0　拒绝 1\nf.csv:62:2 “接收时间”的时间 2027-03-01 09:00 晚于记录提交（或检查）的时刻 2026-11-30 10:00；请核对日期和时刻" {
		t.Errorf("a day to come is told as\n%s", got)
	}
}

// What a refused row says is judged as far as it can be read: a telephone number is told
// beside an unknown customer, at its own cell, and is never repeated.
func TestPreviewOfRefusedRows(t *testing.T) {
	p := ledgerProject(t)
	s, err := p.WorkTree(importDay)
	if err != nil {
		t.Fatal(err)
	}
	got := previewed(t, p, s, locale.English, "投诉编号,投诉时间,客户名称,投诉标题,投诉内容,状态,关闭日期\nT1,2026-03-01 9:00,不知道,致电13812345678,内容,已关闭,2027-03-01\n")
	const want = `new 0, changed 0, unchanged 0, refused 1
only the day is written, taken as its beginning: time of Closed 1
f.csv:2:3 不知道 in 客户名称 is not on record. Register it: kept new customer --set title=… --set type=…; if it is another spelling, write the name or number on record; where nobody knows, write KH-0000 不明客户
f.csv:2:4 Title, line 1, column 3: this looks like a mobile number; remove it, contacts belong in the contact store; record an exception with its reason if it is none
f.csv:2:7 Closed says 2027-03-01 00:00, which is later than 2026-11-30 10:00, when this was written; correct the day or the time`
	if got != want {
		t.Errorf("said\n%s\nwant\n%s", got, want)
	}
}
