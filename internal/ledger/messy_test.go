package ledger

import (
	"fmt"
	"testing"

	"kept/internal/locale"
	"kept/internal/schema"
)

// Radicals and twins of characters, as PDFs leave them, are the characters.
func TestTidyUnifies(t *testing.T) {
	if got := Tidy("客\u2f3e名称 \uf9fd\u2ea0\u2f45\u2ed3"); got != "客户名称 什民方长" {
		t.Errorf("%q", got)
	}
}

// Amounts are what they say, with their unit; what may be another number is none.
func TestNumbers(t *testing.T) {
	money := schema.Field{Type: schema.DecimalField, Title: locale.Plain("金额")}
	days := schema.Field{Type: schema.IntegerField, Title: locale.Plain("提前通知天数")}
	for _, c := range []struct {
		field schema.Field
		cell  Cell
		want  string
	}{
		{money, Cell{Text: "¥12,000.50元"}, "12000.50"},
		{money, Cell{Text: "1.2万元"}, "12000"},
		{money, Cell{Text: "12.50万", Number: "12.5"}, "125000"},
		{money, Cell{Text: "12.50万", Number: "125012"}, "125012"},
		{money, Cell{Text: "12,000", Number: "12000.4"}, "12000.4"},
		{money, Cell{Text: "1,5"}, ""},
		{money, Cell{Text: "12.000,50"}, ""},
		{money, Cell{Text: "约5万"}, ""},
		{days, Cell{Text: "30天"}, "30"},
		{days, Cell{Text: "2小时"}, ""},
		{days, Cell{Text: "1个月"}, ""},
	} {
		v, _, wrong := number(c.field, c.cell, c.cell.Text)
		if got := fmt.Sprint(v); wrong == nil && got != c.want || (wrong != nil) != (c.want == "") {
			t.Errorf("%v is %v, %v, want %q", c.cell, v, wrong, c.want)
		}
	}
}
