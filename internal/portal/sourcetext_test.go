package portal

import (
	"testing"

	"kept/internal/locale"
	"kept/internal/record"
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
