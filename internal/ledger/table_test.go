package ledger

import (
	"fmt"
	"strings"
	"testing"

	"kept/internal/locale"
	"kept/internal/schema"
)

// issue is a kind that the program does not know.
func issue() *schema.Kind {
	text := func(name, zh, en string) schema.Field {
		return schema.Field{Name: name, Title: locale.Text{ZH: zh, EN: en}, Type: schema.TextField, Bounds: schema.Bounds{MaxLength: 12}}
	}
	long := text("report", "内容", "Report")
	long.Long, long.Bounds.MaxLength = true, 400
	return &schema.Kind{
		ID: "issue", Title: locale.Plain("issue"), Initial: "open", Date: "seen_at", Label: "title",
		States: []schema.State{{ID: "open", Title: locale.Text{ZH: "未结", EN: "Open"}}, {ID: "shut", Title: locale.Text{ZH: "已结", EN: "Shut"}}},
		Fields: []schema.Field{
			text("title", "名称", "Title"), long,
			{Name: "seen_at", Title: locale.Text{ZH: "发现时间", EN: "Seen at"}, Type: schema.InstantField},
			{Name: "day", Title: locale.Text{ZH: "日子", EN: "Day"}, Type: schema.DateField},
			{Name: "where", Title: locale.Text{ZH: "地点", EN: "Where"}, Type: schema.EnumField, Options: []schema.Option{
				{Value: "in", Title: locale.Text{ZH: "室内", EN: "Inside"}}, {Value: "out", Title: locale.Text{ZH: "室外", EN: "Outside"}},
			}},
			{Name: "urgent", Title: locale.Text{ZH: "紧急", EN: "Urgent"}, Type: schema.FlagField},
			{Name: "cost", Title: locale.Text{ZH: "费用", EN: "Cost"}, Type: schema.DecimalField},
			{Name: "count", Title: locale.Text{ZH: "数量", EN: "Count"}, Type: schema.IntegerField},
			{Name: "client", Title: locale.Text{ZH: "单位", EN: "Client"}, Type: schema.RefField, Refs: []string{"client"}},
			{Name: "tags", Title: locale.Text{ZH: "标签", EN: "Tags"}, Type: schema.EnumField, List: true, Options: []schema.Option{
				{Value: "a", Title: locale.Text{ZH: "甲", EN: "A"}}, {Value: "b", Title: locale.Text{ZH: "乙", EN: "B"}},
			}},
		},
	}
}

func issues() Mapping {
	return Mapping{Columns: []MappedColumn{
		{To: KeyTarget, Headings: []string{"编号", "单号"}},
		{To: IgnoreTarget, Headings: []string{"序号"}},
		{To: DropTarget, Headings: []string{"联系电话", "电话"}},
		{To: "seen_at", Headings: []string{"发现时间", "日期"}},
		{To: "where", Headings: []string{"位置"}, Values: map[string][]string{"in": {"机房"}}},
		{To: "report", Headings: []string{"内容", "补充"}, Joins: true},
		{To: StatusTarget, Headings: []string{"状态"}, Values: map[string][]string{"shut": {"√", "办结"}}},
		{To: StepTarget + "shut", Headings: []string{"结案日期"}},
	}, Preset: map[string]string{"title": "$report", "where": "out"}}
}

// page makes a sheet of rows whose cells are cut at bars.
func page(name string, rows ...string) Page {
	p := Page{Name: name}
	for i, r := range rows {
		row := Row{Number: i + 1}
		for cell := range strings.SplitSeq(r, "|") {
			c := Cell{Text: cell}
			if number, ok := strings.CutPrefix(cell, "#"); ok && number[0] <= '9' {
				c = Cell{Text: "shown " + number, Number: number}
			}
			row.Cells = append(row.Cells, c)
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}

func readIssues(pages ...Page) Ledger {
	lookup := func(name string, _ []string) Named {
		switch Fold(name) {
		case "甲公司", "c-1":
			return Named{ID: "C-1"}
		case "甲":
			return Named{Near: locale.Plain("C-1 甲公司")}
		}
		return Named{}
	}
	return ReadAll(Request{File: "台账2026年.xlsx", Pages: pages, Mapping: issues(), Kind: issue(), Zone: shanghai, Lookup: lookup})
}

// said writes what was read, one row a line.
func said(l Ledger) string {
	var b strings.Builder
	for _, e := range l.Entries {
		fmt.Fprintf(&b, "%s!%d %s %s %v %v\n", e.Sheet, e.Row, e.Key, e.Status, e.Fields, e.At)
		for _, f := range e.Found {
			fmt.Fprintf(&b, "  %s %s\n", f.Position.Path, f.Key)
		}
	}
	for _, left := range l.Left {
		fmt.Fprintf(&b, "- %d %s\n", left.Row, left.Reason)
	}
	return b.String()
}

func TestHeaders(t *testing.T) {
	for name, c := range map[string]struct {
		pages []Page
		want  string
	}{
		"titles above, sums, notes and the header again below": {
			[]Page{page(
				"", "示例公司投诉台账", "单位：件", "序号|编号|日期|内容|状态",
				"1|A1|2026.9.3|漏水|办结", "||||", "2|A2|9月4日|停电|", "小计|2|||", "序号|编号|日期|内容|状态", "3|A3|2026-09-05|断网|√", "填表人：示例||||", "合计||3||",
			)},
			`!4 A1 shut map[report:漏水 seen_at:2026-09-03T00:00:00+08:00 title:漏水 where:out] map[]
!6 A2  map[report:停电 seen_at:2026-09-04T00:00:00+08:00 title:停电 where:out] map[]
!9 A3 shut map[report:断网 seen_at:2026-09-05T00:00:00+08:00 title:断网 where:out] map[]
- 7 ledger.left-sum
- 8 ledger.left-head
- 10 ledger.left-note
- 11 ledger.left-sum
`,
		},
		"line ends, widths, marks and numbers in headings": {
			[]Page{page("", "1、编 号|日期\n（必填）|＊内容|联系电话|３、状态（自动）|位置[单选]", "B1|2026-09-03|漏水|13800000000|未结|机房")},
			"!2 B1 open map[report:漏水 seen_at:2026-09-03T00:00:00+08:00 title:漏水 where:in] map[]\n",
		},
		"two rows of headings": {
			[]Page{{Rows: page("", "编号|发现|发现|处理|处理", "|日期|内容|状态|结案日期", "C1|2026-09-03|漏水|√|2026-09-08").Rows, Merged: []Area{{1, 1, 2, 1}, {1, 2, 1, 3}, {1, 4, 1, 5}}}},
			"!3 C1 shut map[report:漏水 seen_at:2026-09-03T00:00:00+08:00 title:漏水 where:out] map[shut:2026-09-08 00:00:00 +0800 +0800]\n",
		},
		"the better heading wins": {
			[]Page{page("", "编号|日期|发现时间|内容", "D1|2026-01-01|2026-09-03|漏水")},
			"!2 D1  map[report:漏水 seen_at:2026-09-03T00:00:00+08:00 title:漏水 where:out] map[]\n",
		},
		"columns that join, and a first sentence as title": {
			[]Page{page("", "编号|日期|内容|补充", "E1|2026-09-03|机房东侧的空调外机漏水严重。已报修|下午又漏")},
			"!2 E1  map[report:机房东侧的空调外机漏水严重。已报修\n补充：下午又漏 seen_at:2026-09-03T00:00:00+08:00 title:机房东侧的空调外机漏水… where:out] map[]\n",
		},
		"merged downwards: one record of several lines": {
			[]Page{{Rows: page("", "编号|日期|内容", "F1|2026-09-03|漏水", "||又漏", "F2|2026-09-04|停电").Rows, Merged: []Area{{2, 1, 3, 1}, {2, 2, 3, 2}}}},
			"!2 F1  map[report:漏水\n又漏 seen_at:2026-09-03T00:00:00+08:00 title:漏水 where:out] map[]\n!4 F2  map[report:停电 seen_at:2026-09-04T00:00:00+08:00 title:停电 where:out] map[]\n",
		},
		"sheets by month; hidden ones and those without header are not read": {
			[]Page{page("9月", "日期|内容", "9月3日|漏水"), page("说明", "本表由示例公司填写|见附件"), {Name: "选项", Hidden: true, Rows: page("", "日期|内容", "2026-01-01|x").Rows}},
			"9月!2   map[report:漏水 seen_at:2026-09-03T00:00:00+08:00 title:漏水 where:out] map[]\n- 1 ledger.left-headless\n",
		},
		"faults have their cell": {
			[]Page{page("S", "编号|日期|位置|费用|数量|单位|标签|紧急|日子", "G1|26/9/3|楼上|约三百|1.5|甲|丙|大概|#45000.25", "G2|#46268.5|室外|￥1,200.50|３|甲公司|甲、乙|√|#45000")},
			`S!2 G1  map[day:2023-03-15 where:out] map[]
  台账2026年.xlsx S!B2 ledger.date-short
  台账2026年.xlsx S!C2 ledger.option
  台账2026年.xlsx S!D2 ledger.number
  台账2026年.xlsx S!E2 ledger.number
  台账2026年.xlsx S!F2 ledger.reference-near
  台账2026年.xlsx S!G2 ledger.option
  台账2026年.xlsx S!H2 ledger.flag
S!3 G2  map[client:C-1 cost:1200.50 count:3 day:2023-03-15 seen_at:2026-09-03T12:00:00+08:00 tags:[a b] urgent:true where:out] map[]
`,
		},
		"formulas in error, and words for nothing": {
			[]Page{page("", "编号|日期|内容|费用", "H1|2026-09-03|无|#REF!", "H2|2026-09-03|/|-")},
			`!2 H1  map[seen_at:2026-09-03T00:00:00+08:00 where:out] map[]
  台账2026年.xlsx ledger.formula-error
!3 H2  map[seen_at:2026-09-03T00:00:00+08:00 where:out] map[]
`,
		},
	} {
		if got := said(readIssues(c.pages...)); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, c.want)
		}
	}
}

func TestNoHeader(t *testing.T) {
	l := readIssues(page("", "a|b", "1|2"))
	if len(l.Entries) != 0 || len(l.Found) != 1 || l.Found[0].Key != "ledger.no-table" {
		t.Errorf("entries %v, found %v", l.Entries, l.Found)
	}
}

func TestColumnsAndAreas(t *testing.T) {
	for n, want := range map[int]string{1: "A", 26: "Z", 27: "AA", 702: "ZZ", 703: "AAA", 16384: "XFD"} {
		if got := Column(n); got != want {
			t.Errorf("column %d is %s, want %s", n, got, want)
		}
	}
	if a, ok := ParseArea("B2:AA10"); !ok || a != (Area{2, 2, 10, 27}) {
		t.Errorf("B2:AA10 is %v, %v", a, ok)
	}
	for _, bad := range []string{"", "2B", "B0", "B2:A1", "ZZZZZZ1", "A99999999999", "A1:"} {
		if a, ok := ParseArea(bad); ok {
			t.Errorf("%q is %v", bad, a)
		}
	}
}
