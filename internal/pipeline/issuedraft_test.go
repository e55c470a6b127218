package pipeline

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"kept/internal/calendar"
	"kept/internal/evidence"
	"kept/internal/locale"
	"kept/internal/metric"
	"kept/internal/portal"
	"kept/internal/record"
	"kept/internal/redact"
)

// A claim needs intervals that do not overlap (domain.md §5.4).
func TestClaim(t *testing.T) {
	r := func(low, high float64) *metric.Range { return &metric.Range{Low: low, High: high} }
	for _, c := range []struct {
		now, then *metric.Range
		want      string
	}{
		{r(64.0, 94.8), r(78.6, 95.7), "overlap"},
		{r(80, 95), r(40, 80), "overlap"},
		{r(80.1, 95), r(40, 80), "higher"},
		{r(0, 27.8), r(30.1, 95.4), "lower"},
		{nil, r(0, 1), ""},
		{r(0, 1), nil, ""},
	} {
		if got := claim(c.now, c.then); got != c.want {
			t.Errorf("%v after %v: %q, want %q", c.now, c.then, got, c.want)
		}
	}
}

// A report before it is issued says of each of its KPIs what "kept kpi" says, in each
// of its four reports; what is issued at the same moment holds the same.
func TestDraftAgreesWithKPI(t *testing.T) {
	project, head := played(t)
	measures := project.Measures(head)
	view := portal.New(project.Source(head, measures), locale.Chinese)
	seen := 0
	for report := range head.Register.Of("report") {
		period := calendar.PeriodAt(calendar.Grain(report.Text("frequency")), head.AsOf).Shift(-1)
		paper := view.ReportPrint(report, period)
		shown := view.KPITable(period)
		for _, row := range figuresOf(t, paper).Rows {
			id, _, _ := strings.Cut(row.Cells[0].Text, " ")
			for _, other := range shown.Rows {
				if other.ID == id && other.Cells[7].Text == row.Cells[1].Text+"时间" {
					seen++
					if other.Cells[5].Text != row.Cells[3].Text {
						t.Errorf("%s %s: the report says %s, the table %s", report.ID, id, row.Cells[3].Text, other.Cells[5].Text)
					}
					if value := other.Cells[2].Text; value != row.Cells[2].Text && !strings.Contains(value, "（") {
						t.Errorf("%s %s: the report says %s, the table %s", report.ID, id, row.Cells[2].Text, value)
					}
				}
			}
		}
		draft := project.Draft(head, measures, report, period, locale.Chinese)
		i := issue{project: project, head: head, measures: measures, period: period, lang: locale.Chinese}
		for _, f := range i.fields(report) {
			if plain := decoded(f.value); plain != "" && !reflect.DeepEqual(draft.Plain(f.name), plain) {
				t.Errorf("%s: the draft says another %s than the issue", report.ID, f.name)
			}
		}
	}
	if seen < 20 {
		t.Errorf("only %d figures were compared", seen)
	}
}

func figuresOf(t *testing.T, paper *portal.Print) *portal.Table {
	t.Helper()
	i := slices.IndexFunc(paper.Sections, func(s portal.PrintSection) bool { return s.Table != nil && s.Table.ID == "figures" })
	if i < 0 {
		t.Fatalf("%s has no table of figures", paper.Title)
	}
	return paper.Sections[i].Table
}

// What is not issued yet is found by its code and by its file, in both languages and
// editions; a period that a report has no issue for is refused.
func TestDraftIsProven(t *testing.T) {
	project, head := played(t)
	period := calendar.PeriodAt(calendar.Month, head.AsOf).Shift(-1)
	for _, lang := range []locale.Lang{locale.Chinese, locale.English} {
		for _, edition := range []redact.Edition{redact.Internal, redact.Audit} {
			c := project.prover(head, VerifyRequest{})
			then, err := c.at(attempt{commit: head.Commit.Hash})
			if err != nil {
				t.Fatal(err)
			}
			press, err := project.press(then, redact.Policy{Edition: edition}, lang, defaultFaces(t))
			if err != nil {
				t.Fatal(err)
			}
			paper, err := press.find("RP-01", period)
			if err != nil {
				t.Fatal(err)
			}
			file, fault := evidence.ReadPaper(paper.Bytes)
			if fault != evidence.Whole || file.Code != paper.Content.Code() || file.Code.Period != period.String() {
				t.Errorf("%s %s: the file says %v, %s", lang, edition, file.Code, fault)
			}
			again, err := press.find(file.Code.Print, period)
			if err != nil || !bytes.Equal(again.Bytes, paper.Bytes) {
				t.Errorf("%s %s: by its code it is another paper: %v", lang, edition, err)
			}
			if lang == locale.Chinese && edition == redact.Internal {
				v, err := project.VerifyCode(file.Code, VerifyRequest{})
				if err != nil || v.Outcome != Proven {
					t.Errorf("the code is %+v, %v", v, err)
				}
			}
			var none *NoIssueError
			if _, err := press.find("RP-01", calendar.Period{Grain: calendar.FullYear, Year: 2026}); !errors.As(err, &none) || none.Key != "intake.issue.grain" {
				t.Errorf("a year of a monthly report: %v", err)
			}
		}
	}
	if rec := head.Register.Get("RP-01"); rec == nil || rec.Kind.ID == record.PublicationKind {
		t.Error("the report is no report")
	}
}

// What a part of a report lists belongs to the period: by a time of the record, by the
// period that it names, or by that of the record that it refers to.
func TestExtractsBelongToThePeriod(t *testing.T) {
	project, head := played(t)
	measures := project.Measures(head)
	sums := map[string]int{}
	for report := range head.Register.Of("report") {
		list, found := metric.ExtractsOf(head.Register, report)
		if len(found) > 0 {
			t.Errorf("%s: %v", report.ID, found)
		}
		for _, x := range list {
			for _, p := range measures.Periods(calendar.Grain(report.Text("frequency"))) {
				for _, id := range measures.Extracted(&x, p) {
					rec := head.Register.Get(id)
					if rec.Kind != x.Kind {
						t.Errorf("%s %s lists %s", report.ID, x.ID, id)
					}
					if x.ID == "verbatims" && head.Register.Get(rec.Text("survey")).Text(record.PeriodField) != p.String() {
						t.Errorf("%s answers a survey of another period than %s", id, p)
					}
					if at, ok := rec.Moment(x.Kind.Date, head.Config.Zone); x.ID == "cases" && (!ok || calendar.PeriodAt(p.Grain, at) != p) {
						t.Errorf("%s was not received in %s", id, p)
					}
					sums[x.ID]++
				}
			}
		}
	}
	if sums["verbatims"] == 0 || sums["cases"] == 0 || sums["method"] == 0 {
		t.Errorf("parts without records: %v", sums)
	}
}
