package record_test

import (
	"slices"
	"testing"

	"kept/internal/record"
)

// Whatever stands where a list, a mapping or a time should, a record is read,
// its accessors give nothing, and the finding stands at the right place.
func TestReadingOfOddRecords(t *testing.T) {
	const at = "records/person/u-wangl.yaml"
	for name, c := range map[string]struct{ text, want string }{
		"empty":         {"", at + ":1:1 schema-type"},
		"a list":        {"- a\n", at + ":1:1 schema-type"},
		"broken":        {"id: [\n", at + ":1 yaml-syntax"},
		"steps no list": {person + "transitions: {a: 1}\n", at + ":11:1 schema-unknown-key"},
		"roles no list": {"roles: x\n", at + ":1:8 schema-type"},
		"another id":    {"id: u-other\n" + person[len("schema: person/v1\nid: u-wangl\n"):], at + ":1:5 id-file"},
	} {
		reg, said := register(t, map[string]string{at: c.text, "records/department/dept-a.yaml": department})
		if !slices.Contains(said, c.want) {
			t.Errorf("%s: %q is not among %q", name, c.want, said)
		}
		rec := reg.Get("u-wangl")
		if rec == nil {
			t.Fatalf("%s: the record is gone", name)
		}
		if steps := record.InTime(rec.Transitions()); len(steps) > 0 {
			t.Errorf("%s: steps %v were made up", name, steps)
		}
		if name == "broken" != rec.Broken {
			t.Errorf("%s: broken is %v", name, rec.Broken)
		}
	}
}
