package portal

import (
	"strings"
	"testing"

	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/metric"
)

// The list of records names every form of every document in force of this
// repository, with who keeps it, how long and where.
func TestFormPrint(t *testing.T) {
	v := sampled(t, locale.Chinese)
	if !v.HasForms() {
		t.Fatal("no document has forms")
	}
	paper := v.FormPrint(Layout{ID: "record-list", Title: locale.Plain("记录清单"), Landscape: true})
	if len(paper.Sections) == 0 || paper.FileName() != "record-list.pdf" {
		t.Fatalf("%d sections in %s", len(paper.Sections), paper.FileName())
	}
	row := paper.Sections[0].Table.Rows[0]
	if got := texts(row.Cells); !strings.HasPrefix(got, "SD-02004-F01|投诉单登记表|") || !strings.HasSuffix(got, "|3|本库") {
		t.Errorf("the first form says %q", got)
	}
	for i, r := range paper.Sections[0].Table.Rows[1:] {
		if before := paper.Sections[0].Table.Rows[i].Cells[0].Text; before > r.Cells[0].Text {
			t.Errorf("%s stands before %s", before, r.Cells[0].Text)
		}
	}
}

// The title of a report follows the length of its period.
func TestKPIPrintTitle(t *testing.T) {
	zh, _ := both(t)
	l := Layout{ID: "kpi-monthly", Title: locale.Plain("月度指标"), Grain: calendar.Month}
	for period, want := range map[string]string{"2026-09": "月度指标", "2026-Q3": "KPI 季报", "2026-H1": "KPI 半年报", "2026": "KPI 年报"} {
		p, err := calendar.ParsePeriod(period)
		must(t, err)
		if got := zh.KPIPrint(l, p).Title; got != want {
			t.Errorf("%s is titled %q", period, got)
		}
	}
	month, err := calendar.ParsePeriod("2026-08")
	must(t, err)
	if got := zh.KPIPrint(Layout{ID: "kpi-quarterly", Title: locale.Plain("季报"), Grain: calendar.Quarter}, month).Title; got != "KPI 月报" {
		t.Errorf("a month is titled %q", got)
	}
}

// A figure from a sample says how far it can be trusted.
func TestSampleNote(t *testing.T) {
	zh, _ := both(t)
	for want, r := range map[string]metric.Result{
		"": {Status: metric.Met},
		"95% 置信区间 60.0～90.0；样本量偏小，仅供参考": {Interval: &metric.Range{Low: 60, High: 90}, Small: true},
		"样本量不足，不判定":                     {Status: metric.TooFew},
	} {
		if got := zh.sampleNote(&r); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// A printed register names the number that a record had before.
func TestRegisterPrintNamesFormerNumber(t *testing.T) {
	zh, _ := both(t)
	kind := zh.src.Register.Kinds().Kind("complaint")
	table := zh.RegisterTable(kind)
	renumbered := 0
	for _, r := range table.Rows {
		if rec := zh.src.Register.Get(r.ID); rec != nil && rec.Text("renumbered_from") != "" {
			renumbered++
		}
	}
	if renumbered == 0 {
		rec := zh.src.Register.Get(table.Rows[0].ID)
		rec.Object.Fields()["renumbered_from"] = "TS-2026-0999"
	}
	zh.formerNumbers(&table)
	named := 0
	for _, r := range table.Rows {
		if strings.Contains(texts(r.Cells), "（原编号 TS-") {
			named++
		}
	}
	if named != max(renumbered, 1) {
		t.Errorf("%d of %d former numbers are named: %q", named, max(renumbered, 1), texts(table.Rows[0].Cells))
	}
}
