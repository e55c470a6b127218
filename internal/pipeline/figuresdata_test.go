package pipeline_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kept/internal/browsertest"
	"kept/internal/calendar"
	"kept/internal/metric"
	"kept/internal/pipeline"
)

// picked is the data of the period picker as assets/period.js reads it.
type picked struct {
	Periods []struct {
		P      string            `json:"p"`
		Kind   string            `json:"kind"`
		Beside [2]string         `json:"beside"`
		Holds  []string          `json:"holds"`
		As     map[string]string `json:"as"`
	} `json:"periods"`
	Newest struct {
		As map[string]string `json:"as"`
	} `json:"newest"`
	Words []string `json:"words"`
	KPIs  map[string]struct {
		None [8]*float64            `json:"none"`
		At   map[string][8]*float64 `json:"at"`
	} `json:"kpis"`
}

func (d *picked) word(line [8]*float64, i int) string { return d.Words[int(*line[i])] }

func readPicked(t *testing.T, public, lang string) picked {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(public, lang, "figures.js"))
	must(t, err)
	body, ok := strings.CutPrefix(string(data), `kept.give("figures", `)
	body, closed := strings.CutSuffix(body, ");\n")
	if !ok || !closed || strings.ContainsAny(body, "<\u2028\u2029") {
		t.Fatal("the data are not one call, or could end their script")
	}
	var d picked
	must(t, json.Unmarshal([]byte(body), &d))
	return d
}

// Every figure of the data is what "kept kpi --json" prints of the same period:
// months, quarters, halves and years, the unfinished ones among them.
func TestFiguresOfPeriodsAreThoseOfKPI(t *testing.T) {
	site := browsertest.Demo(t)
	d := readPicked(t, site.Public, "zh-CN")
	project, err := pipeline.Open(site.Records, "test")
	must(t, err)
	snapshot, err := project.Snapshot(pipeline.Moment{})
	must(t, err)
	measures := project.Measures(snapshot)
	compared := 0
	for _, key := range []string{"2025-03", "2026-08", "2026-09", "2025-Q4", "2026-Q3", "2025-H2", "2026-H2", "2025", "2026"} {
		p, err := calendar.ParsePeriod(key)
		must(t, err)
		for _, def := range snapshot.Definitions {
			line, has := d.KPIs[def.ID].At[key]
			if has != def.Cadence.Fits(p.Grain) {
				t.Errorf("%s in %s: in the data %v, though it is due each %s", def.ID, key, has, def.Cadence)
			}
			if !has {
				continue
			}
			compared++
			r := measures.Result(def, p, def.Bases()[0])
			f := snapshot.Figure(def, r, false)
			if got, want := d.word(line, 0), sayFigure(def, f); !strings.HasPrefix(strings.TrimPrefix(got, "+"), want) {
				t.Errorf("%s in %s is %q, kept kpi says %s", def.ID, key, got, want)
			}
			if got, want := d.word(line, 4), fmt.Sprintf("%d/%d", f.Numerator, f.Denominator); def.Unit == metric.Percent && f.Ratio == nil && r.Ratio == nil && got != want {
				t.Errorf("%s in %s counts %s, kept kpi %s", def.ID, key, got, want)
			}
			tone := map[string]string{"met": "good", "missed": "bad", "provisional": "warn", "too_few": "warn"}[f.Status]
			if got := d.word(line, 3); got != tone && (tone != "" || got != "muted") {
				t.Errorf("%s in %s is %s in the data, %s by kept kpi", def.ID, key, got, f.Status)
			}
			if _, err := os.Stat(filepath.Join(site.Public, "zh-CN", "kpi", def.ID, key+".html")); err != nil {
				t.Errorf("%s in %s has no page: %v", def.ID, key, err)
			}
		}
	}
	if compared < 100 {
		t.Errorf("only %d figures were compared", compared)
	}
}

// sayFigure is how a figure begins in print.
func sayFigure(d *metric.Definition, f pipeline.FigureObject) string {
	if f.Status == "too_few" && f.Value != nil {
		return fmt.Sprintf("%d/%d", f.Numerator, f.Denominator)
	}
	if f.Value == nil {
		return "—"
	}
	value, _ := new(big.Rat).SetString(f.Exact)
	if d.Unit == metric.Count && value.IsInt() {
		return value.Num().String()
	}
	return value.FloatString(d.Digits)
}

// The picker's way between periods leads to periods only, and is bounded: four
// years of each length.
func TestPickerIsBounded(t *testing.T) {
	site := browsertest.Demo(t)
	d := readPicked(t, site.Public, "en")
	known, count := map[string]bool{}, map[string]int{}
	for _, p := range d.Periods {
		known[p.P] = true
		count[p.Kind]++
	}
	for kind, most := range map[string]int{"month": 48, "quarter": 16, "half": 8, "year": 4} {
		if count[kind] == 0 || count[kind] > most {
			t.Errorf("%d periods of a %s, want 1 to %d", count[kind], kind, most)
		}
		if !known[d.Newest.As[kind]] {
			t.Errorf("the newest %s is %q", kind, d.Newest.As[kind])
		}
	}
	for _, p := range d.Periods {
		for _, to := range append(append([]string{p.Beside[0], p.Beside[1], p.As["month"], p.As["quarter"], p.As["half"], p.As["year"]}, p.Holds...), p.P) {
			if !known[to] {
				t.Errorf("%s leads to %q, which is no period", p.P, to)
			}
		}
		if _, err := os.Stat(filepath.Join(site.Public, "en", "period", p.P+".html")); err != nil {
			t.Errorf("%s has no page: %v", p.P, err)
		}
	}
	for id, k := range d.KPIs {
		if id != "" && (d.word(k.None, 0) != "—" || d.word(k.None, 1) == "") {
			t.Errorf("%s does not say that it has no figure", id)
		}
	}
}
