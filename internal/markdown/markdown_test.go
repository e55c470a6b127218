package markdown

import (
	"slices"
	"strings"
	"testing"
)

func parse(t *testing.T, s string, link func(string) string) *Text {
	t.Helper()
	text, found, err := Parse("site/content/x.md", []byte(s), link)
	if err != nil || len(found) > 0 {
		t.Fatalf("Parse: %v, %v", found, err)
	}
	return text
}

func TestParseKeepsPagesSafe(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"raw HTML is dropped", "a <script>alert(1)</script> b", "<p>a <!-- raw HTML omitted -->alert(1)<!-- raw HTML omitted --> b</p>"},
		{"a block of HTML is dropped", "<iframe src=x></iframe>", "<!-- raw HTML omitted -->"},
		{"javascript keeps its words", "[go](javascript:alert(1))", "<p>go</p>"},
		{"data keeps its words", "[go](data:text/html,x)", "<p>go</p>"},
		{"file keeps its words", "[go](file:///etc/passwd)", "<p>go</p>"},
		{"an absolute path keeps its words", "[go](//evil.example/x)", "<p>go</p>"},
		{"a remote image is its description", "![图 <1>](https://evil.example/x.png)", "<p>图 &lt;1&gt;</p>"},
		{"a local image is its description", "![架构](a.png)", "<p>架构</p>"},
		{"an image in a dropped link", "[![x](y.png)](javascript:1)", "<p>x</p>"},
		{"the web", "[go](https://example.com)", `<p><a href="https://example.com">go</a></p>`},
		{"a place in the page", "[5.1](#s5.1)", `<p><a href="#s5.1">5.1</a></p>`},
		{"an autolink of a strange scheme", "<javascript:alert(1)>", "<p><a href=\"\">javascript:alert(1)</a></p>"},
		{"alignment without a style", "|a|\n|-:|\n|1|", `<td align="right">1</td>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := parse(t, c.in, nil).HTML; !strings.Contains(got, c.want) {
				t.Errorf("got %q, want it to hold %q", got, c.want)
			}
		})
	}
}

func TestRelativeLinksGoWhereTheCallerSendsThem(t *testing.T) {
	got := parse(t, "[a](x.md) [b](y.md)", func(to string) string {
		if to == "x.md" {
			return "SD-1.html"
		}
		return ""
	}).HTML
	if want := "<p><a href=\"SD-1.html\">a</a> b</p>\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestHeadingsOfChineseTexts(t *testing.T) {
	got := parse(t, "# 业务关系流程管理办法\n## 1. 概述\n### 1.2.1. 流程**适用**范围\n## 附则 A\n## 附则 A\n## ——\n", nil)
	want := []Heading{
		{1, "h-业务关系流程管理办法", "业务关系流程管理办法"},
		{2, "s1", "1. 概述"},
		{3, "s1.2.1", "1.2.1. 流程适用范围"},
		{2, "h-附则-a", "附则 A"},
		{2, "h-附则-a_2", "附则 A"},
		{2, "section", "——"},
	}
	if !slices.Equal(got.Headings, want) {
		t.Errorf("got %+v, want %+v", got.Headings, want)
	}
	if !strings.Contains(got.HTML, `<h3 id="s1.2.1">`) {
		t.Errorf("no id in %q", got.HTML)
	}
}

func TestFrontMatter(t *testing.T) {
	got := parse(t, "---\nnumber: SD-02004\nversion: \"0.9\"\n---\n正文\n", nil)
	if got.Front.Text("number") != "SD-02004" || got.Front.Text("version") != "0.9" {
		t.Errorf("front matter: %v", got.Front.Keys())
	}
	if got.HTML != "<p>正文</p>\n" {
		t.Errorf("body: %q", got.HTML)
	}
	list := Matter("x.md", []byte("---\na: 1\nb:\n  - {c: d}\n---\n正文\n"))
	if at := list.Position("/b/0/c"); list.HTML != "" || at.Path != "x.md" || at.Line != 4 || at.Column != 9 {
		t.Errorf("the value is at %v", at)
	}
	if Matter("x.md", []byte("正文")) != nil {
		t.Error("a file without front matter has one")
	}
	_, found, err := Parse("x.md", []byte("---\na: 1\na: 2\n---\nb\n"), nil)
	if err != nil || len(found) != 1 || found[0].Position.Line != 3 {
		t.Errorf("a duplicate key on line 3 gave %v, %v", found, err)
	}
}

func TestLinesOfChineseJoinWithoutSpace(t *testing.T) {
	if got := parse(t, "第一行\n第二行", nil).HTML; got != "<p>第一行第二行</p>\n" {
		t.Errorf("got %q", got)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("---\na: 1\n---\n# 一\n[x](y) ![z](w)")
	f.Fuzz(func(t *testing.T, s string) {
		text, _, err := Parse("x.md", []byte(s), nil)
		if err == nil && strings.Contains(strings.ToLower(text.HTML), "<script") {
			t.Errorf("a script came through: %q", text.HTML)
		}
	})
}
