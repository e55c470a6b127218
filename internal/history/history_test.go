package history_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kept/internal/gitrepo"
	"kept/internal/gittest"
	"kept/internal/history"
)

// TestHistories reads each history of testdata and compares the timelines with
// those that were written by hand beside it.
func TestHistories(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) < 12 {
		t.Fatalf("%d histories, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive := gittest.Parse(t, file)
			want := ""
			for _, f := range archive.Files {
				if f.Name == "want" {
					want = string(f.Data)
				}
			}
			repo := gittest.Archive(t, archive)
			if diff := cmp.Diff(want, describe(read(t, repo.Dir))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			repo.Git("gc", "-q", "--aggressive", "--prune=now")
			if diff := cmp.Diff(want, describe(read(t, repo.Dir))); diff != "" {
				t.Errorf("packed (-want +got):\n%s", diff)
			}
		})
	}
}

func read(t testing.TB, dir string) *history.History {
	t.Helper()
	repo, err := gitrepo.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer repo.Close()
	head, err := repo.Resolve("HEAD", nil)
	if err != nil {
		t.Fatal(err)
	}
	h, err := history.Read(repo, head)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// describe writes timelines one after another.
func describe(h *history.History) string {
	var b strings.Builder
	for t := range h.All() {
		describeTimeline(&b, t)
	}
	return b.String()
}

func describeTimeline(b *strings.Builder, t *history.Timeline) {
	b.WriteString(t.ID)
	if len(t.Aliases) > 0 {
		fmt.Fprintf(b, " (%s)", strings.Join(t.Aliases, ", "))
	}
	fmt.Fprintf(b, " %s, created by %s merged %s", [2]string{"gone", "present"}[truth(t.Present)], by(t.Created), clock(t.Created.Merged))
	b.WriteString([2]string{"\n", ", imported\n"}[truth(t.Imported)])
	for _, c := range t.Changes {
		fmt.Fprintf(b, "%s by %s, merged %s by %s\n", c.Kind, by(c.Recorded), clock(c.Merged), c.MergedBy.Committer.Name)
		for _, e := range c.Events {
			fmt.Fprintf(b, "  %s: %s > %s by %s\n", e.Pointer, plain(e.Before), plain(e.After), by(*e.Recorded))
		}
	}
	for _, s := range t.Steps {
		fmt.Fprintf(b, "step %s by %s, merged %s by %s", s.To, by(s.Recorded), clock(s.Merged), s.MergedBy.Committer.Name)
		b.WriteString([2]string{"\n", ", imported\n"}[truth(s.Imported)])
	}
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// by is who set a value, and when it was submitted.
func by(r history.Recorded) string { return r.SetBy.Author.Name + " " + clock(r.Submitted) }

// clock is the day of the month and the time in China.
func clock(t time.Time) string { return t.In(time.FixedZone("", 8*3600)).Format("02T15:04") }

func plain(v any) string {
	switch v := v.(type) {
	case nil:
		return "-"
	case map[string]any:
		return "item"
	default:
		return fmt.Sprint(v)
	}
}
