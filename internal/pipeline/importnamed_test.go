package pipeline

import (
	"testing"

	"kept/internal/record"
)

// TestNearestName asks which record is offered for a name that none has: the one that
// shares most of it, whatever brackets and stops either has.
func TestNearestName(t *testing.T) {
	known := names{}
	for id, name := range map[string]string{"KH-0001": "华东电力有限公司", "KH-0002": "华东电力有限公司苏州分公司", "KH-0003": "acmelogistics(china)co.ltd."} {
		known[name] = []*record.Record{{ID: id}}
	}
	for name, want := range map[string]string{
		"华东电力有限公司(苏州分公司)": "KH-0002",
		"华东电力":                      "KH-0001",
		"acmelogisticschinaco.,ltd": "KH-0003",
		"远望物流":                      "",
		"(...)":                     "",
	} {
		got := ""
		if rec := known.near(name); rec != nil {
			got = rec.ID
		}
		if got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
