package pipeline_test

import (
	"testing"
	"time"

	"kept/internal/pipeline"
)

// BenchmarkRules reads, validates and judges a work tree with all rules, and
// reports how many times as long the whole takes as reading and validating alone:
// at most three, in one run on one machine.
func BenchmarkRules(b *testing.B) {
	each(b, func(b *testing.B, project *pipeline.Project) {
		var reading, judging time.Duration
		for b.Loop() {
			start := time.Now()
			snapshot, err := project.WorkTree(time.Time{})
			if err != nil {
				b.Fatal(err)
			}
			reading += time.Since(start)
			start = time.Now()
			snapshot.Judge()
			judging += time.Since(start)
		}
		ratio := float64(reading+judging) / float64(reading)
		b.ReportMetric(ratio, "×reading")
		if ratio > 3 {
			b.Errorf("with all rules a check takes %.1f times what reading takes", ratio)
		}
	})
}
