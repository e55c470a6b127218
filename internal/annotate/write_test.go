package annotate_test

import (
	"encoding/json"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"kept/internal/annotate"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/site"
)

func printer(t *testing.T, lang locale.Lang) *locale.Printer {
	t.Helper()
	i18n, err := fs.Sub(site.FS, "i18n")
	if err != nil {
		t.Fatal(err)
	}
	c, err := locale.Load(i18n)
	if err != nil {
		t.Fatal(err)
	}
	return c.Printer(lang)
}

func write(t *testing.T, f annotate.Format, list finding.List) string {
	t.Helper()
	var b strings.Builder
	if err := annotate.Write(&b, f, list, printer(t, locale.Chinese)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func said(path, text string, s finding.Severity) finding.Finding {
	return finding.Finding{Position: finding.Position{Path: path, Line: 12, Column: 9}, Rule: "time-order", Severity: s, Said: locale.Plain(text)}
}

func TestText(t *testing.T) {
	got := write(t, annotate.Text, finding.List{said("records/a.yaml", "关闭时间早于接收时间", finding.Error)})
	if want := "records/a.yaml:12:9: 错误: 关闭时间早于接收时间 [time-order]\n"; got != want {
		t.Errorf("wrote %q, want %q", got, want)
	}
}

// Nothing out of a record or a file name may drive a terminal or a CI log.
func TestHostileText(t *testing.T) {
	list := finding.List{said("a\x1b[2J,b:c.yaml", "x\r\n::set-output name=a::b\u202e%", finding.Error)}
	for _, f := range []annotate.Format{annotate.Text, annotate.GitHub} {
		got := write(t, f, list)
		if strings.Count(got, "\n") != 1 || strings.ContainsAny(strings.TrimSuffix(got, "\n"), "\x1b\r\u202e") {
			t.Errorf("%s lets control characters through: %q", f, got)
		}
	}
	got := write(t, annotate.GitHub, list)
	if !strings.HasPrefix(got, `::error file=a\u{1b}[2J%2Cb%3Ac.yaml,line=12,col=9,title=time-order::`) || !strings.Contains(got, "%25") {
		t.Errorf("properties are not escaped: %q", got)
	}
}

func TestGitHubShowsTheGravestFirst(t *testing.T) {
	got := write(t, annotate.GitHub, finding.List{
		said("a.yaml", "i", finding.Info), said("a.yaml", "w", finding.Warning), said("b.yaml", "e", finding.Error),
	})
	var levels []string
	for line := range strings.Lines(got) {
		level, _, _ := strings.Cut(strings.TrimPrefix(line, "::"), " ")
		levels = append(levels, level)
	}
	if want := "error warning notice"; strings.Join(levels, " ") != want {
		t.Errorf("order %q, want %q", levels, want)
	}
}

// What an exception accepts stays visible, with the exception's id.
func TestAcceptedNamesItsException(t *testing.T) {
	f := said("a.yaml", "文", finding.Info)
	f.Accepted = "EX-2026-0001"
	for format, want := range map[annotate.Format]string{
		annotate.Text:   "a.yaml:12:9: 提示: 文（已由例外 EX-2026-0001 接受） [time-order]\n",
		annotate.GitHub: "::notice file=a.yaml,line=12,col=9,title=time-order::文（已由例外 EX-2026-0001 接受）\n",
	} {
		if got := write(t, format, finding.List{f}); got != want {
			t.Errorf("%s: wrote %q, want %q", format, got, want)
		}
	}
	if got := write(t, annotate.JSON, finding.List{f}); !strings.Contains(got, `"accepted": "EX-2026-0001"`) || !strings.Contains(got, `"message": "文"`) {
		t.Errorf("wrote %s", got)
	}
}

func TestJSON(t *testing.T) {
	var objects []annotate.Object
	if err := json.Unmarshal([]byte(write(t, annotate.JSON, finding.List{said("a.yaml", "文", finding.Warning)})), &objects); err != nil {
		t.Fatal(err)
	}
	want := annotate.Object{Path: "a.yaml", Line: 12, Column: 9, Severity: "warning", Rule: "time-order", Message: "文"}
	if len(objects) != 1 || objects[0] != want {
		t.Errorf("wrote %+v, want %+v", objects, want)
	}
	if got := write(t, annotate.JSON, nil); strings.TrimSpace(got) != "[]" {
		t.Errorf("no findings are %q, want []", got)
	}
}

// What is offered can be read, and nothing else.
func TestFormats(t *testing.T) {
	for _, f := range annotate.Formats() {
		if got, err := annotate.ParseFormat(string(f)); got != f || err != nil || !slices.Contains(strings.Split(annotate.Offered(), ", "), string(f)) {
			t.Errorf("%s is read as %q, %v", f, got, err)
		}
	}
	if _, err := annotate.ParseFormat("SARIF"); err == nil || !strings.Contains(err.Error(), "sarif") {
		t.Errorf("an unknown format: %v", err)
	}
}
