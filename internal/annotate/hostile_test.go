package annotate_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"kept/internal/annotate"
	"kept/internal/finding"
	"kept/internal/locale"
)

// attacks are texts that drive a terminal, a log, a forge or a browser.
var attacks = []string{
	"\x1b[2J\x1b]0;x\x07", "a\r\n::error::owned", "::set-output name=a::b", "  ::add-mask::x", "##[error]x", "##vso[task.complete]x",
	"x | y || z |\n|---|", "`code` ``", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;b&gt;&#60;", "</details></summary>", "<!-- x -->",
	"@everyone and @a/b and a@b.example", "#12 !34 $5 %6 &7 ~bug ^alert#1 GH-12 gh-3 o/r#4", "[text](https://evil.example) ![i](//e)",
	"https://evil.example www.evil.example mailto:a@b.example", "**bold** __x__ ~~y~~ $e=mc^2$", "\u202eevil\u2066", "\u2028\u2029", "/close", "- [ ] x", "# head", "1. one",
	"\xff\xfe", "\\[x\\](y) \\| \\`", "\t\tcode", "{0} {{1}}", "](1)[x](2)", strings.Repeat("`", 40),
}

// hostile is a report in which every text is an attack.
func hostile() annotate.Report {
	var r annotate.Report
	r.Review = &annotate.Review{Reasons: attacks}
	r.Links = annotate.Links{Repository: "https://git.example.cn/o/r\"><script>|x)", Revision: "abc", Portal: "javascript:alert(1)", Lang: locale.Chinese}
	for i, a := range attacks {
		r.Findings = append(r.Findings, finding.Finding{
			Position: finding.Position{Path: "records/" + a + ".yaml", Line: i}, Rule: a, Record: a, Commit: a, Accepted: []string{"", a}[i%2],
			Severity: finding.Severity(i % 3), Said: locale.Text{ZH: a, EN: a},
		})
		r.Rules = append(r.Rules, annotate.Rule{ID: a, Purpose: locale.Text{ZH: a, EN: a}})
	}
	return r
}

func report(t *testing.T, r annotate.Report, f annotate.Format) string {
	t.Helper()
	var b strings.Builder
	if err := r.Write(&b, f, printer(t, locale.Chinese)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// No format lets a character through that moves a cursor, turns the direction of
// writing or begins a line, and each finding keeps to its line.
func TestHostileTextInEveryFormat(t *testing.T) {
	for _, f := range annotate.Formats() {
		got := report(t, hostile(), f)
		for _, r := range got {
			if r != '\n' && unicode.IsControl(r) || f != annotate.JSON && unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' {
				t.Fatalf("%s lets %U through", f, r)
			}
		}
		if f == annotate.GitLab || f == annotate.SARIF || f == annotate.JSON {
			if !json.Valid([]byte(got)) {
				t.Errorf("%s is no JSON", f)
			}
			continue
		}
		if f == annotate.GitHub {
			continue
		}
		for line := range strings.Lines(got) {
			if strings.HasPrefix(strings.TrimSpace(line), "::") || regexp.MustCompile(`##\w*\[`).MatchString(line) {
				t.Errorf("%s: the runner obeys %q", f, line)
			}
		}
	}
}

// Each command is one of kept's own, and everything else is no command.
func TestHostileTextMakesNoCommand(t *testing.T) {
	own := regexp.MustCompile(`^::(notice|warning|error) file=records/[^:,]*,line=[0-9]+,col=1,title=[^:,]*::`)
	commands := 0
	for line := range strings.Lines(report(t, hostile(), annotate.GitHub)) {
		if own.MatchString(line) {
			commands++
		} else if strings.Contains(line, "::") && strings.HasPrefix(strings.TrimSpace(line), "::") || strings.Contains(line, "##[") {
			t.Errorf("the runner obeys %q", line)
		}
	}
	if want := min(10, (len(attacks)+2)/3) + min(10, (len(attacks)+1)/3) + min(10, len(attacks)/3); commands != want {
		t.Errorf("%d commands, want %d", commands, want)
	}
}

// In a comment nothing is left that means anything to Markdown, HTML or a forge.
func TestHostileTextInMarkdown(t *testing.T) {
	got := report(t, hostile(), annotate.Markdown)
	for _, own := range []string{"<!-- kept -->", "<details><summary>", "</summary>", "</details>", "|---|---|---|"} {
		got = strings.ReplaceAll(got, own, "")
	}
	got = regexp.MustCompile(`\]\(https://git\.example\.cn/[A-Za-z0-9/._%#-]*\)`).ReplaceAllString(got, "]()")
	entity := regexp.MustCompile(`&#[0-9]+;`)
	for line := range strings.Lines(got) {
		bare := entity.ReplaceAllString(line, "")
		if strings.ContainsAny(bare, "<>`\\@~$!") || strings.Contains(bare, "&") || strings.Contains(line, "://") || strings.Contains(strings.ToLower(line), "www.") {
			t.Errorf("a mark is left in %q", line)
		}
		if strings.HasPrefix(line, "|") && strings.Count(bare, "|") != 4 {
			t.Errorf("a row has more than its cells: %q", line)
		}
		if strings.HasPrefix(line, "/") || regexp.MustCompile(`^- ([-+#\d]|\[ )`).MatchString(line) {
			t.Errorf("a line begins something: %q", line)
		}
	}
	for _, word := range []string{"&#64;&#8203;everyone", "&#35;&#8203;12", "https:&#8203;//evil", "www&#8203;.evil", "GH&#8203;-12"} {
		if !strings.Contains(got, word) {
			t.Errorf("%q is not kept apart", word)
		}
	}
	if strings.Contains(got, "javascript") {
		t.Error("a script is an address")
	}
}

// Addresses are made where the forge is known, and only of the web.
func TestLinks(t *testing.T) {
	for _, c := range []struct{ base, want string }{
		{"https://github.com/o/r/", "https://github.com/o/r/blob/abc/records/a%20b%29.yaml#L3"},
		{"https://gitee.com/o/r", "https://gitee.com/o/r/blob/abc/records/a%20b%29.yaml#L3"},
		{"https://gitlab.example.cn/o/r?x=1", "https://gitlab.example.cn/o/r/-/blob/abc/records/a%20b%29.yaml#L3"},
		{"http://git.example.cn:3000/o/r", "http://git.example.cn:3000/o/r/src/commit/abc/records/a%20b%29.yaml#L3"},
		{"https://user:secret@git.example.cn/o", "https://git.example.cn/o/src/commit/abc/records/a%20b%29.yaml#L3"},
		{"javascript:alert(1)", ""},
		{"ssh://git@git.example.cn/o/r", ""},
		{"https://a b/", ""},
		{"", ""},
	} {
		l := annotate.Links{Repository: c.base, Revision: "abc"}
		if got := l.File("records/a b).yaml", 3); got != c.want {
			t.Errorf("%s: %s, want %s", c.base, got, c.want)
		}
	}
	l := annotate.Links{Portal: "https://portal.example.cn/kept/", Lang: locale.English}
	if got := l.Rule("time-order"); got != "https://portal.example.cn/kept/en/rule/time-order.html" {
		t.Error(got)
	}
	if l.Rule("../x") != "" || l.Commit("abc") != "" {
		t.Error("an address was made of nothing")
	}
}
