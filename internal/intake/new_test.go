package intake_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kept/internal/intake"
)

func newLoan(t *testing.T, used []string, options ...string) (intake.Plan, string) {
	t.Helper()
	reg := register(t, nil)
	plan, found := intake.New(intake.NewRequest{
		Kind: reg.Kinds().Kind("tool-loan"), Register: reg, Used: used, Sets: sets(t, options...),
		By: "u-keeper", Role: "keeper", Now: at(t, "2026-04-05 10:20"), Zone: shanghai,
	})
	return plan, tell(t, found)
}

func TestNewWritesACanonicalRecord(t *testing.T) {
	plan, refused := newLoan(t, nil, "title=扳手", "lent_on=2026-04-04", "tools=T-3，T-4", "deposit=12.50", "due=2026-04-09 18:00",
		"box.size=4", "box.colour=red", `parts+:={"id":"P-1","count":2,"fine":true}`, "severity=高", "note=no")
	if refused != "" {
		t.Fatal(refused)
	}
	want := `# yaml-language-server: $schema=../../../../schemas/tool-loan.schema.json
schema: tool-loan/v1
id: TL-2026-0008
title: 扳手
status: lent
owner: u-keeper
registered_by: u-keeper
origin: native
severity: high
tools:
  - T-3
  - T-4
lent_on: "2026-04-04"
deposit: "12.50"
due: "2026-04-09T18:00:00+08:00"
parts:
  - {id: P-1, count: 2, fine: true}
box:
  size: 4
  colour: red
note: "no"
transitions:
  - {to: lent, at: "2026-04-05T10:20:00+08:00", by: u-keeper, role: keeper}
`
	if diff := cmp.Diff(want, string(plan.After)); diff != "" {
		t.Error(diff)
	}
	if plan.Path != "records/tool-loan/2026/04/TL-2026-0008.yaml" || plan.Before != nil {
		t.Errorf("path is %s", plan.Path)
	}
}

// A number does not come again: not that of a record in the work tree, nor one
// that history knows. Another year begins anew.
func TestNumbersDoNotRepeat(t *testing.T) {
	for want, used := range map[string][]string{
		"TL-2026-0008":  nil,
		"TL-2026-0013":  {"TL-2026-0012", "TL-2025-0040", "XX-2026-0099"},
		"TL-2026-10000": {"TL-2026-9999"},
	} {
		plan, refused := newLoan(t, used, "title=x", "lent_on=2026-04-04")
		if refused != "" || !strings.HasSuffix(plan.Path, "/"+want+".yaml") {
			t.Errorf("after %v comes %s %s, want %s", used, plan.Path, refused, want)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	given := []string{"title=x", "lent_on=2026-04-04"}
	for name, c := range map[string]struct {
		options []string
		want    string
	}{
		"misspelt":         {[]string{"severty=low"}, "--set severty: there is no such field; did you mean severity (Grade)? [intake-set]"},
		"misspelt inside":  {[]string{"box.sise=1"}, "--set box.sise: there is no such field; did you mean box.size (Size)? [intake-set]"},
		"unknown":          {[]string{"price=1"}, "--set price: Tool loan has no such field [intake-set]"},
		"reserved":         {[]string{"status=returned"}, "--set status: kept fills in this key itself; it cannot be set [intake-set]"},
		"enum":             {[]string{"severity=hihg"}, "records/tool-loan/2026/04/TL-2026-0008.yaml: for Grade, did you mean high (High)? Allowed: high (High), low (Low) [schema-enum]"},
		"date":             {[]string{"lent_on=2026-02-30"}, "--set lent_on: give Lent on; the file is kept by its month [intake-set]"},
		"bad json":         {[]string{"parts:=[1,"}, "--set parts: after := there must be one valid JSON value [intake-set]"},
		"text for objects": {[]string{"parts=P-1"}, "--set parts: Parts has parts; write key.part=value, or JSON after :=, or +:= to add an item [intake-set]"},
		"into a list":      {[]string{"parts.id=P-1"}, "--set parts.id: parts is a list; to add an item write parts+:='{…}' [intake-set]"},
		"append to text":   {[]string{"note+=x"}, "--set note: Note is not a list; += cannot be used [intake-set]"},
		"huge number":      {[]string{"box:={\"size\":1e999999999}"}, "yaml-number"},
		"used id":          {[]string{"id=tl-2026-0007"}, "the id must have the form"},
		"taken id":         {[]string{"id=TL-2026-0007"}, "--set id: this id has been used, perhaps by a record since deleted; choose another [intake-set]"},
		"not a number":     {[]string{"box.size=big"}, "Size must be a whole number without quotes [schema-type]"},
	} {
		t.Run(name, func(t *testing.T) {
			_, refused := newLoan(t, nil, append(given, c.options...)...)
			if !strings.Contains(refused, c.want) || strings.Contains(refused, "\n") != (name == "huge number") {
				t.Errorf("got  %s\nwant %s", refused, c.want)
			}
		})
	}
	const all = `--set severty: there is no such field; did you mean severity (Grade)? [intake-set]
--set lent_on: give Lent on; the file is kept by its month [intake-set]
--set title: Tool loan requires Title; add --set title=… [intake-requires]`
	if _, refused := newLoan(t, nil, "severty=x"); refused != all {
		t.Error(refused)
	}
	if _, refused := newLoan(t, nil, "lent_on=2026-04-04", "severity=x"); !strings.Contains(refused, "requires Title") || !strings.Contains(refused, "[schema-enum]") || strings.Contains(refused, "[schema-required]") {
		t.Error(refused)
	}
}

// An item is filled in part by part; a place beyond the next one is refused.
func TestNewFillsItems(t *testing.T) {
	given := []string{"title=x", "lent_on=2026-04-04", "parts.0.id=P-1", "parts.0.count=2", "parts.1.id=P-2"}
	plan, refused := newLoan(t, nil, append(given, "tools.0=T-1")...)
	if refused != "" || !strings.Contains(string(plan.After), "parts:\n  - {id: P-1, count: 2}\n  - {id: P-2}\n") || !strings.Contains(string(plan.After), "tools:\n  - T-1\n") {
		t.Errorf("%s\n%s", refused, plan.After)
	}
	for option, want := range map[string]string{
		"parts.3.id=P-9":   "--set parts.3.id: the list is not that long; items count from 0, and only the next may be added [intake-set]",
		"parts.01.id=P-9":  "--set parts.01.id: parts is a list",
		"parts.0.idd=P-9":  "did you mean parts.0.id (Part)?",
		"parts.99999.id=x": "parts is a list",
		"box.0.size=1":     "Tool loan has no such field",
	} {
		if _, refused := newLoan(t, nil, append(given, option)...); !strings.Contains(refused, want) {
			t.Errorf("%s: %s", option, refused)
		}
	}
}

func TestNewNeedsAnIDWhereNoneIsMade(t *testing.T) {
	reg := register(t, nil)
	request := intake.NewRequest{Kind: reg.Kinds().Kind("person"), Register: reg, Sets: sets(t, "title=丙"), Now: at(t, "2026-04-05 10:20"), Zone: shanghai}
	if _, found := intake.New(request); len(found) != 1 || !strings.HasPrefix(tell(t, found), "--set id: ids of Person are chosen by people; give --set id=") {
		t.Error(tell(t, found))
	}
	request.Sets = sets(t, "title=丙", "id=u-third", `roles:=[{"role":"staff","from":"2026-04-01"}]`)
	plan, found := intake.New(request)
	if len(found) > 0 || plan.Path != "records/person/u-third.yaml" || strings.Contains(string(plan.After), "transitions") {
		t.Errorf("%s %s\n%s", tell(t, found), plan.Path, plan.After)
	}
}

func TestNewNeedsARegistrar(t *testing.T) {
	reg := register(t, nil)
	_, found := intake.New(intake.NewRequest{Kind: reg.Kinds().Kind("tool-loan"), Register: reg, Sets: sets(t, "title=x", "lent_on=2026-04-04"), By: "u-nobody", Now: at(t, "2026-04-05 10:20"), Zone: shanghai})
	if got := tell(t, found); got != "--by: there is no such person; give with --by the id of a record in records/person/, such as u-zhangw [intake-actor]" {
		t.Error(got)
	}
}

func TestParseSet(t *testing.T) {
	for text, want := range map[string]intake.Set{
		"a=b=c": {Path: "a", Value: "b=c"}, "a.b:=[1]": {Path: "a.b", Value: "[1]", JSON: true},
		"a+=x": {Path: "a", Value: "x", Append: true}, "a+:={}": {Path: "a", Value: "{}", JSON: true, Append: true}, "a=": {Path: "a"},
	} {
		if got, err := intake.ParseSet(text); err != nil || got != want {
			t.Errorf("%q is %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "a", "=b", ":=b"} {
		if _, err := intake.ParseSet(text); err == nil {
			t.Errorf("%q is an option", text)
		}
	}
}
