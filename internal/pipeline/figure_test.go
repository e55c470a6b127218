package pipeline

import (
	"math/big"
	"testing"
	"testing/fstest"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/metric"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/schemas"
)

// A ratio, the figures beside and their members are part of what machines read;
// members only where the evidence is asked for.
func TestFigureTellsRatioAndBeside(t *testing.T) {
	r := metric.Result{
		KPI: "K05", Value: big.NewRat(1, 2), Ratio: &metric.Ratio{Part: big.NewRat(2, 1), Whole: big.NewRat(400, 1)},
		Numerator: []metric.Evidence{{Record: "a"}, {Record: "b"}},
		Extra: []metric.Extra{
			{Title: locale.Plain("volume"), Value: big.NewRat(400, 1), Unit: metric.Count, Members: []metric.Evidence{{Record: "CL-2026-07", Item: "2026-07"}}},
			{Title: locale.Plain("none"), Unit: metric.Percent},
		},
	}
	d := &metric.Definition{ID: "K05", Digits: 2}
	o := Figure(d, r, true)
	if o.Ratio == nil || *o.Ratio != [2]string{"2", "400"} || *o.Value != "0.500000" || o.Numerator != 2 {
		t.Errorf("figure is %+v", o)
	}
	if len(o.Beside) != 2 || *o.Beside[0].Value != "400.000000" || o.Beside[0].Members[0].Record != "CL-2026-07" || o.Beside[0].Members[0].Part != "beside" || o.Beside[1].Value != nil {
		t.Errorf("beside is %+v", o.Beside)
	}
	if o := Figure(d, r, false); len(o.Beside) != 2 || o.Beside[0].Members != nil || o.Evidence != nil {
		t.Errorf("without evidence: %+v", o)
	}
	// A volume that is not known divides nothing.
	r.Ratio.Whole = nil
	if o := Figure(d, r, false); o.Ratio != nil {
		t.Errorf("ratio of an unknown whole is %v", *o.Ratio)
	}
}

// Errors are found by the record's id or by its file; warnings do not count.
func TestErring(t *testing.T) {
	kinds, found := schema.Load(schemas.FS)
	if len(found) > 0 {
		t.Skipf("kinds: %v", found)
	}
	files := fstest.MapFS{}
	for _, id := range []string{"KH-0001", "KH-0002", "KH-0003", "KH-0004"} {
		files["records/customer/"+id+".yaml"] = &fstest.MapFile{Data: []byte("schema: customer/v1\nid: " + id + "\nstatus: active\n")}
	}
	reg, _, err := record.Load(files, kinds)
	if err != nil {
		t.Fatal(err)
	}
	got := erring(reg, finding.List{
		{Record: "KH-0001", Severity: finding.Error},
		{Position: finding.Position{Path: "records/customer/KH-0002.yaml"}, Severity: finding.Error},
		{Record: "KH-0003", Position: finding.Position{Path: "records/customer/KH-0003.yaml"}, Severity: finding.Warning},
	})
	for id, want := range map[string]bool{"KH-0001": true, "KH-0002": true, "KH-0003": false, "KH-0004": false} {
		if got[id] != want {
			t.Errorf("%s errs: %v", id, got[id])
		}
	}
}
