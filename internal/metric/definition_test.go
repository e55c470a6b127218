package metric

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"kept/internal/locale"
	"kept/internal/record"
)

func TestShippedDefinitionsCompile(t *testing.T) {
	b := newBench(t, fstest.MapFS{}, "2026-10-01 00:00")
	for i := range 25 {
		id := fmt.Sprintf("K%02d", i+1)
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
		{"measure: on_time", "measure: rate", "there is no kind"},
		{"measure: on_time", "measure: recurrence", "this measure needs same"},
		{"measure: on_time", "measure: recurrence\nsame: [custommer]", "Complaint has no field or time custommer"},
		{"measure: on_time", "measure: attained_share\nperiod: period", "Complaint has no field or time period"},
		{"measure: on_time", "measure: attained_share\nperiod: title\nresults: {list: actions, actual: x, target: due}", "Complaint has no field or time actions.x"},
		{"of: complaint", "sources: [{of: complaints, items: {list: actions, due: due, done: done_at}}]", "there is no kind complaints"},
		{"of: complaint", "sources: [{of: complaint, items: {list: actions, due: deu, done: done_at}}]", "Complaint has no field or time actions.deu"},
		{"limit: response_due", "limit: response_due\nattempts: {list: follow_up_attempts, at: when, number: 3}", "Complaint has no field or time when"},
		{"limit: response_due", "limit: response_due\nbeside: [{title: {zh-CN: x, en: x}, when: 'nought'}]", "unknown name nought"},
		{"limit: response_due", "limit: response_due\nbeside: [{title: {zh-CN: x, en: x}, open: {since: received_at, within: ages, done: closed_at}}]", "ages is not an amount of time"},
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
