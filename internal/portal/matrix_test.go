package portal

import (
	"slices"
	"testing"

	"kept/internal/locale"
)

func TestMatrixSaysGapsInWords(t *testing.T) {
	m := New(owing(t), locale.Chinese).Matrix()
	if m.Gaps != 2 || len(m.Clauses) != 3 || len(m.Summary.Rows) != 3 {
		t.Fatalf("got %d gaps of %d", m.Gaps, len(m.Clauses))
	}
	shown := m.Clauses[0]
	if shown.State.Text != "有证据" || shown.Evidence[0].Found != "有 1 份；至少 1 份；2026-01-01 起" || shown.Evidence[0].Kind.Link.Page != "customer/index.html" {
		t.Errorf("a clause that is shown: %+v", shown)
	}
	if len(shown.Indicators) != 1 || shown.Indicators[0].Name.Link.Page != "kpi/K01.html" || len(shown.Documents) != 1 {
		t.Errorf("its indicators and documents: %+v, %+v", shown.Indicators, shown.Documents)
	}
	gap := m.Clauses[1]
	if got := gap.Evidence[0].State; got.Text != "缺口：少 1 份记录、2 次未按期履行" || got.Tone != Bad {
		t.Errorf("a gap: %+v", got)
	}
	if gap.Evidence[0].Missed != "逾期或缺漏 2 次" {
		t.Errorf("missed: %q", gap.Evidence[0].Missed)
	}
	if got := gap.Evidence[1]; got.State.Text != "缺口：义务未生效，或条款记录本身有错误" || got.Kind.Text != "nothing" || got.Kind.Link.Page != "" {
		t.Errorf("evidence that cannot be used: %+v", got)
	}
	if got := m.Clauses[2].State; got.Text != "缺口：尚未规定证据" || got.Tone != Bad {
		t.Errorf("a clause without evidence: %+v", got)
	}
	if m.Summary.Rows[1].Cells[0].Link != (Link{Page: "clauses.html", Hash: "C-9.4"}) {
		t.Errorf("the summary leads to %+v", m.Summary.Rows[1].Cells[0].Link)
	}
}

func TestMatrixShowsTheNewestRecords(t *testing.T) {
	src := owing(t)
	src.Clauses[0].Evidence[0].Records = slices.Repeat([]string{"KH-0001"}, 11)
	e := New(src, locale.English).Matrix().Clauses[0].Evidence[0]
	if len(e.Records) != 8 || e.More != "and 3 more" {
		t.Errorf("%d records, %q", len(e.Records), e.More)
	}
}

func TestClauseTable(t *testing.T) {
	table := New(owing(t), locale.English).ClauseTable()
	equal(t, "clauses", column(t, table, "clause"), []string{"8.3.2", "9.4", "1"})
	equal(t, "shown by", column(t, table, "shown"), []string{"Customers 1", "Reports 1", "—"})
	equal(t, "gaps", column(t, table, "status"), []string{
		"—", "Reports: Gap: 1 record missing, 2 duties not met; Bad: Gap: the obligation is not in force, or the clause record is faulty", "Gap: no evidence is named yet",
	})
}
