package markdown

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// A text made to take the library minutes is refused; a long honest one is not.
func TestCostlyTexts(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		costly bool
	}{
		"quotes":         {strings.Repeat(">", 100_000) + "x", true},
		"list items":     {strings.Repeat("* ", 50_000), true},
		"numbered":       {strings.Repeat("1. ", 50_000), true},
		"mixed":          {strings.Repeat("> - 2) ", 50), true},
		"links":          {strings.Repeat("[a](", 100_000), true},
		"links on lines": {strings.Repeat("[a](\n", 100_000), true},
		"emphasis":       {strings.Repeat("*a_", 100_000), true},
		"brackets":       {strings.Repeat("[", 200_000), true},
		"a rule":         {strings.Repeat("-", 1000) + "\n\n" + strings.Repeat("* ", 3), false},
		"a deep quote":   {strings.Repeat("> ", 64) + "x", false},
		"a long table":   {"| a | b |\n|---|---|\n" + strings.Repeat("| `x` | [y](z) |\n", 1000), false},
		"a long text":    {strings.Repeat("One *word* with [a link](b.md) and `code`.\n\n", 20_000), false},
	} {
		began := time.Now()
		_, _, err := Parse("a.md", []byte(c.text), nil)
		if errors.Is(err, errCostly) != c.costly || !c.costly && err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if took := time.Since(began); took > 8*time.Second {
			t.Errorf("%s took %s", name, took)
		}
	}
}
