package export

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"kept/internal/portal"
)

// What is written without package encoding/json is what it would write.
func TestPlainValuesAsEncodingJSONWritesThem(t *testing.T) {
	for _, v := range []any{
		"", "报修", "a<b>&c", `say "so"`, `back\slash`, "tab\t", "line\u2028", "para\u2029", "bad\xff", "del\x7f", "nul\x00", "\ufffd", "𠮷",
		int64(0), int64(-9223372036854775808), true, false,
	} {
		var want bytes.Buffer
		e := json.NewEncoder(&want)
		e.SetEscapeHTML(false)
		if err := e.Encode(v); err != nil {
			t.Fatal(err)
		}
		w := newJSONWriter()
		if err := w.plain(v); err != nil || w.out.String()+"\n" != want.String() {
			t.Errorf("%q: %s (%v), want %s", v, w.out.String(), err, want.String())
		}
	}
	at := time.Date(2026, 9, 30, 9, 0, 0, 120, time.UTC)
	want, err := json.Marshal(at)
	if err != nil {
		t.Fatal(err)
	}
	w := newJSONWriter()
	if err := w.value(&portal.ExtractColumn{Type: portal.ExtractTime}, false, at); err != nil || w.out.String() != string(want) {
		t.Errorf("%s (%v), want %s", w.out.String(), err, want)
	}
}
