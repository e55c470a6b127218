package schema

import (
	"encoding/json"
	"io/fs"
	"reflect"
	"strings"
	"testing"

	"kept/internal/locale"
	"kept/schemas"
)

// What an editor is told is added, and nothing else is: no byte goes, each key of
// each kind has its help with the title in it, and the added keys alone differ.
func TestEditorHelp(t *testing.T) {
	messages := catalogue(t)
	names, err := fs.Glob(schemas.FS, "*.schema.json")
	if err != nil || len(names) < 30 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		before, err := fs.ReadFile(schemas.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		after, err := EditorHelp(before, messages.Printer(locale.Chinese))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var was, is map[string]any
		if err := json.Unmarshal(before, &was); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(after, &is); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		keys(t, name, is)
		if !reflect.DeepEqual(was, is) {
			t.Errorf("%s: more than the added keys differs", name)
		}
		again, err := EditorHelp(after, messages.Printer(locale.English))
		if err != nil || string(again) != string(after) {
			t.Errorf("%s: what is there already is written again: %v", name, err)
		}
	}
}

// keys asks for the help of each property and takes the added keywords away.
func keys(t *testing.T, at string, node map[string]any) {
	delete(node, "patternErrorMessage")
	fields, _ := node["properties"].(map[string]any)
	for name, field := range fields {
		f := field.(map[string]any)
		help, _ := f["markdownDescription"].(string)
		if title, _ := f["title"].(string); !strings.HasPrefix(help, "**"+escapedMarkdown(title)+"**") {
			t.Errorf("%s/%s: the help is %q", at, name, help)
		}
		delete(f, "markdownDescription")
		keys(t, at+"/"+name, f)
	}
	if items, ok := node["items"].(map[string]any); ok {
		keys(t, at, items)
	}
}

func TestEditorHelpWords(t *testing.T) {
	messages := catalogue(t)
	const field = `{"required": ["a"], "properties": {"a": {"title": "甲*", "x-en": "A", "description": "说<明>", "x-en-description": "Words", "pattern": "^KH-[0-9]{4}$"}}}`
	for lang, want := range map[locale.Lang]string{
		locale.Chinese: `{"required": ["a"], "properties": {"a": {"title": "甲*", "markdownDescription": "**甲\\***（必填）\n\n说&lt;明>\n\n应形如 KH-2026。", "x-en": "A", "description": "说<明>", "x-en-description": "Words", "pattern": "^KH-[0-9]{4}$", "patternErrorMessage": "应形如 KH-2026。"}}}`,
		locale.English: `{"required": ["a"], "properties": {"a": {"title": "甲*", "markdownDescription": "**A** (required)\n\nWords\n\nMust look like KH-2026.", "x-en": "A", "description": "说<明>", "x-en-description": "Words", "pattern": "^KH-[0-9]{4}$", "patternErrorMessage": "Must look like KH-2026."}}}`,
	} {
		got, err := EditorHelp([]byte(field), messages.Printer(lang))
		if err != nil || string(got) != want {
			t.Errorf("in %s: %v\n%s", lang, err, got)
		}
	}
	for _, broken := range []string{"", "[]", `{"properties": {"a": true}}`, `{"properties": `} {
		if got, err := EditorHelp([]byte(broken), messages.Printer(locale.Chinese)); err == nil {
			t.Errorf("%q gives %q", broken, got)
		}
	}
}
