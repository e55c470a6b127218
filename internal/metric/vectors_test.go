package metric

import (
	"os"
	"strings"
	"testing"
)

// TestEveryWorkedFigureHasItsCase names, for every worked figure of the domain, the
// case that holds it, so that none is lost.
func TestEveryWorkedFigureHasItsCase(t *testing.T) {
	const clock, interval = "../calendar/due_test.go", "interval_test.go"
	for _, v := range []struct{ section, file, holds string }{
		{"5.4 Wilson 8/10", interval, "{8, 10, 49.02, 94.33}"},
		{"5.4 Wilson 10/10", interval, "{10, 10, 72.25, 100}"},
		{"5.4 Wilson 0/10", interval, "{0, 10, 0, 27.75}"},
		{"5.4 Wilson 1/1", interval, "{1, 1, 20.65, 100}"},
		{"5.4 Wilson 45/50", interval, "{45, 50, 78.64, 95.65}"},
		{"5.4 Wilson 3/4", interval, "{3, 4, 30.06, 95.44}"},
		{"5.4 Wilson of nothing", interval, "wilson(0, 0) != nil"},
		{"5.4 NPS +50", interval, "{6, 3, 1, 0, 8.4, 91.6}"},
		{"5.4 NPS +50, frame 25", interval, "{6, 3, 1, 25, 17.1, 82.9}"},
		{"5.4 NPS +25", interval, "{10, 5, 5, 0, -11.3, 61.3}"},
		{"5.4 NPS +33", interval, "{50, 33, 17, 0, 18.3, 47.7}"},
		{"5.4 NPS of passives", interval, "netPromoter(0, 0, 4, 0) != nil"},
		{"5.4 index, renormalised", "testdata/k12_index.txtar", "missed 155/2"},
		{"5.4 two weightings", "testdata/domain_15_4_half_year.txtar", "875/9"},
		{"8 5 days over the holidays", clock, "{\"2026-09-24 10:00\", 5, WorkingDays"},
		{"8 Friday and a make-up Sunday", clock, "{\"2026-09-18 10:00\", 1, WorkingDays"},
		{"8 make-up Saturday", clock, "{\"2026-09-30 10:00\", 3, WorkingDays"},
		{"8 Spring Festival", clock, "{\"2026-02-13 10:00\", 3, WorkingDays"},
		{"8 2025", clock, "{\"2025-09-30 10:00\", 5, WorkingDays"},
		{"8 2018, the next year's notice", clock, "{\"2018-12-28 10:00\", 1, WorkingDays"},
		{"8 248 days", clock, "248 * 8 * time.Hour"},
		{"8 provisional 2027", "testdata/k01_target_and_calendar.txtar", "provisional 100 num=newyear,night"},
		{"15.1 window's end", clock, "{\"2026-09-24 10:00\", 2, WorkingHours, \"2026-09-24 12:00\""},
		{"15.1 lunch", clock, "{\"2026-09-24 11:30\", 2, WorkingHours"},
		{"15.1 Sunday", clock, "{\"2026-09-18 17:30\", 2, WorkingHours"},
		{"15.1 Saturday", clock, "{\"2026-09-19 15:00\", 2, WorkingHours"},
		{"15.1 Thursday evening", clock, "{\"2026-09-24 17:00\", 2, WorkingHours"},
		{"15.1 National Day", clock, "{\"2026-09-30 17:59\", 2, WorkingHours"},
		{"15.1 received in lunch", clock, "{\"2026-09-24 12:30\", 2, WorkingHours"},
		{"15.1 pause", clock, "{\"2026-09-24 13:30\", 2, WorkingHours"},
		{"15.2 A to F", "testdata/domain_15_2_a_to_f.txtar", "K02 2026-09"},
		{"15.2 G to I", "testdata/domain_15_2_g_to_i.txtar", "K01 2026-09"},
		{"15.2 J", "testdata/domain_15_2_j.txtar", "K25 2026-Q3"},
		{"15.3 the sample", "testdata/domain_15_3_sample.txtar", "missed 0 den=TS-2026-0007"},
		{"15.4 the half-year", "testdata/domain_15_4_half_year.txtar", "K13 2026-H1"},
		{"6.3 99.896 is not 99.90", "testdata/k17_attained.txtar", "99.896"},
		{"7.1.7 not a mean of months", "testdata/k05_rate.txtar", "K05 2026-Q3 all: met 1/3"},
	} {
		data, err := os.ReadFile(v.file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(data), v.holds) {
			t.Errorf("§%s: %s does not hold %s", v.section, v.file, v.holds)
		}
	}
}
