package pipeline

import (
	"path/filepath"
	"testing"

	"kept/internal/calendar"
	"kept/internal/demo"
	"kept/internal/locale"
	"kept/internal/metric"
	"kept/internal/portal"
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
