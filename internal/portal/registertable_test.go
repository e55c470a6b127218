package portal

import (
	"testing"

	"kept/internal/locale"
	"kept/internal/record"
)

// A register in English says the English title where the record has one.
func TestRegisterSaysTitlesInItsLanguage(t *testing.T) {
	src := company(t)
	seen := 0
	for kind := range src.Register.Kinds().All() {
		for rec := range src.Register.Of(kind.ID) {
			english := rec.Text(record.TitleField + "_en")
			if english == "" {
				continue
			}
			seen++
			for lang, want := range map[locale.Lang]string{locale.English: english, locale.Chinese: rec.Text(record.TitleField)} {
				v := New(src, lang)
				if got := v.registerCell(v.reader(rec), record.TitleField).Text; got != want {
					t.Errorf("%s in %s: %q, want %q", rec.ID, lang, got, want)
				}
			}
		}
	}
	if seen == 0 {
		t.Error("no record has an English title")
	}
}
