package metric

import (
	"flag"
	"fmt"
	"math/big"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kept/internal/calendar"
	"kept/internal/schema"
)

// TestMain lets the properties draw fewer cases than usual, because each makes a
// repository; -rapid.checks asks for more.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", "20"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

const folder = "records/complaint/"

// What holds for the figures of any history.
func TestAnyHistory(t *testing.T) {
	k := kinds(t).Kind("complaint")
	rapid.Check(t, func(rt *rapid.T) {
		lives := drawLives(rt)
		b := fastImported(t, stream(lives, folder, false), "2028-01-01 00:00")
		monthsMakeTheYear(rt, b)
		backlogCloses(rt, b, k, lives)
		mergedIsNoEarlier(rt, b)
	})
}

// Each member of a year is in one of its months and one of its quarters, and a
// year holds nothing else: for what counts, for what passes, for what is out.
func monthsMakeTheYear(rt *rapid.T, b *bench) {
	b.in.Faulty = func(id string) bool { return strings.HasSuffix(id, "2") }
	ratios(rt, b)
	for _, id := range []string{"K01", "K02", "K03", "K04", "K05", "K06", "K07", "K08", "K10", "K11", "K15", "K18", "K22", "K23", "K24"} {
		for _, basis := range b.definitions[id].Bases() {
			year := b.result(id, "2026", basis)
			for grain, n := range map[string]int{"2026-%02d": 12, "2026-Q%d": 4, "2026-H%d": 2} {
				var num, den, out []Evidence
				for i := range n {
					r := b.result(id, fmt.Sprintf(grain, i+1), basis)
					num, den, out = append(num, r.Numerator...), append(den, r.Denominator...), append(out, r.Excluded...)
				}
				got := [3]string{sorted(ids(num)), sorted(ids(den)), sorted(ids(out))}
				want := [3]string{sorted(ids(year.Numerator)), sorted(ids(year.Denominator)), sorted(ids(year.Excluded))}
				if diff := cmp.Diff(want, got); diff != "" {
					rt.Fatalf("%s %s by %s (-year +parts):\n%s", id, basis, grain, diff)
				}
			}
		}
	}
}

// Hours paused and hours in all are summed over the months as over the year, and a
// rate of sums is not a mean of rates.
func ratios(rt *rapid.T, b *bench) {
	part, whole := new(big.Rat), new(big.Rat)
	for i := range 12 {
		r := b.result("K18", fmt.Sprintf("2026-%02d", i+1), Declared)
		part.Add(part, r.Ratio.Part)
		whole.Add(whole, r.Ratio.Whole)
	}
	year := b.result("K18", "2026", Declared)
	if part.Cmp(year.Ratio.Part) != 0 || whole.Cmp(year.Ratio.Whole) != 0 || part.Cmp(whole) > 0 {
		rt.Fatalf("months pause %s of %s, the year %s of %s", part, whole, year.Ratio.Part, year.Ratio.Whole)
	}
}

// The backlog closes on both bases whenever it is asked, a month ends with what
// the next one starts with, and the recorded one is what the mainline held.
func backlogCloses(rt *rapid.T, b *bench, k *schema.Kind, lives []life) {
	cut := drawMoment(rt, at(b.t, "2026-01-01 00:00"), 300*24)
	early := &Inputs{Register: b.in.Register, History: b.in.History, Calendar: b.in.Calendar, AsOf: cut}
	ended := map[Basis]int{}
	for month := range 18 {
		p := calendar.Period{Grain: calendar.Month, Year: 2026, Index: 1}.Shift(month)
		span := p.In(shanghai)
		for _, balance := range Backlog(b.in, "complaint", p) {
			if !balance.Closes() {
				rt.Fatalf("%s does not close: %+v", p, balance)
			}
			if month > 0 && balance.Start != ended[balance.Basis] {
				rt.Fatalf("%s starts with %d after %d (%s)", p, balance.Start, ended[balance.Basis], balance.Basis)
			}
			ended[balance.Basis] = balance.End
			if want := openAt(lives, k, span.End); balance.Basis == Merged && balance.End != want {
				rt.Fatalf("%s ends with %d recorded, the mainline holds %d", p, balance.End, want)
			}
		}
		for _, balance := range Backlog(early, "complaint", p) {
			if !balance.Closes() {
				rt.Fatalf("%s as of %s does not close: %+v", p, cut, balance)
			}
		}
	}
}

// openAt counts the complaints that were open on the mainline before a moment.
func openAt(lives []life, k *schema.Kind, moment time.Time) int {
	n := 0
	for _, l := range lives {
		body := ""
		for _, e := range l.versions {
			if e.merged.Before(moment) {
				body = e.body
			}
		}
		_, status, found := strings.Cut(body, "\nstatus: ")
		status, _, _ = strings.Cut(status, "\n")
		if found && conditionOf(k, status) == open {
			n++
		}
	}
	return n
}

// Nothing is merged before it was submitted, so what is in time as merged is in
// time as submitted, and what was recorded late as submitted is late as merged;
// both bases judge the same members.
func mergedIsNoEarlier(rt *rapid.T, b *bench) {
	for id, more := range map[string]Basis{"K01": Submitted, "K02": Submitted, "K22": Submitted, "K23": Merged} {
		wide, narrow := b.result(id, "2026", Submitted), b.result(id, "2026", Merged)
		if sorted(ids(wide.Denominator)) != sorted(ids(narrow.Denominator)) {
			rt.Fatalf("%s judges %s as submitted and %s as merged", id, ids(wide.Denominator), ids(narrow.Denominator))
		}
		if more == Merged {
			wide, narrow = narrow, wide
		}
		all := strings.Split(ids(wide.Numerator), ",")
		for _, name := range strings.Split(ids(narrow.Numerator), ",") {
			if name != "" && !slices.Contains(all, name) {
				rt.Fatalf("%s: %s passes on one basis alone", id, name)
			}
		}
		for _, r := range []Result{wide, narrow} {
			if len(r.Numerator) > len(r.Denominator) || len(r.Numerator)+len(r.Missed()) != len(r.Denominator) {
				rt.Fatalf("%s: %s, missed %s", id, tell(r), ids(r.Missed()))
			}
		}
	}
}

// Neither other records, nor the folder that a record lies in, nor the order in
// which the members of a repository were made change a figure.
func TestNeighboursChangeNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		lives := drawLives(rt)
		asOf := drawMoment(rt, at(t, "2026-02-01 00:00"), 300*24).In(shanghai).Format("2006-01-02 15:04")
		periods := []string{"2026-03", "2026-Q2", "2026"}
		want := telling(fastImported(t, stream(lives, folder, false), asOf), periods...)
		slices.Reverse(lives)
		other := stream(lives, folder+"2026/03/", true)
		if diff := cmp.Diff(want, telling(fastImported(t, other, asOf), periods...)); diff != "" {
			rt.Fatalf("alone, and among others (-alone +among):\n%s", diff)
		}
	})
}
