package obligation

import (
	"strings"
	"testing"

	"kept/internal/locale"
)

// Each fault is one finding at its place, in both languages, and the obligation
// is left out.
func TestFaultsInDefinitions(t *testing.T) {
	const head = "title: x\nstatus: active\nowner_role: brm\nfrom: \"2026-01-01\"\n"
	const period = head + "cadence: month\ndue: 5 working_days\n"
	for name, c := range map[string]struct {
		body, key string
		line      int
	}{
		"no rule":            {head, "obligation.no-rule", 1},
		"cadence":            {head + "cadence: week\ndue: 1 working_days\nevidence: {kind: issue, at: approved_when}\n", "obligation.cadence", 7},
		"no due":             {head + "cadence: month\nevidence: {kind: issue, at: approved_when}\n", "obligation.no-due", 1},
		"due":                {head + "cadence: month\ndue: 5 weeks\nevidence: {kind: issue, at: approved_when}\n", "obligation.limit", 8},
		"warn":               {period + "warn: soon\nevidence: {kind: issue, at: approved_when}\n", "obligation.limit", 9},
		"from":               {strings.Replace(period, "2026-01-01", "2026-13-01", 1) + "evidence: {kind: issue, at: approved_when}\n", "obligation.day", 6},
		"no evidence":        {period, "obligation.no-evidence", 7},
		"evidence kind":      {period + "evidence: {kind: nothing, at: approved_when}\n", "obligation.unknown-kind", 9},
		"evidence at":        {period + "evidence:\n  kind: issue\n  at: approver\n", "obligation.unknown-name", 11},
		"evidence at text":   {period + "evidence:\n  kind: issue\n  at: report\n", "obligation.unknown-name", 11},
		"evidence period":    {period + "evidence:\n  kind: issue\n  at: approved_when\n  period: none\n", "obligation.unknown-name", 12},
		"evidence when":      {period + "evidence:\n  kind: issue\n  at: approved_when\n  when: 'nonesuch == 1'\n", "obligation.expression", 12},
		"each without link":  {period + "each: {kind: client}\nevidence: {kind: meeting, at: held_when}\n", "obligation.no-link", 10},
		"link is no name":    {period + "each: {kind: client}\nevidence: {kind: meeting, at: held_when, link: year}\n", "obligation.unknown-name", 10},
		"each kind":          {period + "each: {kind: nobody}\nevidence: {kind: meeting, at: held_when, link: clients}\n", "obligation.unknown-kind", 9},
		"each when":          {period + "each: {kind: client, when: 'level >'}\nevidence: {kind: meeting, at: held_when, link: clients}\n", "obligation.expression", 9},
		"span months":        {period + "each: {kind: client, span: {kind: deal, link: client, from: start, to: end, months: many}}\nevidence: {kind: meeting, at: held_when, link: clients}\n", "obligation.months", 9},
		"span link":          {period + "each: {kind: client, span: {kind: deal, link: title, from: start, to: end, months: 6}}\nevidence: {kind: meeting, at: held_when, link: clients}\n", "obligation.unknown-name", 9},
		"span to":            {period + "each: {kind: client, span: {kind: deal, link: client, from: start, to: title, months: 6}}\nevidence: {kind: meeting, at: held_when, link: clients}\n", "obligation.unknown-name", 9},
		"of kind":            {head + "of: {kind: nothing, due: due}\n", "obligation.unknown-kind", 7},
		"of due":             {head + "of: {kind: deal, due: client}\n", "obligation.unknown-name", 7},
		"of done":            {head + "of: {kind: deal, due: end, done: title}\n", "obligation.unknown-name", 7},
		"of owner":           {head + "of: {kind: deal, due: end, owner: none}\n", "obligation.unknown-name", 7},
		"of list":            {head + "of: {kind: plan, list: priority, due: priority}\n", "obligation.unknown-name", 7},
		"item due":           {head + "of: {kind: plan, list: actions, due: text}\n", "obligation.unknown-name", 7},
		"item when":          {head + "of: {kind: plan, list: actions, due: due, item_when: 'priority == \"1\"'}\n", "obligation.expression", 7},
		"offset":             {head + "of: {kind: deal, due: end, offset: sometime}\n", "obligation.offset", 7},
		"hours backwards":    {head + "of: {kind: deal, due: end, offset: \"-3 working_hours\"}\n", "obligation.offset", 7},
		"retention due":      {head + "retention: true\ndue: 3\n", "obligation.limit", 8},
		"due of a limit":     {head + "of: {kind: meeting, due: minutes}\n", "obligation.unknown-name", 7},
		"evidence of a list": {period + "evidence: {kind: plan, at: actions}\n", "obligation.unknown-name", 9},
	} {
		t.Run(name, func(t *testing.T) {
			b := load(t, "-- obligation/OB-30.yaml --\n"+c.body, "2026-09-01 00:00")
			if len(b.found) != 1 || b.found[0].Key != c.key || b.found[0].Record != "OB-30" {
				t.Fatalf("findings %v, want %s", b.found, c.key)
			}
			f := b.found[0]
			if f.Position.Path != "records/obligation/OB-30.yaml" || f.Position.Line != c.line {
				t.Errorf("%s at %s, want line %d", f.Key, f.Position, c.line)
			}
			for _, lang := range locale.Langs() {
				if said := f.Message(messages(t).Printer(lang)); strings.ContainsAny(said, "{}⟦") {
					t.Errorf("message %q", said)
				}
			}
			if len(b.definitions) != 0 {
				t.Error("the obligation is used all the same")
			}
		})
	}
}

// What is suspended, or cannot be read, is not in force.
func TestInForce(t *testing.T) {
	b := load(t, strings.ReplaceAll(monthly, "status: active", "status: suspended")+"-- obligation/OB-02.yaml --\ntitle: [\n", "2026-09-01 00:00")
	if len(b.definitions)+len(b.found) != 0 {
		t.Errorf("%d definitions, %v", len(b.definitions), b.found)
	}
}

// The definition says what others need to know of it.
func TestDefinition(t *testing.T) {
	b := load(t, strings.Replace(monthly, "counted: true", "counted: true\nreport: RP-01\nclause: [C-8.3.2]\nowner: u-li", 1), "2026-09-01 00:00")
	if len(b.definitions) != 1 {
		t.Fatalf("%d definitions, %v", len(b.definitions), b.found)
	}
	d := b.definitions[0]
	if d.ID != "OB-01" || d.Title.EN != "Monthly report" || d.Owner != "process_owner" || d.Person != "u-li" || !d.Counted || d.Report != "RP-01" || strings.Join(d.Clauses, " ") != "C-8.3.2" || d.Cadence != "month" || d.Position.Line != 2 {
		t.Errorf("definition %+v", d)
	}
}
