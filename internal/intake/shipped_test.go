package intake_test

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"kept/internal/finding"
	"kept/internal/intake"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/schemas"
)

// A complaint of the shipped kind lives from registration to its response
// without anybody writing YAML.
func TestShippedComplaintBegins(t *testing.T) {
	plans, found, err := intake.Init(initRequest(t))
	if err != nil || len(found) > 0 {
		t.Fatal(err, tell(t, found))
	}
	files := fstest.MapFS{}
	put := func(plans ...intake.Plan) *record.Register {
		t.Helper()
		for _, p := range plans {
			files[p.Path] = &fstest.MapFile{Data: p.After}
		}
		kinds, found := schema.Load(schemas.FS)
		reg, more, err := record.Load(fs.FS(files), kinds)
		if found = append(found, more...); err != nil || len(found) > 0 {
			t.Fatal(err, tell(t, found))
		}
		return reg
	}
	reg := put(plans...)
	create := func(kind string, options ...string) intake.Plan {
		t.Helper()
		plan, found := intake.New(intake.NewRequest{Kind: reg.Kinds().Kind(kind), Register: reg, Sets: sets(t, options...), By: "u-zhangw", Now: at(t, "2026-04-05 10:20"), Zone: shanghai})
		if len(found) > 0 {
			t.Fatal(tell(t, found))
		}
		return plan
	}
	reg = put(create("customer", "title=某客户", "type=企业"))
	reg = put(create("complaint", "title=断网", "customer=KH-0001", "received_at=2026-04-05 10:00", "channel=电话", "channel=hotline", "subject=断网", "description=下午断网两次", "remedy_sought=未提出"))
	step := func(when string, options ...string) ([]intake.Plan, finding.List) {
		return intake.Advance(intake.AdvanceRequest{
			Record: reg.Get("TS-2026-0001"), Register: reg, To: "acknowledged", Sets: sets(t, options...), At: at(t, when), By: "u-zhangw", Zone: shanghai,
		})
	}
	if _, found := step("2026-04-05 11:00", "ack_content=已受理"); len(found) != 1 || found[0].Rule != "intake-actor" {
		t.Errorf("a step without the role: %s", tell(t, found))
	}
	r := initRequest(t)
	r.People[0].Roles = append(r.People[0].Roles, "complaint_handler")
	again, _, err := intake.Init(r)
	if err != nil {
		t.Fatal(err)
	}
	reg = put(again...)
	if _, found := step("2026-04-05 11:00"); len(found) != 1 || found[0].Rule != "intake-requires" {
		t.Errorf("a step without its content: %s", tell(t, found))
	}
	plan, found := step("2026-04-05 11:00", "ack_content=已受理")
	if len(found) > 0 {
		t.Fatal(tell(t, found))
	}
	reg = put(plan...)
	if rec := reg.Get("TS-2026-0001"); rec.Status() != "acknowledged" || len(rec.Transitions()) != 2 {
		t.Errorf("after the step:\n%s", rec.Source)
	}
}
