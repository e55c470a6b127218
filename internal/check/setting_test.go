package check_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"kept/internal/check"
	"kept/internal/config"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// A severity changes for the rules of the table and of the kinds, not for those
// that everything rests on, and not for what an exception accepts.
func TestSettingsChangeSeverities(t *testing.T) {
	files := base(t)
	mutate(t, files, "deposit: true\n=>\nnote: 请拨 13800138000\n---\nurgency: low\n=>\nurgency: high\n---\ndue_at: \"2026-03-05T18:00:00+08:00\"\n=>\ndue_at: \"2026-03-02T12:00:00+08:00\"\n")
	files["records/exception/EX-1.yaml"] = &fstest.MapFile{Data: []byte("schema: exception/v1\nid: EX-1\ntitle: x\nstatus: approved\nrule: step-guard\nrecord: l-2026-001\nuntil: \"2026-12-31\"\n")}
	found := state(t, files, asked{settings: `rules:
  - {id: personal-data, severity: info, reason: x}
  - {id: loan-urgent-deposit, severity: error, reason: x}
  - {id: step-guard, severity: warning, reason: x}
  - {id: exception-unused, severity: warning, reason: x}
  - {id: schema-required, severity: info, reason: x}
  - {id: id-duplicate, severity: info, reason: x}
  - {id: nonsense, severity: info, reason: x}
`})
	var got []string
	for _, f := range found {
		got = append(got, f.Rule+" "+f.Severity.String()+" "+f.Accepted+" "+f.Position.Path)
	}
	want := []string{
		"config error  kept.yaml", "config error  kept.yaml", "config error  kept.yaml",
		"loan-urgent-deposit error  records/loan/L-2026-001.yaml",
		"personal-data info  records/loan/L-2026-001.yaml",
		"step-guard info EX-1 records/loan/L-2026-001.yaml",
	}
	if !slices.Equal(got, want) {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	words := text(t, found, locale.English)
	for _, want := range []string{
		"kept.yaml:6:10: error: the severity of schema-required cannot be changed", "kept.yaml:7:10: error: the severity of id-duplicate cannot",
		"kept.yaml:8:10: error: there is no rule nonsense",
	} {
		if !strings.Contains(words, want) {
			t.Errorf("%q is not said:\n%s", want, words)
		}
	}
}

// register reads the files that a case made.
func register(t *testing.T, files fstest.MapFS) *record.Register {
	t.Helper()
	kindFiles := fstest.MapFS{}
	for name, f := range files {
		if rest, ok := strings.CutPrefix(name, "schemas/"); ok {
			kindFiles[rest] = f
		}
	}
	kinds, _ := schema.Load(kindFiles)
	reg, _, err := record.Load(files, kinds)
	if err != nil {
		t.Fatal(err)
	}
	return reg
}

func TestAccept(t *testing.T) {
	files := base(t)
	for id, text := range map[string]string{
		"EX-1": "rule: audit-clock\nrecord: L-2026-001\ncommit: 0123abcd\nuntil: \"2026-12-31\"\n",
		"EX-2": "rule: obligation-missed\nrecord: OB-01\nfield: 2026-08\nuntil: \"2026-12-31\"\n",
		"EX-3": "rule: time-order\nrecord: L-2026-001\nfield: condition\nuntil: \"2026-12-31\"\n",
		"EX-4": "rule: step-role\nrecord: L-2026-001\n", // without an end it accepts nothing
	} {
		files["records/exception/"+id+".yaml"] = &fstest.MapFile{Data: []byte("schema: exception/v1\nid: " + id + "\ntitle: x\nstatus: approved\n" + text)}
	}
	line := func(n int) finding.Position { return finding.Position{Path: "records/loan/L-2026-001.yaml", Line: n} }
	list := finding.List{
		{Rule: "audit-clock", Record: "L-2026-001", Commit: "0123abcdef", Severity: finding.Error},
		{Rule: "audit-clock", Record: "L-2026-001", Commit: "fedcba3210", Severity: finding.Error},
		{Rule: "audit-clock", Record: "L-2026-001", Severity: finding.Error},
		{Rule: "obligation-missed", Record: "OB-01", Part: "2026-08", Severity: finding.Error},
		{Rule: "obligation-missed", Record: "OB-01", Part: "2026-09", Severity: finding.Error},
		{Rule: "time-order", Record: "L-2026-001", Position: line(9), Severity: finding.Error},
		{Rule: "time-order", Record: "L-2026-001", Position: line(10), Severity: finding.Error},
		{Rule: "step-role", Record: "L-2026-001", Severity: finding.Error},
	}
	zone := time.FixedZone("", 8*60*60)
	want := "EX-1, , , EX-2, , EX-3, , "
	for asOf, want := range map[time.Time]string{
		time.Date(2026, 12, 31, 23, 59, 59, 0, zone): want, // the last day is inside
		time.Date(2027, 1, 1, 0, 0, 0, 0, zone):      ", , , , , , , ",
	} {
		var got []string
		for _, f := range check.Accept(slices.Clone(list), register(t, files), asOf, zone) {
			got = append(got, f.Accepted)
			if (f.Accepted != "") != (f.Severity == finding.Info) {
				t.Errorf("%s is %v", f.Rule, f.Severity)
			}
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("at %v accepted are %q, want %q", asOf, strings.Join(got, ", "), want)
		}
	}
	unused := check.Unused(nil, register(t, files), time.Date(2026, 12, 1, 0, 0, 0, 0, zone), zone)
	if len(unused) != 1 || unused[0].Record != "EX-1" {
		t.Errorf("of the history's exceptions unused are %v", unused)
	}
}

// Whoever reads the list finds each rule once, the table first, then the kinds'.
func TestLines(t *testing.T) {
	reg := register(t, base(t))
	lines := check.Lines(reg.Kinds(), []config.Rule{{ID: "number-gap", Severity: finding.Error, Reason: "x"}, {ID: "id-file", Severity: finding.Info, Reason: "x"}})
	seen := map[string]check.Line{}
	for _, l := range lines {
		if _, twice := seen[l.ID]; twice || l.Scope == "" || l.Key == "" && l.Purpose.IsZero() {
			t.Errorf("line %+v", l)
		}
		seen[l.ID] = l
	}
	if l := seen["number-gap"]; l.Severity != finding.Error || l.Changed != "x" || l.Ref != "E3" {
		t.Errorf("the changed rule is %+v", l)
	}
	if l := seen["loan-urgent-deposit"]; l.Kind != "loan" || l.Scope != check.OfState || l.Purpose.EN != "urgent loans need a deposit too" {
		t.Errorf("the kind's rule is %+v", l)
	}
	if _, there := seen["kind-rule"]; there || lines[0].ID != "reference-missing" || seen["audit-clock"].Scope != check.OfHistory {
		t.Error("the table is not listed as it stands")
	}
}

// A step that links another record needs the link; a record that was destroyed may
// still be named.
func TestLinksAndDisposals(t *testing.T) {
	files := base(t)
	mutate(t, files, "borrower: u-keeper\n=>\nborrower: u-gone\n---FILE schemas/loan.kind.yaml\n    requires: [condition]\n=>\n    requires: [condition]\n    link: receipt\n")
	want := []string{"reference-missing", "step-requires"}
	for range 2 {
		var got []string
		for _, f := range state(t, files, asked{}) {
			got = append(got, f.Rule)
		}
		if !slices.Equal(got, want) {
			t.Errorf("found %v, want %v", got, want)
		}
		files["records/disposal/XH-1.yaml"] = &fstest.MapFile{Data: []byte("schema: disposal/v1\nid: XH-1\ntitle: x\nstatus: destroyed\nitems: [{record: U-GONE}]\n")}
		want = []string{"step-requires"}
	}
}
