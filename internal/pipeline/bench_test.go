package pipeline_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"kept/internal/demo"
	"kept/internal/locale"
	"kept/internal/pipeline"
	"kept/internal/tooltest"
	"kept/schemas"
	"kept/templates"
)

// sizes are the numbers of records that every stage is measured with: the ratio
// of their times shows whether a stage grows faster than its input.
func sizes() []int { return []int{1000, 10000} }

// company plays one demo repository a size, once a run.
var company = sync.OnceValue(func() func(testing.TB, int) string {
	made := map[int]string{}
	top, err := os.MkdirTemp("", "kept-bench-")
	return func(t testing.TB, records int) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		if dir, ok := made[records]; ok {
			return dir
		}
		dir := filepath.Join(top, fmt.Sprint(records))
		if _, err := demo.Play(demo.Request{Dir: dir, Records: records, Schemas: schemas.FS, Templates: templates.FS}); err != nil {
			t.Fatal(err)
		}
		made[records] = dir
		return dir
	}
})

func open(b *testing.B, records int) *pipeline.Project {
	b.Helper()
	project, err := pipeline.Open(company()(b, records), "bench")
	if err != nil {
		b.Fatal(err)
	}
	return project
}

func each(b *testing.B, run func(b *testing.B, project *pipeline.Project)) {
	for _, n := range sizes() {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			project := open(b, n)
			b.ReportAllocs()
			b.ResetTimer()
			run(b, project)
		})
	}
}

// BenchmarkGitLog is the yardstick: git's own walk over the same history.
func BenchmarkGitLog(b *testing.B) {
	git := tooltest.Need(b, "git")
	each(b, func(b *testing.B, project *pipeline.Project) {
		for b.Loop() {
			cmd := exec.Command(git, "-C", project.Dir, "log", "--raw", "--no-renames", "-z")
			cmd.Stdout = io.Discard
			if err := cmd.Run(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkCheck reads, validates and judges the work tree.
func BenchmarkCheck(b *testing.B) {
	each(b, func(b *testing.B, project *pipeline.Project) {
		for b.Loop() {
			snapshot, err := project.WorkTree(time.Time{})
			if err != nil {
				b.Fatal(err)
			}
			snapshot.Judge()
		}
	})
}

// BenchmarkSnapshot reads the commit and its whole history.
func BenchmarkSnapshot(b *testing.B) {
	each(b, func(b *testing.B, project *pipeline.Project) {
		for b.Loop() {
			if _, err := project.Snapshot(pipeline.Moment{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkMeasure computes every KPI of every month, on every basis.
func BenchmarkMeasure(b *testing.B) {
	each(b, func(b *testing.B, project *pipeline.Project) {
		snapshot, err := project.Snapshot(pipeline.Moment{})
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			measures := project.Measures(snapshot)
			for _, d := range snapshot.Definitions {
				for _, p := range measures.Periods(d.Cadence) {
					for _, basis := range d.Bases() {
						measures.Result(d, p, basis)
					}
				}
			}
		}
	})
}

// BenchmarkPrint sets the printed register of the whole repository.
func BenchmarkPrint(b *testing.B) {
	each(b, func(b *testing.B, project *pipeline.Project) {
		snapshot, err := project.Snapshot(pipeline.Moment{})
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			paper, err := project.Print(snapshot, pipeline.PrintRequest{ID: "complaint-register", Lang: "zh-CN"})
			if err != nil || !bytes.HasPrefix(paper.Bytes, []byte("%PDF")) {
				b.Fatalf("print: %v", err)
			}
		}
	})
}

// BenchmarkBuild is the whole: check, history, KPIs, portal and prints.
func BenchmarkBuild(b *testing.B) {
	each(b, func(b *testing.B, project *pipeline.Project) {
		out := filepath.Join(b.TempDir(), "public")
		for b.Loop() {
			built, err := project.Build(pipeline.BuildRequest{Out: out, Languages: []locale.Lang{locale.Chinese}})
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(built.Pages), "pages")
		}
	})
}
