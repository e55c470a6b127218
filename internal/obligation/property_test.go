package obligation

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"kept/internal/calendar"
)

// drawn is a random ledger of issues: some periods have none, some several.
func drawn(seed uint64) []string {
	dice := rand.New(rand.NewPCG(seed, 7))
	var files []string
	for range dice.IntN(60) {
		p := calendar.Period{Grain: calendar.Month, Year: 2025 + dice.IntN(2), Index: 1 + dice.IntN(12)}
		when := p.In(time.UTC).End.Add(time.Duration(dice.IntN(60*24*60)) * time.Minute)
		files = append(files, approved("FQ%d", "RP-01", p.String(), when.Format("2006-01-02T15:04")))
	}
	return files
}

// numbered gives the files their ids.
func numbered(files []string) string {
	var b strings.Builder
	for i, f := range files {
		b.WriteString(strings.ReplaceAll(f, "FQ%d", fmt.Sprintf("FQ%02d", i)))
	}
	return b.String()
}

func outline(duties []Duty) []string {
	var lines []string
	for _, d := range duties {
		lines = append(lines, fmt.Sprint(d.Period, d.Due, d.Done, d.State))
	}
	return lines
}

// Which file holds an issue does not matter, only what it says.
func TestOrderOfFilesDoesNotMatter(t *testing.T) {
	head := strings.Replace(monthly, "2026-08-15", "2025-01-01", 1)
	for seed := range uint64(8) {
		files := drawn(seed)
		want := outline(load(t, head+numbered(files), "2026-11-01 00:00").duties())
		rand.New(rand.NewPCG(seed, 8)).Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
		if got := outline(load(t, head+numbered(files), "2026-11-01 00:00").duties()); !slices.Equal(got, want) {
			t.Errorf("seed %d:\n%s\nwant\n%s", seed, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// An obligation that ends where its successor begins owes what one obligation
// over both times would, each period once.
func TestPeriodsPartition(t *testing.T) {
	split := func(from, until string) string {
		s := strings.Replace(monthly, "2026-08-15", from, 1)
		if until != "" {
			s = strings.Replace(s, "counted: true", "counted: true\nuntil: \""+until+"\"", 1)
		}
		return s
	}
	second := func(s string) string { return strings.ReplaceAll(s, "OB-01", "OB-02") }
	for seed := range uint64(3) {
		issues := numbered(drawn(seed))
		whole := outline(load(t, split("2025-01-01", "")+issues, "2026-11-01 00:00").duties())
		seen := map[string]bool{}
		for _, line := range whole {
			if seen[line] {
				t.Errorf("seed %d: twice %s", seed, line)
			}
			seen[line] = true
		}
		for month := 2; month <= 12; month++ {
			cut := time.Date(2026, time.Month(month), 1, 0, 0, 0, 0, time.UTC)
			parts := split("2025-01-01", cut.AddDate(0, 0, -1).Format(time.DateOnly)) + second(split(cut.Format(time.DateOnly), ""))
			if got := outline(load(t, parts+issues, "2026-11-01 00:00").duties()); !slices.Equal(got, whole) {
				t.Errorf("seed %d cut at %s", seed, cut)
			}
		}
	}
}

// What is due until one moment, and what comes after it, is what is due until a
// later one; states do not depend on how far ahead one looks.
func TestUntilOnlyCutsOff(t *testing.T) {
	b := load(t, monthly+actions+plan("P1", "running", "  - {id: A1, due: 2026-12-20}\n  - {id: A2, due: 2027-03-01}\n"), "2026-11-01 00:00")
	b.req.Until = at(t, "2027-08-01 00:00")
	all := b.duties()
	for n := range all {
		b.req.Until = all[n].Due
		got := b.duties()
		if len(got) != n+1 || !slices.Equal(outline(got), outline(all[:n+1])) {
			t.Errorf("until %s: %d duties, want %d", b.req.Until, len(got), n+1)
		}
	}
}

// A later moment of judgement never turns a duty back: what is later becomes
// coming, then overdue, then missed.
func TestStatesOnlyMoveOn(t *testing.T) {
	rank := []State{Later, Coming, Overdue, Missed}
	last := map[calendar.Period]int{}
	for day := range 120 {
		b := load(t, monthly, "2026-08-20 00:00")
		b.req.AsOf = b.req.AsOf.AddDate(0, 0, day)
		for _, d := range b.duties() {
			now := slices.Index(rank, d.State)
			if now < last[d.Period] {
				t.Errorf("day %d: %s after %s", day, tell(&d), rank[last[d.Period]])
			}
			last[d.Period] = now
		}
	}
	if last[period(t, "2026-08")] != 3 {
		t.Error("nothing was missed")
	}
}
