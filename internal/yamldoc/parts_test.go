package yamldoc

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// together is what parts say together.
func together(parts []*Part) map[string]any {
	fields := map[string]any{}
	for _, p := range parts {
		fields[p.Key] = p.Value
	}
	return fields
}

// TestPartsSayWhatTheWholeSays puts entries, whole ones and such as only make
// sense with their neighbours, behind each other in any order, and reads each
// version after the one before.
func TestPartsSayWhatTheWholeSays(t *testing.T) {
	entries := []string{
		"a: 1\n", "a: two\n", "b: [1, 2]\n", "b:\n- x\n- {y: z}\n", "c: |+\n  text\n\n", "c: >\n  a\n  b\n# remark\n",
		"d: \"x\n", "e: y\"\n", "d: [\n", "f: 1]\n", "]\n", "g:\n  h:\n    i: null\n", "g:\n\n  - j: 1\n    k: 2\n",
		"l: &m 1\n", "n: *m\n", "# only a remark\n", "\n", "---\n", "...\n", "%YAML 1.2\n", "? o\n: p\n", "q: 'r\n  s'\n",
		"null: 1\n", "12: 1\n", "t: !!str 1\n", "<<: {u: 1}\n", "\"v\": 1\n", "W: 1\n", "x:\n", "  y: 1\n", "z: a: b\n",
		"a: 1\r\n", "b: |\n  c: d\n", "'e\n", "f: }\n", "g: 1e9999\n", "h: |1\n i\n", "i: plain\n  goes on\n", "j: {k: 1,\n", " l: 2}\n",
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	v := NewVersions()
	var earlier []*Part
	split, refused := 0, 0
	for range 60_000 {
		var b strings.Builder
		for range 1 + rnd.IntN(5) {
			b.WriteString(entries[rnd.IntN(len(entries))])
		}
		text := []byte(b.String())
		want, wantOK := ParseValue(text)
		got, ok := v.Parts(text, earlier)
		if ok != wantOK {
			t.Fatalf("%q is read: %v, want %v", text, ok, wantOK)
		}
		if !ok {
			refused++
			continue
		}
		if diff := cmp.Diff(maps.Collect(maps.All(want.fields)), together(got)); diff != "" {
			t.Fatalf("%q (-whole +parts):\n%s", text, diff)
		}
		if !slices.IsSortedFunc(got, func(a, b *Part) int { return strings.Compare(a.Key, b.Key) }) {
			t.Fatalf("%q: parts are not in order", text)
		}
		if len(got) > 0 && got[0].text != "" {
			split++
		}
		earlier = got
	}
	if split < 1000 || refused < 1000 {
		t.Errorf("%d versions in parts, %d refused: too few to tell", split, refused)
	}
}

func TestPartsAreTakenOver(t *testing.T) {
	v := NewVersions()
	one, _ := v.Parts([]byte("a: 1\nb:\n  - x\nc: 3\n"), nil)
	two, ok := v.Parts([]byte("# moved\nc: 3\nb:\n  - y\na: 1\n"), one)
	if !ok || len(two) != 3 {
		t.Fatalf("parts %v, %v", two, ok)
	}
	for i, same := range []bool{true, false, true} {
		if (one[i] == two[i]) != same {
			t.Errorf("%s is taken over: %v, want %v", one[i].Key, !same, same)
		}
	}
	// Quotes and anchors reach over lines: nothing may be taken over.
	three, _ := v.Parts([]byte("\"q\": 1\na: 1\n"), two)
	if len(three) != 2 || three[0] == two[0] {
		t.Error("a part was taken over into a file that cannot be cut")
	}
}
