package demo_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"kept/internal/calendar"
	"kept/internal/demo"
	"kept/schemas"
	"kept/templates"
)

// play makes a demo repository in a folder of its own.
func play(t testing.TB, req demo.Request) (string, demo.Summary) {
	t.Helper()
	if req.Dir == "" {
		req.Dir = filepath.Join(t.TempDir(), "demo")
	}
	req.Schemas, req.Templates = schemas.FS, templates.FS
	sum, err := demo.Play(req)
	if err != nil {
		t.Fatal(err)
	}
	return req.Dir, sum
}

func git(t testing.TB, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null", "LC_ALL=C")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

func TestRepositoryIsSoundForGit(t *testing.T) {
	dir, sum := play(t, demo.Request{Records: 300})
	if out := strings.TrimSpace(git(t, dir, "fsck", "--strict", "--full")); out != "" {
		t.Errorf("fsck: %s", out)
	}
	if out := git(t, dir, "status", "--porcelain"); out != "" {
		t.Errorf("status is not clean:\n%s", out)
	}
	if got := strings.TrimSpace(git(t, dir, "rev-parse", "HEAD")); got != string(sum.Head) {
		t.Errorf("HEAD = %s, want %s", got, sum.Head)
	}
	if got := strings.Fields(git(t, dir, "rev-list", "--count", "HEAD"))[0]; got != itoa(sum.Commits) {
		t.Errorf("%s commits, summary says %d", got, sum.Commits)
	}
	if got := len(strings.Fields(git(t, dir, "ls-files", "records"))); got != sum.Records {
		t.Errorf("%d records, summary says %d", got, sum.Records)
	}
	last := "0"
	for _, line := range strings.Fields(git(t, dir, "log", "--first-parent", "--reverse", "--format=%ct")) {
		if line < last {
			t.Fatalf("committer time %s comes after %s on the mainline", line, last)
		}
		last = line
	}
	for _, trailer := range []string{"Reviewed-by", "Approved-by"} {
		if git(t, dir, "log", "--first-parent", "--format=%(trailers:key="+trailer+",valueonly)", "-200") == "" {
			t.Errorf("no trailer %s", trailer)
		}
	}
}

func itoa(n int) string { b, _ := json.Marshal(n); return string(b) }

// TestPlayElsewhere is not a test of its own: it plays for
// TestSameRequestSameBytes in a process with another environment.
func TestPlayElsewhere(t *testing.T) {
	if dir := os.Getenv("KEPT_DEMO_DIR"); dir != "" {
		play(t, demo.Request{Dir: dir, Records: 300})
	}
}

func TestSameRequestSameBytes(t *testing.T) {
	here, sum := play(t, demo.Request{Records: 300})
	there := filepath.Join(t.TempDir(), "elsewhere")
	cmd := exec.Command(os.Args[0], "-test.run", "^TestPlayElsewhere$")
	cmd.Env = append(os.Environ(), "KEPT_DEMO_DIR="+there, "TZ=America/New_York", "LC_ALL=zh_CN.GBK", "GOMAXPROCS=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("play elsewhere: %v\n%s", err, out)
	}
	if got := strings.TrimSpace(git(t, there, "rev-parse", "HEAD")); got != string(sum.Head) {
		t.Errorf("HEAD = %s, want %s", got, sum.Head)
	}
	a, b := files(t, here), files(t, there)
	for name, data := range a {
		if b[name] != data {
			t.Errorf("%s differs", name)
		}
	}
	if len(a) != len(b) {
		t.Errorf("%d files and %d", len(a), len(b))
	}
	if read(t, here+demo.TruthSuffix) != read(t, there+demo.TruthSuffix) {
		t.Error("truth differs")
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			all[strings.TrimPrefix(path, dir)] = read(t, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestRequestShapesHistory(t *testing.T) {
	_, plain := play(t, demo.Request{Records: 800})
	tests := map[string]demo.Request{
		"seed":  {Records: 800, Seed: 7},
		"years": {Records: 800, Years: 2},
		"end":   {Records: 800, End: calendar.Day{Year: 2026, Month: 6, Day: 30}},
		"size":  {Records: 1100},
	}
	for name, req := range tests {
		t.Run(name, func(t *testing.T) {
			dir, sum := play(t, req)
			if sum.Head == plain.Head {
				t.Error("history is the same")
			}
			if want := req.Records; sum.Records < want*94/100 || sum.Records > want*106/100 {
				t.Errorf("%d records, want about %d", sum.Records, want)
			}
			first := git(t, dir, "log", "--first-parent", "--reverse", "--format=%cs")[:4]
			if want := map[bool]string{true: "2025", false: "2024"}[req.Years == 2]; first != want {
				t.Errorf("begins in %s, want %s", first, want)
			}
		})
	}
}

func TestPlayRefusesUsedFolder(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "mine"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := demo.Play(demo.Request{Dir: dir, Schemas: schemas.FS, Templates: templates.FS})
	if err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("error = %v", err)
	}
}

func BenchmarkPlay(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		b.Run(itoa(n), func(b *testing.B) {
			records := 0
			for b.Loop() {
				_, sum := play(b, demo.Request{Records: n})
				records += sum.Records
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(records), "µs/record")
		})
	}
}
