package intake_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kept/internal/intake"
	"kept/internal/record"
	"kept/internal/schema"
)

func advance(t *testing.T, change func(*intake.AdvanceRequest)) (intake.Plan, string) {
	t.Helper()
	reg := register(t, nil)
	request := intake.AdvanceRequest{
		Record: reg.Get("TL-2026-0007"), Register: reg, To: "returned", Sets: sets(t, "note=完好", "severity=high", "box.colour=red", "tools+=T-9"),
		At: at(t, "2026-04-05 10:20"), By: "u-keeper", Note: "晚还", Zone: shanghai,
		Guard: func(rec *record.Record, step schema.Step) (bool, error) {
			return step.Guard == `note != "bad"` && rec.Text("note") != "bad" && rec.Status() == "returned", nil
		},
	}
	change(&request)
	plans, found := intake.Advance(request)
	if len(plans) == 0 {
		return intake.Plan{}, tell(t, found)
	}
	return plans[0], tell(t, found)
}

func TestAdvanceChangesOnlyItsLines(t *testing.T) {
	plan, refused := advance(t, func(*intake.AdvanceRequest) {})
	if refused != "" {
		t.Fatal(refused)
	}
	want := strings.NewReplacer(
		"status: lent # 现状", "status: returned # 现状",
		"severity: low", "severity: high",
		"tools: [T-1, T-2]\n", "tools:\n  - T-1\n  - T-2\n  - T-9\n",
		"box: {size: 3}\n", "box:\n  size: 3\n  colour: red\nnote: 完好\n",
		"# 登记\n", "# 登记\n  - {to: returned, at: \"2026-04-05T10:20:00+08:00\", by: u-keeper, role: keeper, note: 晚还}\n",
	).Replace(string(plan.Before))
	if diff := cmp.Diff(want, string(plan.After)); diff != "" {
		t.Error(diff)
	}
}

func TestAdvanceRefuses(t *testing.T) {
	const file = "records/tool-loan/2026/03/TL-2026-0007.yaml: "
	for name, c := range map[string]struct {
		change func(*intake.AdvanceRequest)
		want   string
	}{
		"no such step": {
			func(r *intake.AdvanceRequest) { r.To = "lent" },
			file + "no step leads there from lent (Lent); next may be: returned (Return, Keeper, note) [intake-advance]",
		},
		"missing field": {
			func(r *intake.AdvanceRequest) { r.Sets = nil },
			"--set note: Return requires Note; add --set note=… [intake-requires]",
		},
		"role not held": {
			func(r *intake.AdvanceRequest) { r.By = "u-other" },
			"--role: this step needs the role Keeper, which the person does not hold on 2026-04-05, or not for this customer; let another do it, or appoint the person first. Held that day: Keeper keeper: u-keeper [intake-actor]",
		},
		"role no longer held": {
			func(r *intake.AdvanceRequest) { r.At = at(t, "2026-07-01 00:00") },
			"which nobody holds on 2026-07-01",
		},
		"role of another step": {
			func(r *intake.AdvanceRequest) { r.Role = "staff" },
			"--role: this step needs the role Keeper",
		},
		"nobody": {
			func(r *intake.AdvanceRequest) { r.By = "TL-2026-0007" },
			"--by: there is no such person",
		},
		"guard": {
			func(r *intake.AdvanceRequest) { r.Sets = sets(t, "note=bad") },
			file + "lent first [intake-guard]",
		},
		"before the last step": {
			func(r *intake.AdvanceRequest) { r.At = at(t, "2026-03-02 08:59") },
			"--when: the time lies before the last step (2026-03-02T09:00:00+08:00); check it [intake-order]",
		},
		"invalid result": {
			func(r *intake.AdvanceRequest) { r.Sets = sets(t, "note=一二三四五六七八九十一") },
			file + "Note may have at most 10 characters; shorten it [schema-too-long]",
		},
		"unknown field": {
			func(r *intake.AdvanceRequest) { r.Sets = sets(t, "note=x", "ntoe=x") },
			"--set ntoe: there is no such field; did you mean note (Note)? [intake-set]",
		},
		"its own id": {
			func(r *intake.AdvanceRequest) { r.Sets = sets(t, "note=x", "id=y") },
			"--set id: kept fills in this key itself",
		},
	} {
		t.Run(name, func(t *testing.T) {
			plan, refused := advance(t, c.change)
			if !strings.Contains(refused, c.want) || plan.After != nil {
				t.Errorf("got  %s\nwant %s", refused, c.want)
			}
		})
	}
}

// The last day of a role counts whole.
func TestAdvanceOnTheLastDayOfARole(t *testing.T) {
	if _, refused := advance(t, func(r *intake.AdvanceRequest) { r.At = at(t, "2026-06-30 23:59") }); refused != "" {
		t.Error(refused)
	}
}

func TestAdvanceFromTheEndOrBroken(t *testing.T) {
	first, _ := advance(t, func(*intake.AdvanceRequest) {})
	reg := register(t, map[string]string{first.Path: string(first.After), "records/tool-loan/2026/03/TL-2026-0009.yaml": "a: [\n"})
	for id, want := range map[string]string{
		"TL-2026-0007": "returned (Returned) is final; there is no next step",
		"TL-2026-0009": "this record cannot be read yet; correct what kept check says first",
	} {
		_, found := intake.Advance(intake.AdvanceRequest{Record: reg.Get(id), Register: reg, To: "lent", At: at(t, "2026-04-06 10:00"), By: "u-keeper", Zone: shanghai})
		if got := tell(t, found); !strings.Contains(got, want) {
			t.Errorf("%s: %s", id, got)
		}
	}
}

// A reference record has no log: its state is only set.
func TestAdvanceWithoutLifecycle(t *testing.T) {
	reg := register(t, nil)
	request := intake.AdvanceRequest{Record: reg.Get("u-other"), Register: reg, To: "left", At: at(t, "2026-04-05 10:20"), By: "u-keeper", Zone: shanghai}
	plans, found := intake.Advance(request)
	if len(found) > 0 || strings.Replace(string(plans[0].Before), "active", "left", 1) != string(plans[0].After) {
		t.Errorf("%s\n%v", tell(t, found), plans)
	}
	request.To = "gone"
	if _, found := intake.Advance(request); !strings.HasSuffix(tell(t, found), "there is no such state; choose one of: active (Active); on_leave (On leave); left (Left) [intake-advance]") {
		t.Error(tell(t, found))
	}
}
