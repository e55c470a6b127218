package portal

import (
	"testing"

	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/redact"
	"kept/internal/yamldoc"
)

func TestSourceCoversWhatIsHidden(t *testing.T) {
	src := company(t)
	v := New(src, locale.Chinese)
	kind := src.Register.Kinds().Kind("complaint")
	for _, c := range []struct{ name, in, want string }{
		{"an open field stays", "title: 到场超时\n", "title: 到场超时\n"},
		{"a personal field", "contact_ref: c-1\nid: x\n", "contact_ref: ▇▇▇\nid: x\n"},
		{"a quoted key", "\"contact_ref\" : c-1\n", "\"contact_ref\" : ▇▇▇\n"},
		{"a list below it", "accused_staff:\n  - u-a\n  - u-b\nid: x\n", "accused_staff: ▇▇▇\nid: x\n"},
		{"a list below it that is not indented", "accused_staff:\n- u-a\n- u-b\nid: x\n", "accused_staff: ▇▇▇\nid: x\n"},
		{"in an item of a list", "impact:\n- money: 5\n- users_affected: 3\n", "impact:\n- money: ▇▇▇\n- users_affected: 3\n"},
		{"a block below it", "contact_ref: |\n  c-1\n\n  c-2\nid: x\n", "contact_ref: ▇▇▇\nid: x\n"},
		{"inside a flow mapping", "impact: {users_affected: 3, money: \"9\", text: x}\n", "impact: {users_affected: 3, money: ▇▇▇\n"},
		{"an unknown key", "conatct_ref: c-1\n", "conatct_ref: ▇▇▇\n"},
		{"an explicit key", "? contact_ref\n: c-1\n", "▇▇▇\n: c-1\n"},
		{"a phone in a comment", "# 13812345678\n", "# 138****5678\n"},
		{"a time is no key", "received_at: \"2026-09-18T17:30:00+08:00\"\n", "received_at: \"2026-09-18T17:30:00+08:00\"\n"},
		{"no line break at the end", "id: x", "id: x\n"},
		{"bytes that are no text", "title: \xff\n", "title: \ufffd\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			rec := &record.Record{Kind: kind, Path: "records/complaint/2026/09/x.yaml", Source: []byte(c.in)}
			if got := v.source(rec); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// Outside of the company nobody reads what editors of a file wrote beside it.
func TestSourceOfTheAuditEdition(t *testing.T) {
	src := company(t)
	src.Policy.Edition = redact.Audit
	v := New(src, locale.Chinese)
	for in, want := range map[string]string{
		"# 说明\nid: x # 张三\n":                            "# ▇▇▇\nid: x # ▇▇▇\n",
		"# yaml-language-server: $schema=x\n":           "# yaml-language-server: $schema=x\n",
		"description: 未到场\ntitle: 到场超时\n":               "description: ▇▇▇\ntitle: 到场超时\n",
		"description: |\n  未到场\n  再次\nimpact: {a: 1}\n": "description: ▇▇▇\nimpact: {a: ▇▇▇\n",
	} {
		rec := &record.Record{Path: "records/complaint/2026/09/x.yaml", Source: []byte(in)}
		if got := v.source(rec); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
	if got := v.source(&record.Record{Path: "records/nosuch/x.yaml", Source: []byte("a: 未到场\n")}); got != "▇▇▇\n" {
		t.Errorf("a folder without a kind: %q", got)
	}
}

// What YAML writes in another way than it reads is covered, too.
func TestSourceCoversWhatIsEscaped(t *testing.T) {
	src := company(t)
	v := New(src, locale.Chinese)
	source := []byte("id: x\ntitle: \"\\x3138\\u0031\\x32345678\"\n")
	doc, found := yamldoc.Parse("x", source)
	if len(found) > 0 {
		t.Fatal(found)
	}
	rec := &record.Record{ID: "x", Path: "records/complaint/2026/09/x.yaml", Object: doc.Root(), Source: source}
	if got := v.source(rec); got != "id: x\ntitle: ▇▇▇\n" {
		t.Errorf("got %q from %q", got, doc.Root().Text("title"))
	}
}
