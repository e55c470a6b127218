package portal

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/metric"
	"kept/internal/record"
	"kept/internal/yamldoc"
)

// drafted is the paper of a report whose issue is as the plain fields say.
func drafted(t *testing.T, lang locale.Lang, report, period string, plain map[string]any) (*View, *Print) {
	t.Helper()
	v := sampled(t, lang)
	kind := v.src.Register.Kinds().Kind(record.PublicationKind)
	v.src.Draft = func(rec *record.Record, p calendar.Period, _ locale.Lang) *record.Record {
		plain["id"], plain["report"], plain["period"] = rec.ID, rec.ID, p.String()
		return &record.Record{ID: rec.ID, Kind: kind, Object: yamldoc.NewObject(plain)}
	}
	p, err := calendar.ParsePeriod(period)
	must(t, err)
	rec := v.src.Register.Get(report)
	if !v.IsReport(rec) || v.IsReport(v.src.Register.Get("KH-0001")) {
		t.Fatalf("which record is a report is not known")
	}
	return v, v.ReportPrint(rec, p)
}

func items(list ...map[string]any) []any {
	out := make([]any, len(list))
	for i, o := range list {
		out[i] = o
	}
	return out
}

func number(s string) json.Number { return json.Number(s) }

// What is not issued says so, is named after report and period, has a bar to sign
// and nobody's name.
func TestReportPrintIsMarked(t *testing.T) {
	_, paper := drafted(t, locale.Chinese, "RP-01", "2026-09", map[string]any{"statement": "本月无投诉。"})
	if paper.Title != "投诉分析月报（未发布）" || paper.Watermark != "未发布" || paper.FileName() != "RP-01_2026-09.pdf" || paper.DocumentNo != "SD-02004-F30" {
		t.Errorf("it says %q %q %q %q", paper.Title, paper.Watermark, paper.FileName(), paper.DocumentNo)
	}
	if len(paper.Signatures) != 3 || paper.Signatures[2] != (PrintSignature{Title: "批准"}) {
		t.Errorf("the bar says %q", paper.Signatures)
	}
	if s := sectionOf(t, paper, "概况"); !slices.Equal(s.Paragraphs, []string{"本月无投诉。"}) {
		t.Errorf("at a glance: %q", s.Paragraphs)
	}
	n := 0
	for _, s := range paper.Sections {
		if s.Heading == "" {
			continue
		}
		if n++; !strings.HasPrefix(s.Heading, plainCount(n)+". ") {
			t.Errorf("heading %d is %q", n, s.Heading)
		}
	}
	_, paper = drafted(t, locale.English, "RP-01", "2026-09", map[string]any{})
	if paper.Title != "Monthly complaint report (not issued)" || paper.Watermark != "NOT ISSUED" {
		t.Errorf("in English %q %q", paper.Title, paper.Watermark)
	}
}

// The balance is checked on the paper (domain.md §4.6): 3 + 20 + 1 − 19 = 5; with 6
// at the end it does not close, and that is said.
func TestReportPrintChecksTheBalance(t *testing.T) {
	part := func(name, value string) map[string]any {
		return map[string]any{"name": "投诉：" + name, "part": name, "value": number(value)}
	}
	for end, want := range map[string]string{
		"5": "核对：期初 3 ＋ 新增 20 ＋ 重新打开 1 － 关闭 19 ＝ 期末 5，相符。",
		"6": "核对：期初 3 ＋ 新增 20 ＋ 重新打开 1 － 关闭 19 ＝ 5，与期末 6 不符。",
	} {
		_, paper := drafted(t, locale.Chinese, "RP-01", "2026-09", map[string]any{
			"counts": items(part("start", "3"), part("opened", "20"), part("reopened", "1"), part("closed", "19"), part("end", end)),
		})
		if s := sectionOf(t, paper, "计数"); !slices.Equal(s.Notes, []string{want}) {
			t.Errorf("%q, want %q", s.Notes, want)
		}
	}
}

// 17 of 20 with their Wilson interval, the mean over customers, and a sample too small
// to judge (domain.md §5.4, §15.4).
func TestReportPrintDetails(t *testing.T) {
	_, paper := drafted(t, locale.Chinese, "RP-02", "2026-H1", map[string]any{
		"figures": items(
			map[string]any{"kpi": "K12", "basis": "declared", "value": "85.0", "numerator": "17", "denominator": "20", "target": "90.0", "verdict": "missed"},
			map[string]any{"kpi": "K14", "basis": "declared", "verdict": "too_few"},
		),
		"details": items(
			map[string]any{"kpi": "K12", "name": "95% 置信区间", "low": "64.0", "high": "94.8", "unit": "percent"},
			map[string]any{"kpi": "K12", "name": "按客户平均", "value": "79.2", "unit": "percent"},
			map[string]any{"kpi": "K14", "name": "样本量", "value": "3", "unit": "count", "note": "样本不足，不判定"},
			map[string]any{"kpi": "K14", "name": "95% 置信区间", "low": "-11.3", "high": "61.3", "unit": "points"},
		),
	})
	var said []string
	for _, row := range sectionOf(t, paper, "指标明细").Table.Rows {
		said = append(said, row.Cells[2].Text+" "+row.Cells[3].Text)
	}
	if want := []string{"64.0% 至 94.8% ", "79.2% ", "3 样本不足，不判定", "-11.3 至 +61.3 "}; !slices.Equal(said, want) {
		t.Errorf("%q, want %q", said, want)
	}
	if rows := sectionOf(t, paper, "未达成的指标").Table.Rows; len(rows) != 1 || rows[0].Cells[1].Text != "85.0" || rows[0].Cells[2].Text != "90.0" {
		t.Errorf("missed: %+v", rows)
	}
}

// A Pareto chart has the rows' counts, the most frequent first, with the share
// cumulated; beyond twelve, the rest is one bar.
func TestReportPrintBars(t *testing.T) {
	var parts []map[string]any
	for i := range 14 {
		n, cumulative := "1", "100.0"
		if i == 0 {
			n, cumulative = "7", "35.0"
		}
		parts = append(parts, map[string]any{"by": "投诉类别", "name": "类" + plainCount(i), "count": number(n), "share": "5.0", "cumulative": cumulative})
	}
	_, paper := drafted(t, locale.Chinese, "RP-01", "2026-09", map[string]any{"breakdowns": items(parts...)})
	s := sectionOf(t, paper, "按投诉类别分布")
	if len(s.Table.Rows) != 14 || len(s.Bars.Bars) != 12 {
		t.Fatalf("%d rows, %d bars", len(s.Table.Rows), len(s.Bars.Bars))
	}
	first, last := s.Bars.Bars[0], s.Bars.Bars[11]
	if first.Count != 7 || first.Cumulative != "35.0%" || first.Share != 0.35 || last.Name != "其余 3 项" || last.Count != 3 || last.Share != 1 {
		t.Errorf("%+v … %+v", first, last)
	}
}

// The trend of an issue is what the record holds, a gap where it held nothing.
func TestReportPrintTrend(t *testing.T) {
	_, paper := drafted(t, locale.Chinese, "RP-01", "2026-09", map[string]any{
		"series": items(map[string]any{"kpi": "K01", "values": []any{"2026-07 99.0", "2026-08 -", "2026-09 95.0"}}),
	})
	chart := sectionOf(t, paper, "走势").Chart
	if len(chart.Points) != 3 || *chart.Points[0].Value != 99 || chart.Points[0].Bad || chart.Points[1].Value != nil || !chart.Points[2].Bad || *chart.Target != 98 {
		t.Errorf("%+v", chart)
	}
	if chart.Summary != "2026年9月：95.0%" || chart.TargetLabel != "目标 不低于 98%" {
		t.Errorf("%q %q", chart.Summary, chart.TargetLabel)
	}
}

// Each part lists the records that the issue names, masked as their classes want; a
// part without any says so, and one that the issue knows nothing of is left out.
func TestReportPrintParts(t *testing.T) {
	v, paper := drafted(t, locale.Chinese, "RP-02", "2026-H1", map[string]any{"extracts": items(
		map[string]any{"section": "method", "records": []any{"MY-2026-H1"}},
		map[string]any{"section": "verbatims", "records": responses(t)},
		map[string]any{"section": "low", "records": []any{"MY-2026-H1"}},
		map[string]any{"section": "sips"},
	)})
	if rows := sectionOf(t, paper, "调查方法").Table.Rows; len(rows) != 1 || rows[0].Cells[2].Text != "普查" {
		t.Errorf("method: %+v", rows)
	}
	words := sectionOf(t, paper, "客户意见").Table
	if len(words.Columns) != 1 || words.Rows[0].Kind != GroupRow || words.Rows[0].Head != "Q6" || len(words.Rows) < 2 || words.Rows[1].Cells[0].Text == "" {
		t.Errorf("words: %+v", words)
	}
	if rows := sectionOf(t, paper, "低分跟进").Table.Rows; len(rows) != 1 || rows[0].Cells[3].Text != "2026-07-03" {
		t.Errorf("low scores: %+v", rows)
	}
	if s := sectionOf(t, paper, "改进建议与计划"); s.Table != nil || len(s.Paragraphs) != 1 || s.Paragraphs[0] != "本期没有记录。" {
		t.Errorf("none: %+v", s)
	}
	if slices.ContainsFunc(paper.Sections, func(s PrintSection) bool { return strings.HasSuffix(s.Heading, "局限与比较") }) {
		t.Error("a part is there of which the issue knows nothing")
	}
	// On paper, words beside whose they are stand nowhere.
	list, found := metric.ExtractsOf(v.src.Register, v.src.Register.Get("RP-02"))
	if len(found) > 0 || len(list) != 6 {
		t.Fatalf("%d parts, %v", len(list), found)
	}
	x := list[slices.IndexFunc(list, func(x metric.Extract) bool { return x.ID == "verbatims" })]
	word, _ := x.Member("text")
	v.src.Policy.Paper = true
	if v.grouping(&x, word).src.Policy.Paper {
		t.Error("grouped words are not shown")
	}
	x.Columns = append(x.Columns, "customer")
	if !v.grouping(&x, word).src.Policy.Paper {
		t.Error("words stand beside the customer")
	}
}

func responses(t *testing.T) []any {
	t.Helper()
	var ids []any
	v := sampled(t, locale.Chinese)
	for rec := range v.src.Register.Of("survey-response") {
		ids = append(ids, rec.ID)
	}
	return ids
}
