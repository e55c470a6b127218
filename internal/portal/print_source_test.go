package portal

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"testing"

	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/redact"
	"kept/internal/yamldoc"
)

// attached finds a file that travels in a paper.
func attached(t *testing.T, p *Print, name string) string {
	t.Helper()
	for _, a := range p.Sources {
		if a.Name == name {
			return string(a.Data)
		}
	}
	t.Fatalf("%q is not in the paper of %s: %d files", name, p.ID, len(p.Sources))
	return ""
}

// The paper of one record carries its file as the edition shows it on paper, that of a
// register the entries that its columns show, and the provenance names both by digest.
func TestSourcesOfPapers(t *testing.T) {
	src := company(t)
	src.Policy.Paper = true
	v := New(src, locale.Chinese)
	kind := src.Register.Kinds().Kind("complaint")
	rec := src.Register.Get("TS-2026-0001")
	head := "---\n# " + rec.Path + " @ " + string(src.History.Latest([]string{rec.ID}).Hash)[:12] + "\n"

	form := v.FilledForm(FormOf(shippedLayouts(t), kind), rec)
	whole := attached(t, form, "sources.yaml")
	for _, want := range []string{head, "\nid: TS-2026-0001\n", "\ntransitions:\n", "\ncontact_ref: ▇▇▇\n"} {
		if !strings.Contains(whole, want) {
			t.Errorf("the file of the record lacks %q:\n%s", want, whole)
		}
	}
	body := strings.TrimPrefix(whole, head)
	if doc, found := yamldoc.Parse("x", []byte(body)); doc == nil || doc.Root().Text("id") != rec.ID {
		t.Errorf("what is attached is no YAML: %v\n%s", found, body)
	}
	for _, want := range []string{
		fmt.Sprintf("sha256: \"%x\"\n", sha256.Sum256([]byte(whole))),
		fmt.Sprintf("%q: \"%x\"\n", rec.Path, sha256.Sum256([]byte(body))), "shows: \"whole\"\n", "count: 1\n",
	} {
		if !strings.Contains(string(form.Attachment.Data), want) {
			t.Errorf("the provenance lacks %q:\n%s", want, form.Attachment.Data)
		}
	}

	l := LayoutOf(nil, kind)
	l.Columns = nil
	for _, c := range registerColumns(kind) {
		if slices.Contains([]string{record.IDField, "channel", "contact_ref", "subject"}, c.Name) || c.Name == "ack_due" {
			l.Columns = append(l.Columns, LayoutColumn{Column: c})
		}
	}
	l.Columns = append(l.Columns, LayoutColumn{Column: registerColumns(kind)[0]}, LayoutColumn{})
	l.Columns[len(l.Columns)-1].Name, l.Columns[len(l.Columns)-1].Width = "contact_ref", 3
	register := v.RegisterPrint(l, kind, calendar.Period{})
	list := attached(t, register, "sources.yaml")
	if !strings.Contains(list, head) || !strings.Contains(list, "\nchannel: ") || !strings.Contains(list, "\ncontact_ref: ▇▇▇\n") {
		t.Errorf("the sources of the register are\n%s", list)
	}
	for _, not := range []string{"transitions", "description", "c-", "severity"} {
		if strings.Contains(list, "\n"+not) || strings.Contains(list, ": "+not) {
			t.Errorf("the sources of a register with few columns say %q:\n%s", not, list)
		}
	}
	if !strings.Contains(string(register.Attachment.Data), "shows: \"columns\"") {
		t.Errorf("the provenance is %s", register.Attachment.Data)
	}
}

// More records than a paper carries are named by path and commit alone; of columns there
// may be more than of whole records.
func TestSourcesHaveABound(t *testing.T) {
	for _, c := range []struct {
		n         int
		byColumns bool
		want      sourceExtent
	}{
		{mostWhole, false, wholeSources}, {mostWhole + 1, false, namedSources}, {mostWhole + 1, true, shownSources}, {mostShown + 1, true, namedSources},
	} {
		if got := extentOf(c.n, c.byColumns); got != c.want {
			t.Errorf("%d records, by columns %v: %s, want %s", c.n, c.byColumns, got, c.want)
		}
	}
	v := New(company(t), locale.Chinese)
	rec := v.src.Register.Get("TS-2026-0001")
	s := sourceSet{shows: namedSources, list: []recordSource{{path: rec.Path, commit: v.lastCommit(rec.ID)}}}
	var b strings.Builder
	s.describe(&b, s.file())
	if got := string(s.file().Data); strings.Count(got, "\n") != 2 || strings.Contains(b.String(), "digests") || !strings.Contains(b.String(), "shows: \"paths\"") {
		t.Errorf("%q\n%s", got, b.String())
	}
}

// A file that is no document of a stream, or that would say something to the reader of
// YAML or to a terminal, is in comments and without signs that act.
func TestSourcesThatAreNoDocument(t *testing.T) {
	v := New(company(t), locale.Chinese)
	for text, want := range map[string]string{
		"id: x\n...\nstatus: open\n":       "# id: x\n# ...\n# status: open\n",
		"---\nid: x\n":                     "# ---\n# id: x\n",
		"id: \"\x1b[2J\u0085\"\nstatus: a": "id: \"\ufffd[2J\ufffd\"\nstatus: a\n",
	} {
		rec := &record.Record{ID: "x", Path: "records/complaint/x.yaml", Source: []byte(text)}
		if got := v.embedded(rec); got != want {
			t.Errorf("%q is embedded as %q, want %q", text, got, want)
		}
	}
	rec := &record.Record{ID: "x", Path: "records/complaint/a\n- b\u202e.yaml"}
	if got := v.sourcePath(rec); strings.ContainsAny(got, "\n\u202e") {
		t.Errorf("the path is %q", got)
	}
}

// Comments and hidden values of a record are in no paper, whatever the edition.
func TestSourcesSayNoMoreThanPapers(t *testing.T) {
	src := company(t)
	src.Policy = redact.Policy{Paper: true}
	v := New(src, locale.Chinese)
	rec := *src.Register.Get("TS-2026-0001")
	rec.Source = append([]byte("# 张三丰 来电\n"), rec.Source...)
	if got := v.embedded(&rec); strings.Contains(got, "张三丰") || strings.Contains(got, "c-secret") {
		t.Errorf("the attachment says\n%s", got)
	}
}

// The Markdown of a document travels in its paper. What looks personal is covered; a
// text in which it shows only when it is set does not travel.
func TestSourceOfADocument(t *testing.T) {
	for _, c := range []struct {
		text, want string
		kept       bool
	}{
		{"## 1. 概述\n电话 13812345678。\n", "电话 ▇▇▇。", true},
		{"## 1. 概述\n电话 138**1234**5678。\n", "", false},
		{"## 1. 概述\n电话 138&#49;2345678。\n", "", false},
		{"| a |\n|---|\n| 138`1234`5678 |\n", "", false},
	} {
		src := company(t)
		src.Policy.Paper = true
		v := New(src, locale.Chinese)
		d := v.docs[0]
		d.source = []byte(strings.Replace(procedure, "## 1. 概述\n", c.text, 1) + "# x\n")
		got, ok := v.textSource(d)
		if ok != c.kept || !strings.Contains(string(got), c.want) {
			t.Errorf("%q: %v\n%s", c.text, ok, got)
		}
	}
	v := New(company(t), locale.Chinese)
	p, _, err := v.DocumentPrint("SD-02004")
	must(t, err)
	text := attached(t, p, "sd.md")
	if want := fmt.Sprintf("document: \"site/content/sd.md\"\nsha256: \"%x\"\n", sha256.Sum256([]byte(text))); text != procedure || !strings.Contains(string(p.Attachment.Data), want) {
		t.Errorf("the text is\n%s\nthe provenance\n%s", text, p.Attachment.Data)
	}
}
