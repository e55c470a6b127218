package metric

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kept/internal/gittest"
)

// life is a complaint as it was drawn: each version of its file, with when it was
// committed on a side branch and when that was merged.
type life struct {
	id       string
	versions []edition
}

type edition struct {
	body              string // "" deletes the file
	submitted, merged time.Time
}

// drawLives draws complaints whose steps are declared, submitted and merged at
// random, in that order or with the declaration last; some are deleted and come
// back, some are imported.
func drawLives(t *rapid.T) []life {
	lives := make([]life, rapid.IntRange(1, 6).Draw(t, "records"))
	for i := range lives {
		lives[i] = drawLife(t, fmt.Sprintf("TS-2026-%04d", i+1))
	}
	return lives
}

var reachable = []string{"acknowledged", "accepted", "in_analysis", "in_handling", "resolved", "replied", "closed", "not_accepted", "withdrawn", "merged"}

func drawLife(t *rapid.T, id string) life {
	received := drawMoment(t, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), 180*24)
	now := received
	fields := "origin: " + rapid.SampledFrom([]string{"native", "native", "native", "imported"}).Draw(t, "origin") +
		"\nprovisional_severity: " + rapid.SampledFrom([]string{"critical", "major", "moderate", "general"}).Draw(t, "severity") +
		"\nvalidity: " + rapid.SampledFrom([]string{"valid", "invalid", "undetermined"}).Draw(t, "validity") + "\n"
	fields += "customer: " + rapid.SampledFrom([]string{"KH-0000", "KH-0002", "KH-0003"}).Draw(t, "customer") +
		"\nsubcategory: " + rapid.SampledFrom([]string{"outage", "performance"}).Draw(t, "subcategory") +
		"\nis_repeat: " + rapid.SampledFrom([]string{"true", "false"}).Draw(t, "repeat") +
		"\nhandling_satisfaction: " + rapid.SampledFrom([]string{"1", "4", "5"}).Draw(t, "score") + "\n"
	if rapid.Bool().Draw(t, "paused") {
		from := drawMoment(t, received, 10*24).In(shanghai)
		fields += fmt.Sprintf("pauses: [{from: %q, to: %q, reason: awaiting_customer}]\n",
			from.Format(time.RFC3339), drawMoment(t, from, 10*24).In(shanghai).Format(time.RFC3339))
	}
	var steps []string
	l := life{id: id}
	for range rapid.IntRange(1, 6).Draw(t, "steps") {
		state := "registered"
		if len(steps) > 0 {
			state = rapid.SampledFrom(reachable).Draw(t, "state")
		}
		now = drawMoment(t, now, 15*24)
		steps = append(steps, state+" "+now.In(shanghai).Format("2006-01-02 15:04"))
		e := edition{body: complaint(id, received.In(shanghai).Format("2006-01-02 15:04"), fields, steps...)}
		e.submitted = drawMoment(t, now, 72).Add(-time.Duration(rapid.IntRange(0, 3).Draw(t, "ahead")) * time.Hour)
		if last := len(l.versions) - 1; last >= 0 && !e.submitted.After(l.versions[last].merged) {
			e.submitted = l.versions[last].merged.Add(time.Minute)
		}
		e.merged = drawMoment(t, e.submitted, 72)
		l.versions = append(l.versions, e)
		now = now.Add(time.Minute)
	}
	if rapid.IntRange(0, 3).Draw(t, "deleted") == 0 {
		l.remove(rapid.IntRange(0, len(l.versions)-1).Draw(t, "when"))
	}
	return l
}

// remove deletes the file an hour after version i was merged; a later version
// brings it back.
func (l *life) remove(i int) {
	gone := l.versions[i].merged.Add(time.Hour)
	for j := i + 1; j < len(l.versions); j++ {
		l.versions[j].submitted = l.versions[j].submitted.Add(2 * time.Hour)
		l.versions[j].merged = l.versions[j].merged.Add(2 * time.Hour)
	}
	l.versions = slices.Insert(l.versions, i+1, edition{submitted: gone, merged: gone})
}

// drawMoment is a whole number of hours, or half an hour more, after start.
func drawMoment(t *rapid.T, start time.Time, hours int) time.Time {
	return start.Add(time.Duration(rapid.IntRange(0, 2*hours).Draw(t, "half hours")) * 30 * time.Minute)
}

// stream writes the lives for git fast-import: each edition is a side commit and
// its merge, in the order of the merges. With noise, a commit about something else
// follows each merge.
func stream(lives []life, folder string, noise bool) string {
	type entry struct {
		edition
		id string
	}
	var list []entry
	for _, l := range lives {
		for _, e := range l.versions {
			list = append(list, entry{e, l.id})
		}
	}
	slices.SortStableFunc(list, func(a, b entry) int { return a.merged.Compare(b.merged) })
	s := &importStream{}
	s.commit("main", time.Date(2025, 12, 1, 0, 0, 0, 0, time.UTC), "")
	for i, e := range list {
		file := folder + e.id + ".yaml"
		edit := "D " + file + "\n"
		if e.body != "" {
			edit = fmt.Sprintf("M 100644 inline %s\ndata %d\n%s\n", file, len(e.body), e.body)
		}
		base := s.marks
		s.commit("side", e.submitted, edit, base)
		s.commit("main", e.merged, edit, base, s.marks)
		if noise {
			note := fmt.Sprintf("schema: customer/v1\nid: KH-0001\nstatus: active\ntitle: v%d\n", i)
			s.commit("main", e.merged, fmt.Sprintf("M 100644 inline records/customer/KH-0001.yaml\ndata %d\n%s\n", len(note), note), s.marks)
		}
	}
	return s.String()
}

type importStream struct {
	strings.Builder
	marks int
}

// commit adds a commit whose parents are earlier ones, the first of them its base.
func (s *importStream) commit(branch string, when time.Time, edit string, parents ...int) {
	s.marks++
	fmt.Fprintf(s, "commit refs/heads/%s\nmark :%d\ncommitter u <u@example.cn> %d +0800\ndata 1\nm\n", branch, s.marks, when.Unix())
	for i, p := range parents {
		fmt.Fprintf(s, "%s :%d\n", [2]string{"from", "merge"}[min(i, 1)], p)
	}
	s.WriteString(edit)
}

// fastImported makes a repository of a stream and loads it.
func fastImported(t testing.TB, stream, asOf string) *bench {
	t.Helper()
	repo := gittest.New(t)
	repo.Feed(stream, "fast-import", "--quiet", "--force")
	return loaded(t, repo.Dir, asOf)
}

// shanghai is the zone of the records; it had no summer time in these years.
var shanghai = time.FixedZone("", 8*60*60)

// telling is every figure of the given periods on every basis, as one text.
func telling(b *bench, periods ...string) string {
	var s strings.Builder
	for _, id := range slices.Sorted(maps.Keys(b.definitions)) {
		for _, p := range periods {
			for _, basis := range b.definitions[id].Bases() {
				r := b.result(id, p, basis)
				fmt.Fprintf(&s, "%s %s %s %s", id, p, basis, tell(r))
				for _, e := range r.Extra {
					fmt.Fprintf(&s, " %v", e.Value)
				}
				s.WriteByte('\n')
			}
		}
	}
	return s.String()
}
