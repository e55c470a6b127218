package schema

import (
	"os"
	"strings"
	"testing"

	"kept/internal/locale"
	"kept/internal/yamldoc"
	"kept/schemas"
)

const valid = `schema: tool-loan/v1
id: TL-2026-0001
title: 电钻
status: lent
owner: u-a
registered_by: u-a
origin: native
severity: low
tools: [T-1, T-2]
lent_on: 2026-09-01
deposit: "12.50"
seen: 2026-09-01
due: 2026-09-01T10:00:00+08:00
parts:
  - {id: P-1, count: 3, fine: true, weight: 1.5}
note: 短
transitions:
  - {to: lent, at: 2026-09-01T10:00:00+08:00}
`

func TestValidate(t *testing.T) {
	r, found := Load(loan(t, "", "", ""))
	if len(found) > 0 {
		t.Fatal(tell(t, found, locale.English))
	}
	kind := r.Kind("tool-loan")
	const file = "records/tool-loan/2026/09/TL-2026-0001.yaml"
	for name, c := range map[string]struct{ old, new, want string }{
		"valid":              {"", "", ""},
		"missing":            {"title: 电钻\n", "", ":1:1: Title is missing; add the key title [schema-required]"},
		"missing in an item": {"{id: P-1, count: 3", "{count: 3", ":15:5: Part is missing; add the key id [schema-required]"},
		"misspelt":           {"title:", "tilte:", ":3:1: there is no such key; did you mean title (Title)? [schema-unknown-key]"},
		"unknown":            {"note:", "张三的电话:", ":16:1: there is no such key; rename or remove it [schema-unknown-key]"},
		"unknown in an item": {"weight:", "wieght:", ":15:37: there is no such key; did you mean weight (Weight)? [schema-unknown-key]"},
		"enum":               {"severity: low", "severity: medium", ":8:11: write for Grade one of: high (High), low (Low) [schema-enum]"},
		"enum label":         {"severity: low", "severity: 高", ":8:11: for Grade, did you mean high (High)? Allowed: high (High), low (Low) [schema-enum]"},
		"enum slip":          {"status: lent", "status: lnet", ":4:9: for Status, did you mean lent? Allowed: lent, returned [schema-enum]"},
		"const":              {"tool-loan/v1", "tool-loan/v2", ":1:9: Record format must be tool-loan/v1 [schema-const]"},
		"empty":              {"title: 电钻", "title:", ":3:7: Title has no value; fill it in or remove the key [schema-type]"},
		"blank":              {"title: 电钻", `title: ""`, ":3:8: Title may not be empty; fill it in or remove the key [schema-too-short]"},
		"number for text":    {"title: 电钻", "title: 13800000000", ":3:8: Title must be text; put a number, true or false in quotes [schema-type]"},
		"list for text":      {"title: 电钻", "title: [a]", ":3:8: Title must be text, not a list or a mapping [schema-type]"},
		"text for number":    {"count: 3", `count: "3"`, ":15:22: Count must be a whole number without quotes [schema-type]"},
		"fraction":           {"count: 3", "count: 3.5", ":15:22: Count must be a whole number without quotes [schema-type]"},
		"text for flag":      {"fine: true", "fine: yes", ":15:31: Fine must be true or false without quotes [schema-type]"},
		"text for list":      {"tools: [T-1, T-2]", "tools: T-1", ":9:8: Tools must be a list, each item after a dash [schema-type]"},
		"text for mapping":   {"{id: P-1, count: 3, fine: true, weight: 1.5}", "P-1", ":15:5: Parts must be a mapping of keys and values [schema-type]"},
		"no such day":        {"lent_on: 2026-09-01", "lent_on: 2026-02-30", ":10:10: Lent on is a day or time that does not exist; check year, month, day and time [schema-date]"},
		"year too far":       {"lent_on: 2026-09-01", "lent_on: 9026-09-01", "does not exist"},
		"odd date":           {"lent_on: 2026-09-01", "lent_on: 2026/9/1", ":10:10: Lent on must be a date such as 2026-09-01 [schema-date]"},
		"no such time":       {"due: 2026-09-01T10", "due: 2026-09-01T25", ":13:6: Due is a day or time that does not exist"},
		"no offset":          {"due: 2026-09-01T10:00:00+08:00", "due: 2026-09-01 10:00", ":13:6: Due must be a time with its offset such as"},
		"moment":             {"seen: 2026-09-01", "seen: 2026-13-01", ":12:7: Seen is a day or time that does not exist"},
		"odd moment":         {"seen: 2026-09-01", "seen: 昨天", ":12:7: Seen must be a date or a time with its offset"},
		"decimal":            {`"12.50"`, `"1,250"`, `:11:10: Deposit must be a decimal in quotes such as "1250.00", without separators or currency [schema-decimal]`},
		"id":                 {"id: TL-2026-0001", "id: TL-1", ":2:5: Number must look like TL-2026-0001 [schema-pattern]"},
		"too long":           {"note: 短", "note: 一二三四五六七八九十一", ":16:7: Note may have at most 10 characters; shorten it [schema-too-long]"},
		"too short":          {"id: P-1", "id: P", ":15:10: Part must have at least 2 characters [schema-too-short]"},
		"too few":            {"tools: [T-1, T-2]", "tools: []", ":9:8: Tools must have at least 1 item [schema-too-few]"},
		"too many":           {"tools: [T-1, T-2]", "tools: [a, b, c, d]", ":9:8: Tools may have at most 3 items [schema-too-many]"},
		"twice":              {"tools: [T-1, T-2]", "tools: [T-1, T-1]", ":9:14: this item of Tools stands twice; remove one [schema-duplicate]"},
		"minimum":            {"count: 3", "count: 0", ":15:22: Count may not be less than 1 [schema-range]"},
		"maximum":            {"count: 3", "count: 10", ":15:22: Count may not be more than 9"},
		"exclusive minimum":  {"weight: 1.5", "weight: 0", ":15:45: Weight must be greater than 0 [schema-range]"},
		"multiple":           {"weight: 1.5", "weight: 1.3", ":15:45: Weight must be a multiple of 0.5 [schema-range]"},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(valid, c.old, c.new, 1)
			doc, found := yamldoc.Parse(file, []byte(text))
			if len(found) > 0 {
				t.Fatal(found)
			}
			found = kind.Validate(doc)
			got := tell(t, found, locale.English)
			if c.want == "" && got != "" || !strings.Contains(got, strings.Replace(c.want, "may not be more than", "may not be greater than", 1)) {
				t.Errorf("got\n%swant %s", got, c.want)
			}
			if lines := strings.Count(c.want, "\n") + 1; c.want != "" && len(found) != lines {
				t.Errorf("%d findings:\n%s", len(found), got)
			}
			for _, f := range found {
				if f.Record != "TL-2026-0001" {
					t.Errorf("finding of record %q", f.Record)
				}
			}
			if zh := tell(t, found, locale.Chinese); strings.Contains(zh, "⟦") || strings.Contains(zh, "张三") || strings.Contains(zh, "13800000000") {
				t.Errorf("in Chinese: %s", zh)
			}
		})
	}
}

func TestValidateTellsEverythingInOrder(t *testing.T) {
	r, _ := Load(loan(t, "", "", ""))
	text := strings.NewReplacer("title: 电钻", "title:", "severity: low", "severity: x", "count: 3", "count: 0", "origin: native\n", "").Replace(valid)
	doc, _ := yamldoc.Parse("a.yaml", []byte(text))
	first := tell(t, r.Kind("tool-loan").Validate(doc), locale.Chinese)
	want := `a.yaml:1:1: 缺少必填项“录入方式”，请补写 origin [schema-required]
a.yaml:3:7: “标题”后面没有内容，请填写或删去这个键 [schema-type]
a.yaml:7:11: “等级”请写下列之一：high（高）、low（低） [schema-enum]
a.yaml:14:22: “数量”不得小于 1 [schema-range]
`
	if first != want {
		t.Errorf("got\n%s", first)
	}
	for range 20 {
		if again := tell(t, r.Kind("tool-loan").Validate(doc), locale.Chinese); again != first {
			t.Fatalf("differs:\n%s", again)
		}
	}
}

func TestValidateOtherRoots(t *testing.T) {
	r, _ := Load(loan(t, "", "", ""))
	for _, text := range []string{"", "- a\n", "text\n"} {
		doc, _ := yamldoc.Parse("a.yaml", []byte(text))
		if got := tell(t, r.Kind("tool-loan").Validate(doc), locale.Chinese); got != "a.yaml:1:1: “工具借用”应为一组“键: 值” [schema-type]\n" {
			t.Errorf("%q: %s", text, got)
		}
	}
}

// Whatever a record holds, validation ends without a panic.
func FuzzValidate(f *testing.F) {
	data, err := os.ReadFile("testdata/tool-loan.schema.json")
	if err != nil {
		f.Fatal(err)
	}
	shape, err := compile("x", data)
	if err != nil {
		f.Fatal(err)
	}
	kind := &Kind{shape: func() (validator, error) { return shape, nil }}
	f.Add([]byte(valid))
	f.Add([]byte("tools: [[], {}, 1e9]\nparts: {a~/b%2F: 1}\n"))
	f.Fuzz(func(_ *testing.T, data []byte) {
		if doc, _ := yamldoc.Parse("a.yaml", data); doc != nil {
			kind.Validate(doc)
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if r, _ := Load(schemas.FS); len(r.order) == 0 {
			b.Fatal("no kinds")
		}
	}
}

func BenchmarkValidate(b *testing.B) {
	r, _ := Load(schemas.FS)
	id := r.order[0]
	for _, kind := range r.order {
		if len(r.kinds[kind].Fields) > len(r.kinds[id].Fields) {
			id = kind
		}
	}
	var text strings.Builder
	for _, f := range r.kinds[id].Fields {
		if f.Type == TextField && !f.List {
			text.WriteString(f.Name + ": some text of a length that is usual\n")
		}
	}
	doc, _ := yamldoc.Parse("a.yaml", []byte(text.String()))
	shape, err := r.kinds[id].shape()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		_ = shape.root.Validate(doc.Plain())
	}
}
