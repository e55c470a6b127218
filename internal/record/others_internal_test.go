package record

import (
	"reflect"
	"slices"
	"testing"
)

// What a group gives without one record is what copying gives, in whatever order the
// records ask.
func TestGroupWithout(t *testing.T) {
	rows := make([]map[string]any, 7)
	for i := range rows {
		rows[i] = map[string]any{"id": i}
	}
	g := group{rows: rows}
	for _, at := range []int{3, 3, 0, 6, 5, 1, 2, 6, 0, 4} {
		if got, want := g.without(at), slices.Concat(rows[:at], rows[at+1:]); !reflect.DeepEqual(got, want) {
			t.Errorf("without %d: %v, want %v", at, got, want)
		}
	}
}
