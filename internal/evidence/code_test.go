package evidence

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
)

func TestParseCode(t *testing.T) {
	for text, want := range map[string]Code{
		"kpi-monthly.2026-07.0123456789ab.0123456789":       {"kpi-monthly", "2026-07", "0123456789ab", "0123456789"},
		"  KPI-MONTHLY.2026-Q3.0123456789AB.0123456789\n":   {"kpi-monthly", "2026-Q3", "0123456789ab", "0123456789"},
		"complaint-register.-.0123456789ab.abcdef0123":      {"complaint-register", "", "0123456789ab", "abcdef0123"},
		"complaint-register.-.-.abcdef0123":                 {"complaint-register", "", "", "abcdef0123"},
		"x.2026.0123456789ab.abcdef0123":                    {"x", "2026", "0123456789ab", "abcdef0123"},
		"":                                                  {},
		"kpi-monthly.2026-07.0123456789ab":                  {},
		"kpi-monthly.2026-07.0123456789ab.012345678":        {},
		"../x.2026-07.0123456789ab.0123456789":              {},
		"kpi-monthly.2026-07.0123456789ag.0123456789":       {},
		"投诉台账.2026-07.0123456789ab.0123456789":              {},
		strings.Repeat("a", 801) + ".-.-.0123456789":        {},
		"c-8.3.2.-.0123456789ab.abcdef0123":                 {"c-8.3.2", "", "0123456789ab", "abcdef0123"},
		"2026-07.-.0123456789ab.abcdef0123":                 {"2026-07", "", "0123456789ab", "abcdef0123"},
		"~e7~94~b2.-.0123456789ab.abcdef0123":               {"~e7~94~b2", "", "0123456789ab", "abcdef0123"},
		"kpi-monthly.2026-07.0123456789ab.0123456789; echo": {},
	} {
		got, ok := ParseCode(text)
		if got != want || ok != (want != Code{}) {
			t.Errorf("ParseCode(%q) = %+v, %v, want %+v", text, got, ok, want)
		}
		if ok {
			for _, again := range []string{got.String(), got.QR()} {
				if back, _ := ParseCode(again); back != got {
					t.Errorf("%q reads back as %+v", again, back)
				}
			}
		}
	}
}

// The digest changes with every text, with its part and with its place, and no
// text can pass for two.
func TestContentDigest(t *testing.T) {
	base := Content{Print: "x", Lang: "zh-CN", Edition: "internal", Period: "2026-07", Commit: "0123456789abcdef", Lines: []Line{{"cell", "甲"}, {"cell", "乙"}}}
	if sum := sha256.Sum256([]byte(base.Text())); base.Digest() != hex.EncodeToString(sum[:]) {
		t.Error("the digest is not that of the canonical form")
	}
	if got := base.Code().String(); !strings.HasPrefix(got, "x.2026-07.0123456789ab.") || base.Code().Digest != base.Digest()[:10] {
		t.Errorf("the code is %q", got)
	}
	seen := map[string]string{base.Digest(): "base"}
	for name, change := range map[string]func(*Content){
		"language": func(c *Content) { c.Lang = "en" },
		"edition":  func(c *Content) { c.Edition = "audit" },
		"print":    func(c *Content) { c.Print = "y" },
		"period":   func(c *Content) { c.Period = "" },
		"commit":   func(c *Content) { c.Commit += "0" },
		"text":     func(c *Content) { c.Lines = []Line{{"cell", "甲"}, {"cell", "丙"}} },
		"order":    func(c *Content) { c.Lines = []Line{{"cell", "乙"}, {"cell", "甲"}} },
		"part":     func(c *Content) { c.Lines = []Line{{"note", "甲"}, {"cell", "乙"}} },
		"joined":   func(c *Content) { c.Lines = []Line{{"cell", "甲\ncell\t乙"}} },
		"escaped":  func(c *Content) { c.Lines = []Line{{"cell", `甲\ncell\t乙`}} },
	} {
		other := base
		change(&other)
		if twin, ok := seen[other.Digest()]; ok {
			t.Errorf("%s has the digest of %s", name, twin)
		}
		seen[other.Digest()] = name
	}
}
