package schemas_test

import (
	"testing"
	"time"
)

func TestExceptionRules(t *testing.T) {
	runCases(t, []ruleCase{
		{"exception-until", "EX-2026-0001", `until: "2027-06-30"`, `until: "2028-06-30"`},
		{"exception-until", "EX-2026-0001", `until: "2027-06-30"`, `until: "2026-11-21"`},
		{"step-guard", "EX-2026-0001", "approved_by: u-chenh", "approved_by: u-lium"},
	})
}

// An exception ends with the day that it names.
func TestExceptionExpires(t *testing.T) {
	files := sample(t)
	zone := time.FixedZone("+08:00", 8*60*60)
	for _, c := range []struct {
		at   time.Time
		want bool
	}{
		{time.Date(2027, 6, 30, 23, 59, 59, 0, zone), false},
		{time.Date(2027, 7, 1, 0, 0, 0, 0, zone), true},
	} {
		got := false
		for _, f := range judge(t, kinds(t), files, c.at) {
			got = got || f.Rule == "exception-expired"
		}
		if got != c.want {
			t.Errorf("at %s: found %v, want %v", c.at, got, c.want)
		}
	}
}
