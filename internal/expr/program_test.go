package expr

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"
)

func testTypes() Types {
	action := Types{"text": {Shape: Text}, "due": {Shape: Time}, "done_at": {Shape: Time}, "tags": {Shape: Texts}}
	return Types{
		"status":      {Shape: Text},
		"severity":    {Shape: Text},
		"valid":       {Shape: Flag},
		"score":       {Shape: Number},
		"received_at": {Shape: Time},
		"closed_at":   {Shape: Time},
		"sip":         {Shape: Texts},
		"marks":       {Shape: Numbers},
		"days":        {Shape: Times},
		"follow_up":   {Shape: Object, Fields: Types{"by": {Shape: Text}, "satisfaction": {Shape: Number}}},
		"actions":     {Shape: List, Fields: action},
		"等级":          {Shape: Text},
	}
}

func testVars() Vars {
	day := func(d int) time.Time { return time.Date(2026, 9, d, 9, 0, 0, 0, time.UTC) }
	return Vars{
		"status": "closed", "severity": "major", "valid": true, "score": 4.0, "等级": "重大",
		"received_at": day(18), "closed_at": time.Time{}, "sip": []string{"SIP-2026-0005"},
		"marks": []float64{1, 5}, "days": []time.Time{day(1)},
		"follow_up": map[string]any{"by": "u-lium", "satisfaction": 4.0},
		"actions": []map[string]any{
			{"text": "现场恢复", "due": day(21), "done_at": day(20), "tags": []string{"a"}},
			{"text": "修订", "due": day(28), "done_at": time.Time{}, "tags": []string{}},
		},
	}
}

func TestBool(t *testing.T) {
	for source, want := range map[string]bool{
		`status == "closed"`: true,
		`status == "closed" && severity in ["critical", "major"]`: true,
		`severity not in ["critical", "major"]`:                   false,
		`valid and score >= 4`:                                    true,
		`len(sip) > 0`:                                            true,
		`has(sip) and not has(closed_at)`:                         true,
		`let mine = sip; has(mine)`:                               true,
		`has(follow_up.by) && has(actions) && has(valid)`:         true,
		`received_at < closed_at`:                                 false,
		`received_at.Year() == 2026`:                              true,
		`closed_at - received_at > duration("24h")`:               false,
		`any(actions, {.done_at > .due})`:                         false,
		`any(actions, !has(.done_at))`:                            true,
		`count(actions, {.text contains "恢复"}) == 1`:              true,
		`all(actions, {#.due > received_at})`:                     true,
		`"SIP-2026-0005" in sip`:                                  true,
		`follow_up.satisfaction >= 4 && follow_up.by != ""`:       true,
		`等级 == "重大"`:                                              true,
		`status matches "^cl"`:                                    true,
		`max(marks) == 5 && len(days) == 1`:                       true,
		`any(actions, {any(.tags, # == "a")})`:                    true,
	} {
		p, err := Compile(source, testTypes())
		if err != nil {
			t.Errorf("%s: %v", source, err)
			continue
		}
		if got, err := p.Bool(testVars()); err != nil || got != want {
			t.Errorf("%s = %v, %v; want %v", source, got, err, want)
		}
	}
}

func TestCompileRefuses(t *testing.T) {
	for source, want := range map[string]string{
		``:                                 "empty",
		`stauts == "closed"`:               "1:1: unknown name stauts",
		"valid &&\n  scor > 1":             "2:3: unknown name scor",
		`any(actions, {.dun_at > .due})`:   "1:16: unknown field dun_at",
		`has(stauts)`:                      "unknown name stauts",
		`!has(sip) || has(nosuch)`:         "unknown name nosuch",
		`any(actions, {has(.nosuch)})`:     "nosuch",
		`has(follow_up.nosuch)`:            "nosuch",
		`status > 3`:                       "invalid operation",
		`status == 3`:                      "mismatched types string and int",
		`status`:                           "expected bool",
		`now() > received_at`:              "unknown name now",
		`date("2026-01-01") > received_at`: "unknown name date",
		`len(1..1000000) > 0`:              "ranges are not allowed",
		`len(keys(follow_up)) > 0`:         "unknown name keys",
		`received_at.Local().Hour() == 3`:  "method Local is not allowed",
		`any(actions, {any(.tags, {any(sip, # == "x")})})`: "nested too deep",
		`valid &&`: "unexpected token EOF",
		`status == "` + strings.Repeat("x", 2000) + `"`:                    "longer than",
		strings.Repeat("valid && ", 220) + "valid":                         "exceeds maximum",
		strings.Repeat("any(sip, ", 60) + "true" + strings.Repeat(")", 60): "nested too deep",
	} {
		_, err := Compile(source, testTypes())
		var own *Error
		if !errors.As(err, &own) || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%.60s: error %v, want %q", source, err, want)
		}
	}
}

func TestBoolReportsValueOfWrongShape(t *testing.T) {
	p, err := Compile(`score > 3`, testTypes())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Bool(Vars{"score": "four"}); err == nil {
		t.Error("a text compared with a number gave no error")
	}
	p, err = Compile(`marks[7] > 3`, testTypes())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Bool(testVars()); err == nil {
		t.Error("an index outside the list gave no error")
	}
}

func TestHas(t *testing.T) {
	for _, absent := range []any{nil, "", 0.0, false, time.Time{}, []string{}, map[string]any{}, []map[string]any(nil)} {
		if present(absent) {
			t.Errorf("has(%#v) is true", absent)
		}
	}
	for _, there := range []any{"a", 1.5, true, time.Unix(1, 0), []string{""}, map[string]any{"a": 1}} {
		if !present(there) {
			t.Errorf("has(%#v) is false", there)
		}
	}
}

func TestProgramIsSafeForConcurrentUse(t *testing.T) {
	p, err := Compile(`any(actions, {.done_at < .due}) && status == "closed"`, testTypes())
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 200 {
				if ok, err := p.Bool(testVars()); !ok || err != nil {
					t.Errorf("got %v, %v", ok, err)
				}
			}
		})
	}
	wg.Wait()
}

func FuzzCompile(f *testing.F) {
	f.Add(`status == "closed"`)
	f.Add(`any(actions, {.done_at > .due})`)
	f.Fuzz(func(t *testing.T, source string) {
		p, err := Compile(source, testTypes())
		if err == nil {
			_, _ = p.Bool(testVars())
		}
	})
}
