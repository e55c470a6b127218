package demo

import (
	"slices"
	"testing"
	"time"
)

// TestDiceNeverChange keeps the numbers that histories made so far rest on.
func TestDiceNeverChange(t *testing.T) {
	d := newDice(1, "test")
	got := []int{d.below(1000), d.below(1000), d.between(5, 6), d.below(0)}
	again := newDice(1, "test")
	want := []int{again.below(1000), again.below(1000), again.between(5, 6), 0}
	if !slices.Equal(got, want) {
		t.Errorf("dice fall %v, then %v", got, want)
	}
	if a, b := newDice(1, "a").next(), newDice(1, "b").next(); a == b {
		t.Error("two purposes share their chances")
	}
	first := dice{}
	if n := first.next(); n != 0xe220a8397b1dcdaf { // SplitMix64 from zero, by its authors
		t.Errorf("first number is %x", n)
	}
}

func TestDeckKeepsShares(t *testing.T) {
	k := deck[string]{items: []string{"a", "a", "a", "b"}}
	d := newDice(3, "deck")
	count := map[string]int{}
	for range 40 {
		count[k.deal(d)]++
	}
	if count["a"] != 30 || count["b"] != 10 {
		t.Errorf("dealt %v", count)
	}
}

func TestQueueRunsInOrder(t *testing.T) {
	var q queue
	var got []string
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	add := func(name string, minute int) {
		q.plan(start.Add(time.Duration(minute)*time.Minute), func() error { got = append(got, name); return nil })
	}
	add("late", 30)
	add("first", 1)
	add("second", 1)
	q.plan(start.Add(2*time.Minute), func() error { add("planned", 3); return nil })
	add("never", 60)
	if err := q.run(start.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if want := []string{"first", "second", "planned", "late"}; !slices.Equal(got, want) {
		t.Errorf("ran %v, want %v", got, want)
	}
}

func TestChooseByPlace(t *testing.T) {
	s := &stage{fate: newDice(0, "stories"), stories: map[string]*deck[story]{}}
	def := &lifeDef{name: "x", stories: []story{{name: "usual", weight: 1}, {name: "rare", at: []float64{0.5, 0.91}}}}
	for order, want := range map[int]string{0: "usual", 5: "rare", 6: "usual", 9: "rare"} {
		if got := s.choose(def, order, 10).name; got != want {
			t.Errorf("life %d of 10 takes %q, want %q", order, got, want)
		}
	}
	if got := s.choose(&lifeDef{name: "y"}, 0, 0).name; got != "" {
		t.Errorf("a life without stories takes %q", got)
	}
}
