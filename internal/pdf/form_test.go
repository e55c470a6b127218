package pdf

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"kept/internal/pdftest"
	"kept/internal/portal"
)

// formed is a paper with one form.
func formed(t testing.TB, f portal.PrintForm) *portal.Print {
	p := register(t, 0)
	p.Landscape, p.Signatures = false, nil
	p.Sections = []portal.PrintSection{{Form: &f}}
	return p
}

func formOf(cells ...portal.PrintFormCell) portal.PrintForm {
	return portal.PrintForm{Columns: 2, Blocks: []portal.PrintFormBlock{{Title: "一、基本信息", Cells: cells}}}
}

// Cells fill rows by their spans, the last of a row takes what is left of it, and a
// list stands by itself.
func TestFormRows(t *testing.T) {
	list := &portal.Table{}
	rows := formRows([]portal.PrintFormCell{{Label: "a"}, {Label: "b"}, {Label: "c"}, {Label: "d", Span: 2}, {Label: "e"}, {Label: "f", Table: list}, {Label: "g"}, {Label: "h", Span: 9}}, 2)
	var said []string
	for _, row := range rows {
		line := ""
		for _, c := range row {
			line += fmt.Sprintf("%s%d", c.Label, c.Span)
		}
		said = append(said, line)
	}
	if got := strings.Join(said, " "); got != "a1b1 c2 d2 e2 f2 g2 h2" {
		t.Errorf("rows are %s", got)
	}
}

// A filled form says all its values, a stroke where there is none, and which boxes
// are ticked; a blank one leaves what is empty empty.
func TestFormSaysItsValues(t *testing.T) {
	f := formOf(
		portal.PrintFormCell{Label: "客户名称", Value: "示例公司"}, portal.PrintFormCell{Label: "合同"},
		portal.PrintFormCell{Label: "渠道", Ticks: []portal.PrintTick{{Text: "热线电话"}, {Text: "邮件", On: true}}},
	)
	text := pdftest.Text(t, mustPrint(t, formed(t, f)))
	for _, want := range []string{"一、基本信息", "客户名称", "示例公司", "/", "热线电话", "邮件"} {
		if !strings.Contains(text, want) {
			t.Errorf("the form lacks %q", want)
		}
	}
	if n := strings.Count(text, "√"); n != 1 {
		t.Errorf("%d boxes are ticked", n)
	}
	f.Blank = true
	if text := pdftest.Text(t, mustPrint(t, formed(t, f))); strings.Contains(text, "/\n") {
		t.Error("a blank form has a stroke where something is to be written")
	}
}

// A blank form leaves room: a line to write on is at least seven millimetres high.
func TestBlankFormLeavesRoom(t *testing.T) {
	for lines, want := range map[int]float64{0: writeLine, 1: writeLine, 4: 4 * writeLine} {
		d := newPaper(faces(), formed(t, portal.PrintForm{}))
		f := portal.PrintForm{Columns: 2, Blank: true}
		row := d.layFormRow(&f, []portal.PrintFormCell{{Label: "投诉内容", Lines: lines, Span: 2}}, 20)
		if row.height() < want {
			t.Errorf("%d lines have %.1f mm, want %.1f", lines, row.height(), want)
		}
	}
}

// A text longer than a page goes on over pages, complete and in order; every piece
// stays between the margins.
func TestFormGoesOn(t *testing.T) {
	var long strings.Builder
	for i := range 900 {
		fmt.Fprintf(&long, "第%d句说明处理经过。", i)
	}
	data := mustPrint(t, formed(t, formOf(portal.PrintFormCell{Label: "调查情况", Value: long.String(), Span: 2}, portal.PrintFormCell{Label: "处理结果", Value: "已完成"})))
	pdftest.Check(t, data)
	if n := pdftest.PageCount(t, data); n < 4 {
		t.Fatalf("%d pages", n)
	}
	text := pdftest.Squeeze(pdftest.Text(t, data))
	last, found := -1, 0
	for _, m := range regexp.MustCompile(`第(\d+)句`).FindAllStringSubmatch(text, -1) {
		n, err := strconv.Atoi(m[1])
		if err != nil || n <= last {
			t.Fatalf("sentence %s comes after %d", m[1], last)
		}
		last, found = n, found+1
	}
	// One sentence a page may be parted by foot and head.
	if least := 900 - pdftest.PageCount(t, data); found < least || last != 899 {
		t.Errorf("%d sentences are whole, the last is %d", found, last)
	}
	if !strings.Contains(text, "已完成") {
		t.Error("what follows is missing")
	}
}

// Whatever a label, a title or the head of a list says stays in its place.
func TestHostileForms(t *testing.T) {
	f := formOf()
	for _, text := range append([]string{"", strings.Repeat("行\n", 300)}, hostile...) {
		tick := portal.PrintFormCell{Label: "甲", Ticks: []portal.PrintTick{{Text: text, On: true}, {Text: "乙"}}}
		table := &portal.Table{Columns: []portal.Column{{Key: "a", Title: text, Weight: 1}}, Rows: []portal.Row{{Cells: []portal.Cell{{Text: "丙"}}}}}
		cells := []portal.PrintFormCell{{Label: text, Value: "丁"}, tick, {Label: text, Table: table}}
		f.Blocks = append(f.Blocks, portal.PrintFormBlock{Title: text, Cells: cells})
		d := newPaper(faces(), formed(t, f))
		for _, l := range d.placeTicks(&f, tick, 40) {
			for _, one := range l.ticks {
				if end := one.x + boxSide + boxGap + d.extent(one.text, bodySize); end > 40.5 {
					t.Errorf("a box with its words ends at %.1f of 40 mm", end)
				}
			}
		}
	}
	data := mustPrint(t, formed(t, f))
	pdftest.Check(t, data)
	insideOf(t, data)
}

// Forms without columns, blocks or cells are no fault of the renderer.
func TestEmptyForms(t *testing.T) {
	for _, f := range []portal.PrintForm{{}, {Columns: 3, Blocks: []portal.PrintFormBlock{{}}}, formOf()} {
		pdftest.Check(t, mustPrint(t, formed(t, f)))
	}
}
