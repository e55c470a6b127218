package schema

import (
	"maps"
	"strings"
	"testing"
	"testing/fstest"
)

// TestLoadsAreKeptByTheirBytes: the same bytes give the same kinds, a changed byte, a
// file less or another name do not; what a caller does to its findings stays with it.
func TestLoadsAreKeptByTheirBytes(t *testing.T) {
	folder := loan(t, "tool-loan.kind.yaml", "columns:", "colums:")
	first, found := Load(folder)
	if len(found) == 0 {
		t.Fatal("a misspelt key was not found")
	}
	want := found[0]
	found[0].Key = "changed by the caller"
	again, found := Load(maps.Clone(folder))
	if again != first || len(found) == 0 || found[0].Key != want.Key {
		t.Errorf("the same bytes gave other kinds, or the findings of another caller: %v", found)
	}
	less, other := maps.Clone(folder), fstest.MapFS{}
	delete(less, "tool-loan.schema.json")
	for name, file := range folder {
		other[strings.Replace(name, "tool-loan", "tool-lend", 1)] = file
	}
	for name, fsys := range map[string]fstest.MapFS{
		"a changed byte": loan(t, "tool-loan.kind.yaml", "columns:", "column:"), "a file less": less, "another name": other,
	} {
		if r, _ := Load(fsys); r == first {
			t.Errorf("%s gave the kinds of another folder", name)
		}
	}
	loads.kept = loads.kept[:0]
	for i := range mostLoads + 3 {
		Load(fstest.MapFS{"x.kind.yaml": {Data: []byte{byte(i)}}})
	}
	if len(loads.kept) != mostLoads {
		t.Errorf("%d folders are kept, not %d", len(loads.kept), mostLoads)
	}
}
