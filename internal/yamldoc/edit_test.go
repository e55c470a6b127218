package yamldoc

import (
	"maps"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

const sample = `# yaml-language-server: $schema=x
schema: complaint/v1   # the form
id: TS-2026-0001
status: registered     # 现状

# who answers
owner: "u-zhoum"
note: |
  first
  # no comment

  last
transitions:
  - {to: registered, at: "2026-09-01T10:00:00+08:00", by: u-a} # first
  # more to come
actions:
- owner: u-b
  text: 'it''s # done'
`

func TestSetAndAppend(t *testing.T) {
	order := []string{"to", "at", "by", "note"}
	for name, c := range map[string]struct {
		change   func(*Edit) error
		old, new string
	}{
		"scalar keeps its comment": {
			func(e *Edit) error { return e.Set("status", "closed", "", nil) },
			"status: registered     # 现状\n", "status: closed     # 现状\n",
		},
		"quoted scalar": {
			func(e *Edit) error { return e.Set("owner", "2026-09-01", "", nil) },
			"owner: \"u-zhoum\"\n", "owner: \"2026-09-01\"\n",
		},
		"block text": {
			func(e *Edit) error { return e.Set("note", "short", "", nil) },
			"note: |\n  first\n  # no comment\n\n  last\n", "note: short\n",
		},
		"to block text": {
			func(e *Edit) error { return e.Set("id", "a\nb\n", "", nil) },
			"id: TS-2026-0001\n", "id: |\n  a\n  b\n",
		},
		"new key before another and its comment": {
			func(e *Edit) error { return e.Set("severity", "major", "owner", nil) },
			"# 现状\n", "# 现状\nseverity: major\n",
		},
		"new key before the first": {
			func(e *Edit) error { return e.Set("x", true, "schema", nil) },
			"schema: c", "x: true\nschema: c",
		},
		"new key at the end": {
			func(e *Edit) error {
				return e.Set("follow_up", map[string]any{"by": "u-c", "at": "2026-09-02", "z": 1}, "gone", order)
			},
			"done'\n", "done'\nfollow_up:\n  at: \"2026-09-02\"\n  by: u-c\n  z: 1\n",
		},
		"append to a block list": {
			func(e *Edit) error {
				return e.Append("transitions", map[string]any{"by": "u-c", "at": "2026-09-02T08:00:00+08:00", "to": "closed"}, order)
			},
			"# first\n", "# first\n  - {to: closed, at: \"2026-09-02T08:00:00+08:00\", by: u-c}\n",
		},
		"append to a list at the margin": {
			func(e *Edit) error { return e.Append("actions", "text", nil) },
			"# done'\n", "# done'\n- text\n",
		},
		"append makes the list": {
			func(e *Edit) error {
				return e.Append("links", map[string]any{"rel": "raises_sip", "id": "SIP-2026-1"}, nil)
			},
			"done'\n", "done'\nlinks:\n  - {id: SIP-2026-1, rel: raises_sip}\n",
		},
		"long item as block": {
			func(e *Edit) error {
				return e.Append("actions", map[string]any{"text": strings.Repeat("长", 90), "owner": "u"}, nil)
			},
			"# done'\n", "# done'\n- owner: u\n  text: |-\n    " + strings.Repeat("长", 90) + "\n",
		},
	} {
		for _, style := range []string{"plain", "crlf", "bom"} {
			t.Run(name+" "+style, func(t *testing.T) {
				dress := func(s string) string {
					switch style {
					case "crlf":
						return strings.ReplaceAll(s, "\n", "\r\n")
					case "bom":
						return "\ufeff" + s
					}
					return s
				}
				e, err := NewEdit("r.yaml", []byte(dress(sample)))
				if err != nil {
					t.Fatal(err)
				}
				if err := c.change(e); err != nil {
					t.Fatal(err)
				}
				want := dress(strings.Replace(sample, c.old, c.new, 1))
				if want == dress(sample) {
					t.Fatalf("%q is not in the sample", c.old)
				}
				if diff := cmp.Diff(want, string(e.Bytes())); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}

func TestEditsInOddPlaces(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"no newline at the end": {"a: 1\nl: [x] # c", "a: 1\nl: # c\n  - x\n  - z\n"},
		"empty list":            {"l: []\na: 1\n", "l:\n  - z\na: 1\n"},
		"null":                  {"l:\na: 1\n", "l:\n  - z\na: 1\n"},
		"document markers":      {"---\nl:\n  - x\n...\n", "---\nl:\n  - x\n  - z\n...\n"},
		"deep indent":           {"l:\n    - x\n\nb: 1\n", "l:\n    - x\n    - z\n\nb: 1\n"},
	} {
		t.Run(name, func(t *testing.T) {
			e, err := NewEdit("r.yaml", []byte(c.text))
			if err != nil {
				t.Fatal(err)
			}
			if err := e.Append("l", "z", nil); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, string(e.Bytes())); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestEditRefuses(t *testing.T) {
	for _, text := range []string{"{a: 1}\n", "- a\n", "a: [\n", "", " a: 1\n"} {
		if _, err := NewEdit("r.yaml", []byte(text)); err == nil {
			t.Errorf("%q can be edited", text)
		}
	}
	e, err := NewEdit("r.yaml", []byte("a: &x 1\nb: *x\nc: {d: 1}\n"))
	if err != nil {
		t.Fatal(err)
	}
	before := string(e.Bytes())
	if e.Set("a", 2, "", nil) == nil || e.Append("c", "x", nil) == nil || e.Set("a", struct{}{}, "", nil) == nil {
		t.Error("an impossible change was made")
	}
	if string(e.Bytes()) != before {
		t.Errorf("a refused change left %q", e.Bytes())
	}
}

func TestWriteIsCanonical(t *testing.T) {
	got := string(Write(map[string]any{
		"id": "TS-2026-0001", "schema": "complaint/v1", "title": "停机: 三次", "count": 3, "flag": false, "none": nil,
		"code": "0123", "day": "2026-09-01", "no": "no", "list": []string{"a", "b"}, "objects": []any{map[string]any{"id": "x", "rel": "y"}},
		"empty": []any{}, "text": "one\n  two\n", "open": "a\n\nb", "name": map[string]any{"zh-CN": "甲", "en": "A"},
	}, []string{"schema", "id", "title", "zh-CN"}))
	want := `schema: complaint/v1
id: TS-2026-0001
title: "停机: 三次"
code: "0123"
count: 3
day: "2026-09-01"
empty: []
flag: false
list:
  - a
  - b
name:
  zh-CN: 甲
  en: A
"no": "no"
none: null
objects:
  - {id: x, rel: "y"}
open: |-
  a

  b
text: |
  one
    two
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A key inside goes by its dotted path before its own name.
func TestOrderOfKeysInside(t *testing.T) {
	inner := func() map[string]any {
		return map[string]any{"at": "x", "to": "z", "by": map[string]any{"at": "v", "to": "w"}}
	}
	fields := map[string]any{"b": []any{inner()}, "a": inner()}
	got := string(Write(fields, []string{"b", "b.to", "b.by", "b.at", "a", "at", "to", "by"}))
	want := "b:\n  - to: z\n    by:\n      at: v\n      to: w\n    at: x\na:\n  at: x\n  to: z\n  by:\n    at: v\n    to: w\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// anyValue draws texts that YAML finds hard, and everything built of them.
func anyValue(depth int) *rapid.Generator[any] {
	return rapid.Custom(func(t *rapid.T) any {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-z0-9:#\-\[\]{},&*!|>'"%@ .~\n\t\\年：]{0,30}`), rapid.StringMatching(`[0-9:TZx.+\-_]{1,12}`), rapid.StringMatching(`(长文字 ?\n?){0,60}`))
		switch kind := rapid.IntRange(0, 6).Draw(t, "kind"); {
		case kind == 0:
			return rapid.Bool().Draw(t, "flag")
		case kind == 1:
			return nil
		case kind == 2 && depth > 0:
			list := []any{}
			for range rapid.IntRange(0, 4).Draw(t, "n") {
				list = append(list, anyValue(depth-1).Draw(t, "item"))
			}
			return list
		case kind == 3 && depth > 0:
			return any(fieldsOf(t, depth-1))
		}
		return text.Filter(writable).Draw(t, "text")
	})
}

func writable(s string) bool {
	return !strings.ContainsRune(s, '\uFFFD') && strings.ToValidUTF8(s, "") == s
}

func fieldsOf(t *rapid.T, depth int) map[string]any {
	fields := map[string]any{}
	for range rapid.IntRange(0, 5).Draw(t, "n") {
		key := rapid.OneOf(rapid.StringMatching(`[a-z_]{1,8}`), rapid.String().Filter(writable)).Draw(t, "key")
		fields[key] = anyValue(depth).Draw(t, "value")
	}
	return fields
}

func TestWriteReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fields := fieldsOf(t, 3)
		text := Write(fields, []string{"b", "a"})
		got, ok := ParseValue(text)
		if !ok || !reflect.DeepEqual(got.Fields(), fields) {
			t.Fatalf("%q reads back as %#v, not %#v", text, got.Fields(), fields)
		}
	})
}

func TestSetKeepsTheOthers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fields := fieldsOf(t, 2)
		fields["a"] = "x"
		e, err := NewEdit("r.yaml", Write(fields, nil))
		if err != nil {
			t.Fatal(err)
		}
		want := maps.Clone(fields)
		want["a"] = anyValue(2).Draw(t, "new")
		if err := e.Set("a", want["a"], "", nil); err != nil {
			t.Fatal(err)
		}
		if got, _ := ParseValue(e.Bytes()); !reflect.DeepEqual(got.Fields(), want) {
			t.Fatalf("%q", e.Bytes())
		}
	})
}

func FuzzEdit(f *testing.F) {
	f.Add([]byte(sample), "status", "x: y")
	f.Add([]byte("a: 1\r\nb: 'x\r\n  y' # c\r\n"), "b", "#")
	f.Fuzz(func(t *testing.T, data []byte, key, value string) {
		e, err := NewEdit("f.yaml", data)
		if err != nil {
			return
		}
		before, _ := ParseValue(data)
		if e.Set(key, value, "", nil) != nil {
			return
		}
		want := maps.Clone(before.Fields())
		want[key] = value
		if got, ok := ParseValue(e.Bytes()); !ok || !reflect.DeepEqual(got.Fields(), want) {
			t.Fatalf("set %q to %q in %q gave %q", key, value, data, e.Bytes())
		}
	})
}
