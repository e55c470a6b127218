package portal

import (
	"fmt"
	"strings"
	"testing"

	"kept/internal/chart"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/schemas"
)

// TestMainLines holds the line that is found in the steps of each shipped kind
// against what its people would draw.
func TestMainLines(t *testing.T) {
	kinds, _ := schema.Load(schemas.FS)
	for id, want := range map[string]string{
		"complaint":  "registered acknowledged accepted in_analysis in_handling resolved replied confirmed closed",
		"sip":        "proposed approved in_progress completed verifying closed_effective",
		"survey":     "draft approved in_field collected analysed reported closed",
		"sla-review": "planned held minutes_draft confirmed closed",
	} {
		if got := strings.Join(mainLine(kinds.Kind(id)), " "); got != want {
			t.Errorf("%s: %s\nwant %s", id, got, want)
		}
	}
	for kind := range kinds.All() {
		if len(kind.Steps) > 0 && len(mainLine(kind)) < 2 {
			t.Errorf("%s has steps and no line", kind.ID)
		}
	}
}

// living is a complaint with a life of its own.
func living(t *testing.T, status string, steps ...string) (*View, *record.Record) {
	t.Helper()
	src := company(t)
	var log strings.Builder
	for i, to := range steps {
		fmt.Fprintf(&log, "  - {to: %s, at: \"2026-09-%02dT10:00:00+08:00\", by: u-wangl}\n", to, i+1)
	}
	rec, _ := record.Parse("records/complaint/2026/09/TS-2026-0009.yaml", []byte(
		"schema: complaint/v1\nid: TS-2026-0009\ntitle: 停机\nstatus: "+status+"\nreceived_at: \"2026-09-01T09:00:00+08:00\"\ntransitions:\n"+log.String()), src.Register.Kinds())
	return New(src, locale.Chinese), rec
}

func stopOf(l *chart.Life, text string) (chart.Stop, int) {
	for i, s := range l.Stops {
		if s.Text == text {
			return s, i
		}
	}
	return chart.Stop{}, -1
}

func taken(l *chart.Life) string {
	var list []string
	for _, w := range l.Ways {
		if w.Taken {
			list = append(list, l.Stops[w.From].Text+"→"+l.Stops[w.To].Text)
		}
	}
	return strings.Join(list, " ")
}

func TestLifeOfARecordThatWasReopened(t *testing.T) {
	v, rec := living(t, "in_handling", "registered", "acknowledged", "accepted", "in_analysis", "in_handling", "resolved", "replied", "confirmed", "closed", "in_analysis", "in_handling")
	l := v.life(rec)
	if len(l.Stops) != 13 {
		t.Fatalf("%d states are drawn, want all 13", len(l.Stops))
	}
	for _, c := range []struct {
		state, note string
		mark        chart.Mark
		side        bool
	}{
		{"已登记", "2026-09-01 10:00", chart.Been, false},
		{"分析中", "2026-09-10 10:00（第 2 次）", chart.Been, false},
		{"处理中", "现在 · 2026-09-11 10:00（第 2 次）", chart.Now, false},
		{"待客户配合", "可转入", chart.Next, true},
		{"处理完成待反馈", "2026-09-06 10:00", chart.Been, false}, // it may follow, and it was there before
		{"不予受理", "", chart.Never, true},
		{"已撤回", "可转入", chart.Next, true},
	} {
		s, i := stopOf(l, c.state)
		if i < 0 || s.Note != c.note || s.Mark != c.mark || s.Side != c.side {
			t.Errorf("%s: %+v, want %q %q", c.state, s, c.note, c.mark)
		}
	}
	if got := taken(l); !strings.Contains(got, "已关闭→分析中") || strings.Contains(got, "待客户配合") {
		t.Errorf("ways taken: %s", got)
	}
	for _, want := range []string{"已登记（2026-09-01 10:00）", "现在：处理中。", "可转入：待客户配合"} {
		if !strings.Contains(l.Speak, want) {
			t.Errorf("the text lacks %q: %s", want, l.Speak)
		}
	}
}

// TestLifeShowsStepsThatAreNotAllowed draws what was done, and not what should have
// been; a state that no kind has is left out.
func TestLifeShowsStepsThatAreNotAllowed(t *testing.T) {
	v, rec := living(t, "closed", "registered", "closed", "nowhere")
	l := v.life(rec)
	if got := taken(l); got != "已登记→已关闭" {
		t.Errorf("ways taken: %s", got)
	}
	if s, _ := stopOf(l, "已关闭"); s.Mark != chart.Now || s.Note != "现在 · 2026-09-02 10:00" {
		t.Errorf("where it stands: %+v", s)
	}
}

func TestLifeOfMergedRecordLeadsOut(t *testing.T) {
	v, rec := living(t, "merged", "registered", "acknowledged", "merged")
	l := v.life(rec)
	if got := taken(l); got != "已登记→已响应 已响应→已合并" {
		t.Errorf("ways taken: %s", got)
	}
	for _, w := range l.Ways {
		if !w.Taken && l.Stops[w.To].Text == "已撤回" {
			t.Errorf("a way out that many states have and nobody took is drawn: %+v", w)
		}
	}
	if s, _ := stopOf(l, "已撤回"); !strings.Contains(s.Note, "个状态转入") {
		t.Errorf("what leaves many: %+v", s)
	}
	if kind := v.src.Register.Get("KH-0001"); v.life(kind) != nil {
		t.Error("a kind without steps has a life")
	}
}

// TestNextThingsLeadToForms lists steps, then operations, each with its form.
func TestNextThingsLeadToForms(t *testing.T) {
	v, rec := living(t, "in_handling", "registered", "in_handling")
	var got []string
	for _, n := range v.next(rec) {
		got = append(got, n.Title+" "+n.Form.Page+"#"+n.Form.Hash)
	}
	all := strings.Join(got, "\n")
	for _, want := range []string{
		"等待客户配合 form/complaint.pending_customer.html#id=TS-2026-0009", "处理完成 form/complaint.resolved.html#id=TS-2026-0009",
		"向客户通报进展 form/complaint.inform.html#id=TS-2026-0009", "延期 form/complaint.extend.html#id=TS-2026-0009",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is missing from\n%s", want, all)
		}
	}
	if strings.Contains(all, "记录联系尝试") {
		t.Errorf("an operation of other states is offered:\n%s", all)
	}
	customer := v.next(v.src.Register.Get("KH-0001"))
	if len(customer) != 1 || customer[0].Form.Page != "form/customer.html" || customer[0].To != "" {
		t.Errorf("a kind without steps offers its change: %+v", customer)
	}
}
