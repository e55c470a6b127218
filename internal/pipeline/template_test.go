package pipeline

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kept/internal/intake"
	"kept/internal/ledger"
	"kept/internal/locale"
	"kept/internal/schema"
	"kept/internal/sheet"
)

// sampleOnce opens the work tree of this repository, whose records are the sample,
// for all tests that only look at it.
var sampleOnce = sync.OnceValues(func() (*Project, error) { return Open("../..", "test") })

var sampleShot = sync.OnceValues(func() (*Snapshot, error) {
	p, err := sampleOnce()
	if err != nil {
		return nil, err
	}
	return p.WorkTree(time.Time{})
})

func sampleTree(t *testing.T) (*Project, *Snapshot) {
	t.Helper()
	p, err := sampleOnce()
	if err != nil {
		t.Fatal(err)
	}
	s, err := sampleShot()
	if err != nil {
		t.Fatal(err)
	}
	return p, s
}

// filled is a template whose examples have become rows, as if somebody had typed
// them: each row has a ledger number in place of the word that leaves it out.
func filled(t *testing.T, data []byte, columns []ledger.TemplateColumn, k *schema.Kind) []ledger.Page {
	t.Helper()
	pages, err := sheet.ReadPages(data)
	if err != nil {
		t.Fatal(err)
	}
	for n, r := range pages[0].Rows {
		if first := r.Cells[0].Text; first == "示例" || first == "Example" {
			key := "2026-00" + string(rune('0'+n))
			if columns[0].Required {
				key = matching(k.IDs.Pattern.String())
			}
			pages[0].Rows[n].Cells[0].Text = key
		}
	}
	return pages
}

// wanted is what a column's sample means, worked out from the schema without the
// reader.
func wanted(s *Snapshot, c ledger.TemplateColumn, sample any) any {
	var items []any
	for _, text := range strings.Split(typedText(sample), "；") {
		items = append(items, one(s, c.Field, sample, text))
	}
	if c.Field.List {
		return items
	}
	return items[0]
}

func typedText(sample any) string { text, _ := sample.(string); return text }

func one(s *Snapshot, f schema.Field, sample any, text string) any {
	switch v := sample.(type) {
	case time.Time:
		if f.Type == schema.DateField {
			return v.Format(time.DateOnly)
		}
		return v.Format("2006-01-02T15:04:05") + "+08:00"
	case float64:
		number, _ := json.Marshal(v)
		if f.Type == schema.DecimalField {
			return string(number)
		}
		return json.Number(number)
	}
	switch f.Type {
	case schema.FlagField:
		return text == "是" || text == "yes"
	case schema.RefField:
		id, _, _ := strings.Cut(text, " ")
		if s.Register.Get(id) == nil {
			return "no such record: " + id
		}
		return id
	case schema.EnumField:
		at := slices.IndexFunc(f.Options, func(o schema.Option) bool { return o.Title.ZH == text || o.Title.EN == text })
		return f.Options[at].Value
	}
	return text
}

// Every kind that people may fill in has a template, in both languages; its
// examples, taken as rows, come back as exactly the values that they show, and
// nothing is found in them.
func TestTemplatesOfEveryKindComeBack(t *testing.T) {
	p, s := sampleTree(t)
	for _, lang := range locale.Langs() {
		for k := range s.Kinds.All() {
			if !CanFill(k) || k.Answers.List != "" {
				continue // of answers see TestTemplateOfAnswers
			}
			t.Run(string(lang)+"/"+k.ID, func(t *testing.T) {
				file, err := p.Template(s, TemplateRequest{Kind: k, Lang: lang})
				if err != nil {
					t.Fatal(err)
				}
				comesBack(t, p, s, k, lang, file.Bytes)
			})
		}
	}
}

func comesBack(t *testing.T, p *Project, s *Snapshot, k *schema.Kind, lang locale.Lang, data []byte) {
	t.Helper()
	columns := ledger.TemplateColumns(k)
	pages, mapping, found := s.template(&ImportRequest{Kind: k, File: "t.xlsx"}, filled(t, data, columns, k), ledger.Mapping{})
	if len(found) > 0 || len(pages) != 1 {
		t.Fatalf("%d sheets, found %v", len(pages), found)
	}
	read := ledger.ReadAll(ledger.Request{File: "t.xlsx", Pages: pages, Mapping: mapping, Kind: k, Zone: s.Config.Zone, Lookup: s.named()})
	if len(read.Found) > 0 || len(read.Entries) != 2 {
		t.Fatalf("found %v, entries %d, left %v", read.Found, len(read.Entries), read.Left)
	}
	for _, c := range read.Tables[0].Columns {
		if c.To == "" || c.Beaten {
			t.Errorf("column %d %q fills nothing", c.Column, c.Heading)
		}
	}
	m := &templateMaker{s: s, kind: k, say: p.Messages.Printer(lang), columns: columns, listed: map[string]int{}, copies: map[string]locale.Text{}}
	m.copied()
	for n, row := range m.samples() {
		e := read.Entries[n]
		if len(e.Found) > 0 {
			t.Errorf("row %d: found %v", n, e.Found)
		}
		for i, c := range columns {
			if row[i] == nil || i == 0 {
				continue
			}
			got := valueAt(e, c.To)
			if diff := cmp.Diff(wanted(s, c, row[i]), got); diff != "" && c.To[0] != '$' {
				t.Errorf("row %d %s (%q):\n%s", n, c.To, row[i], diff)
			}
		}
	}
}

// valueAt is what an entry holds at a path, with places in lists.
func valueAt(e ledger.Entry, path string) any {
	var at any = map[string]any(e.Fields)
	for part := range strings.SplitSeq(path, ".") {
		switch in := at.(type) {
		case map[string]any:
			at = in[part]
		case []any:
			n := int(part[0] - '0')
			if n >= len(in) {
				return nil
			}
			at = in[n]
		default:
			return nil
		}
	}
	return at
}

func TestTemplateIsTheSameEachTime(t *testing.T) {
	p, s := sampleTree(t)
	var before []byte
	for range 2 {
		file, err := p.Template(s, TemplateRequest{Kind: s.Kinds.Kind("complaint"), Lang: locale.Chinese})
		if err != nil {
			t.Fatal(err)
		}
		if before != nil && !bytes.Equal(before, file.Bytes) {
			t.Error("two templates of the same records differ")
		}
		before = file.Bytes
	}
}

// A template that LibreOffice saved imports as it is: made by kept export complaint
// --template of this repository, rows 6 and 7 filled in, saved by
// soffice --headless --convert-to xlsx.
func TestTemplateSavedByLibreOffice(t *testing.T) {
	p, s := sampleTree(t)
	data, err := os.ReadFile("testdata/template/complaint-libreoffice.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	plan, err := p.PlanImport(s, ImportRequest{Kind: s.Kinds.Kind("complaint"), File: "filled.xlsx", Data: data, By: "u-chenh", Now: time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)})
	if err != nil || plan.Refused() || plan.Count(intake.NewRow) != 2 {
		t.Fatalf("planned %v, found %v (%v)", plan.Rows, plan.Found, err)
	}
	first, second := plan.Rows[0].Entry.Fields, plan.Rows[1].Entry.Fields
	for _, c := range []struct{ got, want any }{
		{first["channel_ref"], "001"},
		{first["customer"], "KH-0001"},
		{first["description"], "报修后两小时无人联系，\n要求改进。"},
		{second["subject"], "=SUM(1,2) 交换机反复掉线"},
		{second["cost"], "12.5"},
		{second["impact"], map[string]any{"downtime_min": json.Number("45")}},
		{second["actions"], []any{map[string]any{"id": "A1", "kind": "correction", "text": "更换光模块", "due": "2026-03-06"}}},
		{plan.Rows[1].Entry.Status, "closed"},
		{len(plan.Rows[1].Entry.At), 5},
		{len(plan.Ledger.Left), 2},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("read:\n%s", diff)
		}
	}
	if n := len(plan.Ledger.Tables[0].Columns); n > 30 {
		t.Errorf("the preview lists %d columns", n)
	}
	other, err := p.PlanImport(s, ImportRequest{Kind: s.Kinds.Kind("customer"), File: "filled.xlsx", Data: data, By: "u-chenh"})
	if err != nil || !other.Refused() || other.Found[0].Key != "ledger.template-kind" {
		t.Errorf("as another kind: %v (%v)", other.Found, err)
	}
}

// Of answers a template has a column for each question and a row for each who was
// asked; who did not answer is no row.
func TestTemplateOfAnswers(t *testing.T) {
	p, s := sampleTree(t)
	k := s.Kinds.Kind("survey-response")
	if _, err := p.Template(s, TemplateRequest{Kind: k, Lang: locale.Chinese}); err == nil {
		t.Error("a template without its questions was made")
	}
	file, err := p.Template(s, TemplateRequest{Kind: k, Lang: locale.Chinese, Sets: []intake.Set{{Path: "survey", Value: "MY-2026-H1"}}})
	if err != nil {
		t.Fatal(err)
	}
	pages, err := sheet.ReadPages(file.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	invited := s.Invited(k, map[string]string{"survey": "MY-2026-H1"})
	if len(invited) == 0 || len(pages[0].Rows) != 5+len(invited) {
		t.Fatalf("%d rows for %d who were asked", len(pages[0].Rows), len(invited))
	}
	req := ImportRequest{Kind: k, File: "t.xlsx"}
	own, _, err := s.mapping(req)
	if err != nil {
		t.Fatal(err)
	}
	answer := &pages[0].Rows[5]
	for len(answer.Cells) < 11 {
		answer.Cells = append(answer.Cells, ledger.Cell{})
	}
	for i, text := range []string{"2026-06-20 10:00", "", "非常满意", "满意", "一般", "不满意", "9", "示例"} {
		answer.Cells[i+2].Text = text
	}
	kept, mapping, found := s.template(&req, pages, own)
	if len(found) > 0 || req.Sets["survey"] != "MY-2026-H1" {
		t.Fatalf("found %v, sets %v", found, req.Sets)
	}
	questions, _ := s.Questions(k, req.Sets)
	read := ledger.ReadAll(ledger.Request{
		File: "t.xlsx", Pages: kept, Mapping: mapping, Kind: k, Zone: s.Config.Zone, Lookup: s.named(), Set: req.Sets, Questions: questions,
	})
	if len(read.Entries) != 1 || len(read.Entries[0].Found)+len(read.Found) > 0 {
		t.Fatalf("read %v, found %v", read.Entries, read.Found)
	}
	e := read.Entries[0].Fields
	if e["invite_id"] != invited[0]["invite_id"] || e["customer"] != invited[0]["customer"] {
		t.Errorf("answered by %v", e)
	}
	var scores []string
	for _, a := range e["answers"].([]any) {
		scores = append(scores, fmt.Sprint(a.(map[string]any)["score"]))
	}
	if diff := cmp.Diff([]string{"5", "4", "3", "2", "9", "<nil>"}, scores); diff != "" {
		t.Errorf("scores:\n%s", diff)
	}
}

// A template that somebody has filled in is not replaced by an empty one.
func TestWriteTemplate(t *testing.T) {
	p, s := sampleTree(t)
	filled, err := os.ReadFile("testdata/template/complaint-libreoffice.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "t.xlsx")
	if err := os.WriteFile(name, filled, 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := p.Template(s, TemplateRequest{Kind: s.Kinds.Kind("customer"), Lang: locale.English})
	if err != nil {
		t.Fatal(err)
	}
	if err := WriteTemplate(name, file); !errors.Is(err, ErrNotExport) {
		t.Errorf("over a filled template: %v", err)
	}
	empty := filepath.Join(t.TempDir(), "empty.xlsx")
	other, err := p.Template(s, TemplateRequest{Kind: s.Kinds.Kind("department"), Lang: locale.Chinese})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []*TemplateFile{other, file} {
		if err := WriteTemplate(empty, f); err != nil {
			t.Errorf("over an empty template: %v", err)
		}
	}
}
