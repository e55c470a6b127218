package history

import (
	"strconv"
	"testing"
)

// Items of one name are numbered from the second on, past names that look like
// such numbers, and in linear time.
func TestUnusedNames(t *testing.T) {
	taken := map[string]int{}
	for i, c := range []struct{ name, want string }{
		{"a", "a"}, {"a", "a#2"}, {"a", "a#3"}, {"b", "b"}, {"a#4", "a#4"}, {"a", "a#5"}, {"a#2", "a#2#2"}, {"b#2", "b#2"}, {"b", "b#3"},
	} {
		if got := unused(c.name, taken); got != c.want {
			t.Errorf("name %d, %s, becomes %s, want %s", i, c.name, got, c.want)
		}
	}
	taken = map[string]int{}
	last := ""
	for range 200_000 {
		last = unused("closed@2026-01-22", taken)
	}
	if want := "closed@2026-01-22#" + strconv.Itoa(200_000); last != want {
		t.Errorf("the last of very many is %s", last)
	}
}
