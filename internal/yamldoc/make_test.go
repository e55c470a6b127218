package yamldoc

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// hostile are texts that some reader of YAML takes for something else, or refuses.
var hostile = []string{
	"", " ", "~", "null", "true", "No", "0123", "2026-09-01", "1e5", "-", "- a", "a: b", "a #b", "#", "!tag", "&a", "*a", "%", "@", "`", "{", "[", "|", ">",
	"'", "\"", "\\", "a\nb", "a\n", "\na", "a\n\n", "  a\n b", "a\r\nb", "\t", "a\tb", "…", "：", "甲：乙", "甲 #乙", "\u00a0", "\u0085", "\u2028", "\ufeff", "\u202e", "\x00", "\x7f", "\xff", "😀", "---", "...", "<<",
	strings.Repeat("长", 300), strings.Repeat("a b ", 100) + "\n" + strings.Repeat("c", 200),
}

// TestMakeIsWhatParseReads makes files of any texts and reads each again: the document
// that was made without reading is the one that reading makes, or there is none where
// reading refuses the text.
func TestMakeIsWhatParseReads(t *testing.T) {
	rnd := rand.New(rand.NewPCG(14, 4))
	text := func() any {
		if rnd.IntN(4) == 0 {
			return hostile[rnd.IntN(len(hostile))] + hostile[rnd.IntN(len(hostile))]
		}
		return hostile[rnd.IntN(len(hostile))]
	}
	var value func(depth int) any
	value = func(depth int) any {
		switch n := rnd.IntN(9); {
		case n == 0:
			return rnd.IntN(2) == 0
		case n == 1:
			return rnd.IntN(100)
		case n == 2:
			return nil
		case n == 3 && depth < 4:
			return []any{value(depth + 1), value(depth + 1)}
		case n == 4 && depth < 4:
			return map[string]any{"to": value(depth + 1), "at": value(depth + 1), fmt.Sprint(text()): value(depth + 1)}
		}
		return text()
	}
	made, refused := 0, 0
	order := NewOrder([]string{"title", "transitions", "transitions.to"})
	for range 1500 {
		fields := map[string]any{"title": value(0), "transitions": value(0), fmt.Sprint(text()): value(0)}
		data, doc := Make("a.yaml", "# head\n", fields, order)
		want, _ := Parse("a.yaml", data)
		switch {
		case doc == nil && (want == nil || !sayable(fields)):
			refused++
		case doc == nil:
			t.Fatalf("%q is refused, though it can be read", data)
		case want == nil:
			t.Fatalf("%q is taken, though it cannot be read", data)
		default:
			made++
			if diff := cmp.Diff(want.Plain(), doc.Plain()); diff != "" {
				t.Fatalf("%q (-read +made):\n%s", data, diff)
			}
			if want.Position("/title") != doc.Position("/title") {
				t.Fatalf("%q: the title stands in another place", data)
			}
		}
	}
	if made < 400 || refused < 40 {
		t.Errorf("%d made, %d refused: the test tries too little", made, refused)
	}
}
