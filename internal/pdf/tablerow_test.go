package pdf

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"kept/internal/pdftest"
	"kept/internal/portal"
)

// grouped is a register in groups of n rows, with subtotals and a total.
func grouped(t testing.TB, groups, n int) *portal.Print {
	p := register(t, groups*n)
	table := p.Sections[0].Table
	plain := table.Rows
	table.Rows = nil
	sum := func(kind portal.RowKind, head string) portal.Row {
		cells := make([]portal.Cell, len(table.Columns))
		cells[7].Text = "123.4"
		return portal.Row{Kind: kind, Head: head, Cells: cells}
	}
	for g := range groups {
		name := fmt.Sprintf("等级%d", g+1)
		table.Rows = append(table.Rows, portal.Row{Kind: portal.GroupRow, Head: name})
		table.Rows = append(table.Rows, plain[g*n:(g+1)*n]...)
		table.Rows = append(table.Rows, sum(portal.SubtotalRow, "小计："+name))
	}
	table.Rows = append(table.Rows, sum(portal.TotalRow, "合计"))
	p.Sections[0].Heading = "按等级"
	return p
}

// Rows are numbered through the groups, and a group that goes on says so on each
// further page, as the table does.
func TestGroups(t *testing.T) {
	p := grouped(t, 3, 40)
	pages := pdftest.Pages(t, mustPrint(t, p))
	all := pdftest.Squeeze(strings.Join(pages, ""))
	if !strings.Contains(all, "120"+"TS-2026-0120") || strings.Contains(all, "121TS") {
		t.Error("the last of 120 rows has not the number 120")
	}
	if n := strings.Count(all, "小计："); n != 3 || strings.Count(all, "合计") != 1 || strings.Count(all, "123.4") != 4 {
		t.Errorf("%d subtotals, %d totals, %d sums", n, strings.Count(all, "合计"), strings.Count(all, "123.4"))
	}
	for i, page := range pages {
		going := false
		for g := range 3 {
			name := fmt.Sprintf("等级%d", g+1)
			going = going || strings.Contains(page, name+"（续）")
		}
		begins := strings.Contains(page, "0001") || strings.Contains(page, "0041") || strings.Contains(page, "0081")
		if !going && !begins {
			t.Errorf("page %d does not say in which group its rows are", i+1)
		}
		if got := strings.Contains(page, "按等级（续）"); got != (i > 0) {
			t.Errorf("page %d says that the table goes on: %t", i+1, got)
		}
	}
}

// The head of a group never stands alone at the end of a page, and a sum never
// without a row above it on its page.
func TestGroupHeadStaysWithItsRow(t *testing.T) {
	for n := 1; n < 30; n++ {
		text := pdftest.Layout(t, mustPrint(t, grouped(t, 4, n)))
		for i, page := range strings.Split(text, "\f") {
			if at := strings.LastIndex(page, "等级4"); at < 0 {
				continue
			}
			if last := groupLine.FindAllStringIndex(page, -1); len(last) > 0 && !strings.Contains(page[last[len(last)-1][0]:], "TS-2026-") {
				t.Errorf("groups of %d: page %d ends with the head of a group", n, i+1)
			}
			if first := strings.Index(page, "小计"); first >= 0 && !strings.Contains(page[:first], "TS-2026-") {
				t.Errorf("groups of %d: page %d begins with a sum", n, i+1)
			}
		}
	}
}

var groupLine = regexp.MustCompile(`(?m)^\s*等级\d`)

// The bar of signatures does not stand on a page of its own.
func TestSignaturesStayWithTheLastRow(t *testing.T) {
	for n := 1; n < 60; n += 2 {
		p := register(t, n)
		if n%4 == 1 {
			p.Sections[0].Notes = []string{"合计行的“及时”栏为及时数/已判定数。", "已脱敏。"}
		}
		pages := pdftest.Pages(t, mustPrint(t, p))
		if last := pages[len(pages)-1]; !strings.Contains(last, fmt.Sprintf("TS-2026-%04d", n)) {
			t.Errorf("%d rows: the signatures stand alone on page %d", n, len(pages))
		}
	}
}

// A row of many pages says on each that it goes on.
func TestLongRowSaysThatItGoesOn(t *testing.T) {
	p := register(t, 2)
	p.Sections[0].Table.Rows[0].Cells[3].Text = strings.Repeat("值班工程师已更换光模块并恢复业务。", 6000)
	pages := pdftest.Pages(t, mustPrint(t, p))
	if len(pages) < 50 {
		t.Fatalf("the record is on %d pages, want 50 at least", len(pages))
	}
	for i, page := range pages[1 : len(pages)-1] {
		if !strings.Contains(page, "续") || !strings.Contains(page, "投诉编号") {
			t.Errorf("page %d does not say that the row goes on below the table's head", i+2)
		}
	}
}

// TestKeepGroups writes a sample for the eye where KEPT_SAMPLES names a folder.
func TestKeepGroups(t *testing.T) {
	data := mustPrint(t, grouped(t, 3, 9))
	if dir := os.Getenv("KEPT_SAMPLES"); dir != "" {
		if err := os.WriteFile(dir+"/grouped.pdf", data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	pdftest.Check(t, data)
}
