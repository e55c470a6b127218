package portal

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"kept/internal/chart"
)

// unsaid are texts that no reader of a paper sees, or that Content names by itself.
var unsaid = map[string]bool{
	"Print.ID": true, "Print.PeriodKey": true, "Print.DataVersion": true, "Print.Edition": true, "Print.Tool": true, "Print.Lang": true, "Print.Size": true,
	"PrintBlock.ID": true, "PrintRun.To": true, "PrintPicture.Type": true, "Column.Key": true, "Table.ID": true,
	"PrintAttachment.Name": true, "PrintAttachment.Type": true, // what travels inside is no part of what is said
	// A table's name is a bookmark; an empty table is tested below.
	"Table.Title": true, "Table.Empty": true,
	// Manner, order and screens.
	"Row.Kind": true, "Row.Note": true, "Row.Date": true, "Link.Hash": true, "Link.Page": true, "Cell.Tone": true, "Cell.Sort": true, "Cell.Mark": true,
	"Column.Type": true, "Column.Help": true, "Column.Align": true, "PrintGridCell.Align": true, "PrintFigure.Tone": true, "PrintFormCell.Tone": true,
}

// fill puts another text into every text of a value, one element into each list, and
// says where.
func fill(v reflect.Value, name string, said map[string]string) {
	switch v.Kind() {
	case reflect.String:
		word := fmt.Sprintf("text%dx", len(said))
		v.SetString(word)
		said[word] = name
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), name, said)
	case reflect.Slice:
		if v.Type().Elem().Kind() != reflect.Uint8 {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			fill(v.Index(0), name, said)
		}
	case reflect.Float64:
		v.SetFloat(1)
	case reflect.Struct:
		for i := range v.NumField() {
			field := v.Type().Field(i)
			if field.IsExported() && !beyond(field.Type) {
				fill(v.Field(i), v.Type().Name()+"."+field.Name, said)
			}
		}
	}
}

// beyond are types with tests of their own, and those in which a paper holds itself.
func beyond(t reflect.Type) bool {
	switch t {
	case reflect.TypeFor[*chart.Trend](), reflect.TypeFor[PrintWords](), reflect.TypeFor[PrintAttachment](), reflect.TypeFor[*PrintCover](), reflect.TypeFor[PrintBlockKind]():
		return true
	}
	return t.PkgPath() == "time" || strings.HasPrefix(t.PkgPath(), "kept/internal/") && t.PkgPath() != "kept/internal/portal"
}

// Every text of a paper and of its cover is part of what its code digests: who adds
// one to the model adds it to Content.
func TestContentForgetsNoText(t *testing.T) {
	said := map[string]string{}
	p := &Print{}
	fill(reflect.ValueOf(p).Elem(), "Print", said)
	p.Cover = &PrintCover{}
	fill(reflect.ValueOf(p.Cover).Elem(), "PrintCover", said)
	var all strings.Builder
	for _, l := range p.Content().Lines {
		all.WriteString(l.Text + "\n")
	}
	for word, name := range said {
		if !unsaid[name] && !strings.Contains(all.String(), word) {
			t.Errorf("the code of a paper says nothing of %s", name)
		}
	}
}

// What an empty table says instead of rows is part of the code.
func TestContentOfAnEmptyTable(t *testing.T) {
	p := &Print{Sections: []PrintSection{{Table: &Table{Empty: "本期无记录"}}}}
	before := p.Code()
	p.Sections[0].Table.Empty = "另一句"
	if p.Code() == before {
		t.Error("another sentence has the same code")
	}
}
