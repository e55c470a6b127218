package htmlsite

import (
	"html/template"
	"testing"

	"kept/internal/locale"
	"kept/internal/portal"
)

// The pen escapes as html/template does, in content and in quoted attributes.
func TestPenEscapesAsTheTemplatesDo(t *testing.T) {
	for _, s := range []string{
		"", "江畔学校", "<script>alert(1)</script>", `" onmouseover="x`, "' onclick='x", "a & b &amp; c", "x\x00y", "\u202eevil", "</td></tr></table>", "\xff<",
	} {
		p := pen{}
		p.text(s)
		if got, want := string(p.html()), template.HTMLEscapeString(s); got != want && s != "" {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
}

const hostile = `"><img src=x onerror=alert(1)>`

const tamed = `&#34;&gt;&lt;img src=x onerror=alert(1)&gt;`

func TestPenDrawsCells(t *testing.T) {
	for _, c := range []struct {
		name string
		cell portal.Cell
		want string
	}{
		{"plain", portal.Cell{Text: hostile}, tamed},
		{"toned", portal.Cell{Text: hostile, Tone: portal.Bad}, `<span class="bad">` + tamed + `</span>`},
		{"linked", portal.Cell{Text: hostile, Link: portal.Link{Page: "a/b.html"}}, `<a href="../a/b.html">` + tamed + `</a>`},
		{"a link wins over a tone", portal.Cell{Text: "x", Tone: portal.Bad, Link: portal.Link{Page: "a.html"}}, `<a href="../a.html">x</a>`},
		{"a link with a quote", portal.Cell{Text: "x", Link: portal.Link{Page: `a".html`}}, `<a href="../a&#34;.html">x</a>`},
	} {
		p := pen{up: "../"}
		p.cell(c.cell)
		if got := string(p.html()); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestPenDrawsCommits(t *testing.T) {
	p := pen{}
	p.commit(portal.Commit{Short: "0123456789ab"})
	if got, want := string(p.html()), `<code class="id">0123456789ab</code>`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	p.commit(portal.Commit{Short: "0123456789ab", URL: `https://forge.example/"x`})
	if got, want := string(p.html()), `<a class="id" rel="noreferrer" href="https://forge.example/&#34;x">0123456789ab</a>`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTablesDrawOnlyTheColumnsOfTheScreen(t *testing.T) {
	got := string(drawTable(locale.Chinese, "../", portal.Table{
		Title:   hostile,
		Columns: []portal.Column{{Key: "id", Title: "编号", Screen: true}, {Key: "paper", Title: "纸面"}, {Key: "n", Title: "数", Align: portal.Right, Screen: true}},
		Rows: []portal.Row{{Cells: []portal.Cell{
			{Text: "TS-1", Link: portal.Link{Page: "c/TS-1.html"}}, {Text: "only on paper"}, {Text: "12", Sort: "0012"},
		}}},
	}))
	want := `<div class="scroll" tabindex="0" role="region" aria-label="` + tamed + `"><table>
<thead><tr><th scope="col" data-key="id">编号</th><th scope="col" data-key="n" class="num">数</th></tr></thead>
<tbody>
<tr><td class="key"><a href="../c/TS-1.html">TS-1</a></td><td class="num" data-sort="0012">12</td></tr>
</tbody></table></div>
`
	if got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if got := drawTable(locale.Chinese, "", portal.Table{Empty: "没有<记录>"}); got != `<p class="empty">没有&lt;记录&gt;</p>` {
		t.Errorf("an empty table: %q", got)
	}
}

func TestCellsKnowTheirClass(t *testing.T) {
	for _, c := range []struct {
		name   string
		column portal.Column
		cell   portal.Cell
		want   string
	}{
		{"commit", portal.Column{}, portal.Cell{Text: "0123", Mono: true}, "id"},
		{"number", portal.Column{Align: portal.Right}, portal.Cell{Text: "12"}, "num"},
		{"id", portal.Column{Key: "id"}, portal.Cell{Text: "x"}, "key"},
		{"toned", portal.Column{}, portal.Cell{Text: "是", Tone: portal.Good}, "key"},
		{"day", portal.Column{}, portal.Cell{Text: "2026-09-24"}, "key"},
		{"moment", portal.Column{}, portal.Cell{Text: "2026-09-24 10:00"}, "key"},
		{"ten bytes that are no day", portal.Column{}, portal.Cell{Text: "TS-2026-07"}, ""},
		{"six Chinese characters", portal.Column{}, portal.Cell{Text: "一二三四五六"}, ""},
		{"seven", portal.Column{}, portal.Cell{Text: "一二三四五六七"}, "name"},
		{"seventeen", portal.Column{}, portal.Cell{Text: "一二三四五六七八九十一二三四五六七"}, "text"},
	} {
		if got := class(&c.column, &c.cell); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestValuesAreDrawnByTheirShape(t *testing.T) {
	cells := []portal.Cell{{Text: "甲<"}, {Text: "乙"}}
	for _, c := range []struct {
		name  string
		value portal.Value
		want  string
	}{
		{"single values", portal.Value{Cells: cells}, "甲&lt;, 乙"},
		{"long text keeps its breaks", portal.Value{Cells: []portal.Cell{{Text: "一\n<二>"}}, Long: true}, "<div class=\"long\">一\n&lt;二&gt;</div>"},
		{"members", portal.Value{Fields: []portal.Field{{Label: "a&b", Value: portal.Value{Cells: cells[1:]}}}}, `<dl class="inner"><div><dt>a&amp;b</dt><dd>乙</dd></div></dl>`},
		{"nothing", portal.Value{}, ""},
	} {
		if got := string(drawValue(locale.Chinese, "", c.value)); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestHistoryEscapesWhatChanged(t *testing.T) {
	p := pen{w: &words{Removed: "已清空", MergedBy: "合并"}}
	got := string(p.drawChanges([]portal.Change{{
		What: hostile, Author: portal.Cell{Text: hostile}, Submitted: "s", Commit: portal.Commit{Short: "c"},
		Fields: []portal.FieldChange{{Label: hostile, Before: hostile}, {Label: "流转", After: hostile, Step: true}, {Label: "x", After: "<y>"}},
	}}))
	want := "<ol class=\"life\">\n<li><p><b>" + tamed + `</b> <span class="soft">` + tamed + ` · s · <code class="id">c</code></span></p><dl class="diff">` +
		"<div><dt>" + tamed + "</dt><dd><del>" + tamed + `</del> <span class="arrow">→</span> <span class="soft">已清空</span></dd></div>` +
		"<div><dt>流转</dt><dd>" + tamed + "</dd></div><div><dt>x</dt><dd><ins>&lt;y&gt;</ins></dd></div></dl></li>\n</ol>\n"
	if got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestSmallTrends(t *testing.T) {
	at := func(f float64) *float64 { return &f }
	for _, c := range []struct {
		name  string
		trend []portal.Tick
		line  string
		dots  int
	}{
		{"one period is no trend", []portal.Tick{{Value: at(1)}}, "", 0},
		{"no figure", []portal.Tick{{}, {}}, "", 0},
		{"level", []portal.Tick{{Value: at(5)}, {Value: at(5)}}, "3.0,14.0 117.0,14.0", 1},
		{"from low to high", []portal.Tick{{Value: at(0), Bad: true}, {Value: at(100)}}, "3.0,25.0 117.0,3.0", 2},
		{"a gap keeps its place", []portal.Tick{{Value: at(0)}, {}, {Value: at(1)}}, "3.0,25.0 117.0,3.0", 1},
	} {
		if v := newCard("", portal.KPICard{Trend: c.trend}); v.Line != c.line || len(v.Dots) != c.dots {
			t.Errorf("%s: got %q with %d dots, want %q with %d", c.name, v.Line, len(v.Dots), c.line, c.dots)
		}
	}
}
