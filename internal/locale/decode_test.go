package locale

import (
	"testing"
	"unicode"

	"golang.org/x/text/width"
)

// What Narrow leaves alone has no other width.
func TestNarrow(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if s := string(r); Narrow(s) != width.Fold.String(s) {
			t.Errorf("%q becomes %q, not %q", s, Narrow(s), width.Fold.String(s))
		}
	}
	for s, want := range map[string]string{"ＡＢ１２（）": "AB12()", "a\u3000b": "a b", "、。": "、。", "\xff": "\xff", "": ""} {
		if got := Narrow(s); got != want {
			t.Errorf("%q becomes %q, not %q", s, got, want)
		}
	}
}
