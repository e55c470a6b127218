package yamldoc

import (
	"strings"
	"testing"
)

// A text is quoted where YAML 1.1, YAML 1.2 or this package would read another
// value, and only there.
func TestQuoting(t *testing.T) {
	for s, want := range map[string][2]string{ // in block and in flow style
		"plain":                     {"plain", "plain"},
		"中文，全角：标点":                  {"中文，全角：标点", "中文，全角：标点"},
		"TS-2026-0001":              {"TS-2026-0001", "TS-2026-0001"},
		"2026-H1":                   {"2026-H1", "2026-H1"},
		"v1.2":                      {"v1.2", "v1.2"},
		"":                          {`""`, `""`},
		"yes":                       {`"yes"`, `"yes"`},
		"No":                        {`"No"`, `"No"`},
		"y":                         {`"y"`, `"y"`},
		"NULL":                      {`"NULL"`, `"NULL"`},
		"~":                         {`"~"`, `"~"`},
		"1":                         {`"1"`, `"1"`},
		"-1.5e3":                    {`"-1.5e3"`, `"-1.5e3"`},
		"08":                        {`"08"`, `"08"`},
		"0x1F":                      {`"0x1F"`, `"0x1F"`},
		"1:30":                      {`"1:30"`, `"1:30"`},
		"1_000":                     {`"1_000"`, `"1_000"`},
		".5":                        {`".5"`, `".5"`},
		".inf":                      {`".inf"`, `".inf"`},
		"2026-09-01":                {`"2026-09-01"`, `"2026-09-01"`},
		"2026-09-01T10:00:00+08:00": {`"2026-09-01T10:00:00+08:00"`, `"2026-09-01T10:00:00+08:00"`},
		"a: b":                      {`"a: b"`, `"a: b"`},
		"a:b":                       {"a:b", `"a:b"`},
		"a:":                        {`"a:"`, `"a:"`},
		"a #b":                      {`"a #b"`, `"a #b"`},
		"a#b":                       {"a#b", `"a#b"`},
		"a, b":                      {"a, b", `"a, b"`},
		"why?":                      {"why?", `"why?"`},
		"[a]":                       {`"[a]"`, `"[a]"`},
		"- a":                       {`"- a"`, `"- a"`},
		"---":                       {`"---"`, `"---"`},
		"*a":                        {`"*a"`, `"*a"`},
		"!a":                        {`"!a"`, `"!a"`},
		"@a":                        {`"@a"`, `"@a"`},
		" a":                        {`" a"`, `" a"`},
		"a\tb":                      {`"a\tb"`, `"a\tb"`},
		`say "a\b"`:                 {`say "a\b"`, `say "a\b"`},
		`"a\b"`:                     {`'"a\b"'`, `'"a\b"'`},
		`it's "a"`:                  {`it's "a"`, `it's "a"`},
		`"it's"`:                    {`'"it''s"'`, `'"it''s"'`},
		"a\u2028b\x00":              {`"a\u2028b\u0000"`, `"a\u2028b\u0000"`},
	} {
		if got := [2]string{quoted(s, false), quoted(s, true)}; got != want {
			t.Errorf("%q is written %s and %s, want %s and %s", s, got[0], got[1], want[0], want[1])
		}
		for _, text := range []string{"k: " + quoted(s, false), "k: [" + quoted(s, true) + "]"} {
			if got := mustParse(t, text).Root().Texts("k"); len(got) != 1 || got[0] != s {
				t.Errorf("%s reads as %q", text, got)
			}
		}
	}
}

func TestLiteralBlocks(t *testing.T) {
	long := strings.Repeat("长", longText+1)
	for s, want := range map[string]string{
		"a\nb": "|-\n  a\n  b\n", "a\nb\n": "|\n  a\n  b\n", "a\n\n\n": "|+\n  a\n\n\n", "a\n\n  b\n": "|\n  a\n\n    b\n",
		long: "|-\n  " + long + "\n", "# a\n: b": "|-\n  # a\n  : b\n", "a\n\tb": "|-\n  a\n  \tb\n",
		// Not without loss as a block: double quotes.
		" a\nb": `" a\nb"` + "\n", "\na": `"\na"` + "\n", "a\nb ": `"a\nb "` + "\n", "\n": `"\n"` + "\n", "a\r\nb": `"a\u000D\nb"` + "\n",
	} {
		got := string(Write(map[string]any{"k": s}, nil))
		if got != "k: "+want {
			t.Errorf("%q is written %q, want %q", s, got, "k: "+want)
		}
		if back := mustParse(t, got).Root().Text("k"); back != s {
			t.Errorf("%q reads back as %q", s, back)
		}
	}
}

func TestWriteTakesOnlyPlainValues(t *testing.T) {
	deep := any("x")
	for range MaxDepth + 2 {
		deep = []any{deep}
	}
	e, err := NewEdit("r.yaml", []byte("a: 1\n"))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]any{"struct": struct{}{}, "float": 1.5, "depth": deep, "inside": []any{map[string]any{"x": 1.5}}} {
		if e.Set("b", value, "", nil) == nil {
			t.Errorf("%s was written", name)
		}
	}
	if got := string(e.Bytes()); got != "a: 1\n" {
		t.Errorf("refused values left %q", got)
	}
}
