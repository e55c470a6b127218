package yamldoc

import (
	"strings"
	"testing"

	"kept/internal/locale"
)

// What a merge leaves is named by its lines and sides, and nothing else is said of the
// file; text in which such signs stand is text.
func TestConflicts(t *testing.T) {
	const both = "<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> kept/KH-0001\n"
	for name, c := range map[string]struct{ text, want string }{
		"one":            {"id: A\n" + both, "2 yamldoc.conflict from=2 to=6 ours=HEAD theirs=kept/KH-0001 file=f"},
		"two":            {both + "b: 1\n" + both, "1 yamldoc.conflict from=1 to=5 ours=HEAD theirs=kept/KH-0001 file=f; 7 yamldoc.conflict from=7 to=11 ours=HEAD theirs=kept/KH-0001 file=f"},
		"with its base":  {"<<<<<<< ours\na: 1\n||||||| 1234567\na: 0\n=======\na: 2\n>>>>>>> theirs\n", "1 yamldoc.conflict from=1 to=7 ours=ours theirs=theirs file=f"},
		"Windows":        {strings.ReplaceAll(both, "\n", "\r\n"), "1 yamldoc.conflict from=1 to=5 ours=HEAD theirs=kept/KH-0001 file=f"},
		"no end":         {"a: 1\n<<<<<<< HEAD\nb: 1\n", "2 yamldoc.conflict_mark"},
		"a middle left":  {"a: 1\n=======\nb: 1\n", "2 yamldoc.conflict_mark"},
		"an end left":    {"a: 1\n>>>>>>> other\nb: 1\n", "2 yamldoc.conflict_mark"},
		"text":           {"a: |\n  <<<<<<< HEAD\n  =======\n  >>>>>>> other\n", ""},
		"in a word":      {"a: <<<<<<< HEAD\n", ""},
		"other mistakes": {"a: [\n", "1 yamldoc.syntax"},
	} {
		_, found := Parse("f", []byte(c.text))
		var said []string
		for _, f := range found {
			words := locale.N("", f.Position.Line).Value.ZH + " " + f.Key
			for _, a := range f.Args {
				words += " " + a.Name + "=" + a.Value.ZH
			}
			said = append(said, words)
		}
		if got := strings.Join(said, "; "); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
