package expr

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// rows makes n items of a list.
func rows(n int) []map[string]any {
	list := make([]map[string]any, n)
	for i := range list {
		list[i] = map[string]any{"title": "a"}
	}
	return list
}

func pairs(t *testing.T) *Program {
	t.Helper()
	p, err := Compile(`all(l, {all(l, {.title == title})})`, Types{"title": {Shape: Text}, "l": {Shape: List, Fields: Types{"title": {Shape: Text}}}})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A condition that compares everything with everything ends.
func TestWorkOfAnEvaluationIsBounded(t *testing.T) {
	start := time.Now()
	_, err := pairs(t).Bool(Vars{"title": "a", "l": rows(20_000)})
	var own *Error
	if !errors.As(err, &own) || !strings.Contains(err.Error(), "too much work") {
		t.Errorf("error %v", err)
	}
	if took := time.Since(start); took > time.Minute {
		t.Errorf("it took %v", took)
	}
	if ok, err := pairs(t).Bool(Vars{"title": "a", "l": rows(300)}); !ok || err != nil {
		t.Errorf("a small one gives %v, %v", ok, err)
	}
}

// A thousand records that each look at all pairs of a thousand share one budget.
func TestWorkOfARuleIsBounded(t *testing.T) {
	p, m, list := pairs(t), &Meter{}, rows(1000)
	held := 0
	for range 1000 {
		if m.Holds(p, Vars{"title": "a", "l": list}, "A-1") {
			held++
		}
	}
	if held == 0 || held > 100 {
		t.Errorf("%d evaluations ended with a result", held)
	}
	if id, err := m.Failed(); id != "A-1" || err == nil {
		t.Errorf("failed: %q, %v", id, err)
	}
}

// What an evaluation counts does not stay among its values.
func TestMeterKeepsFirstError(t *testing.T) {
	p, err := Compile(`marks[3] > 1 || any(marks, # > 1)`, Types{"marks": {Shape: Numbers}})
	if err != nil {
		t.Fatal(err)
	}
	m, vars := &Meter{}, Vars{"marks": []float64{1}}
	m.Holds(p, vars, "A-1")
	m.Holds(p, Vars{"marks": []float64{}}, "A-2")
	if id, err := m.Failed(); id != "A-1" || err == nil || len(vars) != 1 {
		t.Errorf("failed: %q, %v; values %v", id, err, vars)
	}
	if id, err := (&Meter{}).Failed(); id != "" || err != nil {
		t.Errorf("nothing failed: %q, %v", id, err)
	}
}
