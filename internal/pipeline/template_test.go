package pipeline

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kept/internal/ledger"
	"kept/internal/locale"
	"kept/internal/schema"
	"kept/internal/sheet"
)

// sampleTree is the work tree of this repository, whose records are the sample.
func sampleTree(t *testing.T) (*Project, *Snapshot) {
	t.Helper()
	p, err := Open("../..", "test")
	if err != nil {
		t.Fatal(err)
	}
	s, err := p.WorkTree(time.Time{})
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
