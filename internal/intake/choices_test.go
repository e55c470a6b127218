package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"kept/internal/intake"
	"kept/internal/record"
	"kept/internal/schema"
)

// tellChoices writes choices in short.
func tellChoices(list []intake.Choice) string {
	var b strings.Builder
	asked := func(kind string, all []intake.Asked) {
		for _, a := range all {
			fmt.Fprintf(&b, " %s:%s/%s", kind, a.Path, a.Title.EN)
			for _, o := range a.Options {
				b.WriteString("|" + o.Value)
			}
			if a.There {
				b.WriteString("+")
			}
			if a.Preset != "" {
				b.WriteString("=" + a.Preset)
			}
		}
	}
	for _, c := range list {
		b.WriteString(c.ID)
		for _, h := range c.Roles {
			fmt.Fprintf(&b, " by:%s%v", h.Role, h.Persons)
		}
		asked("must", c.Requires)
		asked("may", c.Allows)
		if !c.Guard.IsZero() {
			fmt.Fprintf(&b, " holds:%v", c.Holds)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestChoices(t *testing.T) {
	reg := register(t, nil)
	r := intake.AdvanceRequest{Record: reg.Get("GD-2026-0001"), Register: reg, At: at(t, "2026-04-05 10:20"), Zone: shanghai, Guard: func(rec *record.Record, _ schema.Step) (bool, error) {
		return rec.Text("result") != "none" && rec.Status() == "done", nil
	}}
	want := `waiting by:keeper[{u-keeper 甲}] may:pauses.reason/Reason
done by:keeper[{u-keeper 甲}] must:result/Result must:cause/Cause|wear|abuse may:due_at/Due+ holds:true
merged by:keeper[{u-keeper 甲}] must:duplicates/duplicates
extend by:keeper[{u-keeper 甲}] must:to/To must:reason/Reason
act must:text/Text
alarm must:reason/Reason may:level/Level|1|2=1
`
	if got := tellChoices(intake.Choices(r)); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	r.At = at(t, "2026-07-01 00:00")
	r.Guard = func(*record.Record, schema.Step) (bool, error) { return false, nil }
	if got := tellChoices(intake.Choices(r)); !strings.Contains(got, "waiting by:keeper[] ") || !strings.Contains(got, "holds:false") {
		t.Error(got)
	}
	r.Record = register(t, map[string]string{"records/ticket/2026/03/GD-2026-0003.yaml": "a: [\n"}).Get("GD-2026-0003")
	if got := intake.Choices(r); got != nil {
		t.Errorf("a broken record allows %v", got)
	}
}
