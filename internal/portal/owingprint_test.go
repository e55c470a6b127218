package portal

import (
	"slices"
	"testing"

	"kept/internal/calendar"
	"kept/internal/locale"
)

func TestPapersOfClausesAndObligations(t *testing.T) {
	src := owing(t)
	v := New(src, locale.Chinese)
	paper := v.ClausePrint(Layout{ID: "clause-matrix", Title: locale.Plain("索引"), Landscape: true})
	if len(paper.Sections) != 3 || paper.Sections[1].Heading != "ISO 1" || len(paper.Sections[1].Table.Rows) != 2 || paper.Sections[2].Heading != "ISO 2" {
		t.Fatalf("a section for each standard: %+v", paper.Sections)
	}
	equal(t, "evidence", column(t, *paper.Sections[1].Table, "evidence")[:1], []string{"客户：有 1 份；至少 1 份；2026-01-01 起（KH-0001）"})
	equal(t, "verdicts", column(t, *paper.Sections[1].Table, "status")[:1], []string{"有证据"})
	if paper.FileName() != "clause-matrix.pdf" || paper.AsOf != "2026-10-01 00:00" {
		t.Errorf("got %q as of %q", paper.FileName(), paper.AsOf)
	}
	list := v.ObligationPrint(Layout{ID: "obligation-list", Title: locale.Plain("清单")})
	var headings []string
	for _, s := range list.Sections {
		headings = append(headings, s.Heading)
		if slices.ContainsFunc(s.Table.Columns, func(c Column) bool { return c.Key == "status" }) {
			t.Errorf("%s repeats the state in each row", s.Heading)
		}
		for _, r := range s.Table.Rows {
			if len(r.Cells) != len(s.Table.Columns) {
				t.Errorf("%s: %d cells in %d columns", s.Heading, len(r.Cells), len(s.Table.Columns))
			}
		}
	}
	equal(t, "sections", headings, []string{"逾期未做", "缺漏（期间已过，未履行）", "即将到期", "逾期完成", "按期完成"})
	src.Duties = nil
	if empty := New(src, locale.Chinese).ObligationPrint(Layout{ID: "obligation-list"}); len(empty.Sections) != 1 || len(empty.Sections[0].Table.Rows) != 0 {
		t.Errorf("a paper of nothing: %+v", empty.Sections)
	}
}

func TestPapersStandByTheirPages(t *testing.T) {
	src := owing(t)
	src.Prints = []PrintLink{
		{Lang: locale.Chinese, Content: ContentClauses, Title: "索引", File: "clause-matrix.pdf"},
		{Lang: locale.Chinese, Content: ContentObligations, Title: "清单", File: "obligation-list.pdf"},
		{Lang: locale.Chinese, Title: "月报", File: "kpi-monthly.pdf"},
	}
	v := New(src, locale.Chinese)
	if a, b, c := texts(v.Matrix().Prints), texts(v.Duties().Prints), texts(v.KPIs().Prints); a != "索引（PDF）" || b != "清单（PDF）" || c != "月报（PDF）" {
		t.Errorf("got %q, %q, %q", a, b, c)
	}
}

func TestFoldersThatNoKindMayTake(t *testing.T) {
	for folder, want := range map[string]string{"doc": "doc~", "rule": "rule~", "due": "due~", "PDF": "PDF~", "rules": "rules"} {
		if got := folderName(folder); got != want {
			t.Errorf("%s: got %s, want %s", folder, got, want)
		}
	}
}

// TestMonthsOnAnAxisNameTheirYear holds also where a trend crosses a year's end.
func TestMonthsOnAnAxisNameTheirYear(t *testing.T) {
	v := New(company(t), locale.Chinese)
	for _, c := range []struct {
		period calendar.Period
		want   string
	}{
		{calendar.Period{Year: 2025, Grain: calendar.Month, Index: 12}, "2025-12"},
		{calendar.Period{Year: 2026, Grain: calendar.Quarter, Index: 3}, "2026-Q3"},
		{calendar.Period{Year: 2026, Grain: calendar.FullYear, Index: 1}, "2026"},
	} {
		if got := v.tick(c.period); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
