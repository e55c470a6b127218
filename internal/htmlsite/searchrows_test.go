package htmlsite

import (
	"bytes"
	"strings"
	"testing"

	"kept/internal/locale"
	"kept/internal/portal"
	"kept/internal/record"
)

// What the search knows of a record is taken over while nothing has changed that it
// rests on: itself, the records that it names, the due times that have passed.
func TestRowsOfTheSearchAreKept(t *testing.T) {
	src := company(t)
	drawer := new(Drawer)
	index := func(d *Drawer, s *portal.Source) string {
		pages, err := d.Pages(portal.New(s, locale.Chinese), pageTemplates(t))
		must(t, err)
		data, err := pages.Page("search/0.js")
		must(t, err)
		return string(data)
	}
	index(drawer, src)
	before := map[rowKey]keptRow{}
	for key, row := range drawer.rows.known {
		before[key] = row
	}
	renamed := *src
	renamed.Register = with(src.Register, "KH-0001", "title: ", "title: 另一个")
	earlier := *src
	earlier.AsOf = src.AsOf.AddDate(-1, 0, 0)
	if want := index(new(Drawer), &renamed); strings.Count(want, "另一个") < 2 {
		t.Error("a customer has another name, and no record that names it says so")
	}
	for i, next := range []*portal.Source{&renamed, &earlier, src} {
		if got, want := index(drawer, next), index(new(Drawer), next); got != want {
			t.Errorf("state %d: the index is not that of a drawer that keeps nothing", i)
		}
	}
	made := 0
	index(drawer, src)
	for key, row := range drawer.rows.known {
		if before[key].ground != row.ground {
			made++
		}
	}
	if made == 0 || made > len(before)/2 {
		t.Errorf("%d of %d rows were made again", made, len(before))
	}
}

// with is a register in which one text of a record's file is another.
func with(reg *record.Register, id, old, text string) *record.Register {
	var list []*record.Record
	for rec := range reg.All() {
		if rec.ID == id {
			rec, _ = record.Parse(rec.Path, bytes.Replace(rec.Source, []byte(old), []byte(text), 1), reg.Kinds())
		}
		list = append(list, rec)
	}
	changed, _ := record.Gather(list, reg.Kinds())
	return changed
}
