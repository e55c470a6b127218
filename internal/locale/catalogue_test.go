package locale_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"kept/internal/locale"
)

func load(t *testing.T, files map[string]string) (*locale.Catalogue, error) {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return locale.Load(fsys)
}

func TestMessage(t *testing.T) {
	c, err := load(t, map[string]string{"area.json": `{
		"area.count": {"zh-CN": "{n} 条记录（{field}）", "en": "{n} {n:record|records} in {field}"}
	}`})
	if err != nil {
		t.Fatal(err)
	}
	field := locale.T("field", locale.Text{ZH: "客户", EN: "Customer"})
	for _, tc := range []struct {
		lang locale.Lang
		n    int
		want string
	}{
		{locale.Chinese, 1, "1 条记录（客户）"},
		{locale.English, 1, "1 record in Customer"},
		{locale.English, 0, "0 records in Customer"},
		{locale.English, 2, "2 records in Customer"},
	} {
		if got := c.Printer(tc.lang).Say("area.count", locale.N("n", tc.n), field); got != tc.want {
			t.Errorf("%s, %d: %q, want %q", tc.lang, tc.n, got, tc.want)
		}
	}
}

// A value that looks like a placeholder is text.
func TestArgumentsAreNotTemplates(t *testing.T) {
	c, err := load(t, map[string]string{"area.json": `{"area.x": {"zh-CN": "{a}{b}", "en": "{a}{b}"}}`})
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Printer(locale.English).Say("area.x", locale.A("a", "{b}"), locale.A("b", "1")); got != "{b}1" {
		t.Errorf("said %q, want {b}1", got)
	}
}

func TestLoadRefuses(t *testing.T) {
	for name, tc := range map[string]struct {
		files map[string]string
		want  string
	}{
		"one language":    {map[string]string{"a.json": `{"a.x": {"zh-CN": "一"}}`}, "lacks a language"},
		"a foreign area":  {map[string]string{"a.json": `{"b.x": {"zh-CN": "一", "en": "one"}}`}, "does not begin"},
		"broken JSON":     {map[string]string{"a.json": `{`}, "read messages"},
		"a key of others": {map[string]string{"a.json": `{"a.x": {"zh-CN": "一", "en": "one"}}`, "a.b.json": `{"a.b.x": {"zh-CN": "一", "en": "one"}, "a.x": {"zh-CN": "一", "en": "one"}}`}, "a.x"},
	} {
		if _, err := load(t, tc.files); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: error %v, want one about %q", name, err, tc.want)
		}
	}
}

func TestColumns(t *testing.T) {
	for s, want := range map[string]int{"": 0, "K01": 3, "投诉": 4, "“投诉”": 6, "e\u0301": 1, "，": 2} {
		if got := locale.Columns(s); got != want {
			t.Errorf("Columns(%q) = %d, want %d", s, got, want)
		}
	}
}
