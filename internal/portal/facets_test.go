package portal

import (
	"slices"
	"testing"

	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/redact"
)

// Every pick of a row is what the row's cell says, and the counts are those of the
// picks.
func TestFacetsCountTheRows(t *testing.T) {
	for _, lang := range locale.Langs() {
		r := New(company(t), lang).Register("complaint")
		if len(r.Facets) == 0 {
			t.Fatal("no facets")
		}
		for i, f := range r.Facets {
			count := make([]int, len(f.Options))
			at := slices.IndexFunc(r.Table.Columns, func(c Column) bool { return c.Key == f.Key })
			for _, row := range r.Table.Rows {
				for _, n := range row.Picks[i] {
					count[n]++
					if o := f.Options[n]; at >= 0 && f.Ranked && o.Key != noOption && o.Text != row.Cells[at].Text {
						t.Errorf("%s: %s has %q and says %q", lang, row.ID, o.Text, row.Cells[at].Text)
					}
				}
			}
			for n, o := range f.Options {
				if count[n] != o.Count || o.Text == "" || o.Key == "" {
					t.Errorf("%s: %s %+v has %d rows", lang, f.Key, o, count[n])
				}
			}
			if len(f.Options) < 2 {
				t.Errorf("%s: %s tells no rows apart", lang, f.Key)
			}
		}
	}
}

// A date belongs to its day in the organisation's zone, and a year to its facet.
func TestRowsBelongToTheirDay(t *testing.T) {
	v := New(company(t), locale.Chinese)
	kind := v.src.Register.Kinds().Kind("complaint")
	rows := v.RegisterTable(kind).Rows
	v.dated(kind, rows)
	dated := 0
	for _, row := range rows {
		rec := v.src.Register.Get(row.ID)
		at, known := rec.Moment(kind.Date, v.zone)
		if want := at.In(v.zone).Format("2006-01-02"); known && row.Date != want || !known && row.Date != "" {
			t.Errorf("%s belongs to %q, want %q", row.ID, row.Date, want)
		}
		if known {
			dated++
		}
	}
	if dated == 0 {
		t.Error("no row has a day")
	}
}

// What the edition hides is no facet, whatever the kind file asks for.
func TestHiddenFieldsAreNoFacets(t *testing.T) {
	src := company(t)
	src.Policy.Edition = redact.Audit
	v := New(src, locale.Chinese)
	kind := *v.src.Register.Kinds().Kind("complaint")
	kind.Facets = []string{"status", "accused_staff"}
	f, ok := kind.Field("accused_staff")
	if !ok || !v.hides(f.Class) {
		t.Fatalf("accused_staff is %+v", f)
	}
	table, readers := v.readRegister(&kind)
	for _, f := range v.facets(&kind, table.Rows, readers) {
		if f.Key == "accused_staff" {
			t.Errorf("a hidden field is a facet: %+v", f)
		}
	}
}

// A workbook says the code of its paper and leaves nothing of its table out.
func TestSheetIsThePaper(t *testing.T) {
	src := company(t)
	v := New(src, locale.English)
	kind := v.src.Register.Kinds().Kind("complaint")
	paper := v.Swept(v.RegisterPrint(LayoutOf(nil, kind), kind, calendar.Period{}))
	s := v.Sheet(paper)
	if s.Code != paper.Code() || len(s.Table.Rows) != v.src.Register.Count(kind.ID) || s.Name != paper.ID {
		t.Errorf("the sheet is %s with %d rows and %s", s.Name, len(s.Table.Rows), s.Code)
	}
	types := map[string]ColumnType{}
	for _, c := range s.Table.Columns {
		types[c.Key] = c.Type
	}
	for key, want := range map[string]ColumnType{record.IDField: TextColumn, "received_at": TimeColumn, "handling_satisfaction": NumberColumn, "response_due.met": TextColumn} {
		if types[key] != want {
			t.Errorf("%s is %q, want %q", key, types[key], want)
		}
	}
	said := false
	for _, f := range s.Facts {
		said = said || f.Text == paper.DataVersion && f.Text != ""
	}
	if !said {
		t.Errorf("the facts do not name the data version: %+v", s.Facts)
	}
}
