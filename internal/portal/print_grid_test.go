package portal

import (
	"slices"
	"strings"
	"testing"

	"kept/internal/locale"
	"kept/internal/redact"
)

// allText is all text of a paper, a line each.
func allText(p *Print) string {
	var lines []string
	for _, l := range p.Content().Lines {
		lines = append(lines, l.Part+" "+l.Text)
	}
	return strings.Join(lines, "\n")
}

func formLayout(t *testing.T, id string) Layout {
	t.Helper()
	list := shippedLayouts(t)
	i := slices.IndexFunc(list, func(l Layout) bool { return l.ID == id })
	if i < 0 {
		t.Fatalf("there is no layout %s", id)
	}
	return list[i]
}

// A filled form ticks what the record chose and covers who complained; the blank one
// of the same layout ticks nothing and says nothing of any record.
func TestFilledAndBlankForm(t *testing.T) {
	v := New(company(t), locale.Chinese)
	l := formLayout(t, "complaint-form")
	rec := v.src.Register.Get("TS-2026-0001")
	rec.Object.Fields()["contact_ref"] = "c-7f3a"
	rec.Object.Fields()["is_repeat"] = false
	text := allText(v.FilledForm(l, rec))
	for _, want := range []string{"row TS-2026-0001", "block 一、基本信息", "tick x否", "cell 客户名称=", "signature 客户确认（签字）"} {
		if !strings.Contains(text, want) {
			t.Errorf("the form lacks %q", want)
		}
	}
	if strings.Contains(text, "c-7f3a") {
		t.Error("the form names the contact")
	}
	kind := rec.Kind
	blank := v.BlankForm(l, kind)
	if text := allText(blank); strings.Contains(text, "tick x") || strings.Contains(text, "TS-2026") || !strings.Contains(text, "tick  否") {
		t.Error("the blank form is not blank")
	}
	if blank.ID != "complaint-form" || !blank.Sections[0].Form.Blank {
		t.Errorf("the blank form is %q", blank.ID)
	}
}

// What an edition hides is not told by a box either.
func TestHiddenChoicesAreNoBoxes(t *testing.T) {
	src := company(t)
	src.Policy = redact.Policy{Edition: redact.Audit, Paper: true}
	v := New(src, locale.Chinese)
	kind := src.Register.Kinds().Kind("complaint")
	g := v.gridOf(kind, FormOf(nil, kind), src.Register.Get("TS-2026-0001"))
	for _, f := range kind.Fields {
		if v.hides(f.Class) && g.ticked(f, LayoutCell{Name: f.Name, Ticks: Yes}) {
			t.Errorf("%s is hidden and printed as boxes", f.Name)
		}
	}
}

// Numbers of a scale are boxes with their words, the best first; without words they
// rise. What is no scale has none.
func TestScaleTicks(t *testing.T) {
	words := map[string]string{"1": "差", "2": "中", "3": "好"}
	for scale, want := range map[string]string{"1-3": "3 好|2 中|1 差", "0-3": "0|1|2|3", "3-1": "", "1-5000": "", "x": "", "": ""} {
		var got []string
		for _, tick := range scaleTicks(scale, words) {
			got = append(got, tick.Text)
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q has %q, want %q", scale, got, want)
		}
	}
}

// Totals are made of the cells as they are printed.
func TestAddUp(t *testing.T) {
	cells := func(list ...string) []Cell {
		var out []Cell
		for _, s := range list {
			c := Cell{Text: strings.TrimSuffix(strings.TrimSuffix(s, "+"), "!")}
			if strings.HasSuffix(s, "+") {
				c.Tone = Good
			} else if strings.HasSuffix(s, "!") {
				c.Tone = Bad
			}
			out = append(out, c)
		}
		return out
	}
	for _, c := range []struct {
		take TotalKind
		of   []Cell
		want string
	}{
		{SumTotal, cells("1.5", "", "2.25"), "3.75"},
		{SumTotal, cells("1", "***"), "—"},
		{SumTotal, cells(), "—"},
		{CountTotal, cells("a", "", "b"), "2"},
		{MetTotal, cells("是+", "否!", "未到期", "是+"), "2/3"},
	} {
		if got := addUp(c.of, c.take); got != c.want {
			t.Errorf("%s gives %q, want %q", c.take, got, c.want)
		}
	}
}
