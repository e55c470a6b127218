package yamldoc_test

import (
	"testing"

	"kept/internal/yamldoc"
)

// Whatever a file holds, formatting ends, and either keeps its content in a form
// that stays or gives nothing.
func FuzzFormat(f *testing.F) {
	for _, seed := range []string{
		"a: 1 # c\nb: [x, 'y'] # d\n", "a: |2-\n    x\n  y\n # c\nb: >+\n  z\n\n\n", "? a\n: b\n", "a: &x\n  - 'q\n    r' # c\n  - *x\n",
		"- a\n", "a:\n- b\n # c\n- c: d\n  # e\n", "'a b': \"\\u0041 # \\\"\" # '\n", "a: {b: 'x\n  y', # c\n  d: 1}\n", "a: - b\n", "\ta: b\n", "a:\n  -\n  - # c\n    b: 1\n", "%YAML 1.2\n---\na: b # c\n...\n", "a: |#\n  x\n", "a: 'x'# c\n", "\"a\": !t b\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<12 {
			return
		}
		yamldoc.CommentsOf([]byte(text))
		out, found := yamldoc.Format("x.yaml", []byte(text), yamldoc.FormatOptions{Order: []string{"b", "a"}, Heading: "yaml-language-server: $schema=x"})
		if (out == nil) == (len(found) == 0) {
			t.Fatalf("both or neither: %q, %v", out, found)
		}
		if out == nil {
			return
		}
		again, found := yamldoc.Format("x.yaml", out, yamldoc.FormatOptions{Order: []string{"b", "a"}, Heading: "yaml-language-server: $schema=x"})
		if string(again) != string(out) {
			t.Fatalf("not stable: %q then %q, %v", out, again, found)
		}
	})
}
