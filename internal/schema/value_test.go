package schema

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kept/internal/locale"
	"kept/internal/yamldoc"
)

func TestDaysAndInstants(t *testing.T) {
	for s, want := range map[string][2]bool{ // a date, an instant
		"2026-09-01": {true, false}, "2024-02-29": {true, false}, "2026-02-29": {false, false}, "1899-12-31": {false, false}, "2200-01-01": {false, false},
		"2026-9-1": {false, false}, "": {false, false}, "2026-09-01T10:00:00+08:00": {false, true}, "2026-09-01T10:00:00Z": {false, true},
		"2026-09-01T10:00:00.5Z": {false, true}, "2026-09-01T24:00:00Z": {false, false}, "2026-09-01T10:00:60Z": {false, false},
		"2026-09-01t10:00:00z": {false, false}, "2026-09-01T10:00:00": {false, false}, "2026-09-01T10:00+08:00": {false, false}, "2026-09-01T10:00:00+25:00": {false, false},
	} {
		if got := [2]bool{isDate(s), isInstant(s)}; got != want {
			t.Errorf("%q: date, instant are %v", s, got)
		}
	}
	if !isDate(nil) || !isInstant(true) || !isRegex(1) {
		t.Error("the type of a value is not the business of its format")
	}
}

func TestReadTree(t *testing.T) {
	tree, err := readTree([]byte(`{"b": [1.50, {"x": null}], "a": {"d": true, "c": "s"}}`))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"b", "a", "d", "c"}, append(tree.keys, tree.kid("a").keys...)); diff != "" {
		t.Error(diff)
	}
	if got := tree.kid("a").object().Text("c"); got != "s" || tree.kid("none").kid("x").object().Has("y") {
		t.Errorf("c is %q", got)
	}
	for name, text := range map[string]string{
		"empty": "", "two values": "{} {}", "twice": `{"a": 1, "a": 2}`, "twice inside": `[{"a": 1, "a": 2}]`, "cut": `{"a": [1`, "comma": `[1,]`,
		"deep": strings.Repeat("[", 50) + strings.Repeat("]", 50), "large": `"` + strings.Repeat("x", yamldoc.MaxSize) + `"`,
	} {
		if _, err := readTree([]byte(text)); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}

// shapeOf compiles one schema of the tests.
func shapeOf(t *testing.T, text string) validator {
	t.Helper()
	v, err := compile("test.json", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Every keyword that a schema file may use has its own words.
func TestEveryKeywordIsTold(t *testing.T) {
	for shape, c := range map[string]struct{ text, want string }{
		`{"exclusiveMaximum": 5}`:                            {"v: 5", "schema-range schema.exclusive_maximum limit=5"},
		`{"maximum": 2.5}`:                                   {"v: 3", "schema-range schema.maximum limit=2.5"},
		`{"type": "object", "maxProperties": 1}`:             {"v: {a: 1, b: 2}", "schema-too-many schema.max_properties limit=1"},
		`{"type": "object", "minProperties": 1}`:             {"v: {}", "schema-too-few schema.min_properties limit=1"},
		`{"type": "string", "format": "regex"}`:              {"v: '['", "schema-pattern schema.regex"},
		`{"type": "number"}`:                                 {"v: x", "schema-type schema.type_number"},
		`{"type": "object"}`:                                 {"v:", "schema-type schema.type_object"},
		`{"type": "string", "pattern": "^a$"}`:               {"v: b", "schema-pattern schema.pattern pattern=^a$"},
		`{"type": "string", "maxLength": 1, "enum": ["a"]}`:  {"v: bb", "schema-enum schema.enum options=a"},
		`{"type": "string", "minLength": 1, "pattern": "a"}`: {`v: ""`, "schema-too-short schema.blank"},
	} {
		v := shapeOf(t, `{"type": "object", "properties": {"v": `+shape+`}}`)
		doc, _ := yamldoc.Parse("a.yaml", []byte(c.text))
		teller := teller{doc: doc, field: metaField}
		found := teller.tell(v.breaches(doc.Plain()))
		if len(found) != 1 {
			t.Errorf("%s: %d findings", shape, len(found))
			continue
		}
		got := found[0].Rule + " " + found[0].Key
		for _, arg := range found[0].Args[1:] {
			got += " " + arg.Name + "=" + arg.Value.EN
		}
		if got != c.want {
			t.Errorf("%s: got %s, want %s", shape, got, c.want)
		}
	}
}

func TestPointersOfOddKeys(t *testing.T) {
	v := shapeOf(t, `{"properties": {"a/b~c %25": {"properties": {"x y": {"type": "string"}}}}}`)
	doc, _ := yamldoc.Parse("a.yaml", []byte("a/b~c %25:\n  x y: 1\n"))
	all := v.breaches(doc.Plain())
	if len(all) != 1 || all[0].pointer != "/a~1b~0c %25/x y" || all[0].schema.Types[0] != "string" {
		t.Fatalf("breaches are %+v", all)
	}
	if got := doc.Position(all[0].pointer).String(); got != "a.yaml:2:8" {
		t.Errorf("it stands at %s", got)
	}
	if got := lookup(doc.Plain(), all[0].pointer+"/0"); got != nil {
		t.Errorf("behind a number stands %v", got)
	}
}

func TestReferencesLeadNowhere(t *testing.T) {
	for _, ref := range []string{"file:///etc/passwd", "http://example.com/x.json", "other.json"} {
		if _, err := compile("x.json", []byte(`{"$ref": "`+ref+`"}`)); err == nil {
			t.Errorf("%s was followed", ref)
		}
	}
}

func TestOptionListIsCut(t *testing.T) {
	options := make([]Option, mostOptions+5)
	for i := range options {
		options[i] = Option{Value: "v", Title: locale.Text{ZH: "值", EN: "value"}}
	}
	text := optionList(options)
	if n := strings.Count(text.ZH, "v（值）"); n != mostOptions || !strings.HasSuffix(text.EN, ", …") {
		t.Errorf("%d options: %s", n, text.EN)
	}
}

func TestStepsAndStates(t *testing.T) {
	k := &Kind{
		States: []State{{ID: "a"}, {ID: "b"}},
		Steps:  []Step{{From: []string{"a"}, To: "b"}, {From: []string{"a", "b"}, To: "a"}},
	}
	if got := len(k.StepsFrom("a")) + len(k.StepsFrom("b")) + len(k.StepsFrom("c")); got != 3 {
		t.Errorf("%d steps", got)
	}
	if _, ok := k.State("c"); ok {
		t.Error("c is a state")
	}
	if _, ok := k.DerivedName("a"); ok {
		t.Error("a is derived")
	}
	if _, ok := k.Limit("a"); ok {
		t.Error("a is a limit")
	}
}
