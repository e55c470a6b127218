package yamldoc_test

import (
	"strings"
	"testing"

	"kept/internal/yamldoc"
)

func TestReplace(t *testing.T) {
	const text = "a: X-1 # X-1\nb: [X-1, \"X-1\", 'X-1']\nc:\n  - {id: X-1, n: X-1 and more}\n  - id: X-1\nd: \"甲 X-1\"\ne: &x X-1\nf: *x\ng: |\n  X-1\n"
	for pointer, want := range map[string]string{
		"/a":      strings.Replace(text, "a: X-1 #", "a: Y-22 #", 1),
		"/b/0":    strings.Replace(text, "[X-1", "[Y-22", 1),
		"/b/1":    strings.Replace(text, "\"X-1\"", "Y-22", 1),
		"/b/2":    strings.Replace(text, "'X-1'", "Y-22", 1),
		"/c/0/id": strings.Replace(text, "{id: X-1", "{id: Y-22", 1),
		"/c/1/id": strings.Replace(text, "- id: X-1", "- id: Y-22", 1),
		"/d":      strings.Replace(text, "\"甲 X-1\"", "Y-22", 1),
		"/e":      "", "/f": "", "/g": "", "/h": "", "/c": "", "/b/9": "", "/a/x": "", "": "",
	} {
		e, err := yamldoc.NewEdit("x.yaml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		err = e.Replace(pointer, "Y-22")
		if want == "" {
			want = text
			if err == nil {
				t.Errorf("%s was replaced", pointer)
			}
		} else if err != nil {
			t.Errorf("%s: %v", pointer, err)
		}
		if string(e.Bytes()) != want {
			t.Errorf("%s:\n%s", pointer, e.Bytes())
		}
	}
}
