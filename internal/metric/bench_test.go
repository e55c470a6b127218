package metric

import (
	"fmt"
	"testing"
	"testing/fstest"

	"kept/internal/calendar"
)

// BenchmarkAllMonths computes every KPI of 10,000 complaints for 36 months, the
// records already loaded.
func BenchmarkAllMonths(b *testing.B) {
	files := fstest.MapFS{}
	for i := range 10_000 {
		id := fmt.Sprintf("TS-2026-%05d", i)
		month, day := i%12+1, i%28+1
		when := fmt.Sprintf("%d-%02d-%02d", 2024+i%3, month, day)
		put(files, "complaint", id, complaint(id, when+" 10:00", "", "registered "+when+" 10:10", "acknowledged "+when+" 11:00", "resolved "+when+" 15:00", "closed "+when+" 16:00"))
	}
	bench := newBench(b, files, "2027-01-01 00:00")
	first, _ := calendar.ParsePeriod("2024-01")
	for b.Loop() {
		in := &Inputs{Register: bench.in.Register, Calendar: bench.in.Calendar, AsOf: bench.in.AsOf}
		for _, d := range bench.definitions {
			for i := range 36 {
				d.Compute(in, first.Shift(i), Declared)
			}
		}
	}
}
