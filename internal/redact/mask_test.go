package redact_test

import (
	"strings"
	"testing"

	"kept/internal/redact"
)

func TestText(t *testing.T) {
	staff, out := redact.Policy{}, redact.Policy{Edition: redact.Audit}
	for _, c := range []struct{ in, staff, audit string }{
		{"请拨 13812345678。", "请拨 138****5678。", "请拨 ▇▇▇。"},
		{"请拨 138 1234 5678。", "请拨 138****5678。", "请拨 ▇▇▇。"},
		{"８６１３８１２３４５６７８", "138****5678", "▇▇▇"},
		{"一三八一二三四五六七八", "138****5678", "▇▇▇"},
		{"座机 0519-85551234", "座机 051****1234", "座机 ▇▇▇"},
		{"写信 li.si@school.example 谢谢", "写信 l***@school.example 谢谢", "写信 ▇▇▇ 谢谢"},
		{"身份证 11010519491231002X 号", "身份证 110****002X 号", "身份证 ▇▇▇ 号"},
		{"请找王先生", "请找王**", "请找王**"},
		{"主机 192.168.10.25 宕机", "主机 ▇▇▇ 宕机", "主机 ▇▇▇ 宕机"},
		{"TS-2026-0007 与 HT-2026-001", "TS-2026-0007 与 HT-2026-001", "TS-2026-0007 与 HT-2026-001"},
		{"", "", ""},
	} {
		if got := staff.Text(c.in); got != c.staff {
			t.Errorf("%q for the staff: got %q, want %q", c.in, got, c.staff)
		}
		if got := out.Text(c.in); got != c.audit {
			t.Errorf("%q for auditors: got %q, want %q", c.in, got, c.audit)
		}
	}
}

// What is beyond the number of hits that are told is masked all the same.
func TestTextMasksEveryHit(t *testing.T) {
	in := strings.Repeat("13812345678，a@b.example；", 3000)
	if got := (redact.Policy{}).Text(in); strings.Contains(got, "1234") || strings.Contains(got, "a@b") && !strings.Contains(got, "a***@b") {
		t.Error("a number stands in the text")
	}
	if n := len(redact.Scan(in)); n != 100 {
		t.Errorf("%d hits are told", n)
	}
}

func TestValue(t *testing.T) {
	staff, paper, audit := redact.Policy{}, redact.Policy{Paper: true}, redact.Policy{Edition: redact.Audit, Money: true}
	for _, c := range []struct{ in, staff, paper string }{
		{"张三丰", "张**", "张**"},
		{"z", "z**", "z**"},
		{" c-7f3a ", "c**", "c**"},
		{"", "", ""},
		{"zhang@x.com", "z***@x.com", "▇▇▇"},
		{"13812345678", "138****5678", "▇▇▇"},
		{"5123456", "▇▇▇", "▇▇▇"},
		{"@", "***@", "▇▇▇"},
	} {
		for p, want := range map[redact.Policy]string{staff: c.staff, paper: c.paper, audit: c.paper} {
			if got := p.Value(c.in); got != want {
				t.Errorf("%q under %+v: got %q, want %q", c.in, p, got, want)
			}
		}
	}
}

// The rows of domain.md §10 by class: a page and a paper for the staff, what
// auditors get, and what they get with money.
func TestMatrix(t *testing.T) {
	for class, want := range map[string][4]redact.Treatment{
		redact.Open:         {redact.Scanned, redact.Scanned, redact.Scanned, redact.Scanned},
		redact.ClassStaff:   {redact.Shown, redact.Shown, redact.Shown, redact.Shown},
		redact.Personal:     {redact.Masked, redact.Masked, redact.Masked, redact.Masked},
		redact.Restricted:   {redact.Omitted, redact.Omitted, redact.Coded, redact.Coded},
		redact.ClassText:    {redact.Scanned, redact.Scanned, redact.Masked, redact.Masked},
		redact.ClassComment: {redact.Scanned, redact.Omitted, redact.Masked, redact.Masked},
		redact.ClassMoney:   {redact.Omitted, redact.Omitted, redact.Omitted, redact.Shown},
		"no such class":     {redact.Omitted, redact.Omitted, redact.Coded, redact.Coded},
	} {
		for i, p := range []redact.Policy{{Money: true}, {Paper: true}, {Edition: redact.Audit}, {Edition: redact.Audit, Money: true}} {
			if got := p.TreatClass(class); got != want[i] {
				t.Errorf("class %q in column %d: got %d, want %d", class, i, got, want[i])
			}
		}
	}
}

func TestEditions(t *testing.T) {
	for name, want := range map[string]redact.Edition{"": redact.Internal, "internal": redact.Internal, "audit": redact.Audit} {
		if got, err := redact.ParseEdition(name); err != nil || got != want {
			t.Errorf("%q: got %q, %v", name, got, err)
		}
	}
	if _, err := redact.ParseEdition("public"); err == nil {
		t.Error("an unknown edition is taken")
	}
	if redact.Internal.Leaves() || !redact.Audit.Leaves() || redact.Edition("").Name() != "internal" {
		t.Error("which edition leaves the company")
	}
}

func TestSecretsLongerOnesFirst(t *testing.T) {
	s := redact.NewSecrets([]string{"abc", "abcd", "ab", "abc"})
	if got := s.Cover("abcd abc ab"); got != "▇▇▇ ▇▇▇ ab" {
		t.Errorf("got %q", got)
	}
}

func FuzzText(f *testing.F) {
	f.Add("13812345678 a@b.c １３８ 王先生 ＠")
	f.Fuzz(func(t *testing.T, s string) {
		for _, p := range []redact.Policy{{}, {Edition: redact.Audit}} {
			if once := p.Text(s); len(once) > 12*len(s)+16 {
				t.Errorf("%q grows to %q", s, once)
			}
			p.Value(s)
		}
	})
}
