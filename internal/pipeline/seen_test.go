package pipeline

import (
	"testing"
	"time"

	"kept/internal/gitrepo"
)

// What a commit holds was written by its time; what lies on disk, by the clock,
// and never before the moment that judges it.
func TestSeen(t *testing.T) {
	nine := time.Date(2026, 9, 1, 9, 0, 0, 0, time.UTC)
	ten, eleven := nine.Add(time.Hour), nine.Add(2*time.Hour)
	commit := gitrepo.Commit{Hash: "0123"}
	commit.Committer.When = nine
	for name, c := range map[string]struct {
		snapshot Snapshot
		want     time.Time
	}{
		"a commit":             {Snapshot{Commit: commit, merged: nine, AsOf: ten, Now: eleven}, nine},
		"on disk":              {Snapshot{AsOf: ten, Now: eleven}, eleven},
		"a clock that is slow": {Snapshot{AsOf: ten, Now: nine}, ten},
		"no clock":             {Snapshot{AsOf: ten}, ten},
	} {
		if got := c.snapshot.seen(); !got.Equal(c.want) {
			t.Errorf("%s: written by %v, want %v", name, got, c.want)
		}
	}
}
