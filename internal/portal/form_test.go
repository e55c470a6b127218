package portal

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/redact"
	"kept/internal/schema"
)

// keysOf are the keys of the fields that a form shows, in sight or folded away.
func keysOf(f Form) []string {
	var keys []string
	for _, blocks := range [][]FormBlock{f.Blocks, f.Rest} {
		for _, b := range blocks {
			for _, one := range slices.Concat(b.Fields, b.More) {
				keys = append(keys, one.Key)
			}
		}
	}
	return keys
}

// Every kind and step has its form, whose fields are those of the schema, with all
// that the step requires.
func TestFormsHoldWhatSchemasAndStepsAskFor(t *testing.T) {
	v := New(company(t), locale.Chinese)
	pages := map[string]bool{}
	for _, key := range v.FormKeys() {
		kind, f := v.src.Register.Kinds().Kind(key.Kind), v.Form(key)
		if pages[f.Path] {
			t.Errorf("two forms have the page %s", f.Path)
		}
		pages[f.Path] = true
		var m formModel
		if err := json.Unmarshal([]byte(f.Model), &m); err != nil || m.Of != kind.ID {
			t.Errorf("%s: the model is of %q (%v)", f.Path, m.Of, err)
		}
		keys := keysOf(f)
		switch {
		case key.Operation >= 0:
			continue
		case key.Step < 0:
			holds(t, f.Path, kind, keys, required(kind))
		default:
			step := kind.Steps[key.Step]
			wanted := slices.DeleteFunc(slices.Clone(step.Requires), func(name string) bool { return name == step.Closes || name == record.LinksField && step.Link != "" })
			if step.Link != "" {
				wanted = append(wanted, "@"+step.Link)
			}
			holds(t, f.Path, kind, keys, wanted)
		}
	}
	for kind := range v.src.Register.Kinds().All() {
		if want := kind.ID != record.SealKind; pages["form/"+kind.ID+".html"] != want {
			t.Errorf("the form of %s: want it there %v", kind.ID, want)
		}
	}
	if len(pages) < 150 {
		t.Errorf("only %d forms", len(pages))
	}
}

// required are the fields that somebody must give for a new record.
func required(kind *schema.Kind) []string {
	var names []string
	for _, f := range kind.Fields {
		if f.Required && !slices.Contains(keptFields(), f.Name) && !holdsFiles(f) {
			names = append(names, f.Name)
		}
	}
	return names
}

func holds(t *testing.T, page string, kind *schema.Kind, keys, wanted []string) {
	t.Helper()
	for _, key := range keys {
		if _, ok := kind.Field(key); !ok && !strings.HasPrefix(key, "@") {
			t.Errorf("%s: the schema has no %s", page, key)
		}
	}
	for _, name := range wanted {
		f, _ := kind.Field(name)
		if !slices.Contains(keys, name) && !holdsFiles(f) {
			t.Errorf("%s: no field for %s", page, name)
		}
	}
}

// What leaves the company has no forms, and nothing that lists ids for them.
func TestAuditorsGetNoForms(t *testing.T) {
	src := company(t)
	src.Policy = redact.Policy{Edition: redact.Audit}
	v := New(src, locale.Chinese)
	if n := len(v.FormKeys()) + len(v.FormData()); n > 0 {
		t.Errorf("%d pages and scripts of forms", n)
	}
}
