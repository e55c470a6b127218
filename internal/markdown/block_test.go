package markdown

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// outline writes blocks so that they can be compared.
func outline(blocks []Block) string {
	var b strings.Builder
	for _, x := range blocks {
		fmt.Fprintf(&b, "%s %d/%d %q %d:", x.Kind, x.Depth, x.Quoted, x.Marker, x.Line)
		if x.Kind == Title {
			fmt.Fprintf(&b, " h%d#%s", x.Level, x.ID)
		}
		b.WriteString(manners(x.Runs))
		for _, l := range x.Lines {
			fmt.Fprintf(&b, " |%s|", l)
		}
		for _, row := range append([][]Cell{x.Head}, x.Rows...) {
			for _, c := range row {
				fmt.Fprintf(&b, " [%s%s]", c.Align, manners(c.Runs))
			}
		}
		if x.Image != nil {
			fmt.Fprintf(&b, " <%s %s>", x.Image.Target, x.Image.Alt)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func manners(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		m := ""
		for i, on := range []bool{r.Strong, r.Stress, r.Code, r.Struck} {
			if on {
				m += "bics"[i : i+1]
			}
		}
		if r.Image != nil {
			m += "!" + r.Image.Target
		}
		if r.Link != "" {
			m += ">" + r.Link
		}
		fmt.Fprintf(&b, " %s%q", m, r.Text)
	}
	return b.String()
}

func TestBlocks(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"a heading":           {"---\na: 1\n---\n\n## 5.1 投诉\n", "heading 0/0 \"\" 5: h2#s5.1 \"5.1 投诉\"\n"},
		"manners":             {"a **b** *c* `d\\*` ~~e~~", `paragraph 0/0 "" 1: "a " b"b" " " i"c" " " c"d\\*" " " s"e"` + "\n"},
		"lines of Chinese":    {"第一行，\n第二行", `paragraph 0/0 "" 1: "第一行，第二行"` + "\n"},
		"lines of Latin":      {"one\ntwo", `paragraph 0/0 "" 1: "one two"` + "\n"},
		"a hard break":        {"甲  \n乙", `paragraph 0/0 "" 1: "甲\n乙"` + "\n"},
		"escapes":             {`a \* &amp; \&lt; &#x4e2d;`, `paragraph 0/0 "" 1: "a * & &lt; 中"` + "\n"},
		"raw HTML":            {"a <b>c</b>", `paragraph 0/0 "" 1: "a c"` + "\n"},
		"a block of HTML":     {"<div>\nx\n</div>", ""},
		"links":               {"[甲](#s1) [乙](javascript:x) <https://a.example>", `paragraph 0/0 "" 1: >#s1"甲" " 乙 " >https://a.example"https://a.example"` + "\n"},
		"mail":                {"<a@b.example>", `paragraph 0/0 "" 1: >mailto:a@b.example"a@b.example"` + "\n"},
		"a note":              {"> 注意\n>\n> - 一", "quote 1/1 \"\" 1: \"注意\"\nitem 2/1 \"–\" 3: \"一\"\n"},
		"lists in lists":      {"3. 甲\n\n   续\n   - 乙\n     - 丙\n4. 丁", "item 1/0 \"3.\" 1: \"甲\"\nitem 1/0 \"\" 3: \"续\"\nitem 2/0 \"–\" 4: \"乙\"\nitem 3/0 \"·\" 5: \"丙\"\nitem 1/0 \"4.\" 6: \"丁\"\n"},
		"tasks":               {"- [ ] 甲\n- [x] 乙", "item 1/0 \"☐\" 1: \"甲\"\nitem 1/0 \"☑\" 2: \"乙\"\n"},
		"an empty item":       {"- \n- 乙", "item 1/0 \"•\" 0:\nitem 1/0 \"•\" 2: \"乙\"\n"},
		"code":                {"```go\na\n\n  b\n```", "code 0/0 \"\" 2: |a| || |  b|\n"},
		"code in an item":     {"- 甲\n\n      x", "item 1/0 \"•\" 1: \"甲\"\ncode 1/0 \"\" 3: |x|\n"},
		"a rule":              {"---\n\nx", "rule 0/0 \"\" 0:\nparagraph 0/0 \"\" 3: \"x\"\n"},
		"a table":             {"|甲|乙|\n|-|-:|\n|**1**|2 `x`|\n|3|", "table 0/0 \"\" 1: [ \"甲\"] [right \"乙\"] [ b\"1\"] [right \"2 \" c\"x\"] [ \"3\"] []\n"},
		"an image":            {"甲\n\n![图 **1**](a.png)", "paragraph 0/0 \"\" 1: \"甲\"\nimage 0/0 \"\" 3: <a.png 图 1>\n"},
		"an image among":      {"甲 ![乙](b.png)", "paragraph 0/0 \"\" 1: \"甲 \" !b.png\"乙\"\n"},
		"nothing":             {"", ""},
		"a reference's words": {"[x][y]\n\n[y]: https://a.example", "paragraph 0/0 \"\" 1: >https://a.example\"x\"\n"},
	} {
		t.Run(name, func(t *testing.T) {
			blocks, err := Blocks("x.md", []byte(c.in), nil)
			if err != nil || outline(blocks) != c.want {
				t.Errorf("got\n%swant\n%s%v", outline(blocks), c.want, err)
			}
		})
	}
}

// The blocks of our own documents hold every character that their pages show, in
// the same order.
func TestBlocksSayWhatPagesSay(t *testing.T) {
	names, _ := filepath.Glob("../../site/content/*.md")
	if len(names) < 5 {
		t.Fatalf("only %d documents", len(names))
	}
	tags := regexp.MustCompile(`<[^>]*>|\s`)
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		page := parse(t, string(data), nil)
		blocks, err := Blocks(name, data, nil)
		if err != nil {
			t.Fatal(err)
		}
		var said strings.Builder
		for _, b := range blocks {
			said.WriteString(strings.Join(b.Lines, ""))
			for _, cells := range append([][]Cell{{{Runs: b.Runs}}, b.Head}, b.Rows...) {
				for _, c := range cells {
					for _, r := range c.Runs {
						said.WriteString(r.Text)
					}
				}
			}
			if b.Image != nil {
				said.WriteString(b.Image.Alt)
			}
		}
		got := tags.ReplaceAllString(strings.NewReplacer("<", "&lt;", ">", "&gt;").Replace(said.String()), "")
		want := strings.NewReplacer("&quot;", `"`, "&amp;", "&").Replace(tags.ReplaceAllString(page.HTML, ""))
		if got != want {
			n := 0
			for n < min(len(got), len(want)) && got[n] == want[n] {
				n++
			}
			t.Errorf("%s: the blocks say %q, the page %q", name, got[max(0, n-30):min(len(got), n+60)], want[max(0, n-30):min(len(want), n+60)])
		}
	}
}

func FuzzBlocks(f *testing.F) {
	f.Add("# 一\n> - x [a](b)\n\n|a|\n|-|\n|b|")
	f.Fuzz(func(t *testing.T, s string) {
		blocks, err := Blocks("x.md", []byte(s), nil)
		if err != nil {
			return
		}
		for _, b := range blocks {
			if b.Depth < b.Quoted || b.Kind == "" || b.Line > strings.Count(s, "\n")+1 {
				t.Errorf("%+v of %q", b, s)
			}
		}
	})
}
