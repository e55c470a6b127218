package portal

import (
	"strings"
	"testing"
)

func TestPageName(t *testing.T) {
	for id, want := range map[string]string{
		"TS-2026-0007": "TS-2026-0007", "u-zhoum": "u-zhoum", "a/../b": "a~2f..~2fb", "..": "~2e.", ".git": "~2egit",
		"index": "~69ndex", "INDEX": "~49NDEX", "a b?#": "a~20b~3f~23", "投诉": "~e6~8a~95~e8~af~89", "a~b": "a~7eb",
	} {
		if got := pageName(id); got != want {
			t.Errorf("%q: got %q, want %q", id, got, want)
		}
	}
}

func FuzzPageName(f *testing.F) {
	f.Add("TS-1", "ts/1")
	f.Fuzz(func(t *testing.T, a, b string) {
		if a != b && pageName(a) == pageName(b) {
			t.Errorf("%q and %q share the page %q", a, b, pageName(a))
		}
		if strings.ContainsAny(pageName(a), "/\\:?#% ") {
			t.Errorf("%q makes %q", a, pageName(a))
		}
	})
}

func TestFoldersKeepOutOfTheDocumentsPlace(t *testing.T) {
	if got := recordLink("doc", "x").Page; got == docLink("x").Page {
		t.Errorf("a record of a kind named doc and a document share %s", got)
	}
}
