package yamldoc

import (
	"testing"
	"time"
)

// Each character of a time replaced by others, and times on both sides of what exists,
// are read as the long way reads them.
func TestCommonInstant(t *testing.T) {
	texts := []string{"", "2026-09-01T10:00:00Z", "2026-09-01T10:00:00.5+08:00", "2026-02-29T10:00:00+08:00", "2024-02-29T23:59:59-11:30", "0000-01-01T00:00:00+00:00", "9999-12-31T23:59:59-23:59", "2026-09-01T10:00:00-00:00"}
	const common = "2026-09-01T10:00:00+08:00"
	for i := range len(common) {
		for _, r := range "0123456789-+:TtZz ./\x00\xff" {
			texts = append(texts, common[:i]+string(r)+common[i+1:])
		}
	}
	read := 0
	for _, s := range texts {
		got, ok := commonInstant(s)
		want, valid := anyInstant(s)
		if ok && (!valid || got.Format(time.RFC3339) != want.Format(time.RFC3339) || got.String() != want.String() || !got.Equal(want)) {
			t.Errorf("%q is %v, not %v %v", s, got, want, valid)
		}
		if valid && !ok && len(s) == len(common) {
			t.Errorf("%q is not read", s)
		}
		if ok {
			read++
		}
	}
	if read < 80 {
		t.Errorf("only %d of %d were read", read, len(texts))
	}
}

func FuzzCommonInstant(f *testing.F) {
	f.Add("2026-09-01T10:00:00+08:00")
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := commonInstant(s)
		if want, valid := anyInstant(s); ok && (!valid || got.String() != want.String()) {
			t.Errorf("%q is %v, not %v %v", s, got, want, valid)
		}
	})
}
