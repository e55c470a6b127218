package schema

import (
	"strings"
	"testing"
	"testing/fstest"

	"kept/internal/locale"
	"kept/schemas"
)

func TestLetterLeavesOutLinesWithoutValue(t *testing.T) {
	l := Letter{Body: locale.Text{ZH: "{customer}：\n编号 {id}，跟进人 {by}\n\n完成时间：{due}\n{$organisation}\n", EN: "No. {id}"}}
	values := map[string]string{"customer": "示例·医院", "id": "TS-1", "$organisation": "大江 {id}"}
	got := l.Fill(locale.Chinese, func(name string) string { return values[name] })
	if want := "示例·医院：\n\n大江 {id}"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := l.Fill(locale.English, func(name string) string { return values[name] }); got != "No. TS-1" {
		t.Errorf("in English: %q", got)
	}
}

// TestLettersAndGatheringsNameWhatIsThere changes one shipped kind at a time.
func TestLettersAndGatheringsNameWhatIsThere(t *testing.T) {
	for _, c := range []struct{ kind, old, changed, key string }{
		{"complaint", "跟进人：{acknowledged_by}", "跟进人：{acknowledged_bi}", "schema.kind_field_near"},
		{"complaint", "  - id: progress\n    title: {zh-CN: 进展通报", "  - id: acknowledgement\n    title: {zh-CN: 进展通报", "schema.kind_twice"},
		{"customer", "{kind: complaint, by: customer}", "{kind: complaint, by: customr}", "schema.kind_other_field"},
		{"customer", "{kind: complaint, by: customer}", "{kind: complaint, by: subject}", "schema.kind_no_reference"},
		{"customer", "{kind: complaint, by: customer}", "{kind: complain, by: customer}", "schema.kind_other"},
		{"customer", "through: contract, via: customer}", "through: contract, via: title}", "schema.kind_no_reference"},
	} {
		files := fstest.MapFS{}
		names, err := schemas.FS.ReadDir(".")
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range names {
			if data, err := schemas.FS.ReadFile(e.Name()); err == nil {
				files[e.Name()] = &fstest.MapFile{Data: data}
			}
		}
		name := c.kind + kindSuffix
		text := string(files[name].Data)
		if !strings.Contains(text, c.old) {
			t.Fatalf("%s does not hold %q", name, c.old)
		}
		files[name] = &fstest.MapFile{Data: []byte(strings.Replace(text, c.old, c.changed, 1))}
		_, found := Load(files)
		if len(found) != 1 || found[0].Key != c.key || found[0].Position.Path != "schemas/"+name {
			t.Errorf("%q: %v, want %s", c.changed, found, c.key)
		}
	}
}
