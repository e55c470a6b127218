package obligation

import (
	"reflect"
	"runtime"
	"strings"
	"testing"
)

// failing is a sort of obligation that cannot be worked out.
type failing struct{}

func (failing) duties(*inputs, *Definition) []Duty { panic("a record that nobody foresaw") }

func TestCoresDoNotMatter(t *testing.T) {
	head := strings.Replace(monthly, "2026-08-15", "2025-01-01", 1)
	b := load(t, head+numbered(drawn(3)), "2026-11-01 00:00")
	many := make([]*Definition, 0, 16)
	for len(many) < cap(many) {
		many = append(many, b.definitions...)
	}
	before := runtime.GOMAXPROCS(4)
	defer runtime.GOMAXPROCS(before)
	got, _ := Judge(b.req, many)
	runtime.GOMAXPROCS(1)
	want, _ := Judge(b.req, many)
	if len(want) < 16 || !reflect.DeepEqual(got, want) {
		t.Errorf("four cores give %d duties, one gives %d, or they differ", len(got), len(want))
	}
}

// Whoever serves a work tree recovers from what nobody foresaw, in whichever
// definition it is.
func TestPanicReachesTheCaller(t *testing.T) {
	b := load(t, monthly, "2026-11-01 00:00")
	broken := []*Definition{b.definitions[0], {rule: failing{}}, b.definitions[0], {rule: failing{}}}
	defer func() {
		reason, _ := recover().(string)
		if !strings.HasPrefix(reason, "a record that nobody foresaw\n") {
			t.Errorf("the caller hears %q", reason)
		}
	}()
	Judge(b.req, broken)
}
