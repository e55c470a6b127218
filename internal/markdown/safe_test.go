package markdown

import (
	"bytes"
	"strings"
	"testing"
)

// Where a link may lead: the web, mail, the page itself, or where the caller
// sends a relative one.
func TestTarget(t *testing.T) {
	here := func(to string) string { return "here/" + to }
	for to, want := range map[string]string{
		"https://a.example/x": "https://a.example/x", "HTTP://A.example": "HTTP://A.example", "mailto:a@b.example": "mailto:a@b.example", "#s1": "#s1",
		"x.md": "here/x.md", "../x.md": "here/../x.md",
		"JavaScript:alert(1)": "", " javascript:alert(1)": "", "vbscript:x": "", "data:text/html,x": "", "file:///etc/passwd": "", "ftp://x": "",
		"//evil.example": "", "/etc/passwd": "", `\\server\share`: "", "x:y": "",
	} {
		if got := target(to, here); got != want {
			t.Errorf("%q: got %q, want %q", to, got, want)
		}
	}
	if got := target("x.md", nil); got != "" {
		t.Errorf("without a caller a relative link leads to %q", got)
	}
}

// Nothing in a page may load or run anything, however it is written.
func TestHostileTexts(t *testing.T) {
	for name, in := range map[string]string{
		"an entity in a scheme":     "[x](java&#115;cript:alert(1))",
		"a tab in a scheme":         "[x](java\tscript:alert(1))",
		"upper case":                "[x](JAVASCRIPT:alert(1))",
		"a reference":               "[x][y]\n\n[y]: javascript:alert(1)",
		"an image reference":        "![x][y]\n\n[y]: https://evil.example/x.png",
		"an attribute in a title":   `[x](https://a.example "\" onmouseover=alert(1) ")`,
		"an attribute in a heading": "# x {onclick=alert(1)}",
		"inline HTML":               "a <b onclick=alert(1)>b</b>",
		"a block of HTML":           "<div onclick=alert(1)>\n\n[x](javascript:1)\n\n</div>",
		"SVG":                       "<svg/onload=alert(1)>",
		"a comment that ends early": "<!--> <script>alert(1)</script> -->",
		"a fence's language":        "```\" onclick=alert(1)\nx\n```",
		"a cell of a table":         "|a|\n|-|\n|<img src=x onerror=alert(1)>|",
		"an image's description":    `![" onerror=alert(1) <script>](x)`,
		"nested images":             "![![a](https://evil.example/1)](https://evil.example/2)",
	} {
		t.Run(name, func(t *testing.T) {
			html := strings.ToLower(parse(t, in, nil).HTML)
			for _, bad := range []string{"<script", "<img", "<svg", "<iframe", "<div", `href="java`, `src="`, "<b ", "evil.example"} {
				if strings.Contains(html, bad) {
					t.Errorf("%q came through: %q", bad, html)
				}
			}
			for tag := range strings.SplitSeq(html, "<") {
				inside, _, _ := strings.Cut(tag, ">")
				if !strings.HasPrefix(tag, "!--") && strings.Contains(unquoted(inside), " on") {
					t.Errorf("a handler in %q", inside)
				}
			}
		})
	}
}

// unquoted drops attribute values.
func unquoted(tag string) string {
	var b strings.Builder
	for i, part := range strings.Split(tag, `"`) {
		if i%2 == 0 {
			b.WriteString(part)
		}
	}
	if !strings.Contains(tag, `="`) {
		return ""
	}
	return b.String()
}

func TestSizeIsBounded(t *testing.T) {
	if _, _, err := Parse("x.md", bytes.Repeat([]byte("a"), MaxSize), nil); err != nil {
		t.Errorf("a text of the largest size: %v", err)
	}
	if _, _, err := Parse("x.md", bytes.Repeat([]byte("a"), MaxSize+1), nil); err == nil || !strings.Contains(err.Error(), `"x.md"`) {
		t.Errorf("one byte more gave %v", err)
	}
}

func TestNumberOfAHeading(t *testing.T) {
	for words, want := range map[string]string{
		"5.1. 投诉": "5.1", "5": "5", "10 附则": "10", "": "", "投诉 5": "", "...": "", "1.2.3": "1.2.3",
	} {
		if got := number(words); got != want {
			t.Errorf("%q: got %q, want %q", words, got, want)
		}
	}
}

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		name, in, front, body string
		offset                int
	}{
		{"none", "a\n", "", "a\n", 0},
		{"front matter", "---\na: 1\n---\nb\n", "a: 1", "b\n", 1},
		{"byte order mark and CRLF", "\ufeff---\r\na: 1\r\n---\r\nb\r\n", "a: 1", "b\n", 1},
		{"empty", "---\n---\nb\n", "", "b\n", 0},
		{"never closed", "---\na: 1\n", "", "---\na: 1\n", 0},
		{"not on the first line", "\n---\na: 1\n---\n", "", "\n---\na: 1\n---\n", 0},
	} {
		front, body, offset := split([]byte(c.in))
		if string(front) != c.front || string(body) != c.body || offset != c.offset {
			t.Errorf("%s: got %q, %q, %d", c.name, front, body, offset)
		}
	}
}
