package intake_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kept/internal/intake"
)

func TestFormatARecord(t *testing.T) {
	const name = "records/ticket/2026/03/GD-2026-0009.yaml"
	text := "id: GD-2026-0009 # 编号\nschema: ticket/v1\npauses: [{reason: x, from: 2026-04-05T10:20:00+08:00}]\nstatus: open\ntitle: '漏水'\n"
	plan, changed, found := intake.Format(name, []byte(text), kinds(t))
	want := `# yaml-language-server: $schema=../../../../schemas/ticket.schema.json
schema: ticket/v1
id: GD-2026-0009 # 编号
title: 漏水
status: open
pauses: [{from: "2026-04-05T10:20:00+08:00", reason: x}]
`
	if diff := cmp.Diff(want, string(plan.After)); diff != "" || !changed || len(found) > 0 {
		t.Error(diff, tell(t, found))
	}
	if _, changed, found := intake.Format(name, plan.After, kinds(t)); changed || len(found) > 0 {
		t.Error("a second time changes it")
	}
	if _, changed, found := intake.Format(name, []byte("id: [a, # b\n c]\n"), kinds(t)); changed || len(found) != 1 || !strings.Contains(tell(t, found), "was left alone") {
		t.Error(tell(t, found))
	}
}

// What new and advance write is canonical already.
func TestWrittenIsCanonical(t *testing.T) {
	plan, refused := newLoan(t, nil, "title=扳手", "lent_on=2026-04-04", "tools=T-3，T-4", "box.size=4", `parts+:={"id":"P-1","count":2,"fine":true}`, "note=no")
	if refused != "" {
		t.Fatal(refused)
	}
	next, refused := ticket(t, nil, "extend", nil, "to=2026-04-20 18:00", "reason=等货")
	if refused != "" {
		t.Fatal(refused)
	}
	for _, p := range append(next, plan) {
		if again, changed, found := intake.Format(p.Path, p.After, kinds(t)); changed || len(found) > 0 {
			t.Errorf("%s\n%s", tell(t, found), cmp.Diff(string(p.After), string(again.After)))
		}
	}
}
