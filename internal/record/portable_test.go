package record_test

import (
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"kept/internal/record"
)

func TestPortable(t *testing.T) {
	for _, id := range []string{"TS-2026-0001", "u-con", "console", "com", "com10", "lpt", "nullable", "K01.a", "编号"} {
		if !record.Portable(id) {
			t.Errorf("%q is refused", id)
		}
	}
	for _, id := range []string{"con", "NUL", "Aux", "con.v2", "com1", "LPT9", "com²", "a.", "a ", "a:b", `a\b`, "a*", "a\tb", "nul .x"} {
		if record.Portable(id) {
			t.Errorf("%q is taken", id)
		}
	}
}

// A kind whose pattern lets such an id through gets it told, once.
func TestIDThatWindowsCannotKeep(t *testing.T) {
	reg := kinds(t)
	reg.Kind("department").IDs.Pattern = regexp.MustCompile(".+")
	for id, want := range map[string]int{"con": 1, "Com1.x": 1, "dept-a": 0} {
		text := strings.Replace(department, "dept-a", id, 1)
		_, found, err := record.Load(fstest.MapFS{"records/department/" + id + ".yaml": {Data: []byte(text)}}, reg)
		n := 0
		for _, f := range found {
			if f.Rule == "id-pattern" && f.Key == "record.id-reserved" {
				n++
			}
		}
		if err != nil || n != want {
			t.Errorf("of %q it tells %v (%v)", id, found, err)
		}
	}
}
