package portal

import (
	"fmt"
	"reflect"
	"testing"

	"kept/internal/locale"
)

// unswept are texts of a paper that are no words about anybody: names that programs
// know things by, and words of a closed list. What is no part of the list is swept.
var unswept = map[string]bool{
	"Print.ID": true, "Print.PeriodKey": true, "Print.DataVersion": true, "Print.Edition": true, "Print.Tool": true, "Print.Lang": true, "Print.Size": true,
	"PrintForm.ID": true, "PrintBlock.ID": true, "PrintBlock.Kind": true, "PrintRun.To": true, "PrintPicture.Type": true, "PrintGridCell.Align": true,
	"PrintFigure.Tone": true, "PrintFormCell.Tone": true, "Point.Key": true,
	"Table.ID": true, "Column.Key": true, "Column.Align": true, "Column.Type": true, "Row.ID": true, "Row.Kind": true, "Row.Date": true,
	"Cell.Tone": true, "Cell.Sort": true, "Cell.Mark": true, "Link.Page": true, "Link.Hash": true, // of screens alone
	"PrintAttachment.Name": true, "PrintAttachment.Type": true, // covered where it is made, see sourcesOf
}

// eachText walks a value into every text of it, one element into each list that is
// empty, with the name of its field. The words of the catalogue are nobody's.
func eachText(v reflect.Value, name string, depth int, do func(name string, text reflect.Value)) {
	switch v.Kind() {
	case reflect.String:
		do(name, v)
	case reflect.Pointer:
		if v.IsNil() && depth > 0 {
			v.Set(reflect.New(v.Type().Elem()))
		}
		if !v.IsNil() {
			eachText(v.Elem(), name, depth-1, do)
		}
	case reflect.Slice:
		if v.Len() == 0 && depth > 0 {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		}
		for i := range v.Len() {
			eachText(v.Index(i), name, depth-1, do)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			field := v.Type().Field(i)
			if field.IsExported() && field.Type != reflect.TypeFor[PrintWords]() && field.Type.PkgPath() != "time" {
				eachText(v.Field(i), v.Type().Name()+"."+field.Name, depth-1, do)
			}
		}
	}
}

// TestSweptReachesEveryText puts a number into every text that a paper can hold, by
// reflection, and finds none of them behind the sweep: a field that is added to the
// model is swept, or says in unswept why it need not be.
func TestSweptReachesEveryText(t *testing.T) {
	const deep = 24 // a paper holds itself nowhere deeper
	v := New(company(t), locale.Chinese)
	p, before := &Print{}, map[string]int{}
	eachText(reflect.ValueOf(p).Elem(), "Print", deep, func(name string, text reflect.Value) {
		text.SetString(fmt.Sprintf("1381234%04d", len(before)))
		before[name]++
	})
	for _, name := range []string{"Cell.Text", "PrintRun.Link", "PrintCover.Notice", "Point.Text", "PrintBar.Cumulative", "PrintTick.Text", "PrintFact.Value", "PrintSignature.Name"} {
		if before[name] == 0 {
			t.Errorf("%s is not filled, the test sees nothing", name)
		}
	}
	for name := range unswept {
		if before[name] == 0 {
			t.Errorf("%s is no text of a paper", name)
		}
	}
	eachText(reflect.ValueOf(v.Swept(p)).Elem(), "Print", 0, func(name string, text reflect.Value) {
		if !unswept[name] && v.mask(text.String()) != text.String() {
			t.Errorf("%s is not swept: %q", name, text)
		}
	})
	eachText(reflect.ValueOf(p).Elem(), "Print", 0, func(name string, text reflect.Value) {
		if before[name] > 0 && v.mask(text.String()) == text.String() {
			t.Errorf("%s of the paper that was given has changed", name)
		}
	})
}
