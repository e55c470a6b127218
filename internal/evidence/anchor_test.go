package evidence

import (
	"fmt"
	"testing"

	"kept/internal/gitrepo"
)

func TestLosses(t *testing.T) {
	file := func(id, blob string) gitrepo.Change {
		return gitrepo.Change{Path: "records/k/" + id + ".yaml", After: gitrepo.Hash(blob)}
	}
	for name, c := range map[string]struct {
		anchored, head []gitrepo.Change
		known          []gitrepo.Hash
		want           string
	}{
		"same":             {[]gitrepo.Change{file("A", "1")}, []gitrepo.Change{file("A", "1")}, nil, "[]"},
		"changed since":    {[]gitrepo.Change{file("A", "1")}, []gitrepo.Change{file("A", "2")}, []gitrepo.Hash{"1"}, "[]"},
		"deleted since":    {[]gitrepo.Change{file("A", "1")}, nil, []gitrepo.Hash{"1"}, "[]"},
		"never was so":     {[]gitrepo.Change{file("A", "1")}, []gitrepo.Change{file("A", "2")}, []gitrepo.Hash{"2"}, "[{A records/k/A.yaml false}]"},
		"never was at all": {[]gitrepo.Change{file("A", "1")}, nil, nil, "[{A records/k/A.yaml true}]"},
		"moved":            {[]gitrepo.Change{file("A", "1")}, []gitrepo.Change{{Path: "records/other/A.yaml", After: "1"}}, nil, "[]"},
		"in path order": {
			[]gitrepo.Change{file("B", "1"), file("A", "2")},
			[]gitrepo.Change{file("B", "9")},
			nil,
			"[{A records/k/A.yaml true} {B records/k/B.yaml false}]",
		},
	} {
		t.Run(name, func(t *testing.T) {
			known := map[gitrepo.Hash]bool{}
			for _, h := range c.known {
				known[h] = true
			}
			if got := fmt.Sprint(Losses(c.anchored, c.head, known)); got != c.want {
				t.Errorf("losses are %s, want %s", got, c.want)
			}
		})
	}
}
