package finding_test

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kept/internal/finding"
	"kept/internal/locale"
)

func at(path string, line, column int, rule string) finding.Finding {
	return finding.Finding{Position: finding.Position{Path: path, Line: line, Column: column}, Rule: rule}
}

func TestSortReadsLikeTheFiles(t *testing.T) {
	want := finding.List{at("a.yaml", 2, 9, "b"), at("a.yaml", 10, 1, "a"), at("a.yaml", 10, 1, "b"), at("b.yaml", 1, 1, "a")}
	for range 20 {
		got := append(finding.List{}, want...)
		rand.Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
		if diff := cmp.Diff(want, got.Sort()); diff != "" {
			t.Fatalf("order depends on how the list was gathered (-want +got):\n%s", diff)
		}
	}
}

func TestSortDropsOnlyRepetitions(t *testing.T) {
	one := at("a.yaml", 1, 1, "r")
	other := one
	other.Args = []locale.Arg{locale.A("field", "x")}
	if got := (finding.List{one, other, one}).Sort(); len(got) != 2 {
		t.Errorf("kept %d findings of two different ones and a repetition", len(got))
	}
}

func TestPosition(t *testing.T) {
	for want, p := range map[string]finding.Position{
		"a.yaml":      {Path: "a.yaml"},
		"a.yaml:3":    {Path: "a.yaml", Line: 3},
		"a.yaml:3:14": {Path: "a.yaml", Line: 3, Column: 14},
	} {
		if got := p.String(); got != want {
			t.Errorf("%#v reads %q, want %q", p, got, want)
		}
	}
}
