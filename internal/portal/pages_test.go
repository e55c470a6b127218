package portal

import (
	"math/big"
	"slices"
	"strings"
	"testing"

	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/metric"
)

func TestHomeShowsWhatIsLateAndWhatChanged(t *testing.T) {
	h := New(company(t), locale.Chinese).Home()
	if h.Running != 2 || h.Overdue != 2 {
		t.Errorf("got %d open and %d overdue, want 2 and 2", h.Running, h.Overdue)
	}
	first := h.Due.Rows[0]
	if !strings.HasPrefix(first.Cells[1].Text, "TS-2026-0001") && !strings.HasPrefix(first.Cells[1].Text, "TS-2026-0002") || first.Cells[0].Tone != Bad {
		t.Errorf("the most overdue comes first: %+v", first)
	}
	if !slices.IsSortedFunc(h.Due.Rows, func(a, b Row) int { return strings.Compare(a.Cells[3].Text, b.Cells[3].Text) }) {
		t.Errorf("the rows are not in the order of their due times: %+v", h.Due.Rows)
	}
	if h.Changes[0].What != "已删除" || h.Changes[0].Author.Text != "王磊" || h.Changes[0].Record.Text != "TS-2026-0003" {
		t.Errorf("newest change: %+v", h.Changes[0])
	}
	if h.Errors == 0 {
		t.Error("the findings of the broken record are not counted")
	}
	if !slices.ContainsFunc(h.Kinds, func(s Submission) bool { return s.Command == "kept new complaint" && s.FormNo == "SD-02004-F01" }) {
		t.Errorf("kinds to submit: %+v", h.Kinds)
	}
}

func TestRegisterTable(t *testing.T) {
	v := New(company(t), locale.Chinese)
	table := v.RegisterTable(v.src.Register.Kinds().Kind("complaint"))
	if table.ID != "complaint-register" || table.Title != "投诉台账" {
		t.Errorf("got %q %q", table.ID, table.Title)
	}
	at := func(row int, key string) Cell {
		i := slices.IndexFunc(table.Columns, func(c Column) bool { return c.Key == key })
		if i < 0 {
			t.Fatalf("no column %q in %+v", key, table.Columns)
		}
		return table.Rows[row].Cells[i]
	}
	for _, c := range []struct {
		row       int
		key, want string
	}{
		{0, "id", "TS-2026-0001"},
		{0, "customer", "江畔 <b>学校</b>"},
		{0, "received_at", "2026-09-18 17:30"},
		{0, "response_due.met", "是"},
		{1, "response_due.met", "否"},
		{0, "status", "已响应"},
		{2, "status", "无法解析"},
	} {
		if got := at(c.row, c.key); got.Text != c.want {
			t.Errorf("row %d, %s: got %q, want %q", c.row, c.key, got.Text, c.want)
		}
	}
	if len(table.Rows) != 3 {
		t.Errorf("got %d rows, want those present", len(table.Rows))
	}
}

func TestRegisterPage(t *testing.T) {
	r := New(company(t), locale.English).Register("complaint")
	if r.Table.Rows[0].ID != "TS-2026-0004" {
		t.Errorf("a dated register begins with %s, want the newest", r.Table.Rows[0].ID)
	}
	if len(r.Gone) != 1 || r.Gone[0].Link.Page != "complaint/TS-2026-0003.html" {
		t.Errorf("deleted records: %+v", r.Gone)
	}
	if f := r.Facets[0]; f.Key != "status" || !f.Ranked || f.Options[0] != (FacetOption{Key: "registered", Text: "Registered", Tone: Warn, Count: 1}) {
		t.Errorf("the first facet: %+v", f)
	}
	if stray := New(company(t), locale.Chinese).Register("tool"); len(stray.Table.Rows) != 1 {
		t.Errorf("a folder without a kind lists its files: %+v", stray.Table)
	}
}

// K01 in September: TS-2026-0001 was answered at 09:40, before 10:30 on the
// 20th; TS-2026-0002 never, and its working day ended on the 20th. So 1/2.
func TestKPIPageLeadsToRecords(t *testing.T) {
	v := New(company(t), locale.Chinese)
	k := v.KPI("K01")
	if c := k.Card; c.Value != "50.0%" || c.Counts != "1/2" || c.Status.Text != "未达标" || c.Target != "不低于 98%" || c.Period != "2026年9月" {
		t.Errorf("card: %+v", c)
	}
	if k.Periods[1].Link.Page != "kpi/K01/2026-09.html" || len(k.Periods[1].Bases) != 3 || len(k.Bases) != 2 {
		t.Errorf("September: %+v", k.Periods[1])
	}
	if k.Chart.Target == nil || *k.Chart.Target != 98 || len(k.Chart.Points) != 3 {
		t.Errorf("chart: %+v", k.Chart)
	}
	page := v.KPIPeriod("K01", calendar.Period{Grain: calendar.Month, Year: 2026, Index: 9})
	if page.Path != "kpi/K01/2026-09.html" || len(page.Evidence) != 2 {
		t.Fatalf("page %s with %d groups", page.Path, len(page.Evidence))
	}
	missed, met := page.Evidence[0], page.Evidence[1]
	if missed.Table.ID != "missed" || missed.Count != 1 || missed.Table.Rows[0].Cells[0].Link.Page != "complaint/TS-2026-0002.html" {
		t.Errorf("missed: %+v", missed)
	}
	if met.Table.ID != "met" || met.Table.Rows[0].ID != "TS-2026-0001" || len(met.Table.Rows[0].Cells[5].Text) != 12 {
		t.Errorf("met: %+v", met)
	}
}

func TestDocuments(t *testing.T) {
	v := New(company(t), locale.English)
	if keys := v.DocumentKeys(); !slices.Equal(keys, []string{"SD-02004"}) {
		t.Fatalf("documents: %q", keys)
	}
	d, err := v.Document("SD-02004")
	must(t, err)
	if !d.Draft || d.DocumentItem.Title != "Business relationship procedure" || d.Path != "doc/SD-02004.html" {
		t.Errorf("document: %+v", d.DocumentItem)
	}
	if len(d.Versions.Rows) != 1 || d.Versions.Rows[0].Cells[4].Text != noValue || len(d.Distribution.Rows) != 1 {
		t.Errorf("tables: %+v %+v", d.Versions, d.Distribution)
	}
	if len(d.Contents) != 1 || d.Contents[0].Text != "1. Overview" {
		t.Errorf("contents: %+v", d.Contents)
	}
}

func TestBelowOne(t *testing.T) {
	for version, want := range map[string]bool{"0.9": true, "V0.1": true, "1.0": false, "2": false, "": false, "x": false} {
		if belowOne(version) != want {
			t.Errorf("%q: got %v", version, !want)
		}
	}
}

func TestPeriodsInWords(t *testing.T) {
	src := company(t)
	zh, en := New(src, locale.Chinese), New(src, locale.English)
	for _, c := range []struct{ period, zh, en string }{
		{"2026-09", "2026年9月", "Sep 2026"},
		{"2026-Q3", "2026年第3季度", "Q3 2026"},
		{"2026-H1", "2026年上半年", "first half of 2026"},
		{"2026-H2", "2026年下半年", "second half of 2026"},
		{"2026", "2026年", "2026"},
	} {
		p, err := calendar.ParsePeriod(c.period)
		must(t, err)
		if zh.period(p) != c.zh || en.period(p) != c.en {
			t.Errorf("%s: got %q and %q", c.period, zh.period(p), en.period(p))
		}
	}
}

func TestQuantities(t *testing.T) {
	v := New(company(t), locale.Chinese)
	for _, c := range []struct {
		value  *big.Rat
		unit   metric.Unit
		digits int
		want   string
	}{
		{nil, metric.Percent, 1, "—"},
		{big.NewRat(950, 10), metric.Percent, 1, "95.0%"},
		{big.NewRat(5, 1), metric.Points, 1, "+5.0"},
		{big.NewRat(-5, 2), metric.Points, 1, "-2.5"},
		{big.NewRat(25, 2), metric.Hours, 1, "12.5 小时"},
		{big.NewRat(3, 1), metric.Count, 0, "3"},
	} {
		if got := v.quantity(c.value, c.unit, c.digits); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
	if d := decimals(big.NewRat(995, 10)); d != 1 {
		t.Errorf("99.5 needs one decimal, got %d", d)
	}
}

func TestVerdicts(t *testing.T) {
	src := company(t)
	day := func(d int) (c clock) { c.Due = src.AsOf.AddDate(0, 0, d); return c }
	done := func(c clock, days int) clock { c.Done = c.Due.AddDate(0, 0, days); return c }
	for _, c := range []struct {
		name    string
		clock   clock
		running bool
		want    verdict
	}{
		{"no due time", clock{}, true, idle},
		{"done at the due time", done(day(-5), 0), false, kept},
		{"done after it", done(day(-5), 1), true, late},
		{"due in the past", day(-1), true, overdue},
		{"due at as_of", day(0), true, pending},
		{"nobody waits for it", day(-1), false, idle},
	} {
		if got := c.clock.verdict(src.AsOf, c.running); got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

func TestSectionsPutLivingRecordsFirst(t *testing.T) {
	v := New(company(t), locale.Chinese)
	var folders []string
	for _, s := range v.Sections() {
		folders = append(folders, s.Folder)
	}
	at := func(f string) int { return slices.Index(folders, f) }
	if !(at("complaint") < at("customer") && at("customer") < at("tool")) {
		t.Errorf("sections: %q", folders)
	}
	if s := v.Site(); len(s.Groups) != 3 || s.Commit.Short == "" || s.AsOf != "2026-10-01 00:00" {
		t.Errorf("site: %+v", s)
	}
}
