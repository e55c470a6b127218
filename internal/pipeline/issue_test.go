package pipeline

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kept/internal/calendar"
	"kept/internal/demo"
	"kept/internal/locale"
	"kept/internal/metric"
	"kept/internal/portal"
	"kept/internal/record"
	"kept/internal/yamldoc"
	"kept/schemas"
	"kept/templates"
)

// played is the newest commit of a small sample company.
func played(t *testing.T) (*Project, *Snapshot) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "records")
	if _, err := PlayDemo(demo.Request{Dir: dir, Schemas: schemas.FS, Templates: templates.FS, Records: 300, Years: 1}, "test"); err != nil {
		t.Fatal(err)
	}
	project, err := Open(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	head, err := project.Snapshot(Moment{})
	if err != nil {
		t.Fatal(err)
	}
	return project, head
}

// An issue keeps of every KPI of every report what "kept kpi" prints of it.
func TestIssueAgreesWithKPI(t *testing.T) {
	project, head := played(t)
	measures := project.Measures(head)
	view := portal.New(project.Source(head, measures), locale.Chinese)
	for report := range head.Register.Of("report") {
		period := calendar.PeriodAt(calendar.Grain(report.Text("frequency")), head.AsOf).Shift(-1)
		i := issue{project: project, head: head, measures: measures, period: period, lang: locale.Chinese}
		figures, _ := i.figures(report.Texts("kpis"))
		if len(figures) < len(report.Texts("kpis")) {
			t.Errorf("%s has %d figures", report.ID, len(figures))
		}
		shown := view.KPITable(period)
		for _, f := range figures {
			fraction, _ := f["numerator"].(string)
			if whole, ok := f["denominator"].(string); ok && fraction != "" {
				fraction += "/" + whole
			} else if ok {
				fraction = whole
			}
			found := false
			for _, row := range shown.Rows {
				basis := map[string]string{"declared": "申报时间", "submitted": "提交时间", "merged": "合入时间"}[f["basis"].(string)]
				if row.ID != f["kpi"] || row.Cells[7].Text != basis {
					continue
				}
				found = true
				if row.Cells[5].Text != fraction {
					t.Errorf("%s %s %s: the issue says %s, the table %s", report.ID, f["kpi"], basis, fraction, row.Cells[5].Text)
				}
			}
			if !found && f["verdict"] != string(metric.NoData) {
				t.Errorf("%s: %s %s is in no table", report.ID, f["kpi"], f["basis"])
			}
		}
	}
}

// The publications of the sample company hold what domain.md §4.6 asks for: each
// breakdown adds up to the records of the period and to a hundred percent, and the
// backlog closes.
func TestIssuesAddUp(t *testing.T) {
	_, head := played(t)
	broken, compared, zero := 0, 0, 0
	for rec := range head.Register.Of(record.PublicationKind) {
		if rec.Text(reportField) != "RP-01" {
			continue
		}
		counts := map[string]int64{}
		for _, c := range rec.Items("counts") {
			n, _ := c.Number("value")
			_, what, _ := strings.Cut(c.Text("name"), "：")
			counts[what] = n.Num().Int64()
		}
		if counts["期初未关闭"]+counts["本期新增"]+counts["本期重新打开"]-counts["本期关闭"] != counts["期末未关闭"] || len(counts) != 5 {
			t.Errorf("%s: the backlog does not close: %v", rec.ID, counts)
		}
		if counts["本期新增"] == 0 {
			zero++
			if !strings.HasPrefix(rec.Text("statement"), "本月无投诉。") {
				t.Errorf("%s: says %q of a month without any", rec.ID, rec.Text("statement"))
			}
		}
		sums, last := map[string]int64{}, map[string]string{}
		for _, b := range rec.Items("breakdowns") {
			n, _ := b.Number("count")
			sums[b.Text("by")] += n.Num().Int64()
			last[b.Text("by")] = b.Text("cumulative")
			broken++
		}
		for by, sum := range sums {
			if sum != sums["投诉类别"] || last[by] != "100.0" {
				t.Errorf("%s: by %s there are %d, up to %s%%", rec.ID, by, sum, last[by])
			}
		}
		compared += len(rec.Items("compared"))
	}
	if broken == 0 || compared == 0 {
		t.Errorf("%d parts, %d comparisons, %d months without any", broken, compared, zero)
	}
}

// An issue of a period that its report does not have, or that has not begun, is
// refused before anything is worked out.
func TestIssueOfNoPeriod(t *testing.T) {
	zone := time.FixedZone("", 8*60*60)
	now := time.Date(2026, 9, 30, 23, 0, 0, 0, zone)
	report := &record.Record{Object: yamldoc.NewObject(map[string]any{frequencyField: "month"})}
	for text, want := range map[string]string{
		"2026-09": "", "2026-08": "", "2026-10": "intake.issue.future", "2026-Q3": "intake.issue.grain", "2026": "intake.issue.grain",
	} {
		period, err := calendar.ParsePeriod(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := misfit(report, period, now); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
