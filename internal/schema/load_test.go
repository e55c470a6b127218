package schema

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"kept/internal/calendar"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/schemas"
)

// catalogue is the shipped messages.
func catalogue(t testing.TB) *locale.Catalogue {
	t.Helper()
	c, err := locale.Load(os.DirFS("../../site/i18n"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// tell writes findings as people read them.
func tell(t testing.TB, l finding.List, lang locale.Lang) string {
	t.Helper()
	p := catalogue(t).Printer(lang)
	var b strings.Builder
	for _, f := range l {
		b.WriteString(f.Position.String() + ": " + f.Message(p) + " [" + f.Rule + "]\n")
	}
	return b.String()
}

func TestShippedKindsAreClean(t *testing.T) {
	r, found := open(schemas.FS, fstest.MapFS{}).load()
	if len(found) > 0 {
		t.Errorf("%s", tell(t, found, locale.English))
	}
	names, err := fs.Glob(schemas.FS, "*.kind.yaml")
	if err != nil || len(names) != len(slices.Collect(r.All())) {
		t.Errorf("%d kind files gave %d kinds", len(names), len(slices.Collect(r.All())))
	}
}

// loan is a small kind, changed by one replacement in one of its files.
func loan(t *testing.T, file, old, new string) fstest.MapFS {
	t.Helper()
	fsys := fstest.MapFS{}
	for _, name := range []string{"tool-loan.schema.json", "tool-loan.kind.yaml"} {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		if name == file {
			if !strings.Contains(text, old) {
				t.Fatalf("%s does not hold %q", file, old)
			}
			text = strings.Replace(text, old, new, 1)
		}
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func TestLoadReadsEverything(t *testing.T) {
	r, found := Load(loan(t, "", "", ""))
	if len(found) > 0 {
		t.Fatal(tell(t, found, locale.English))
	}
	k := r.Kind("tool-loan")
	var names []string
	for _, f := range k.Fields {
		names = append(names, f.Name)
	}
	if diff := cmp.Diff([]string{"schema", "id", "title", "status", "owner", "registered_by", "origin", "severity", "tools", "lent_on", "deposit", "seen", "due", "parts", "note", "transitions"}, names); diff != "" {
		t.Error(diff)
	}
	parts, _ := k.Field("parts")
	if !parts.List || parts.Type != ObjectField || parts.Fields[0].Type != RefField || parts.Class != "money" {
		t.Errorf("parts is %+v", parts)
	}
	severity, _ := k.Field("severity")
	want := Field{
		Name: "severity", Title: locale.Text{ZH: "等级", EN: "Grade"}, Help: locale.Text{ZH: "贵重程度。", EN: "How dear."}, Type: EnumField, Required: true,
		Options: []Option{{"high", locale.Text{ZH: "高", EN: "High"}}, {"low", locale.Text{ZH: "低", EN: "Low"}}}, Default: "low",
	}
	if diff := cmp.Diff(want, severity); diff != "" {
		t.Error(diff)
	}
	for name, want := range map[string]FieldType{"tools": RefField, "lent_on": DateField, "deposit": DecimalField, "seen": MomentField, "due": InstantField, "note": TextField, "parts.count": IntegerField, "parts.fine": FlagField} {
		if f, ok := k.Field(name); !ok || f.Type != want {
			t.Errorf("%s is %v", name, f.Type)
		}
	}
	if got := k.Limits[0].Limits[""]; got != (calendar.Limit{Amount: 3, Unit: calendar.WorkingDays}) {
		t.Errorf("default amount is %v", got)
	}
	if k.Columns[1].Screen || !k.Columns[0].Screen || k.Columns[0].Align != "left" || k.Columns[0].Width != 9.5 {
		t.Errorf("columns are %+v", k.Columns)
	}
	if s, ok := k.Step("lent", "returned"); !ok || s.Roles[0] != "keeper" {
		t.Errorf("step is %+v", s)
	}
	if _, ok := k.Step("returned", "lent"); ok {
		t.Error("a step was invented")
	}
	for name, want := range map[string]string{"deposit": "Deposit", "returned_at": "Returned at", "return_due.met": "Return due", "kpi.K01": "K01", "parts.count": "Count", "nothing": "nothing"} {
		if got := k.NameTitle(name).EN; got != want {
			t.Errorf("title of %s is %s", name, got)
		}
	}
}

func TestLoadFinds(t *testing.T) {
	const kind, shape = "tool-loan.kind.yaml", "tool-loan.schema.json"
	for name, c := range map[string]struct {
		file, old, new, want string
		gone                 bool
	}{
		"unknown state in a step": {kind, "to: returned", "to: retuned", "schemas/tool-loan.kind.yaml:17:9: states does not list retuned [kind-unknown-state]", false},
		"unreachable state":       {kind, "from: [lent]", "from: [returned]", "schemas/tool-loan.kind.yaml:13:10: no step leads to the state returned [kind-unreachable]", false},
		"unknown required field":  {kind, "requires: [note]", "requires: [noet]", "schemas/tool-loan.kind.yaml:20:16: there is no field or derived name noet; did you mean note? [kind-unknown-field]", false},
		"guard without words":     {kind, "    guard_text: {zh-CN: 先借后还, en: lent first}\n", "", "schemas/tool-loan.kind.yaml:16:5: guard and guard_text belong together [kind-guard]", false},
		"derived of no state":     {kind, "state: returned", "state: back", "states does not list back [kind-unknown-state]", false},
		"derived named as field":  {kind, "name: returned_at", "name: due", "due is taken; choose another name [kind-duplicate]", false},
		"limit without amount":    {kind, "default: 3 working_days, ", "", "there is no amount for low; default stands for the rest [kind-amount]", false},
		"amount of no value":      {kind, "high: 1", "hihg: 1", "the fields in by have no value hihg [kind-amount]", false},
		"amount in odd unit":      {kind, "3 working_days", "3 weeks", "default does not have the form", true},
		"unknown order":           {kind, "order: [due", "order: [deu", "there is no field or derived name deu; did you mean due? [kind-unknown-field]", false},
		"unknown rule field":      {kind, "at: note", "at: nowhere", "there is no field or derived name nowhere [kind-unknown-field]", false},
		"unknown column":          {kind, "name: return_due.met", "name: retrun_due.met", "did you mean return_due? [kind-unknown-field]", false},
		"unknown facet":           {kind, "  columns:", "  facets: [severty]\n  columns:", "there is no field or derived name severty; did you mean severity? [kind-unknown-field]", false},
		"text as facet":           {kind, "  columns:", "  facets: [status, note]\n  columns:", "note cannot be a facet, free text has too many values; name a choice, a reference, a flag, a whole number, a time or a limit's .met [kind-facet]", false},
		"unknown block field":     {kind, "fields: [tools", "fields: [tolls", "there is no field or derived name tolls; did you mean tools? [kind-unknown-field]", false},
		"limit as order":          {kind, "order: [due", "order: [return_due", "there is no field or derived name return_due [kind-unknown-field]", false},
		"state not in status":     {shape, `["lent", "returned"]`, `["lent"]`, "schemas/tool-loan.kind.yaml:13:10: the schema's status does not allow returned [kind-mismatch]", false},
		"status not in states":    {shape, `["lent", "returned"]`, `["lent", "returned", "lost"]`, "states does not list lost [kind-unknown-state]", false},
		"other version":           {kind, "version: 1", "version: 2", "kind and version make tool-loan/v2; the schema's const for schema must be the same [kind-mismatch]", false},
		"other name":              {kind, "kind: tool-loan", "kind: tool", "kind must be the file's name, tool-loan [kind-mismatch]", false},
		"template and pattern":    {kind, "{seq:4}", "{seq:2}", "an id made from the template does not match id.pattern [kind-pattern]", false},
		"envelope":                {shape, `"status", "owner"`, `"status"`, "the schema lacks the common field owner, or does not require it [kind-envelope]", false},
		"misspelt kind key":       {kind, "initial:", "intial:", "there is no such key; did you mean initial (initial)? [schema-unknown-key]", true},
		"one language":            {kind, "{zh-CN: 先借后还, en: lent first}", "{zh-CN: 先借后还}", "en is missing; add the key en [schema-required]", true},
		"odd severity":            {kind, "severity: warning", "severity: mild", "write for severity one of: error, warning, info [schema-enum]", true},
		"broken yaml":             {kind, "initial: lent", "initial: [", "[yaml-syntax]", true},
		"broken json":             {shape, `"type": "object",`, `"type": "object"`, "schemas/tool-loan.schema.json", true},
		"json key twice":          {shape, `"type": "object",`, `"type": "object", "type": "object",`, "[yaml-duplicate-key]", true},
		"reference to a file":     {shape, `{"type": "string", "title": "附注"`, `{"$ref": "file:///etc/passwd", "type": "string", "title": "附注"`, "there is no such key; rename or remove it [schema-unknown-key]", true},
		"combined schemas":        {shape, `"maxLength": 40}`, `"maxLength": 40, "anyOf": []}`, "[schema-unknown-key]", true},
		"open schema":             {shape, `"additionalProperties": false,`, `"additionalProperties": true,`, "additionalProperties must be false [schema-const]", true},
		"bad pattern":             {shape, `"pattern": "^TL`, `"pattern": "^(TL`, "pattern is not a regular expression that can be used [schema-pattern]", true},
	} {
		t.Run(name, func(t *testing.T) {
			r, found := Load(loan(t, c.file, c.old, c.new))
			got := tell(t, found, locale.English)
			if !strings.Contains(got, c.want) {
				t.Errorf("got\n%swant %s", got, c.want)
			}
			if (r.Kind("tool-loan") == nil) != c.gone {
				t.Errorf("kind left out: %v", !c.gone)
			}
			if zh := tell(t, found, locale.Chinese); strings.Contains(zh, "⟦") || strings.Contains(zh, "{f") {
				t.Errorf("in Chinese: %s", zh)
			}
		})
	}
}

func TestLoadFindsMissingHalf(t *testing.T) {
	fsys := loan(t, "", "", "")
	delete(fsys, "tool-loan.kind.yaml")
	_, found := Load(fsys)
	want := "schemas/tool-loan.kind.yaml:1:1: this file is missing; a kind needs both .schema.json and .kind.yaml [kind-missing-half]\n"
	if got := tell(t, found, locale.English); got != want {
		t.Error(got)
	}
}

func TestIDs(t *testing.T) {
	p := IDPattern{Template: "TS-{year}-{seq:4}"}
	if got := p.ID(2026, 12); got != "TS-2026-0012" {
		t.Error(got)
	}
	for id, want := range map[string]int{"TS-2026-0012": 12, "TS-2026-12345": 12345, "TS-2025-0012": -1, "TS-2026-": -1, "TS-2026-x": -1, "KH-2026-1": -1, "TS-2026-+1": -1, "TS-2026--1": -1} {
		n, ok := p.Sequence(id, 2026)
		if ok != (want >= 0) || ok && n != want {
			t.Errorf("%s is %d, %v", id, n, ok)
		}
	}
	if _, ok := (IDPattern{}).Sequence("x", 2026); ok {
		t.Error("an empty template has a sequence")
	}
}

func TestNearest(t *testing.T) {
	names := []string{"severity", "sip", "status", "owner"}
	for word, want := range map[string]string{"severty": "severity", "Status": "status", "stauts": "status", "ownr": "owner", "x": "", "": "", "colour": "", "spi": "sip", "严重": ""} {
		if got := Nearest(word, names); got != want {
			t.Errorf("nearest to %q is %q", word, got)
		}
	}
}
