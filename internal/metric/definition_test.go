package metric

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"kept/internal/locale"
	"kept/internal/record"
)

func TestShippedDefinitionsCompile(t *testing.T) {
	b := newBench(t, fstest.MapFS{}, "2026-10-01 00:00")
	for _, id := range []string{"K01", "K02", "K03", "K04", "K06", "K12", "K13", "K14", "K16", "K19", "K20", "K22", "K23"} {
		d := b.definitions[id]
		if d == nil {
			t.Errorf("%s is not there", id)
			continue
		}
		if d.Title.ZH == "" || d.Title.EN == "" || d.Formula.ZH == "" || d.Formula.EN == "" || d.Version < 1 || len(d.Bases()) == 0 {
			t.Errorf("%s lacks something: %+v", id, d)
		}
	}
}

// With no records at all a rate has no value, and a count is zero (case J).
func TestNoRecords(t *testing.T) {
	b := newBench(t, fstest.MapFS{}, "2026-10-01 00:00")
	for id := range b.definitions {
		want := "no_data none"
		if id == "K06" {
			want = "no_target 0"
		}
		if got := tell(b.result(id, "2026-09", Declared)); got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
}

func TestDefinitionsRefuse(t *testing.T) {
	good := "schema: kpi/v1\nid: K99\nstatus: active\nmeasure: on_time\nof: complaint\nlimit: response_due\n"
	for _, v := range []struct{ old, new, want string }{
		{"measure: on_time", "measure: vibes", "there is no measure vibes"},
		{"of: complaint", "of: compliant", "there is no kind compliant"},
		{"limit: response_due", "limit: responce_due", "Complaint has no time limit responce_due"},
		{"limit: response_due", "limit: response_due\nfilter: 'stauts == 1'", "unknown name stauts"},
		{"limit: response_due", "limit: response_due\ntolerance: soon", "soon is not an amount of time"},
		{"limit: response_due", "limit: response_due\nfuture: later", "later is not a duration"},
		{"limit: response_due", "limit: response_due\ntargets: [{from: x, value: '1'}]", "a target needs a day"},
		{"measure: on_time", "measure: duration\nstart: received_on\ndone: handled_at", "Complaint has no field or time received_on"},
		{"measure: on_time", "measure: coverage", "there is no kind"},
	} {
		files := initial(t, fstest.MapFS{})
		put(files, "kpi", "K99", strings.Replace(good, v.old, v.new, 1))
		reg, _, err := record.Load(files, kinds(t))
		if err != nil {
			t.Fatal(err)
		}
		list, found := Definitions(reg)
		p := messages(t).Printer(locale.English)
		var said []string
		for _, f := range found {
			said = append(said, f.Message(p))
		}
		if !strings.Contains(strings.Join(said, "; "), v.want) {
			t.Errorf("%s: %q, want %q", v.new, said, v.want)
		}
		if slices.ContainsFunc(list, func(d *Definition) bool { return d.ID == "K99" }) {
			t.Errorf("%s: the definition is used", v.new)
		}
	}
}
