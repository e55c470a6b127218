package schemas_test

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"kept/internal/clause"
	"kept/internal/obligation"
	"kept/internal/record"
)

// What a new repository starts with is what the sample shows, byte for byte.
func TestStarterRecordsAreTheSamples(t *testing.T) {
	for _, kind := range []string{"kpi", "report", "obligation", "clause"} {
		for path := range yamlIn(t, "../templates/init/records/"+kind) {
			starter, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			own, err := os.ReadFile(strings.Replace(path, "templates/init/", "", 1))
			if err != nil || !bytes.Equal(starter, own) {
				t.Errorf("%s differs from the sample: %v", path, err)
			}
		}
		for path := range yamlIn(t, "../records/"+kind) {
			if _, err := os.Stat(strings.Replace(path, "../records/", "../templates/init/records/", 1)); err != nil {
				t.Errorf("%s is not among the starters", path)
			}
		}
	}
}

// The obligations and clauses that kept ships can all be used, and the sample
// owes nothing that it has not done.
func TestStarterObligationsAreKept(t *testing.T) {
	reg := kinds(t)
	files := sample(t)
	records, found, err := record.Load(files, reg)
	if err != nil {
		t.Fatal(err)
	}
	cal, _, err := records.Calendar(time.FixedZone("+08:00", 8*60*60))
	if err != nil {
		t.Fatal(err)
	}
	definitions, more := obligation.Definitions(records)
	found = append(found, more...)
	shipped := 0
	for range yamlIn(t, "../records/obligation") {
		shipped++
	}
	if len(definitions) != shipped {
		t.Errorf("%d of %d obligations can be used", len(definitions), shipped)
	}
	duties := obligation.Duties(obligation.Request{Register: records, Calendar: cal, AsOf: sampleDay()}, definitions)
	met := map[string]bool{}
	for _, d := range duties {
		met[d.Definition.ID] = met[d.Definition.ID] || d.State.Met()
		if d.State == obligation.Missed || d.State == obligation.Overdue {
			t.Errorf("%s %s %s %s: due %s, %s", d.Definition.ID, d.Period, d.Record, d.Item, d.Due, d.State)
		}
	}
	// What the procedure asks for each month, half-year and year has been done once.
	for _, id := range []string{"OB-01", "OB-02", "OB-03", "OB-10", "OB-11", "OB-12", "OB-13", "OB-14", "OB-16"} {
		if !met[id] {
			t.Errorf("%s was never met", id)
		}
	}
	list, more := clause.Matrix(clause.Request{
		Register: records, Others: record.NewOthers(records, cal, sampleDay()), Duties: duties, Calendar: cal, AsOf: sampleDay(), Zone: cal.Zone(),
	})
	for _, f := range append(found, more...) {
		t.Errorf("%s:%d: %s %s", f.Position.Path, f.Position.Line, f.Rule, f.Key)
	}
	for _, c := range list {
		if c.Gap != (c.ID == "C-7.5") { // the sample's procedure is a draft
			t.Errorf("%s: gap is %v", c.ID, c.Gap)
		}
	}
}
