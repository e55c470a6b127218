package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kept/internal/intake"
	"kept/internal/record"
	"kept/internal/schema"
)

// ticket advances GD-2026-0001, over files that came after those of the fixture.
func ticket(t *testing.T, more map[string]string, to string, change func(*intake.AdvanceRequest), options ...string) ([]intake.Plan, string) {
	t.Helper()
	reg := register(t, more)
	request := intake.AdvanceRequest{
		Record: reg.Get("GD-2026-0001"), Register: reg, To: to, Sets: sets(t, options...), At: at(t, "2026-04-05 10:20"), By: "u-keeper", Zone: shanghai,
		Guard: func(rec *record.Record, step schema.Step) (bool, error) { return rec.Text("result") != "none", nil },
	}
	if change != nil {
		change(&request)
	}
	plans, found := intake.Advance(request)
	return plans, tell(t, found)
}

// lines are what a plan added, without the lines that were there.
func lines(p intake.Plan) string {
	var added []string
	for line := range strings.Lines(string(p.After)) {
		if !strings.Contains(string(p.Before), line) {
			added = append(added, line)
		}
	}
	return strings.Join(added, "")
}

func TestPauseOpensAndCloses(t *testing.T) {
	plans, refused := ticket(t, nil, "waiting", nil, "pauses.reason=等配件")
	if refused != "" {
		t.Fatal(refused)
	}
	want := "status: waiting\n" + "pauses:\n  - {from: \"2026-04-05T10:20:00+08:00\", reason: 等配件}\n" +
		"  - {to: waiting, at: \"2026-04-05T10:20:00+08:00\", by: u-keeper, role: keeper}\n"
	if diff := cmp.Diff(want, lines(plans[0])); diff != "" {
		t.Error(diff)
	}
	paused := map[string]string{plans[0].Path: string(plans[0].After)}
	plans, refused = ticket(t, paused, "open", func(r *intake.AdvanceRequest) { r.At = at(t, "2026-04-06 09:00") })
	if refused != "" || !strings.Contains(string(plans[0].After), `{from: "2026-04-05T10:20:00+08:00", to: "2026-04-06T09:00:00+08:00", reason: 等配件}`) {
		t.Errorf("%s\n%v", refused, plans)
	}
}

// The step's note is the reason of the pause where none is given; a list that is
// written out stays as it is; a part that the entry does not have is refused.
func TestPauseReason(t *testing.T) {
	for want, options := range map[string][]string{
		`pauses: - {from: "2026-04-05T10:20:00+08:00", reason: 缺件}`: nil,
		`pauses: - {from: "2026-04-01T10:20:00+08:00", reason: x}`:  {`pauses+:={"from":"2026-04-01T10:20:00+08:00","reason":"x"}`},
	} {
		plans, refused := ticket(t, nil, "waiting", func(r *intake.AdvanceRequest) { r.Note = "缺件" }, options...)
		if refused != "" || !strings.Contains(strings.Join(strings.Fields(string(plans[0].After)), " "), want) {
			t.Errorf("%s\n%v", refused, plans)
		}
	}
	if _, refused := ticket(t, nil, "waiting", nil); refused != "--set pauses.reason: Wait requires Reason; add --set pauses.reason=… [intake-requires]" {
		t.Error(refused)
	}
	if _, refused := ticket(t, nil, "waiting", nil, "pauses.raeson=x"); !strings.Contains(refused, "--set pauses.raeson: there is no such field; did you mean reason (Reason)?") {
		t.Error(refused)
	}
}

func TestMergeLinksTheMaster(t *testing.T) {
	plans, refused := ticket(t, nil, "merged", nil, "duplicates=GD-2026-0002")
	if refused != "" || !strings.Contains(string(plans[0].After), "links:\n  - {rel: duplicates, id: GD-2026-0002}\n") {
		t.Errorf("%s\n%v", refused, plans)
	}
	for option, want := range map[string]string{
		"duplicates=GD-2026-0099": "--set duplicates: there is no such record; give the id of one that exists [intake-set]",
		"duplicates=gd-2026-0001": "--set duplicates: a record cannot name itself; give the id of another [intake-set]",
		"cause=wear":              "--set duplicates: Merge names another record; add --set duplicates=ID [intake-requires]",
	} {
		if _, refused := ticket(t, nil, "merged", nil, option); refused != want {
			t.Errorf("%s: %s", option, refused)
		}
	}
}

func TestExtendMovesTheDueTime(t *testing.T) {
	plans, refused := ticket(t, nil, "extend", nil, "to=2026-04-20 18:00", "reason=等货")
	if refused != "" {
		t.Fatal(refused)
	}
	want := strings.Replace(string(plans[0].Before), "due_at: \"2026-04-10T18:00:00+08:00\"\n", `due_at: "2026-04-20T18:00:00+08:00"
extensions:
  - {from: "2026-04-10T18:00:00+08:00", to: "2026-04-20T18:00:00+08:00", reason: 等货, approved_by: u-keeper}
`, 1)
	if diff := cmp.Diff(want, string(plans[0].After)); diff != "" {
		t.Error(diff)
	}
	_, refused = ticket(t, nil, "extend", func(r *intake.AdvanceRequest) { r.By = "u-other" })
	for _, want := range []string{"Held that day: Keeper keeper: u-keeper", "Extend requires To; add --set to=…", "Extend requires Reason; add --set reason=…"} {
		if !strings.Contains(refused, want) || strings.Count(refused, "\n") != 2 {
			t.Errorf("not all at once: %s", refused)
		}
	}
}

func TestItemsAreNumbered(t *testing.T) {
	files := map[string]string{}
	for _, want := range []string{"{id: A1, text: 关阀, at:", "{id: A2, text: 关阀, at:", "{id: C8, text: 关阀, at:"} {
		if strings.Contains(want, "C8") {
			for path, text := range files {
				files[path] = strings.Replace(text, "id: A2", "id: C7", 1)
			}
		}
		plans, refused := ticket(t, files, "act", nil, "actions.text=关阀")
		if refused != "" || !strings.Contains(string(plans[0].After), want) {
			t.Fatalf("%s\n%s", refused, plans[0].After)
		}
		files[plans[0].Path] = string(plans[0].After)
	}
}

// An operation that opens a kind writes the new record, which names this one. A
// second one of a level asks while the first is open; a withdrawn one does not
// count.
func TestAlarmOpensARecord(t *testing.T) {
	files := map[string]string{}
	for i, options := range [][]string{{"reason=无人处理"}, {"reason=无人处理", "level=2"}} {
		plans, refused := ticket(t, files, "alarm", func(r *intake.AdvanceRequest) { r.Used = []string{"AL-2026-0004"} }, options...)
		if refused != "" || len(plans) != 1 {
			t.Fatal(refused, plans)
		}
		text := string(plans[0].After)
		for _, part := range []string{fmt.Sprintf("level: \"%d\"", i+1), "subject: GD-2026-0001\n", "title: 漏水\n", "raised_at: \"2026-04-05T10:20:00+08:00\"\n", "status: raised\n", "{to: raised, at:"} {
			if !strings.Contains(text, part) {
				t.Errorf("%d: no %q in\n%s", i, part, text)
			}
		}
		if i == 0 && plans[0].Path != "records/alarm/2026/04/AL-2026-0005.yaml" {
			t.Error(plans[0].Path)
		}
		files[plans[0].Path] = text
		if _, refused := ticket(t, files, "alarm", nil, "reason=x"); !strings.Contains(refused, "AL-2026-0005 of the same level is open (Level 1)") {
			t.Errorf("%d: %s", i, refused)
		}
	}
	for path, text := range files {
		files[path] = strings.Replace(strings.Replace(text, "status: raised", "status: cancelled", 1), "transitions:\n", "transitions:\n", 1)
	}
	plans, refused := ticket(t, files, "alarm", nil, "reason=x")
	if refused != "" || !strings.Contains(string(plans[0].After), "level: \"1\"") {
		t.Errorf("%s %v", refused, plans)
	}
	plans, refused = ticket(t, nil, "alarm", nil, "reason=x", "level=2", "title=另")
	if refused != "" || !strings.Contains(string(plans[0].After), "level: \"2\"") || !strings.Contains(string(plans[0].After), "title: 另") {
		t.Errorf("%s %v", refused, plans)
	}
	if _, refused := ticket(t, nil, "alarm", nil); !strings.Contains(refused, "Alarm requires Reason; add --set reason=…") {
		t.Error(refused)
	}
}

// Whatever hinders a step is told together: the option, the actor, what is
// missing and the guard.
func TestHindrancesTogether(t *testing.T) {
	_, refused := ticket(t, nil, "done", func(r *intake.AdvanceRequest) { r.By, r.At = "u-other", at(t, "2026-03-01 10:00") }, "reslut=x", "result=none")
	for _, want := range []string{
		"--set reslut: there is no such field; did you mean result (Result)?",
		"--role: this step needs the role Keeper",
		"--when: the time lies before the last step",
		"--set cause: Finish requires Cause; add --set cause=wear|abuse",
		"there must be a result [intake-guard]",
	} {
		if !strings.Contains(refused, want) {
			t.Errorf("no %q in\n%s", want, refused)
		}
	}
}

func TestOperationOutOfPlace(t *testing.T) {
	done, refused := ticket(t, nil, "done", nil, "result=好", "cause=误用")
	if refused != "" || !strings.Contains(string(done[0].After), "cause: abuse\n") {
		t.Fatal(refused)
	}
	files := map[string]string{done[0].Path: string(done[0].After)}
	if _, refused := ticket(t, files, "extend", nil, "to=2026-04-20 18:00", "reason=x"); !strings.HasSuffix(refused, "extend (Extend) cannot be done in done (Done), only in: open (Open); waiting (Waiting) [intake-advance]") {
		t.Error(refused)
	}
	if _, refused := ticket(t, nil, "extned", nil); !strings.Contains(refused, "also possible: extend (Extend); act (Note an action); alarm (Raise the alarm)") {
		t.Error(refused)
	}
	if plans, refused := ticket(t, files, "open", func(r *intake.AdvanceRequest) { r.By = "u-other" }); refused != "" || !strings.Contains(string(plans[0].After), "status: open\n") {
		t.Errorf("reopening: %s", refused)
	}
}
