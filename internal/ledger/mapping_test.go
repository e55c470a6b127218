package ledger

import (
	"io/fs"
	"path"
	"strings"
	"testing"

	"kept/internal/schema"
	"kept/schemas"
	"kept/templates"
)

func carriedKinds(t *testing.T) *schema.Registry {
	t.Helper()
	kinds, found := schema.Load(schemas.FS)
	if len(found) > 0 {
		t.Fatal(found)
	}
	return kinds
}

// Every mapping that the program carries fits the kinds that it carries.
func TestCarriedMappings(t *testing.T) {
	kinds := carriedKinds(t)
	names, err := fs.Glob(templates.FS, "import/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		kind := kinds.Kind(strings.TrimSuffix(path.Base(name), ".yaml"))
		if kind == nil {
			t.Errorf("%s belongs to no kind", name)
			continue
		}
		data, err := fs.ReadFile(templates.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		if _, found := ReadMapping(name, data, kind); len(found) > 0 {
			t.Errorf("%s: %v", name, found)
		}
	}
}

// What a mapping can begin with is one.
func TestSkeletons(t *testing.T) {
	for kind := range carriedKinds(t).All() {
		if m, found := ReadMapping("skeleton.yaml", Skeleton(kind), kind); len(found) > 0 || len(m.Columns) == 0 {
			t.Errorf("%s: %v", kind.ID, found)
		}
	}
}

func TestSlipsOfMappings(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		line int
		key  string
	}{
		"no columns":        {"preset: {title: x}\n", 1, "schema.required"},
		"unknown key":       {"columns:\n  - {to: title, heading: [x]}\n", 2, "schema.unknown_near"},
		"unknown field":     {"columns:\n  - {to: titel}\n", 2, "ledger.mapping-field"},
		"unknown state":     {"columns:\n  - {to: $at.gone}\n", 2, "ledger.mapping-state"},
		"unknown option":    {"columns:\n  - to: where\n    values:\n      inn: [x]\n", 4, "ledger.mapping-option"},
		"else is no option": {"columns:\n  - to: $status\n    else: gone\n", 3, "ledger.mapping-option"},
		"two meanings":      {"columns:\n  - to: where\n    values:\n      in: [x]\n      out: [Ｘ]\n", 5, "ledger.mapping-twice"},
		"preset of nothing": {"columns:\n  - {to: title}\npreset:\n  titel: x\n", 4, "ledger.mapping-field"},
		"preset from where": {"columns:\n  - {to: title}\npreset:\n  title: $titel\n", 4, "ledger.mapping-field"},
	} {
		_, found := ReadMapping("m.yaml", []byte(c.text), issue())
		if len(found) != 1 || found[0].Position.Line != c.line || found[0].Key != c.key {
			t.Errorf("%s: %+v, want %s in line %d", name, found, c.key, c.line)
		}
	}
}
