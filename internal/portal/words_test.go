package portal

import (
	"math/big"
	"strings"
	"testing"
	"time"

	"kept/internal/calendar"
	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/locale"
	"kept/internal/metric"
	"kept/internal/record"
	"kept/internal/redact"
	"kept/internal/schema"
)

// both is one source in both languages.
func both(t *testing.T) (zh, en *View) {
	t.Helper()
	src := company(t)
	return New(src, locale.Chinese), New(src, locale.English)
}

func TestStatusesInWords(t *testing.T) {
	zh, en := both(t)
	for _, c := range []struct {
		status metric.Status
		zh, en string
		tone   Tone
	}{
		{metric.Met, "达标", "met", Good},
		{metric.Missed, "未达标", "missed", Bad},
		{metric.NoTarget, "仅供参考", "information", Muted},
		{metric.Provisional, "暂定", "provisional", Warn},
		{metric.TooFew, "样本量不足", "sample too small", Warn},
	} {
		r := &metric.Result{Status: c.status}
		a, b := zh.status(r), en.status(r)
		if a.Text != c.zh || !strings.Contains(strings.ToLower(b.Text), c.en) || a.Tone != c.tone || b.Tone != c.tone {
			t.Errorf("%v: got %+v and %+v, want %q, %q, %q", c.status, a, b, c.zh, c.en, c.tone)
		}
	}
}

func TestTargetsInWords(t *testing.T) {
	zh, en := both(t)
	for _, c := range []struct {
		target *metric.Target
		unit   metric.Unit
		zh, en string
	}{
		{nil, metric.Percent, "未设目标", "no target"},
		{&metric.Target{Value: big.NewRat(98, 1)}, metric.Percent, "不低于 98%", "at least 98%"},
		{&metric.Target{Value: big.NewRat(995, 10)}, metric.Percent, "不低于 99.5%", "at least 99.5%"},
		{&metric.Target{Value: big.NewRat(2, 1), AtMost: true}, metric.Percent, "不高于 2%", "at most 2%"},
		{&metric.Target{Value: big.NewRat(30, 1)}, metric.Points, "不低于 +30", "at least +30"},
	} {
		if a, b := zh.target(c.target, c.unit), en.target(c.target, c.unit); a != c.zh || b != c.en {
			t.Errorf("got %q and %q, want %q and %q", a, b, c.zh, c.en)
		}
	}
}

func TestBasesAndCadencesInWords(t *testing.T) {
	zh, en := both(t)
	seen := map[string]bool{}
	for _, v := range []*View{zh, en} {
		for _, b := range []metric.Basis{metric.Declared, metric.Submitted, metric.Merged} {
			seen[v.basis(b)] = true
		}
		for _, g := range []calendar.Grain{calendar.Month, calendar.Quarter, calendar.Half, calendar.FullYear} {
			seen[v.cadence(g)] = true
		}
	}
	if len(seen) != 14 {
		t.Errorf("three bases and four cadences in two languages are %d words: %v", len(seen), seen)
	}
}

// A small sample says so, and one that is too small shows no share.
func TestSmallSamplesInWords(t *testing.T) {
	zh, _ := both(t)
	d := zh.byKPI["K01"]
	two, three := make([]metric.Evidence, 2), make([]metric.Evidence, 3)
	few := &metric.Result{Status: metric.TooFew, Value: big.NewRat(200, 3), Unit: metric.Percent, Numerator: two, Denominator: three}
	if got := zh.figure(d, few); strings.Contains(got, "66") || !strings.Contains(got, "2") || !strings.Contains(got, "3") {
		t.Errorf("too few: %q", got)
	}
	if float(few) != nil {
		t.Error("too few members are drawn in the chart")
	}
	small := &metric.Result{Small: true, Interval: &metric.Range{Low: 12.34, High: 87.66}, Excluded: two, Flagged: three}
	if got := zh.note(d, small); strings.Count(got, zh.p.Say("portal.semicolon")) != 3 || !strings.Contains(got, "12.3") || !strings.Contains(got, "87.7") {
		t.Errorf("note: %q", got)
	}
	if got := zh.note(d, &metric.Result{}); got != "" {
		t.Errorf("nothing to note gave %q", got)
	}
}

func TestFractions(t *testing.T) {
	r := metric.Result{Numerator: make([]metric.Evidence, 19), Denominator: make([]metric.Evidence, 20)}
	for unit, want := range map[metric.Unit]string{metric.Percent: "19/20", metric.Points: "19/20", metric.Count: "19", metric.Hours: "20"} {
		if r.Unit = unit; Fraction(&r) != want {
			t.Errorf("%v: got %q, want %q", unit, Fraction(&r), want)
		}
	}
}

// K01 in September is 1/2 by the declared times, with a row for each basis.
func TestKPITable(t *testing.T) {
	zh, _ := both(t)
	september := calendar.Period{Grain: calendar.Month, Year: 2026, Index: 9}
	table := zh.KPITable(september)
	if len(table.Rows) != 3 || !strings.Contains(table.Title, "2026年9月") {
		t.Fatalf("%q has %d rows, want one for each basis", table.Title, len(table.Rows))
	}
	if got, want := texts(table.Rows[0].Cells), "K01|投诉响应及时率|50.0%|不低于 98%|未达标|1/2|0|"+zh.basis(metric.Declared); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, r := range table.Rows[1:] {
		if r.ID != "K01" || r.Cells[0].Text != "" || r.Cells[1].Text != "" {
			t.Errorf("a further basis repeats the name: %q", texts(r.Cells))
		}
	}
	evidence := zh.EvidenceTable(zh.byKPI["K01"], september, metric.Declared)
	if len(evidence.Rows) != 2 || evidence.Rows[0].Cells[1].Text != "TS-2026-0001" || evidence.Rows[1].Cells[1].Text != "TS-2026-0002" {
		t.Errorf("evidence: %+v", evidence.Rows)
	}
	if evidence.Rows[0].Cells[0].Text == evidence.Rows[1].Cells[0].Text {
		t.Errorf("met and missed are both called %q", evidence.Rows[0].Cells[0].Text)
	}
}

func TestTrailTable(t *testing.T) {
	zh, _ := both(t)
	table := zh.TrailTable(zh.src.History.Timeline("TS-2026-0001"))
	if got := texts(table.Rows[0].Cells); !strings.HasPrefix(got, "2026-09-19 09:00|2026-09-18 17:42|王磊|") || !strings.HasSuffix(got, "|新建||") {
		t.Errorf("a change without values has one row: %q", got)
	}
	for i, row := range table.Rows {
		if len(row.Cells) != len(table.Columns) {
			t.Errorf("row %d has %d cells for %d columns", i, len(row.Cells), len(table.Columns))
		}
		if got := texts(row.Cells); strings.Contains(got, "c-9999") || strings.Contains(got, "4321") {
			t.Errorf("row %d shows what is hidden: %q", i, got)
		}
	}
	if got := texts(table.Rows[2].Cells[:4]); got != "|||" {
		t.Errorf("the second value of a change repeats the commit: %q", got)
	}
}

// The due times in words turn from hours to days at 48 hours.
func TestRemainingTime(t *testing.T) {
	zh, _ := both(t)
	for _, c := range []struct {
		due     time.Duration
		verdict verdict
		number  string
		tone    Tone
	}{
		{-47 * time.Hour, overdue, "47", Bad},
		{-48 * time.Hour, overdue, "2", Bad},
		{47*time.Hour + 59*time.Minute, pending, "47", Warn},
		{71 * time.Hour, pending, "2", Warn},
	} {
		o := waiting{verdict: c.verdict}
		o.Due = zh.src.AsOf.Add(c.due)
		if got := zh.remaining(o); !strings.Contains(got.Text, c.number) || got.Tone != c.tone {
			t.Errorf("%v: got %+v, want %s", c.due, got, c.number)
		}
	}
}

func TestVerdictsInWords(t *testing.T) {
	zh, en := both(t)
	seen := map[string]Tone{}
	for _, x := range []verdict{idle, pending, kept, late, overdue} {
		seen[zh.verdictCell(x).Text], seen[en.verdictCell(x).Text] = zh.verdictCell(x).Tone, en.verdictCell(x).Tone
	}
	if len(seen) != 10 || seen["按时"] != Good || seen["on time"] != Good {
		t.Errorf("five verdicts in two languages: %v", seen)
	}
}

// What fields of each class may say, alone, in a list and inside an object.
func TestClassesInEveryPlace(t *testing.T) {
	zh, _ := both(t)
	for class, want := range map[string]string{
		"": "张三丰", "staff": "张三丰", "free_text": "张三丰", redact.Personal: "张**", redact.Restricted: "本版不显示", redact.ClassMoney: "本版不显示",
	} {
		f := schema.Field{Name: "x", Type: schema.TextField, Class: class}
		if got := zh.flat(zh.value(f, "张三丰")); got != want {
			t.Errorf("%q alone: got %q, want %q", class, got, want)
		}
		if got := zh.flat(zh.value(f, []any{"张三丰"})); got != want {
			t.Errorf("%q in a list: got %q, want %q", class, got, want)
		}
		outer := schema.Field{Name: "o", Fields: []schema.Field{f}}
		if got := zh.flat(zh.value(outer, map[string]any{"x": "张三丰"})); !strings.HasSuffix(got, want) {
			t.Errorf("%q in an object: got %q, want %q", class, got, want)
		}
		table := zh.value(outer, []any{map[string]any{"x": "张三丰"}}).Table
		if got := texts(table.Rows[0].Cells); got != want {
			t.Errorf("%q in a table: got %q, want %q", class, got, want)
		}
	}
	if got := zh.value(schema.Field{Class: redact.ClassMoney}, nil); !got.IsZero() {
		t.Errorf("a field without a value says %+v", got)
	}
}

// A class of an enclosing field holds for what is inside it, also in changes.
func TestLocateKeepsTheClassOfWhatEncloses(t *testing.T) {
	zh, _ := both(t)
	kind := &schema.Kind{Fields: []schema.Field{{Name: "a", Class: redact.Restricted, List: true, Fields: []schema.Field{{Name: "b"}}}}}
	if _, f, known := zh.locate(kind, "/a/1/b"); !known || f.Class != redact.Restricted {
		t.Errorf("got class %q, known %v", f.Class, known)
	}
	for _, pointer := range []string{"/unknown", "/a/1/2", "", "/~1~0"} {
		if _, _, known := zh.locate(kind, pointer); known && pointer != "/a/1" {
			t.Errorf("%q names no field", pointer)
		}
	}
	if label, _, _ := zh.locate(kind, "/13812345678"); label != "138****5678" {
		t.Errorf("an unknown key that is a number of a telephone: %q", label)
	}
}

func TestChangesInWords(t *testing.T) {
	zh, en := both(t)
	for kind, want := range map[history.ChangeKind]string{
		history.Created: "新建", history.Deleted: "已删除",
	} {
		if got := zh.changeKind(kind); got != want {
			t.Errorf("%v: got %q, want %q", kind, got, want)
		}
	}
	kinds := []history.ChangeKind{history.Created, history.Modified, history.Deleted, history.Restored, history.Unread}
	seen := map[string]bool{}
	for _, k := range kinds {
		seen[zh.changeKind(k)], seen[en.changeKind(k)] = true, true
	}
	if len(seen) != 2*len(kinds) {
		t.Errorf("kinds of changes share words: %v", seen)
	}
	fields := []FieldChange{{Label: "甲"}, {Label: "乙"}, {Label: "甲"}, {Label: "丙"}, {Label: "流转", Step: true}}
	c := &history.Change{Kind: history.Modified}
	if got := zh.summary(nil, c, fields); !strings.Contains(got, "甲、乙、丙") {
		t.Errorf("three fields: %q", got)
	}
	if got := zh.summary(nil, c, append(fields, FieldChange{Label: "丁"})); strings.Contains(got, "丁") || !strings.Contains(got, "4") {
		t.Errorf("four fields: %q", got)
	}
}

func TestAuthorsNeverShowAddresses(t *testing.T) {
	zh, _ := both(t)
	for _, c := range []struct {
		who  gitrepo.Person
		want string
	}{
		{gitrepo.Person{Name: "x", Email: "WANGL@Example.CN"}, "王磊"},
		{gitrepo.Person{Name: "外部", Email: "a@b.example"}, "外部"},
		{gitrepo.Person{Name: "li.si@b.example", Email: "li.si@b.example"}, "—"},
		{gitrepo.Person{}, ""},
	} {
		if got := zh.author(c.who).Text; got != c.want {
			t.Errorf("%+v: got %q, want %q", c.who, got, c.want)
		}
	}
}

func TestOnlyTheWebIsAForge(t *testing.T) {
	src := company(t)
	for base, want := range map[string]string{
		"https://f.example/r/": "https://f.example/r/commit/0123456789abcdef", "": "", "javascript:alert(1)//": "", "file:///x": "", "git@f.example:r": "",
	} {
		src.Config.RepositoryURL = base
		v := New(src, locale.Chinese)
		if got := v.commit("0123456789abcdef"); got.URL != want || got.Short != "0123456789ab" {
			t.Errorf("%q: got %+v", base, got)
		}
		if edit := v.Record("complaint", "TS-2026-0001").Forge.View; (edit != "") != (want != "") {
			t.Errorf("%q: the record leads to %q", base, edit)
		}
	}
}

func TestPrintsStandByTheirRegisters(t *testing.T) {
	src := company(t)
	src.Prints = []PrintLink{
		{Lang: locale.Chinese, Kind: "complaint", Title: "投诉台账", File: "complaint-register.pdf", Sheets: []string{"complaint-register.xlsx", "complaint-register.csv"}},
		{Lang: locale.English, Kind: "complaint", Title: "Complaint register", File: "complaint-register.pdf"},
		{Lang: locale.Chinese, Kind: "kpi", Title: "绩效指标清单", File: "kpi-register.pdf"},
		{Lang: locale.Chinese, Kind: "", Title: "KPI 月报", File: "kpi-monthly_2026-09.pdf"},
	}
	v := New(src, locale.Chinese)
	if got := v.Register("complaint").Files; texts(got) != "PDF|Excel|CSV" || got[0].Link.Page != "pdf/complaint-register.pdf" || got[1].Link.Page != "sheet/complaint-register.xlsx" {
		t.Errorf("register: %+v", got)
	}
	if got := texts(v.KPIs().Prints); got != "KPI 月报（PDF）|绩效指标清单（PDF）" {
		t.Errorf("KPI index: %s", got)
	}
	if got := v.Register("customer").Files; len(got) != 0 {
		t.Errorf("a register without a print: %+v", got)
	}
}

// A reference to nothing keeps its words and leads nowhere.
func TestReferencesToNothing(t *testing.T) {
	zh, _ := both(t)
	const hostile = `"><script>\u202e../../x`
	if got := zh.refCell(hostile, withID); got.Text != hostile || got.Link.Page != "" {
		t.Errorf("got %+v", got)
	}
	if got := zh.Record("complaint", hostile); strings.ContainsAny(strings.TrimPrefix(got.Path, "complaint/"), `/\<>"`) || got.State.Text != "已删除" {
		t.Errorf("the page of nothing: %q, %+v", got.Path, got.State)
	}
	rec := &record.Record{Path: "records/nosuch/x.yaml", Source: []byte("contact: 13812345678\n")}
	if got := zh.source(rec); got != "contact: 138****5678\n" {
		t.Errorf("source of a folder without a kind: %q", got)
	}
}
