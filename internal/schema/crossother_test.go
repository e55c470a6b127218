package schema

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"kept/internal/locale"
	"kept/schemas"
)

// more adds blocks to the kind file of the small kind.
func more(t *testing.T, blocks string) fstest.MapFS {
	t.Helper()
	return loan(t, "tool-loan.kind.yaml", "register:\n", blocks+"register:\n")
}

// What a kind says about others, one mistake each.
func otherMessages(t *testing.T, said map[string]bool) {
	for _, c := range []struct{ name, add, zh, en string }{
		{
			"lookup in no kind", "lookups:\n  - {name: peers, kind: tool-laon, from: tools, take: [id]}\n",
			"36:25: 没有种类“tool-laon”；请改为 schemas/ 中已有的种类 [kind-unknown-kind]",
			"36:25: there is no kind tool-laon; name one that schemas/ has [kind-unknown-kind]",
		},
		{
			"lookup takes what is not there", "lookups:\n  - {name: peers, kind: tool-loan, from: tools, take: [id, colour]}\n",
			"36:60: “工具借用”没有字段、派生名或时限 colour；请改为其已有的名称 [kind-unknown-field]",
			"36:60: Tool loan has no field, derived name or limit colour; write one that it has [kind-unknown-field]",
		},
		{
			"lookup by a text", "lookups:\n  - {name: peers, kind: tool-loan, from: note, take: [id]}\n",
			"36:42: “工具借用”的 note 不是引用字段，无法据此找到其他记录；请改为引用字段 [kind-no-reference]",
			"36:42: note of Tool loan is no reference, so no records are found by it; name a reference [kind-no-reference]",
		},
		{
			"lookup back by a text", "lookups:\n  - {name: peers, kind: tool-loan, back: note, take: [id]}\n",
			"36:42: “工具借用”的 note 不是引用字段，无法据此找到其他记录；请改为引用字段 [kind-no-reference]",
			"36:42: note of Tool loan is no reference, so no records are found by it; name a reference [kind-no-reference]",
		},
		{
			"lookup named like a field", "lookups:\n  - {name: note, kind: tool-loan, from: tools, take: [id]}\n",
			"36:12: note 已经用过，请改名 [kind-duplicate]",
			"36:12: note is taken; choose another name [kind-duplicate]",
		},
		{
			"match on no field", "lookups:\n  - {name: peers, kind: tool-loan, match: colour, take: [id]}\n",
			"36:43: 没有名为 colour 的字段或派生名 [kind-unknown-field]\n36:43: “工具借用”没有字段、派生名或时限 colour；请改为其已有的名称 [kind-unknown-field]",
			"36:43: there is no field or derived name colour [kind-unknown-field]\n36:43: Tool loan has no field, derived name or limit colour; write one that it has [kind-unknown-field]",
		},
		{
			"operation that opens no kind", "operations:\n  - {id: again, title: {zh-CN: 再借, en: Again}, opens: nothing, set: {tools: $tools}}\n",
			"36:55: 没有种类“nothing”；请改为 schemas/ 中已有的种类 [kind-unknown-kind]",
			"36:55: there is no kind nothing; name one that schemas/ has [kind-unknown-kind]",
		},
		{
			"operation sets what is not there", "operations:\n  - {id: again, title: {zh-CN: 再借, en: Again}, opens: tool-loan, set: {colour: $tools}}\n",
			"36:80: “工具借用”没有字段、派生名或时限 colour；请改为其已有的名称 [kind-unknown-field]",
			"36:80: Tool loan has no field, derived name or limit colour; write one that it has [kind-unknown-field]",
		},
		{
			"operation named like a state", "operations:\n  - {id: lent, title: {zh-CN: 再借, en: Again}, opens: tool-loan, set: {tools: $tools}}\n",
			"36:10: lent 已经用过，请改名 [kind-duplicate]",
			"36:10: lent is taken; choose another name [kind-duplicate]",
		},
		{
			"operation in no state, with no value", "operations:\n  - {id: more, title: {zh-CN: 加, en: More}, states: [gone], add: parts, set: {id: $nothing}}\n",
			"36:54: states 中没有 gone [kind-unknown-state]\n36:83: 没有名为 nothing 的字段或派生名 [kind-unknown-field]",
			"36:54: states does not list gone [kind-unknown-state]\n36:83: there is no field or derived name nothing [kind-unknown-field]",
		},
		{
			"retention from nothing", "retention: {years: 3, from: gone}\n",
			"35:29: 没有名为 gone 的字段或派生名 [kind-unknown-field]",
			"35:29: there is no field or derived name gone [kind-unknown-field]",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, found := Load(more(t, c.add))
			spoken(t, found, "schemas/tool-loan.kind.yaml:", c.zh, c.en, said)
		})
	}
}

// A role that the kind of persons does not know can be held by nobody.
func TestRolesAreKnown(t *testing.T) {
	person := func(files fstest.MapFS) fstest.MapFS {
		for _, name := range []string{"person.schema.json", "person.kind.yaml"} {
			data, err := schemas.FS.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files[name] = &fstest.MapFile{Data: data}
		}
		return files
	}
	files := person(loan(t, "tool-loan.kind.yaml", "[keeper]", "[staff]"))
	if _, found := Load(files); len(found) > 0 {
		t.Error(tell(t, found, locale.English))
	}
	for role, want := range map[string]string{"keeper": "the kind person has no role keeper", "staf": "is staff meant?"} {
		_, found := Load(person(loan(t, "tool-loan.kind.yaml", "[keeper]", "["+role+"]")))
		if got := tell(t, found, locale.English); strings.Count(got, "kind-unknown-role") != 1 || !strings.Contains(got, want) {
			t.Errorf("%s: %s", role, got)
		}
	}
	for _, files := range []fstest.MapFS{
		person(loan(t, "tool-loan.kind.yaml", "[keeper]", "[staff]")),
	} {
		kind := string(files["tool-loan.kind.yaml"].Data)
		files["tool-loan.kind.yaml"].Data = []byte(strings.Replace(kind, "register:\n", "operations:\n  - {id: more, title: {zh-CN: 加, en: More}, roles: [nobody], add: parts, set: {id: $note}}\nregister:\n", 1))
		if _, found := Load(files); !strings.Contains(tell(t, found, locale.English), "no role nobody") {
			t.Error(tell(t, found, locale.English))
		}
	}
}

// A step opens and closes only lists of {from, to}.
func TestStepsOpenSpans(t *testing.T) {
	for effect, want := range map[string]string{
		"opens: parts": "there is no field or derived name parts.from",
		"closes: prts": "there is no field or derived name prts; did you mean parts?",
	} {
		_, found := Load(loan(t, "tool-loan.kind.yaml", "    roles: [keeper]\n", "    roles: [keeper]\n    "+effect+"\n"))
		if got := tell(t, found, locale.English); !strings.Contains(got, want) {
			t.Errorf("%s: got\n%s", effect, got)
		}
	}
}

// What a kind file says about other records is read as it stands.
func TestOthersAreDecoded(t *testing.T) {
	r, found := Load(more(t, `lookups:
  - {name: peers, kind: tool-loan, match: note, take: [id, returned_at, return_due]}
  - {name: lent_again, kind: tool-loan, back: tools, rel: again, take: [status]}
  - {name: every, kind: tool-loan, all: true, take: [id]}
operations:
  - {id: more, title: {zh-CN: 加, en: More}, states: [lent], roles: [keeper], add: parts, set: {id: $note, fine: "true"}, moves: due}
  - {id: again, title: {zh-CN: 再借, en: Again}, opens: tool-loan, set: {tools: $tools}}
retention: {years: 3, from: returned_at}
`))
	if len(found) > 0 {
		t.Fatal(tell(t, found, locale.English))
	}
	k := r.Kind("tool-loan")
	if diff := cmp.Diff([]Lookup{
		{Name: "peers", Kind: "tool-loan", Match: "note", Take: []string{"id", "returned_at", "return_due"}},
		{Name: "lent_again", Kind: "tool-loan", Back: "tools", Rel: "again", Take: []string{"status"}},
		{Name: "every", Kind: "tool-loan", All: true, Take: []string{"id"}},
	}, k.Lookups); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Operation{
		{
			ID: "more", Title: locale.Text{ZH: "加", EN: "More"}, States: []string{"lent"}, Roles: []string{"keeper"},
			Add: "parts", Set: []Setting{{"fine", "true"}, {"id", "$note"}}, Moves: "due",
		},
		{ID: "again", Title: locale.Text{ZH: "再借", EN: "Again"}, Opens: "tool-loan", Set: []Setting{{"tools", "$tools"}}},
	}, k.Operations); diff != "" {
		t.Error(diff)
	}
	if k.Retention != (Retention{Years: 3, From: "returned_at"}) {
		t.Errorf("retention is %+v", k.Retention)
	}
}

func TestNumbered(t *testing.T) {
	for _, c := range []struct {
		template, id string
		year, n      int
		ok           bool
	}{
		{"TS-{year}-{seq:4}", "TS-2026-0012", 2026, 12, true},
		{"TS-{year}-{seq:4}", "TS-2026-12345", 2026, 12345, true},
		{"TS-{year}-{seq:4}", "TS-20x6-0012", 0, 0, false},
		{"TS-{year}-{seq:4}", "TS-20", 0, 0, false},
		{"TS-{year}-{seq:4}", "KH-2026-0012", 0, 0, false},
		{"KH-{seq:4}", "KH-0012", 0, 12, true},
		{"DC-{year}", "DC-2026", 2026, 0, false},
		{"", "x", 0, 0, false},
	} {
		year, n, ok := (IDPattern{Template: c.template}).Numbered(c.id)
		if ok != c.ok || ok && (year != c.year || n != c.n) {
			t.Errorf("%s of %s is %d, %d, %v", c.id, c.template, year, n, ok)
		}
	}
}
