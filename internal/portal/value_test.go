package portal

import (
	"strings"
	"testing"

	"kept/internal/redact"
	"kept/internal/schema"
)

// TestTextsThatMachinesWrite are said as people read them: amounts of time in
// words, commit ids by their first digits.
func TestTextsThatMachinesWrite(t *testing.T) {
	zh, en := both(t)
	hash := strings.Repeat("0123456789", 4)
	for _, c := range []struct{ text, zh, en string }{
		{"5 working_days", "5 个工作日", "5 working days"},
		{"1 working_days", "1 个工作日", "1 working day"},
		{"30 calendar_days", "30 天", "30 calendar days"},
		{"2 working_hours", "2 个工作小时", "2 working hours"},
		{"24 elapsed_hours", "24 小时", "24 hours"},
		{"-60 calendar_days", "提前 60 天", "60 calendar days before"},
		{"some working_days", "some working_days", "some working_days"},
		{hash, "012345678901", "012345678901"},
		{hash[:39] + "g", hash[:39] + "g", hash[:39] + "g"},
		{"每月 5 日", "每月 5 日", "每月 5 日"},
	} {
		f := schema.Field{Type: schema.TextField}
		if a, b := zh.text(f, c.text), en.text(f, c.text); a.Text != c.zh || b.Text != c.en {
			t.Errorf("%q: got %q and %q, want %q and %q", c.text, a.Text, b.Text, c.zh, c.en)
		}
	}
	if c := zh.text(schema.Field{Type: schema.TextField, Class: redact.Personal}, "5 working_days"); c.Text == "5 个工作日" {
		t.Error("a personal field is not masked")
	}
}
