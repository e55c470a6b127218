package intake_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"kept/internal/finding"
	"kept/internal/intake"
	"kept/internal/ledger"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/schemas"
)

// ledgerDesk imports files of the shipped kinds, one after the other.
type ledgerDesk struct {
	t     *testing.T
	files fstest.MapFS
	kinds *schema.Registry
	ended time.Time // as stated for rows that do not say when
}

func newLedgerDesk(t *testing.T) *ledgerDesk {
	t.Helper()
	kinds, found := schema.Load(schemas.FS)
	if len(found) > 0 {
		t.Fatal(tell(t, found))
	}
	return &ledgerDesk{t: t, files: fstest.MapFS{}, kinds: kinds}
}

// run imports a CSV by the shipped mapping and writes what is not refused. It tells
// each row's id and verdict, and what was found.
func (d *ledgerDesk) run(kind, csv string) (rows []string, found string) {
	d.t.Helper()
	reg, _, err := record.Load(d.files, d.kinds)
	if err != nil {
		d.t.Fatal(err)
	}
	k := d.kinds.Kind(kind)
	data, err := os.ReadFile("../../templates/import/" + kind + ".yaml")
	if err != nil {
		d.t.Fatal(err)
	}
	mapping, wrong := ledger.ReadMapping(kind+".yaml", data, k)
	page, err := ledger.ReadCSV([]byte(csv))
	if err != nil || len(wrong) > 0 {
		d.t.Fatal(err, tell(d.t, wrong))
	}
	l := ledger.ReadAll(ledger.Request{File: "f.csv", Pages: []ledger.Page{page}, Mapping: mapping, Kind: k, Zone: shanghai, Lookup: func(name string, _ []string) ledger.Named {
		if rec := reg.Get(name); rec != nil {
			return ledger.Named{ID: rec.ID}
		}
		return ledger.Named{}
	}})
	imported, whole := intake.Import(intake.ImportRequest{
		Kind: k, Register: reg, Ledger: l, File: "f.csv", Digest: fmt.Sprintf("%x", sha256.Sum256([]byte(csv))), By: "u-admin", Now: at(d.t, "2026-09-18 09:00"), Zone: shanghai, Mapping: mapping, MapName: "m", EndedBy: d.ended,
	})
	list := slices.Concat(l.Found, whole)
	for _, r := range imported {
		rows = append(rows, r.ID+" "+string(r.Verdict))
		list = append(list, r.Found...)
		if r.Verdict == intake.NewRow || r.Verdict == intake.ChangedRow {
			d.files[r.Plan.Path] = &fstest.MapFile{Data: r.Plan.After}
		}
	}
	return rows, tell(d.t, list)
}

// A ledger of customers comes again and again: its rows are known by name, numbers go
// on behind those that are in use, what was entered or changed here stays.
func TestReferenceLedgerAgain(t *testing.T) {
	d := newLedgerDesk(t)
	d.files["records/customer/KH-0007.yaml"] = &fstest.MapFile{Data: []byte("schema: customer/v1\nid: KH-0007\ntitle: 示例·运河医院\nstatus: active\ntype: institution\n")}
	const head = "客户名称,客户性质,级别,状态,联系人\n"
	want := func(csv, rows, found string) {
		t.Helper()
		got, told := d.run("customer", head+csv)
		if strings.Join(got, ", ") != rows || told != found {
			t.Errorf("%q, want %q\n%s\nwant\n%s", strings.Join(got, ", "), rows, told, found)
		}
	}
	const twin = "f.csv:3: KH-0007 is on record and was registered here; the row leaves it as it is, change it with kept serve --open [import]"
	want("示例·江南精密,民营企业,重点,合作中,某某\n示例·运河医院,医院,B级,合作中,\n", "KH-0008 new, KH-0007 unchanged", twin)
	first := string(d.files["records/customer/KH-0008.yaml"].Data)
	for _, line := range []string{"type: enterprise\n", "level: A\n", "status: active\n"} {
		if !strings.Contains(first, line) {
			t.Errorf("%q is not in\n%s", line, first)
		}
	}
	if strings.Contains(first, "某某") {
		t.Error("a contact was imported")
	}
	want("示例·江南精密,民营企业,重点,合作中,某某\n", "KH-0008 unchanged", "")
	want("示例·江南精密,民营企业,,暂停,某某\n示例·市政,机关,C,潜在,\n", "KH-0008 changed, KH-0009 new", "")
	if now := string(d.files["records/customer/KH-0008.yaml"].Data); strings.Contains(now, "level:") || !strings.Contains(now, "status: suspended\n") {
		t.Errorf("changed to\n%s", now)
	}
	want("示例·江南精密,民营企业,,暂停,\n", "KH-0008 unchanged", "")
	edited := strings.Replace(string(d.files["records/customer/KH-0008.yaml"].Data), "status: suspended", "status: ended", 1)
	d.files["records/customer/KH-0008.yaml"].Data = []byte(edited)
	want("示例·江南精密,民营企业,,暂停,\n", "KH-0008 unchanged", "")
	want("示例·江南精密,政府,,暂停,\n", "KH-0008 refused", "f.csv:2: KH-0008 was changed here since its import, so the file does not change it any more; change it with kept serve --open, and put the row back as it was or take it out [import]")
}

// A column that the file does not have leaves its field alone; an empty cell clears it.
func TestReferenceFewerColumns(t *testing.T) {
	d := newLedgerDesk(t)
	d.run("customer", "客户编号,客户名称,客户性质,行业,级别\nC1,示例·江南精密,民营企业,制造业,重点\n")
	rows, found := d.run("customer", "客户编号,客户名称,级别\nC1,示例·江南,\n")
	now := string(d.files["records/customer/KH-0001.yaml"].Data)
	if strings.Join(rows, "") != "KH-0001 changed" || found != "" || !strings.Contains(now, "industry: 制造业\n") || strings.Contains(now, "level:") || !strings.Contains(now, "title: 示例·江南\n") {
		t.Errorf("%q %s\n%s", rows, found, now)
	}
	if rows, _ := d.run("customer", "客户编号,客户名称,客户性质,级别\nC1,示例·江南,机关,\n"); strings.Join(rows, "") != "KH-0001 changed" {
		t.Errorf("a record that keeps fields counts as edited: %q", rows)
	}
}

// What is marked, in which order, and beside what: an earlier row or an earlier
// record that counts.
func TestMarks(t *testing.T) {
	kinds := newLedgerDesk(t).kinds
	k := kinds.Kind("survey-response")
	reg, _, err := record.Load(fstest.MapFS{"records/survey-response/2026/06/DJ-2026-0001.yaml": &fstest.MapFile{Data: []byte(`schema: survey-response/v1
id: DJ-2026-0001
title: 答卷
status: recorded
survey: MY-2026-H1
invite_id: I-1
submitted_at: "2026-06-01T09:00:00+08:00"
source: wjx
answers: [{question: Q1, score: 5}]
valid: true
`)}}, kinds)
	if err != nil {
		t.Fatal(err)
	}
	five := func(scores ...string) []any {
		var list []any
		for i, s := range scores {
			list = append(list, map[string]any{"question": "Q" + string(rune('1'+i)), "score": json.Number(s)})
		}
		return list
	}
	row := func(n int, minute, invite string, seconds int, answers []any) ledger.Entry {
		f := map[string]any{"title": "x", "survey": "MY-2026-H1", "submitted_at": "2026-06-02T09:" + minute + ":00+08:00", "source": "wjx", "valid": true, "answers": answers}
		if invite != "" {
			f["invite_id"] = invite
		}
		if seconds > 0 {
			f["duration_s"] = json.Number(string(rune('0'+seconds/10)) + string(rune('0'+seconds%10)))
		}
		return ledger.Entry{Row: n, Fields: f}
	}
	marks := ledger.Marks{Counts: map[string]string{"valid": "true"}, List: []ledger.Mark{
		{Set: map[string]string{"valid": "false", "invalid_reason": "duplicate"}, Same: []string{"survey", "invite_id"}},
		{Set: map[string]string{"valid": "false", "invalid_reason": "duplicate"}, Same: []string{"survey", "answers"}, Within: "submitted_at", Minutes: 10},
		{Set: map[string]string{"valid": "false", "invalid_reason": "too_fast"}, When: "has(duration_s) && duration_s < 20"},
		{Set: map[string]string{"valid": "false", "invalid_reason": "straight_line"}, Alike: "answers.score", Least: 5},
	}}
	got, found := intake.Import(intake.ImportRequest{
		Kind: k, Register: reg, File: "f.csv", Digest: strings.Repeat("b", 64), By: "u-admin", Now: at(t, "2026-09-18 09:00"), Zone: shanghai,
		Mapping: ledger.Mapping{Marks: marks}, MapName: "m",
		Ledger: ledger.Ledger{Entries: []ledger.Entry{
			row(2, "00", "I-1", 0, five("4")),  // of an invitation that a record here has
			row(3, "01", "I-2", 10, five("3")), // too fast
			row(4, "02", "I-2", 0, five("3")),  // the fast one did not count, so this one does
			row(5, "05", "", 0, five("3")),     // the same answers three minutes later
			row(6, "30", "", 0, five("3")),     // and half an hour later
			row(7, "40", "", 0, five("2", "2", "2", "2", "2")),
			row(8, "50", "", 0, five("2", "2", "2", "2")),
		}},
	})
	var told []string
	for _, r := range got {
		told = append(told, string(r.Verdict)+" "+r.Marked.EN)
	}
	want := []string{"new Duplicate", "new Too fast", "new ", "new Duplicate", "new ", "new Straight-lined", "new "}
	if !slices.Equal(told, want) || found.Count(finding.Error) > 0 {
		t.Errorf("%q\nwant %q\n%s", told, want, tell(t, found))
	}
	_, found = intake.Import(intake.ImportRequest{Kind: k, Register: reg, MapName: "m.yaml", Zone: shanghai, Mapping: ledger.Mapping{Marks: ledger.Marks{List: []ledger.Mark{{When: "no_such_name > 1"}}}}})
	if said := tell(t, found); said != "m.yaml: the condition no_such_name > 1 in the mapping, under marks, cannot be read; check its names and signs [import-mapping]" {
		t.Error(said)
	}
}
