package metric

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"kept/internal/calendar"
	"kept/internal/record"
)

const analysing = "schema: report/v1\nid: RP-09\nstatus: active\nanalysis:\n  kind: complaint\n  at: received_at\n  by: [category, customer, handling_satisfaction]\n" +
	"  exclude:\n    - {when: status == \"merged\", reason: {zh-CN: 已合并, en: merged}}\n" +
	"  overdue: resolve_due\n  repeated: is_repeat\n  refused: status == \"not_accepted\"\n" +
	"  durations:\n    - {title: {zh-CN: 处理, en: Handling}, start: received_at, done: handled_at, pauses: pauses}\n"

func analysed(t *testing.T, files fstest.MapFS, asOf, period string) Analysed {
	t.Helper()
	put(files, "report", "RP-09", analysing)
	b := newBench(t, files, asOf)
	a, found := AnalysisOf(b.in.Register, b.in.Register.Get("RP-09"))
	refuse(t, found, "")
	p, err := calendar.ParsePeriod(period)
	if err != nil {
		t.Fatal(err)
	}
	return a.Compute(b.in, p)
}

func TestAnalysis(t *testing.T) {
	files := fstest.MapFS{}
	add := func(id, received, fields string, steps ...string) {
		put(files, "complaint", id, complaint(id, received, fields, steps...))
	}
	// Two of one customer and category, handled in 2 and 4 h; the second is a repeat.
	add("TS-2026-0001", "2026-09-07 09:00", "customer: KH-0001\ncategory: billing\nhandling_satisfaction: 4\n", "registered 2026-09-07 09:00", "resolved 2026-09-07 11:00", "closed 2026-09-08 09:00", "in_analysis 2026-09-09 09:00", "resolved 2026-09-09 10:00", "closed 2026-09-09 11:00")
	add("TS-2026-0002", "2026-09-08 09:00", "customer: KH-0001\ncategory: billing\nis_repeat: true\n", "registered 2026-09-08 09:00", "resolved 2026-09-08 14:00")
	add("TS-2026-0003", "2026-09-09 09:00", "customer: KH-0002\n", "registered 2026-09-09 09:00", "acknowledged 2026-09-09 09:30", "not_accepted 2026-09-09 10:00")
	// Merged ones do not count; one of the month before is overdue; one of the last
	// day is open and in time.
	add("TS-2026-0004", "2026-09-09 09:00", "customer: KH-0002\n", "registered 2026-09-09 09:00", "merged 2026-09-09 10:00")
	add("TS-2026-0005", "2026-08-03 09:00", "customer: KH-0002\n", "registered 2026-08-03 09:00")
	add("TS-2026-0006", "2026-09-30 09:00", "customer: KH-0003\ncategory: privacy\n", "registered 2026-09-30 09:00")
	x := analysed(t, files, "2026-10-20 00:00", "2026-09")
	for what, lists := range map[string][2][]string{
		"records":  {x.Records, {"TS-2026-0001", "TS-2026-0002", "TS-2026-0003", "TS-2026-0006"}},
		"overdue":  {x.Overdue, {"TS-2026-0005"}},
		"repeated": {x.Repeated, {"TS-2026-0002"}},
		"reopened": {x.Reopened, {"TS-2026-0001"}},
		"refused":  {x.Refused, {"TS-2026-0003"}},
	} {
		if !slices.Equal(lists[0], lists[1]) {
			t.Errorf("%s are %v", what, lists[0])
		}
	}
	var told []string
	for _, b := range x.Breakdowns {
		for _, p := range b.Parts {
			told = append(told, b.By.EN+" "+p.Name.EN+p.Record+" "+p.Cumulative.FloatString(1))
		}
	}
	want := []string{
		"Category Billing 50.0", "Category Personal information 75.0", "Category not stated 100.0",
		"Customer KH-0001 50.0", "Customer KH-0002 75.0", "Customer KH-0003 100.0",
	}
	if len(told) < 6 || !slices.Equal(told[:6], want) {
		t.Errorf("breakdowns are %q", told)
	}
	// 09-07 09:00 to the last solution on 09-09 10:00 is 8 + 8 + 1 h, the other 4.
	if s := x.Spells[0]; s.Count != 2 || s.Mean.Cmp(rat(21, 2)) != 0 || s.P90.Cmp(rat(17, 1)) != 0 {
		t.Errorf("handling took %v %v %v %v", s.Count, s.Mean, s.Median, s.P90)
	}
}

// A period without anything has no parts, and no mean of nothing.
func TestAnalysisOfNothing(t *testing.T) {
	x := analysed(t, fstest.MapFS{}, "2026-10-20 00:00", "2026-09")
	if len(x.Records) > 0 || len(x.Breakdowns) != 3 || len(x.Breakdowns[0].Parts) > 0 || x.Spells[0].Count != 0 || x.Spells[0].Mean != nil {
		t.Errorf("nothing is %+v", x)
	}
	if Changed(3, 0) != nil || Changed(3, 4).Cmp(rat(-25, 1)) != 0 {
		t.Errorf("changes are %v %v", Changed(3, 0), Changed(3, 4))
	}
}

// What cannot be used is told at its place, and no text that may hold personal
// data is counted by.
func TestAnalysisRefuses(t *testing.T) {
	for name, change := range map[string][2]string{
		"kind": {"kind: complaint", "kind: complain"}, "at": {"at: received_at", "at: received"},
		"field": {"[category,", "[categories,"}, "class": {"[category,", "[contact_ref,"}, "text": {"[category,", "[description,"},
		"limit": {"resolve_due", "resolved_due"}, "condition": {"is_repeat", "is_repeated"}, "duration": {"done: handled_at", "done: handled"},
	} {
		files := fstest.MapFS{}
		put(files, "report", "RP-01", strings.ReplaceAll(strings.Replace(analysing, change[0], change[1], 1), "RP-09", "RP-01"))
		reg, _, err := record.Load(files, kinds(t))
		if err != nil {
			t.Fatal(err)
		}
		if _, found := AnalysisOf(reg, reg.Get("RP-01")); len(found) != 1 || !strings.HasPrefix(found[0].Position.Path, "records/report/RP-01.yaml") {
			t.Errorf("%s: found %v", name, found)
		}
		if _, found := Definitions(reg); len(found) != 1 {
			t.Errorf("%s: the checks find %v", name, found)
		}
	}
}
