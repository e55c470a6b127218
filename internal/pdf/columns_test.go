package pdf

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kept/internal/pdftest"
	"kept/internal/portal"
)

func testFace(t *testing.T) *face {
	t.Helper()
	faces, err := DefaultFaces()
	if err != nil {
		t.Fatal(err)
	}
	return faces.body
}

// A run ends where a line may: at blanks and beside Chinese characters.
func TestWidestRun(t *testing.T) {
	f := testFace(t)
	for s, want := range map[string]string{
		"2026-09-18 17:30":   "2026-09-18",
		"编号TS-2026-0001":     "TS-2026-0001",
		"TS-2026-0001 长文字在后": "TS-2026-0001",
		"一二三四五六":             "一二三",
		"一，":                 "一，",
		"":                   "",
	} {
		if got := f.widestRun(s); got != f.advance(want) {
			t.Errorf("%q needs %d, want the %d of %q", s, got, f.advance(want), want)
		}
	}
}

// By hand: of 100 mm, weights 1, 1, 2 give 25, 25, 50. The first column needs
// 40; the other two share 60 as 20 and 40.
func TestShare(t *testing.T) {
	columns := []portal.Column{{Weight: 1}, {Weight: 1}, {Weight: 2}}
	for _, tc := range []struct{ least, want []float64 }{
		{[]float64{0, 0, 0}, []float64{25, 25, 50}},
		{[]float64{40, 0, 0}, []float64{40, 20, 40}},
		{[]float64{40, 25, 0}, []float64{40, 25, 35}},
		{[]float64{30, 30, 40}, []float64{30, 30, 40}},
	} {
		got := share(columns, tc.least, 100)
		if !slices.EqualFunc(got, tc.want, func(a, b float64) bool { return math.Abs(a-b) < 1e-9 }) {
			t.Errorf("least %v gives %v, want %v", tc.least, got, tc.want)
		}
	}
}

// Numbers and dates of a crowded register stay in one piece on every page.
func TestNumbersAndDatesDoNotBreak(t *testing.T) {
	table := portal.Table{Columns: []portal.Column{
		{Title: "投诉编号", Weight: 9},
		{Title: "接收时间", Weight: 8},
		{Title: "客户", Weight: 10},
		{Title: "主题", Weight: 12},
		{Title: "响应时间", Weight: 8},
		{Title: "处理结果", Weight: 20},
		{Title: "完成时间", Weight: 8},
		{Title: "关闭时间", Weight: 8},
		{Title: "等级", Weight: 4},
		{Title: "状态", Weight: 4},
		{Title: "服务改进计划", Weight: 9},
	}}
	for i := range 40 {
		id := "TS-2026-" + strconv.Itoa(1000+i)
		var cells []portal.Cell
		for _, s := range []string{
			id, "2026-09-18 17:30", "示例·江南精密制造有限公司", "核心交换机故障响应超时", "2026-09-20 09:40",
			"致歉并修订备班规则", "2026-09-28 15:00", "2026-09-29 10:00", "一般", "已关闭", "SIP-2026-0005",
		} {
			cells = append(cells, portal.Cell{Text: s})
		}
		table.Rows = append(table.Rows, portal.Row{ID: id, Cells: cells})
	}
	faces, err := DefaultFaces()
	if err != nil {
		t.Fatal(err)
	}
	data, _, err := Print(faces, &portal.Print{ID: "x", Title: "台账", Landscape: true, Sections: []portal.PrintSection{{Table: &table, Numbered: true}}})
	if err != nil {
		t.Fatal(err)
	}
	text := pdftest.Text(t, data)
	for _, row := range table.Rows {
		if !strings.Contains(text, row.ID) {
			t.Errorf("%s is broken", row.ID)
		}
	}
	if got := strings.Count(text, "SIP-2026-0005"); got != len(table.Rows) {
		t.Errorf("%d of %d plan numbers are whole", got, len(table.Rows))
	}
	if got := strings.Count(text, "2026-09-18"); got != len(table.Rows) {
		t.Errorf("%d of %d dates are whole", got, len(table.Rows))
	}
}

// A face whose Han characters are one em wide, at 8.5 pt 2.999 mm, makes the
// sums easy: three of them and the padding of 2.3 mm need 11.30 mm.
func TestFitColumns(t *testing.T) {
	d := newPaper(faces(), register(t, 0))
	equal := func(n int) []portal.Column {
		columns := make([]portal.Column, n)
		for i := range columns {
			columns[i].Weight = 1
		}
		return columns
	}
	for name, c := range map[string]struct {
		needs []int // in 1/1000 em
		width float64
		sizes float64
		want  []float64
	}{
		"room for all":          {[]int{1000, 1000}, 100, 8.5, []float64{50, 50}},
		"one needs more":        {[]int{1000, 1000, 1000, 1000, 5000}, 80, 8.5, []float64{15.676, 15.676, 15.676, 15.676, 17.294}},
		"a run is capped":       {[]int{90_000, 1000}, 100, 8.5, []float64{50, 50}},
		"shrinks a step":        {[]int{3000, 3000, 3000, 3000, 3000}, 54, 8, []float64{10.8, 10.8, 10.8, 10.8, 10.8}},
		"shrinks to the least":  {[]int{3000, 3000, 3000, 3000, 3000}, 46, 6.5, []float64{9.2, 9.2, 9.2, 9.2, 9.2}},
		"breaks where it must":  {[]int{3000, 3000, 3000, 3000, 3000}, 20, 6.5, []float64{4, 4, 4, 4, 4}},
		"nothing needs nothing": {[]int{0, 0, 0, 0}, 40, 8.5, []float64{10, 10, 10, 10}},
	} {
		t.Run(name, func(t *testing.T) {
			got, size := d.fitColumns(equal(len(c.needs)), c.needs, c.width)
			if size != c.sizes || !slices.EqualFunc(got, c.want, func(a, b float64) bool { return math.Abs(a-b) < 0.002 }) {
				t.Errorf("gives %.3f at %v pt, want %v at %v pt", got, size, c.want, c.sizes)
			}
		})
	}
}

// Whatever is asked for, the columns fill the width exactly, and the type stays
// among its sizes.
func TestFitColumnsFillsTheWidth(t *testing.T) {
	d := newPaper(faces(), register(t, 0))
	for n := 1; n < 40; n++ {
		columns, needs := make([]portal.Column, n), make([]int, n)
		for i := range columns {
			columns[i].Weight, needs[i] = float64(1+i*7%11), i*i*137%9000
		}
		widths, size := d.fitColumns(columns, needs, 267)
		total := 0.0
		for i, w := range widths {
			if w <= 0 {
				t.Errorf("%d columns: column %d is %.2f mm wide", n, i, w)
			}
			total += w
		}
		if math.Abs(total-267) > 1e-6 || !slices.Contains(tableSizes[:], size) {
			t.Errorf("%d columns take %.3f of 267 mm at %v pt", n, total, size)
		}
	}
}
