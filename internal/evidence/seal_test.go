package evidence

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"kept/internal/calendar"
	"kept/internal/gitrepo"
	"kept/internal/gittest"
	"kept/internal/history"
	"kept/internal/locale"
	"kept/internal/metric"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/schemas"
)

func someSeal() Seal {
	at := time.Date(2026, 10, 8, 2, 0, 0, 0, time.UTC)
	return Seal{
		Period: calendar.Period{Grain: calendar.Month, Year: 2026, Index: 9}, Commit: "0123456789abcdef0123456789abcdef01234567",
		AsOf: at, Tool: "1.0", Records: 120, By: "u-zhoum", At: at.Add(time.Hour), Note: "第一行\n第二行: 含冒号",
		Figures: []Figure{
			{KPI: "K01", Version: 2, Basis: "declared", Value: "66.7", Exact: "200/3", Numerator: 2, Denominator: 3, Excluded: 1, Verdict: "missed"},
			{KPI: "K03", Version: 1, Basis: "declared", Verdict: "no_data"},
		},
		Prints: []SealedPrint{{Print: "kpi-monthly", Lang: "zh-CN", Edition: "internal", Code: code, SHA256: fmt.Sprintf("%064d", 1)}},
	}
}

// A seal that is written reads back the same, and its kind has nothing against it.
func TestSealRoundTrip(t *testing.T) {
	kinds, found := schema.Load(schemas.FS)
	if len(found) > 0 {
		t.Fatal(found)
	}
	want := someSeal()
	rec, found := record.Parse(want.Path(), want.Write(locale.Text{ZH: "封存", EN: "Seal"}), kinds)
	if len(found) > 0 {
		t.Fatalf("a written seal has findings: %v\n%s", found, rec.Source)
	}
	got, ok := ReadSeal(rec)
	if !ok || !got.AsOf.Equal(want.AsOf) || !got.At.Equal(want.At) {
		t.Fatalf("read %+v, %v", got, ok)
	}
	got.AsOf, got.At = want.AsOf, want.At
	if !reflect.DeepEqual(got, want) {
		t.Errorf("read back\n%+v\nwant\n%+v", got, want)
	}
}

func TestReadSealRefuses(t *testing.T) {
	kinds, _ := schema.Load(schemas.FS)
	text := func(change func(*Seal)) []byte {
		s := someSeal()
		change(&s)
		return s.Write(locale.Plain("x"))
	}
	for name, c := range map[string]struct {
		path string
		data []byte
	}{
		"other period": {"records/seal/2026-08.yaml", text(func(*Seal) {})},
		"no commit":    {"records/seal/2026-09.yaml", text(func(s *Seal) { s.Commit = "" })},
		"no YAML":      {"records/seal/2026-09.yaml", []byte("a: [")},
		"other kind":   {"records/customer/2026-09.yaml", text(func(*Seal) {})},
		"empty":        {"records/seal/2026-09.yaml", nil},
	} {
		rec, _ := record.Parse(c.path, c.data, kinds)
		if s, ok := ReadSeal(rec); ok {
			t.Errorf("%s is read as a seal: %+v", name, s)
		}
	}
	if _, ok := ReadSeal(nil); ok {
		t.Error("no record is read as a seal")
	}
}

func TestDifferences(t *testing.T) {
	a := Figure{KPI: "K01", Basis: "declared", Exact: "95", Numerator: 19, Denominator: 20}
	b := Figure{KPI: "K01", Basis: "merged", Exact: "90", Numerator: 18, Denominator: 20}
	later := a
	later.Exact, later.Numerator = "185/2", 18
	for name, c := range map[string]struct {
		sealed, now []Figure
		want        int
	}{
		"same":           {[]Figure{a, b}, []Figure{b, a}, 0},
		"changed":        {[]Figure{a, b}, []Figure{later, b}, 1},
		"gone":           {[]Figure{a, b}, []Figure{a}, 1},
		"new one":        {[]Figure{a}, []Figure{a, b}, 0},
		"nothing sealed": {nil, []Figure{a}, 0},
	} {
		if got := Differences(c.sealed, c.now); len(got) != c.want {
			t.Errorf("%s: %+v, want %d", name, got, c.want)
		}
	}
	if got := Differences([]Figure{a}, []Figure{later})[0]; got.Sealed != a || got.Now != later {
		t.Errorf("the difference is %+v", got)
	}
}

func TestMoved(t *testing.T) {
	members := func(ids ...string) []metric.Evidence {
		var list []metric.Evidence
		for _, id := range ids {
			list = append(list, metric.Evidence{Record: id})
		}
		return list
	}
	result := func(numerator, denominator, excluded []metric.Evidence) metric.Result {
		return metric.Result{KPI: "K01", Numerator: numerator, Denominator: denominator, Excluded: excluded}
	}
	before := result(members("A", "B"), members("A", "B", "C"), members("D"))
	for name, c := range map[string]struct {
		after metric.Result
		want  []string
	}{
		"left the numerator": {result(members("A"), members("A", "B", "C"), members("D")), []string{"B", "K01"}},
		"came":               {result(members("A", "B"), members("A", "B", "C", "E"), members("D")), []string{"E", "K01"}},
		"left out":           {result(members("A", "B"), members("A", "B"), members("D", "C")), []string{"C", "K01"}},
		"same sides":         {before, []string{"A", "B", "C", "D", "K01"}},
	} {
		if got := Moved(before, c.after); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// Position and Since count along the mainline; what a merge brought in has the
// merge's place.
func TestSince(t *testing.T) {
	r := gittest.New(t)
	r.Write("records/customer/KH-0001.yaml", "id: KH-0001\ntitle: a\n")
	r.Write("records/customer/KH-0002.yaml", "id: KH-0002\ntitle: a\n")
	first := r.Commit("first")
	r.Git("checkout", "-q", "-b", "work")
	r.At("2026-09-02T09:00:00+08:00")
	r.Write("records/customer/KH-0002.yaml", "id: KH-0002\ntitle: b\n")
	side := r.Commit("side")
	r.Git("checkout", "-q", "main")
	r.At("2026-09-03T09:00:00+08:00")
	r.Git("merge", "-q", "--no-ff", "--no-edit", "work")
	repo, err := gitrepo.Open(r.Dir)
	if err != nil {
		t.Fatal(err)
	}
	head, err := repo.Resolve("HEAD", nil)
	if err != nil {
		t.Fatal(err)
	}
	h, err := history.Read(repo, head)
	if err != nil {
		t.Fatal(err)
	}
	for hash, want := range map[string]int{first: 0, side: 1, string(head): 1} {
		if at, held := Position(h, gitrepo.Hash(hash)); at != want || !held {
			t.Errorf("%s stands at %d, %v, want %d", hash, at, held, want)
		}
	}
	if _, held := Position(h, "0123456789012345678901234567890123456789"); held {
		t.Error("a commit that never was is held")
	}
	ids := []string{"KH-0001", "KH-0002", "KH-0003"}
	if got := Since(h, 0, ids); len(got) != 1 || got[0].Record != "KH-0002" || string(got[0].Commit.Hash) != side || got[0].Merged.Hash != head {
		t.Errorf("since the first commit: %+v", got)
	}
	if got := Since(h, 1, ids); len(got) != 0 {
		t.Errorf("since the merge: %+v", got)
	}
}
