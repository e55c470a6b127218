package sheet

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"kept/internal/ledger"
)

// hostileTemplate is a template with texts that a spreadsheet might run or refuse.
func hostileTemplate() *Template {
	run := "=cmd|' /C calc'!A0"
	return &Template{
		Title: "Template", Hint: "hint", Organisation: run, Tool: "1", Fill: "Fill", About: "About",
		Columns: []TemplateColumn{
			{Head: "Number", Width: 10},
			{Head: "Customer *", Band: "a", Required: true, Width: 20, List: 1, Prompt: strings.Repeat("长", 400), Error: "e", Lenient: true},
			{Head: "Folded first", Band: "b", Folded: true, Width: 10, Limit: Limit{Of: LengthLimit, Low: 1, Top: 20}, Error: "e"},
			{Head: "Folded second", Band: "b", Folded: true, Width: 10, Format: DateCells, Limit: Limit{Of: DateLimit, Low: 1, Top: 9}, Error: "e"},
		},
		Examples: 1, Rows: [][]any{{"Example", run}},
		Lists: []TemplateList{{Items: []string{"KH-1 " + run, run, strings.Repeat("x", 300), "a,b", "a,b"}}},
		Guide: TemplateGuide{Lines: []string{run}, Head: []string{"Column"}, Rows: [][]string{{run}}},
		Mark:  [][]string{{"kept-template/1", "issue", "About"}},
	}
}

func TestTemplateWorkbook(t *testing.T) {
	data, err := hostileTemplate().XLSX()
	if err != nil {
		t.Fatal(err)
	}
	again, err := hostileTemplate().XLSX()
	if err != nil || !bytes.Equal(data, again) {
		t.Errorf("two workbooks differ (%v)", err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range rows {
			for c := range row {
				cell, _ := excelize.CoordinatesToCellName(c+1, r+1)
				if formula, err := f.GetCellFormula(name, cell); err != nil || formula != "" {
					t.Errorf("%s!%s is a formula: %q (%v)", name, cell, formula, err)
				}
			}
		}
	}
	if visible, err := f.GetSheetVisible(ledger.MarkSheet); err != nil || visible {
		t.Errorf("the sheet of lists is seen (%v)", err)
	}
	names := f.GetDefinedName()
	if len(names) == 0 || names[0].RefersTo != "'kept'!$F$1:$F$5" {
		t.Errorf("names %v", names)
	}
	templateChecks(t, f)
}

func templateChecks(t *testing.T, f *excelize.File) {
	t.Helper()
	checks, err := f.GetDataValidations("Fill")
	if err != nil || len(checks) != 4 {
		t.Fatalf("%d checks (%v)", len(checks), err)
	}
	customer := checks[1]
	if customer.Type != "list" || customer.Formula1 != "kept_list_1" || customer.Sqref != "B5:B1004" || *customer.ErrorStyle != "warning" {
		t.Errorf("the customer's check is %+v", customer)
	}
	if n := len(utf16.Encode([]rune(*customer.Prompt))); n > 255 {
		t.Errorf("a prompt has %d units", n)
	}
	for column, want := range map[string]bool{"B": true, "C": true, "D": false} {
		if seen, err := f.GetColVisible("Fill", column); err != nil || seen != want {
			t.Errorf("column %s is seen: %v (%v)", column, seen, err)
		}
	}
}
