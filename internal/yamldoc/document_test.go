package yamldoc

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kept/internal/locale"
)

func mustParse(t *testing.T, text string) *Document {
	t.Helper()
	d, found := Parse("r.yaml", []byte(text))
	if len(found) > 0 {
		t.Fatalf("parse %q: %v", text, found)
	}
	return d
}

func TestScalarsAreAsTyped(t *testing.T) {
	for literal, want := range map[string]any{
		"": nil, "null": nil, "true": true, "false": false,
		"1": json.Number("1"), "-1.50": json.Number("-1.50"), "1e3": json.Number("1e3"), "0": json.Number("0"),
		"0123": "0123", "08": "08", "2026-09-01": "2026-09-01", "2026-09-01T10:00:00+08:00": "2026-09-01T10:00:00+08:00",
		"no": "no", "Yes": "Yes", "TRUE": "TRUE", "Null": "Null", "~": "~", "1:30": "1:30", ".5": ".5", "0x1F": "0x1F",
		"1_000": "1_000", "+1": "+1", ".inf": ".inf", "1.": "1.", "否": "否", "=": "=",
		`"1"`: "1", "'true'": "true", `"null"`: "null", `""`: "", "|\n    1": "1\n", ">-\n    a\n    b": "a b",
	} {
		text := "v: " + literal + "\n"
		if got := mustParse(t, text).Root().Plain("v"); got != want {
			t.Errorf("%q reads as %#v, want %#v", literal, got, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"duplicate key":      {"a: 1\nb: 2\na: 3\n", "r.yaml:3:1 yaml-duplicate-key"},
		"duplicate inside":   {"甲:\n  - {x: 1, 乙: 2, 乙: 3}\n", "r.yaml:2:18 yaml-duplicate-key"},
		"quoted duplicate":   {"a: 1\n\"a\": 2\n", "r.yaml:2:1 yaml-duplicate-key"},
		"second document":    {"a: 1\n---\nb: 2\n", "r.yaml:2:1 yaml-document"},
		"custom tag":         {"a: !secret x\n", "r.yaml:1:4 yaml-tag"},
		"core tag":           {"a: !!binary eA==\n", "r.yaml:1:4 yaml-tag"},
		"merge key":          {"a: &x {b: 1}\nc:\n  <<: *x\n", "r.yaml:3:3 yaml-merge"},
		"number as key":      {"1: x\n", "r.yaml:1:1 yaml-key"},
		"flag as key":        {"true: x\n", "r.yaml:1:1 yaml-key"},
		"list as key":        {"? [a]\n: x\n", "r.yaml:1:3 yaml-key"},
		"GBK":                {"a: 1\nb: \xcd\xb6\xcb\xdf\n", "r.yaml:2:5 yaml-encoding yamldoc.gbk"},
		"latin":              {"a: caf\xe9\n", "r.yaml:1:7 yaml-encoding yamldoc.encoding"},
		"UTF-16":             {"\xff\xfea\x00", "r.yaml:1:1 yaml-encoding yamldoc.encoding"},
		"line separator":     {"a: 甲\u2028乙\n", "r.yaml:1:5 yaml-character"},
		"turned direction":   {"a: 甲\u202e乙\n", "r.yaml:1:5 yaml-character"},
		"isolated direction": {"a: 甲\u2066乙\n", "r.yaml:1:5 yaml-character"},
		"lone carriage":      {"a: 1\rb: 2\n", "r.yaml:1:5 yaml-character"},
		"nul":                {"a: \x00\n", "r.yaml:1:4 yaml-character"},
		"huge number":        {"a: 1e999999999\n", "r.yaml:1:4 yaml-number"},
		"long number":        {"a: " + strings.Repeat("9", 65) + "\n", "r.yaml:1:4 yaml-number"},
		"depth":              {"a: " + strings.Repeat("[", 40) + strings.Repeat("]", 40) + "\n", "r.yaml:1:36 yaml-limit yamldoc.depth"},
		"size":               {strings.Repeat("# x\n", 1<<18+1), "r.yaml yaml-limit yamldoc.size"},
		"alias of itself":    {"a: &x [*x]\n", "r.yaml:1:4 yaml-limit yamldoc.depth"},
		"wide colon":         {"a: 1\nstatus：closed\nb: 2\n", "r.yaml:2:7 yaml-syntax yamldoc.syntax_wide_colon"},
		"tab":                {"a:\n\tb: 1\n", "r.yaml:2:1 yaml-syntax yamldoc.syntax_tab"},
		"colon in text":      {"a: 1\nb: c: d\n", "r.yaml:2 yaml-syntax yamldoc.syntax_colon"},
		"open quote":         {"a: 1\nb: \"x\n", "r.yaml:2 yaml-syntax yamldoc.syntax_quote"},
		"open bracket":       {"a: [1, 2\nb: 3\n", "r.yaml:1 yaml-syntax yamldoc.syntax_bracket"},
		"unknown alias":      {"a: *x\n", "r.yaml:1 yaml-syntax yamldoc.syntax_anchor"},
		"start of text":      {"a: @x\n", "r.yaml:1 yaml-syntax yamldoc.syntax_start"},
		"escape":             {"a: \"\\q\"\n", "r.yaml:1 yaml-syntax yamldoc.syntax_escape"},
		"no space after key": {"a: 1\nb:2\nc: 3\n", "r.yaml:2 yaml-syntax yamldoc.syntax_key"},
	} {
		t.Run(name, func(t *testing.T) {
			_, found := Parse("r.yaml", []byte(c.text))
			if len(found) == 0 {
				t.Fatal("nothing was found")
			}
			got := found[0].Position.String() + " " + found[0].Rule + " " + found[0].Key
			if !strings.HasPrefix(got, c.want) {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if _, ok := ParseValue([]byte(c.text)); ok {
				t.Error("ParseValue takes it")
			}
		})
	}
}

func TestEveryDuplicateIsFoundAndFirstCounts(t *testing.T) {
	d, found := Parse("r.yaml", []byte("a: 1\na: 2\nb: {c: 1, c: 2}\n"))
	if len(found) != 2 {
		t.Errorf("found %v", found)
	}
	if got := d.Root().Plain("a"); got != json.Number("1") {
		t.Errorf("a is %v", got)
	}
}

func TestFindingsAreBounded(t *testing.T) {
	_, found := Parse("r.yaml", []byte(strings.Repeat("a: 1\n", 5000)))
	if len(found) != MaxFindings {
		t.Errorf("%d findings", len(found))
	}
}

func TestBillionLaughsIsRefusedQuickly(t *testing.T) {
	var b strings.Builder
	b.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	for i := 1; i < 12; i++ {
		prev := string(rune('a'+i-1)) + "0"
		if i == 1 {
			prev = "a0"
		}
		name := string(rune('a'+i)) + "0"
		b.WriteString(name + ": &" + name + " [" + strings.TrimSuffix(strings.Repeat("*"+prev+", ", 10), ", ") + "]\n")
	}
	d, found := Parse("r.yaml", []byte(b.String()))
	if d != nil || len(found) == 0 || found[0].Key != "yamldoc.nodes" {
		t.Errorf("got %v", found)
	}
}

// Hostile shapes must be done with in a moment: what is slower than linear takes
// minutes at this size.
func TestNothingTakesLong(t *testing.T) {
	for _, shape := range []string{"[", "{", "- ", "#\n", "a: &a\n", "? ", "'", "\"", "a:\n ", "*a ", "!a ", "- #\n", "[#\n", ",", "-\n", "a: b\n", "{a: ", "|\n", " \n"} {
		start := time.Now()
		_, _ = Parse("r.yaml", []byte(strings.Repeat(shape, MaxSize/4/len(shape))))
		if d := time.Since(start); d > 20*time.Second {
			t.Errorf("%q took %v", shape, d)
		}
	}
}

func TestMarkAndCarriageReturnsAreAccepted(t *testing.T) {
	d := mustParse(t, "\ufeff标题: 甲\r\nb:\r\n  - c: |\r\n      x\r\n      y\r\n")
	if got := d.Root().Text("标题"); got != "甲" {
		t.Errorf("title is %q", got)
	}
	if got := d.Root().Items("b")[0].Text("c"); got != "x\ny\n" {
		t.Errorf("c is %q", got)
	}
	if got := d.Position("/标题").String(); got != "r.yaml:1:5" {
		t.Errorf("title stands at %s", got)
	}
}

func TestPositions(t *testing.T) {
	d := mustParse(t, "a: 1\n名: {乙: 二, x/y~z: 3}\nlist:\n  - p: 1\n    q: [甲, 乙, z]\nbase: &b {k: v}\nuse: *b\n")
	for pointer, want := range map[string][2]string{
		"": {"r.yaml:1:1", "r.yaml:1:1"}, "/a": {"r.yaml:1:4", "r.yaml:1:1"},
		"/名/乙": {"r.yaml:2:8", "r.yaml:2:5"}, "/名/x~1y~0z": {"r.yaml:2:18", "r.yaml:2:11"},
		"/list/0/q/2": {"r.yaml:5:15", "r.yaml:5:15"}, "/list/0/q": {"r.yaml:5:8", "r.yaml:5:5"},
		"/list/7": {"r.yaml:4:3", "r.yaml:4:3"}, "/nothing/x": {"r.yaml:1:1", "r.yaml:1:1"}, "/list/0/none": {"r.yaml:4:5", "r.yaml:4:5"},
		"/use/k": {"r.yaml:6:14", "r.yaml:6:11"},
	} {
		if got := [2]string{d.Position(pointer).String(), d.KeyPosition(pointer).String()}; got != want {
			t.Errorf("%q: %v, want %v", pointer, got, want)
		}
	}
}

func TestPointerAt(t *testing.T) {
	d := mustParse(t, "a: 1\n\nlong: |\n  x: 1\n  - y\nlist:\n  - p: 1\n    q: {r: 1,\n      s: 2}\n  - p: 2\n")
	for line, want := range []string{0: "", 1: "/a", 2: "/a", 3: "/long", 4: "/long", 5: "/long", 6: "/list", 7: "/list/0/p", 8: "/list/0/q/r", 9: "/list/0/q/s", 10: "/list/1/p", 11: "/list/1/p"} {
		if got := d.PointerAt(line); got != want {
			t.Errorf("line %d: %q, want %q", line, got, want)
		}
	}
}

func TestEmptyAndOtherRoots(t *testing.T) {
	for _, text := range []string{"", "\n", "# only a comment\n", "---\n", "- a\n", "text\n", "\ufeff"} {
		d := mustParse(t, text)
		if len(d.Root().Keys()) != 0 || d.Position("/a").Line == 0 {
			t.Errorf("%q: %v at %v", text, d.Root(), d.Position("/a"))
		}
		if _, ok := ParseValue([]byte(text)); ok {
			t.Errorf("%q is a mapping", text)
		}
	}
}

func TestObjectAccessors(t *testing.T) {
	o := mustParse(t, "s: x\nn: 1.5\nmoney: \"-10.25\"\nbad: 1e5x\nb: true\nt: 2026-09-01T10:00:00+08:00\nz: 2026-09-01T02:00:00Z\nl: [a, 1, b]\no: {k: v}\ni: [{k: 1}, x]\nempty: \"\"\nnone:\nel: []\neo: {}\n").Root()
	rat, ok := o.Number("money")
	if !ok || rat.FloatString(2) != "-10.25" {
		t.Errorf("money is %v", rat)
	}
	if rat, _ := o.Number("n"); rat.FloatString(1) != "1.5" {
		t.Errorf("n is %v", rat)
	}
	if _, ok := o.Number("bad"); ok {
		t.Error("bad is a number")
	}
	at, _ := o.Instant("t")
	same, _ := o.Instant("z")
	if !at.Equal(same) || at.Format(time.RFC3339) != "2026-09-01T10:00:00+08:00" || same.Location() != time.UTC {
		t.Errorf("instants are %v and %v", at, same)
	}
	for _, s := range []string{"2026-09-01", "2026-09-01T1:00:00Z", "2026-02-30T00:00:00Z", "2026-09-01T10:00:00,5Z", ""} {
		if _, ok := ParseInstant(s); ok {
			t.Errorf("%q is an instant", s)
		}
	}
	if diff := cmp.Diff([]string{"a", "b"}, o.Texts("l")); diff != "" {
		t.Error(diff)
	}
	if got := o.Texts("s"); len(got) != 1 || got[0] != "x" {
		t.Errorf("texts of s: %v", got)
	}
	if len(o.Items("i")) != 2 || o.Object("o").Text("k") != "v" || !o.Flag("b") || o.Text("n") != "" {
		t.Error("a nested accessor is wrong")
	}
	for key, want := range map[string]bool{"s": true, "b": true, "n": true, "empty": false, "none": false, "el": false, "eo": false, "gone": false, "o": true} {
		if o.Has(key) != want {
			t.Errorf("has %q is %v", key, !want)
		}
	}
}

func TestMessagesExist(t *testing.T) {
	c, err := locale.Load(os.DirFS("../../site/i18n"))
	if err != nil {
		t.Fatal(err)
	}
	_, found := Parse("r.yaml", []byte("a: 1e9999"))
	if got := found[0].Message(c.Printer(locale.English)); strings.Contains(got, "⟦") || strings.Contains(got, "9999") {
		t.Errorf("message is %q", got)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"a: 1\n", "- {a: &x [*x]}\n", "a: |+\n  x\n\n", "? x\n: y", "%YAML 1.1\n---\na", "a: 'x\n", "\ufeffa: \"\\u12\""} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d, found := Parse("f.yaml", data)
		if d == nil && len(found) == 0 {
			t.Fatal("neither a document nor a finding")
		}
		o, ok := ParseValue(data)
		if ok && (len(found) > 0 || !cmp.Equal(o.Fields(), d.Root().Fields())) {
			t.Fatal("ParseValue and Parse differ")
		}
		if d != nil {
			d.Position("/a/0/b")
		}
	})
}

func BenchmarkParse(b *testing.B) {
	data := bytes.Repeat([]byte("key: value of some length\n"), 1)
	for i := range 40 {
		data = append(data, []byte("key_"+string(rune('a'+i%26))+string(rune('a'+i/26))+": 一些文字 2026\n")...)
	}
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, ok := ParseValue(data); !ok {
			b.Fatal("broken")
		}
	}
}
