package portal

import (
	"testing"

	"kept/internal/locale"
	"kept/internal/record"
)

// The state in which a record was imported is said by its title, on pages and papers.
func TestImportedStateByTitle(t *testing.T) {
	src := company(t)
	f, ok := src.Register.Kinds().Kind("complaint").Field(record.ImportedField)
	if !ok {
		t.Fatal("complaints do not say where they were imported from")
	}
	from := map[string]any{"sha256": "aa", "state": "in_handling"}
	for lang, want := range map[locale.Lang]string{locale.Chinese: "导入时状态 处理中", locale.English: "State at the import In handling"} {
		v := New(src, lang)
		for _, m := range v.value(f, from).Fields {
			if got := m.Label + " " + texts(m.Cells); m.Name == "state" && got != want {
				t.Errorf("%s: %q, want %q", lang, got, want)
			}
		}
	}
}

// No form asks for the file that a record was imported from.
func TestFormsAskForNoLedger(t *testing.T) {
	v, asked := New(company(t), locale.Chinese), 0
	for _, key := range v.FormKeys() {
		f := v.Form(key)
		for _, field := range f.Upload {
			asked++
			if field.Key == record.ImportedField {
				t.Errorf("%s asks for %s", f.Path, field.Key)
			}
		}
	}
	if asked == 0 {
		t.Error("no form asks for a file")
	}
}
