package annotate_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"kept/internal/annotate"
	"kept/internal/finding"
	"kept/internal/locale"
)

// many makes n findings of a severity.
func many(n int, s finding.Severity) finding.List {
	var list finding.List
	for i := range n {
		list = append(list, said(fmt.Sprintf("records/%v-%03d.yaml", s, i), fmt.Sprint("文", i), s))
	}
	return list
}

// GitHub shows ten of each severity; the rest stands in the summary or, where
// there is none, in the log.
func TestGitHubSpills(t *testing.T) {
	r := annotate.Report{Findings: append(many(13, finding.Warning), many(12, finding.Error)...)}
	got := report(t, r, annotate.GitHub)
	if strings.Count(got, "::error ") != 10 || strings.Count(got, "::warning ") != 10 || strings.Index(got, "::warning") < strings.LastIndex(got, "::error") {
		t.Errorf("wrote\n%s", got)
	}
	if !strings.Contains(got, "另有 5 项未作标注，列于下方\n") || !strings.Contains(got, "\nrecords/error-011.yaml:12:9: 错误: 文11 [time-order]\n") {
		t.Errorf("the log lacks the rest\n%s", got)
	}
	r.Spill = true
	got = report(t, r, annotate.GitHub)
	if !strings.Contains(got, "见本步骤的摘要") || strings.Contains(got, "error-011") {
		t.Errorf("with a summary wrote\n%s", got)
	}
	var b strings.Builder
	if err := r.Summary(&b, printer(t, locale.Chinese)); err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Findings {
		if !strings.Contains(b.String(), f.Position.Path) {
			t.Errorf("the summary lacks %s", f.Position.Path)
		}
	}
}

func TestGitHubWithoutFile(t *testing.T) {
	f := said("", "文", finding.Warning)
	if got, want := write(t, annotate.GitHub, finding.List{f}), "::warning title=time-order::文\n"; got != want {
		t.Errorf("wrote %q, want %q", got, want)
	}
}

func TestGitLab(t *testing.T) {
	list := finding.List{said("records/a.yaml", "甲", finding.Error), said("", "乙", finding.Warning), said("records/c.yaml", "丙", finding.Info)}
	list[2].Position.Line = 0
	var got []struct {
		Description, Fingerprint, Severity string
		Check                              string `json:"check_name"`
		Location                           struct {
			Path  string
			Lines struct{ Begin int }
		}
	}
	if err := json.Unmarshal([]byte(write(t, annotate.GitLab, list)), &got); err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"甲 time-order critical records/a.yaml 12", "乙 time-order minor kept.yaml 12", "丙 time-order info records/c.yaml 1"} {
		q := got[i]
		if text := fmt.Sprintln(q.Description, q.Check, q.Severity, q.Location.Path, q.Location.Lines.Begin); text != want+"\n" {
			t.Errorf("wrote %s, want %s", text, want)
		}
		if !regexp.MustCompile(`^[0-9a-f]{32}$`).MatchString(q.Fingerprint) {
			t.Errorf("fingerprint %q", q.Fingerprint)
		}
	}
	if got := write(t, annotate.GitLab, nil); strings.TrimSpace(got) != "[]" {
		t.Errorf("nothing is %q", got)
	}
}

// prints are the fingerprints of a list.
func prints(t *testing.T, list finding.List, lang locale.Lang) []string {
	t.Helper()
	var b strings.Builder
	if err := annotate.Write(&b, annotate.GitLab, list, printer(t, lang)); err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, m := range regexp.MustCompile(`"fingerprint": "([0-9a-f]+)"`).FindAllStringSubmatch(b.String(), -1) {
		all = append(all, m[1])
	}
	return all
}

// A forge knows a finding again when lines move, when time passes and in the other
// language, and tells apart what differs.
func TestFingerprints(t *testing.T) {
	f := finding.Finding{
		Position: finding.Position{Path: "records/a.yaml", Line: 3}, Rule: "obligation-overdue", Record: "OB-01", Key: "annotate.accepted",
		Args: []locale.Arg{locale.N("days", 3), locale.A("due", "2026-09-01 10:00"), locale.T("exception", locale.Text{ZH: "甲", EN: "a"})},
	}
	moved := f
	moved.Position.Line, moved.Position.Column, moved.Severity = 40, 2, finding.Error
	moved.Args = []locale.Arg{locale.N("days", 4), locale.A("due", "2026-09-02T10:00:00Z"), f.Args[2]}
	first := prints(t, finding.List{f}, locale.Chinese)[0]
	if again := prints(t, finding.List{moved}, locale.English)[0]; again != first {
		t.Errorf("the same finding is %s and %s", first, again)
	}
	for name, change := range map[string]func(*finding.Finding){
		"path":   func(f *finding.Finding) { f.Position.Path = "records/b.yaml" },
		"rule":   func(f *finding.Finding) { f.Rule = "x" },
		"record": func(f *finding.Finding) { f.Record = "x" },
		"commit": func(f *finding.Finding) { f.Commit = "x" },
		"part":   func(f *finding.Finding) { f.Part = "x" },
		"key":    func(f *finding.Finding) { f.Key = "x" },
		"field":  func(f *finding.Finding) { f.Args = []locale.Arg{locale.A("exception", "b")} },
	} {
		other := f
		change(&other)
		if prints(t, finding.List{other}, locale.Chinese)[0] == first {
			t.Errorf("another %s makes no difference", name)
		}
	}
	if twice := prints(t, finding.List{f, moved}, locale.Chinese); twice[0] == twice[1] || twice[0] != first {
		t.Errorf("two alike are %v", twice)
	}
}
