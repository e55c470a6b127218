package metric

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"kept/internal/calendar"
	"kept/internal/obligation"
)

// TestOracle plays the cases of testdata on real repositories. The comment of a
// case shows how its figures were worked out by hand; the file want states them:
//
//	as of 2026-10-01 00:00
//	K01 2026-09 declared,merged: missed 200/3 num=A,B den=A,B,C excluded=D
//	backlog complaint 2026-09 declared: 1+2+1-3-0=1
//
// Before the first of them may stand what other packages would say: "duty …" and
// "faulty …".
// A basis "all" is each one of the KPI. A list that is not named is empty, save
// flagged, which is not looked at. Anything else named is a figure beside the
// headline, an interval, or small=yes.
func TestOracle(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
			if i < 0 || len(archive.Comment) == 0 {
				t.Fatal("a case needs its working and the file want")
			}
			o := &oracle{t: t, dir: played(t, archive).Dir}
			for _, line := range strings.Split(string(archive.Files[i].Data), "\n") {
				if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
					o.line(line)
				}
			}
		})
	}
}

// TestOracleCoversEveryKPI wants three figures or more of each shipped KPI.
func TestOracleCoversEveryKPI(t *testing.T) {
	shipped, err := filepath.Glob("../../templates/init/records/kpi/*.yaml")
	if err != nil || len(shipped) == 0 {
		t.Fatalf("no KPI records: %v", err)
	}
	files, _ := filepath.Glob("testdata/*.txtar")
	all := ""
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all += string(data)
	}
	for _, f := range shipped {
		id := strings.TrimSuffix(filepath.Base(f), ".yaml")
		if n := strings.Count(all, "\n"+id+" 20"); n < 3 {
			t.Errorf("%s has %d figures in testdata", id, n)
		}
	}
}

// oracle compares the lines of one case.
type oracle struct {
	t      *testing.T
	dir    string
	b      *bench
	duties []obligation.Duty
	faulty []string
}

func (o *oracle) line(line string) {
	if rest, ok := strings.CutPrefix(line, "duty "); ok {
		o.duties = append(o.duties, o.duty(strings.Fields(rest)))
		return
	}
	if rest, ok := strings.CutPrefix(line, "faulty "); ok {
		o.faulty = strings.Split(rest, ",")
		return
	}
	if asOf, ok := strings.CutPrefix(line, "as of "); ok {
		if o.b == nil {
			o.b = loaded(o.t, o.dir, asOf)
		}
		in := o.b.in
		o.b.in = &Inputs{Register: in.Register, History: in.History, Calendar: in.Calendar, Commit: in.Commit, AsOf: at(o.t, asOf), Duties: func() []obligation.Duty { return o.duties }}
		if o.faulty != nil {
			o.b.in.Faulty = func(id string) bool { return slices.Contains(o.faulty, id) }
		}
		return
	}
	head, want, ok := strings.Cut(line, ": ")
	words := strings.Fields(head)
	switch {
	case !ok || o.b == nil:
		o.t.Fatalf("%q comes before “as of” or has no colon", line)
	case len(words) == 4 && words[0] == "backlog":
		o.backlog(words[1], words[2], Basis(words[3]), want)
	case len(words) == 3:
		for _, basis := range o.bases(words[0], words[2]) {
			if diff := told(o.b.result(words[0], words[1], basis), want); diff != "" {
				o.t.Errorf("as of %s, %s %s %s: %s", o.b.in.AsOf.Format("01-02 15:04"), words[0], words[1], basis, diff)
			}
		}
	default:
		o.t.Fatalf("%q is no figure", line)
	}
}

// duty reads "OB-01 period=2026-06 due=2026-07-07T18:00", as the package obligation
// would work it out.
func (o *oracle) duty(words []string) obligation.Duty {
	d := obligation.Duty{Definition: &obligation.Definition{ID: words[0], Counted: true}}
	for _, w := range words[1:] {
		key, value, _ := strings.Cut(w, "=")
		switch key {
		case "period":
			p, err := calendar.ParsePeriod(value)
			if err != nil {
				o.t.Fatal(err)
			}
			d.Period = p
		case "record":
			d.Record = value
		case "free":
			d.Definition.Counted = false
		default:
			moment := at(o.t, strings.Replace(value, "T", " ", 1))
			*map[string]*time.Time{"due": &d.Due, "done": &d.Done, "merged": &d.Merged}[key] = moment
		}
	}
	return d
}

func (o *oracle) bases(kpi, names string) []Basis {
	if names == "all" {
		return o.b.definitions[kpi].Bases()
	}
	var list []Basis
	for _, name := range strings.Split(names, ",") {
		list = append(list, Basis(name))
	}
	return list
}

func (o *oracle) backlog(kind, period string, basis Basis, want string) {
	p, err := calendar.ParsePeriod(period)
	if err != nil {
		o.t.Fatal(err)
	}
	for _, b := range Backlog(o.b.in, kind, p) {
		if b.Basis != basis {
			continue
		}
		got := fmt.Sprintf("%d+%d+%d-%d-%d=%d", b.Start, b.Registered, b.Reopened, b.Closed, b.Deleted, b.End)
		if got != want || !b.Closes() {
			o.t.Errorf("backlog of %s in %s, %s: got %s, want %s", kind, period, basis, got, want)
		}
	}
}

// told compares a result with its line and says what differs.
func told(r Result, want string) string {
	fields := strings.Fields(want)
	value := "none"
	if r.Value != nil {
		value = r.Value.RatString()
	}
	said := map[string]string{}
	for _, f := range fields[2:] {
		name, text, _ := strings.Cut(f, "=")
		said[name] = text
	}
	var diff []string
	if got := string(r.Status) + " " + value; got != strings.Join(fields[:2], " ") {
		diff = append(diff, fmt.Sprintf("got %s, want %s", got, strings.Join(fields[:2], " ")))
	}
	for name, got := range besideOf(r) {
		text, named := said[name]
		delete(said, name)
		switch list := name == "num" || name == "den" || name == "excluded" || name == "notyet"; {
		case list && sorted(text) != sorted(got), named && !list && !same(sorted(got), sorted(text)):
			diff = append(diff, fmt.Sprintf("%s is %s, want %s", name, sorted(got), sorted(text)))
		}
	}
	for name := range said {
		diff = append(diff, name+" is not there")
	}
	slices.Sort(diff)
	return strings.Join(diff, "; ")
}

// besideOf is everything of a result but status and value, by name.
func besideOf(r Result) map[string]string {
	m := map[string]string{
		"num": ids(r.Numerator), "den": ids(r.Denominator), "excluded": ids(r.Excluded),
		"notyet": ids(r.NotYetDue), "flagged": ids(r.Flagged), "small": "no", "interval": "none", "target": "none",
	}
	if r.Small {
		m["small"] = "yes"
	}
	if r.Interval != nil {
		m["interval"] = fmt.Sprintf("%.4f..%.4f", r.Interval.Low, r.Interval.High)
	}
	if r.Target != nil {
		m["target"] = r.Target.Value.RatString()
	}
	for _, e := range r.Extra {
		name := strings.ReplaceAll(strings.TrimPrefix(e.Title.EN, "metric."), " ", "-")
		m[name] = "none"
		if e.Value != nil {
			m[name] = e.Value.RatString()
		}
	}
	return m
}

func sorted(list string) string {
	names := strings.Split(list, ",")
	slices.Sort(names)
	return strings.Join(names, ",")
}

// same compares texts; intervals to the tenth that the working gives.
func same(got, want string) bool {
	var a, b, c, d float64
	if n, _ := fmt.Sscanf(strings.Replace(got, "..", " ", 1), "%g %g", &a, &b); n == 2 {
		if n, _ := fmt.Sscanf(strings.Replace(want, "..", " ", 1), "%g %g", &c, &d); n == 2 {
			return math.Abs(a-c) <= 0.06 && math.Abs(b-d) <= 0.06
		}
	}
	return got == want
}
