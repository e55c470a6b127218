package pdf

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"kept/internal/chart"
	"kept/internal/pdftest"
	"kept/internal/portal"
)

// report is an upright paper with figures, text, a table without rows, charts
// and notes.
func report(t testing.TB) *portal.Print {
	p := register(t, 0)
	p.ID, p.Title, p.Landscape = "kpi-monthly", "KPI 月报", false
	p.Sections[0].Heading = "本期指标"
	p.Sections[0].Figures = []portal.PrintFigure{{Label: "投诉响应及时率", Value: "98.2%", Note: "目标 ≥ 98%"}, {Label: "投诉数", Value: "12 件"}}
	p.Sections[0].Paragraphs = []string{"本月投诉响应均在时限内完成。"}
	goal := 95.0
	for range 4 {
		c := chart.Trend{Title: "客户满意度", Summary: "2026年9月：98.2%", Target: &goal, TargetLabel: "目标 ≥ 95%", Unit: "%", SmallLabel: "空心点：样本量偏小"}
		for i, v := range []float64{92.1, 95.2, 94.8, 97, 96.4, 98.2} {
			c.Points = append(c.Points, chart.Point{Label: string('4'+rune(i)) + "月", Value: &v, Bad: v < goal, Small: i == 2})
		}
		p.Sections = append(p.Sections, portal.PrintSection{Heading: "K12 客户满意度", Chart: &c, Notes: []string{"样本量偏小，仅供参考"}})
	}
	return p
}

func TestReport(t *testing.T) {
	data := mustPrint(t, report(t))
	pdftest.Check(t, data)
	text := pdftest.Text(t, data)
	for _, want := range []string{"98.2%", "本期无记录", "目标 ≥ 95%", "空心点：样本量偏小", "样本量偏小，仅供参考", "9月", "批准"} {
		if !strings.Contains(text, want) {
			t.Errorf("the report lacks %q", want)
		}
	}
	if strings.Contains(text, "以下空白") {
		t.Error("a table without rows ends with 以下空白")
	}
	if n := strings.Count(string(pdftest.JSON(t, data)), `"title": "K12 客户满意度"`); n != 8 {
		t.Errorf("%d mentions of the KPIs' bookmarks, want 8: four in the outline, four at pages", n)
	}
}

// TestLongCell continues a row taller than two pages and loses nothing of it.
func TestLongCell(t *testing.T) {
	p := register(t, 3)
	long := strings.Repeat("用户反映主干链路丢包，值班工程师响应。", 300)
	p.Sections[0].Table.Rows[1].Cells[3].Text = long
	data := mustPrint(t, p)
	text := pdftest.Squeeze(strings.Join(pdftest.Pages(t, data), ""))
	if n := strings.Count(text, "工程师"); n < 290 {
		t.Errorf("%d of 300 sentences are there", n)
	}
	if n := pdftest.PageCount(t, data); n < 3 {
		t.Errorf("the row is on %d pages", n)
	}
	for i, page := range pdftest.Pages(t, data) {
		if !strings.Contains(page, "投诉编号") {
			t.Errorf("page %d has no table head", i+1)
		}
	}
}

// TestSignaturesStayWhole fills pages row by row, so that the bar meets the
// bottom at every height.
func TestSignaturesStayWhole(t *testing.T) {
	for n := 14; n < 26; n++ {
		pages := pdftest.Pages(t, mustPrint(t, register(t, n)))
		for i, page := range pages {
			whole := strings.Contains(page, "编制") && strings.Contains(page, "审核") && strings.Contains(page, "批准") && strings.Count(page, "签名") == 3
			if any := strings.Contains(page, "签名"); any != whole || whole != (i == len(pages)-1) {
				t.Errorf("%d rows, page %d: signatures %t, whole %t", n, i+1, any, whole)
			}
		}
	}
}

// TestKeep writes samples for the eye where KEPT_SAMPLES names a folder.
func TestKeep(t *testing.T) {
	dir := os.Getenv("KEPT_SAMPLES")
	data := mustPrint(t, report(t))
	if !bytes.HasPrefix(data, []byte("%PDF-")) {
		t.Fatal("the report is no PDF")
	}
	if dir != "" {
		if err := os.WriteFile(dir+"/report.pdf", data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
