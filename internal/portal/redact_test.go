package portal

import (
	"strings"
	"testing"

	"kept/internal/locale"
	"kept/internal/redact"
	"kept/internal/schema"
)

// What fields of each class say in the audit edition, without and with money.
func TestClassesOfTheAuditEdition(t *testing.T) {
	src := company(t)
	src.Policy.Edition = redact.Audit
	for _, money := range []bool{false, true} {
		src.Policy.Money = money
		v := New(src, locale.Chinese)
		amount := "本版不显示"
		if money {
			amount = "张三丰"
		}
		for class, want := range map[string]string{
			"": "张三丰", redact.ClassStaff: "张三丰", redact.ClassText: "（文字 3 字，本版不显示）", redact.ClassComment: "（文字 3 字，本版不显示）",
			redact.Personal: "张**", redact.Restricted: "本版不显示", redact.ClassMoney: amount, "misspelt": "本版不显示",
		} {
			f := schema.Field{Name: "x", Type: schema.TextField, Class: class}
			if got := v.flat(v.value(f, "张三丰")); got != want {
				t.Errorf("%q: got %q, want %q", class, got, want)
			}
		}
	}
}

// The class of an object holds for what is inside it, where that shows more.
func TestClassesOfWhatEncloses(t *testing.T) {
	src := company(t)
	v := New(src, locale.Chinese)
	f := schema.Field{Name: "o", Class: redact.Personal, Fields: []schema.Field{
		{Name: "a", Type: schema.TextField}, {Name: "b", Type: schema.TextField, Class: redact.ClassMoney},
	}}
	got := v.flat(v.value(f, map[string]any{"a": "13812345678", "b": "500"}))
	if strings.Contains(got, "1234") || strings.Contains(got, "500") || !strings.Contains(got, "138****5678") {
		t.Errorf("got %q", got)
	}
}

// What a message says of the hidden values of its record, and of addresses.
func TestMessagesSayNothingHidden(t *testing.T) {
	v := New(company(t), locale.Chinese)
	v.about, v.hidden = "TS-2026-0001", hidden{secrets: redact.NewSecrets([]string{"u-accused", "12"})}
	got := v.message("TS-2026-0001", "u-accused 由 wangl@example.cn、x@y.example 提交 12 次，电话 13812345678")
	if want := "▇▇▇ 由 王磊、— 提交 12 次，电话 138****5678"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSweptPapers(t *testing.T) {
	v := New(company(t), locale.Chinese)
	const phone, want = "13812345678", "138****5678"
	p := &Print{Title: phone, Sections: []PrintSection{{
		Heading: phone, Paragraphs: []string{phone}, Figures: []PrintFigure{{Label: phone, Value: phone, Note: phone}},
		Table: &Table{Title: phone, Rows: []Row{{Cells: []Cell{{Text: phone}, {Text: phone, Mono: true}}}}}, Notes: []string{phone},
	}}}
	got := v.Swept(p)
	s := got.Sections[0]
	for i, text := range []string{got.Title, s.Heading, s.Paragraphs[0], s.Figures[0].Label, s.Figures[0].Value, s.Figures[0].Note, s.Table.Title, s.Table.Rows[0].Cells[0].Text, s.Notes[0]} {
		if text != want {
			t.Errorf("text %d is %q", i, text)
		}
	}
	if s.Table.Rows[0].Cells[1].Text != phone || p.Sections[0].Table.Rows[0].Cells[0].Text != phone {
		t.Error("an id of a commit, or the paper that was given, has changed")
	}
	v.src.Contacts = redact.Contacts{}
	if v.Swept(p).Title != phone {
		t.Error("a paper with contacts lost them")
	}
}
