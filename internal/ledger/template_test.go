package ledger

import (
	"strings"
	"testing"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/schema"
	"kept/schemas"
)

// marked is the page by which a template is known again.
func marked(m TemplateMark) Page {
	p := Page{Name: MarkSheet, Hidden: true}
	for n, texts := range m.Rows() {
		r := Row{Number: n + 1}
		for _, text := range texts {
			r.Cells = append(r.Cells, Cell{Text: text})
		}
		p.Rows = append(p.Rows, r)
	}
	return p
}

// headings of a template lead to one column each, in both languages, also without
// the mark.
func TestTemplateHeadingsAreDistinct(t *testing.T) {
	kinds, found := schema.Load(schemas.FS)
	if len(found) > 0 {
		t.Fatal(found)
	}
	for k := range kinds.All() {
		m := Mapping{}.withKind(k)
		words := m.index()
		for _, c := range TemplateColumns(k) {
			for _, text := range []string{c.Title.ZH + " *", c.Title.EN} {
				if f, ok := words.find(text); !ok || m.Columns[f.target].To != c.To {
					t.Errorf("%s: heading %q of %s leads elsewhere", k.ID, text, c.To)
				}
			}
		}
	}
}

// A template asks for nothing that identifies a person outside, for no file and
// for nothing that kept writes itself.
func TestTemplateLeavesOut(t *testing.T) {
	kinds, _ := schema.Load(schemas.FS)
	for _, c := range TemplateColumns(kinds.Kind("complaint")) {
		switch head, _, _ := strings.Cut(c.To, "."); head {
		case "contact_ref", "confirmed_by_contact", "accused_staff", "attachments", "transitions", "imported_from", "origin", "id", "status", "pauses", "links":
			t.Errorf("the template of complaints asks for %s", c.To)
		}
	}
}

func TestTemplateOfAnOlderSchema(t *testing.T) {
	k := issue()
	k.IDs.Template = "I-{seq:3}"
	before := TemplateColumns(k)
	mark := MarkOf(k, before, "guide", locale.Chinese, [][2]string{{"count", "3"}})
	pages := []Page{page("fill", "台账编号|名称|费用|地点", "2026-001|水管|12|室内"), page("guide", "名称|内容"), marked(mark)}
	k.Fields[0].Title = locale.Text{ZH: "标题", EN: "Heading"}
	for i := range k.Fields {
		switch k.Fields[i].Name {
		case "cost":
			k.Fields[i].Name, k.Fields[i].Title = "price", locale.Text{ZH: "价格", EN: "Price"}
		case "where":
			k.Fields[i].Options = k.Fields[i].Options[:1]
		}
	}
	read, ok := ReadMark(pages)
	if !ok {
		t.Fatal("the mark is not found")
	}
	now := TemplateColumns(k)
	var said []string
	for _, f := range read.Outdated("t.xlsx", now) {
		said = append(said, f.Key+" "+f.Args[0].Value.ZH)
		if f.Severity != finding.Warning {
			t.Errorf("%s is no warning", f.Key)
		}
	}
	if got, want := strings.Join(said, "; "), "ledger.template-gone 费用; ledger.template-added 价格; ledger.template-changed 地点"; got != want {
		t.Errorf("said %q, want %q", got, want)
	}
	l := ReadAll(Request{File: "t.xlsx", Pages: read.Pages(pages), Mapping: read.Mapping(now, Mapping{}), Kind: k, Zone: shanghai, Lookup: func(string, []string) Named { return Named{} }})
	if len(l.Entries) != 1 || l.Entries[0].Fields["title"] != "水管" || l.Entries[0].Fields["where"] != "in" || l.Entries[0].Key != "2026-001" {
		t.Errorf("read %+v", l.Entries)
	}
	if sets := read.With(now, nil); sets["count"] != "3" || len(sets) != 1 {
		t.Errorf("every row gets %v", sets)
	}
	hostile := TemplateMark{Sets: [][2]string{{"id", "X"}, {"imported_from.state", "shut"}}, Columns: []MarkedColumn{{To: "id", Heading: "名称"}, {To: "transitions", Heading: "费用"}}}
	if sets, m := hostile.With(now, nil), hostile.Mapping(now, Mapping{}); len(sets)+len(m.Columns) > 0 {
		t.Errorf("a mark that somebody wrote leads to %v and %v", sets, m.Columns)
	}
}

// 1, 2, 3 would be given again in the next ledger.
func TestTemplateKeyThatIsTooShort(t *testing.T) {
	k := issue()
	k.IDs.Template = "I-{seq:3}"
	entries := []Entry{{Key: "12", Row: 6}, {Key: "2026-012", Row: 7}, {Row: 8}}
	Short("t.xlsx", k, entries)
	if len(entries[0].Found) != 1 || len(entries[1].Found)+len(entries[2].Found) > 0 {
		t.Errorf("found %v", entries)
	}
}

// Of what a template was filled with beforehand alone no record becomes.
func TestTemplateRowsThatNobodyAnswered(t *testing.T) {
	mark := TemplateMark{Columns: []MarkedColumn{{To: "title", Heading: "名称", Given: true}, {To: "report", Heading: "内容"}}}
	rows := mark.Pages([]Page{page("fill", "hint", "名称|内容", "a|", "b|x", "c| ")})[0].Rows
	if len(rows) != 3 || first(rows[2]) != "b" {
		t.Errorf("rows %v", rows)
	}
	if !mark.Empty([]Page{page("fill", "名称|内容", "示例|x")}) || mark.Empty([]Page{page("fill", "名称|内容", "示例|x", "b|y")}) {
		t.Error("an empty template is told from a filled one by its rows")
	}
}

func TestChoice(t *testing.T) {
	for _, c := range []struct{ title, want string }{
		{"示例·江南精密", "KH-1 示例·江南精密"},
		{"", "KH-1"},
		{"=HYPERLINK(\"x\")\r\n\u0007 a\u200b", "KH-1 =HYPERLINK(\"x\") a"},
		{strings.Repeat("长", 300), "KH-1 " + strings.Repeat("长", 60) + "…"},
	} {
		if got := Choice("KH-1", c.title); got != c.want {
			t.Errorf("%q is offered as %q, want %q", c.title, got, c.want)
		}
	}
}

// Items in places of a list become a list without gaps, with ids that are counted.
func TestGather(t *testing.T) {
	text := schema.Field{Name: "text", Type: schema.TextField}
	id := schema.Field{Name: "id", Type: schema.TextField, Bounds: schema.Bounds{Pattern: "^A[0-9]{1,3}$"}}
	values := map[string]any{"actions": map[string]any{"2": map[string]any{"text": "b"}, "0": map[string]any{"text": "a"}}}
	gather([]schema.Field{{Name: "actions", Type: schema.ObjectField, List: true, Fields: []schema.Field{id, text}}}, values)
	list := values["actions"].([]any)
	if len(list) != 2 || list[0].(map[string]any)["id"] != "A1" || list[1].(map[string]any)["id"] != "A2" || list[1].(map[string]any)["text"] != "b" {
		t.Errorf("gathered %v", list)
	}
}
