package clause_test

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"kept/internal/clause"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/obligation"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/site"
)

var (
	zone = time.FixedZone("Asia/Shanghai", 8*3600)
	asOf = time.Date(2026, 10, 1, 0, 0, 0, 0, zone)
)

// matrix evaluates clause records, given as number → body, over the register of
// testdata. The system kinds borrow the fields of a house rule: they are read by
// key, and their schemas are not what is tested.
func matrix(t *testing.T, duties []obligation.Duty, clauses map[string]string) ([]clause.Clause, finding.List) {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", "register.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, f := range archive.Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	for _, kind := range []string{"clause", "obligation", "kpi"} {
		for _, ext := range []string{".schema.json", ".kind.yaml"} {
			text := strings.ReplaceAll(string(files["schemas/house"+ext].Data), "house", kind)
			files["schemas/"+kind+ext] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(text, "^H-[0-9]+$", "^[A-Z0-9.-]+$"))}
		}
	}
	for id, body := range clauses {
		text := "schema: clause/v1\nid: " + id + "\ntitle: 条款\ntitle_en: Clause\n"
		if !strings.Contains(body, "status:") {
			text += "status: 'on'\n"
		}
		files["records/clause/"+id+".yaml"] = &fstest.MapFile{Data: []byte(text + body)}
	}
	kindFiles, err := fs.Sub(files, "schemas")
	if err != nil {
		t.Fatal(err)
	}
	kinds, found := schema.Load(kindFiles)
	if len(found) > 0 {
		t.Fatalf("schemas: %+v", found)
	}
	reg, _, err := record.Load(files, kinds)
	if err != nil {
		t.Fatal(err)
	}
	return clause.Matrix(clause.Request{Register: reg, Others: record.NewOthers(reg, nil, asOf), Duties: duties, AsOf: asOf, Zone: zone})
}

// one evaluates a clause with a single part of evidence.
func one(t *testing.T, duties []obligation.Duty, evidence string) (clause.Evidence, finding.List) {
	t.Helper()
	list, found := matrix(t, duties, map[string]string{"C-1": "evidence: [{" + evidence + "}]\n"})
	if len(list) != 1 || len(list[0].Evidence) != 1 {
		t.Fatalf("got %+v", list)
	}
	if list[0].Gap != list[0].Evidence[0].Gap {
		t.Errorf("the clause's gap is %v, its only evidence's %v", list[0].Gap, list[0].Evidence[0].Gap)
	}
	return list[0].Evidence[0], found
}

// TestRecords says which talks show something: those held, readable, dated before
// as_of and within the span, whose first day counts.
func TestRecords(t *testing.T) {
	for _, c := range []struct {
		name, evidence string
		want           string
		gap            bool
	}{
		{"of any time, newest first", `kind: talk`, "G-3 G-2 G-1", false},
		{"of a year, its first day counted", `kind: talk, within: 365 calendar_days`, "G-3 G-2", false},
		{"of the last hours", `kind: talk, within: 24 elapsed_hours`, "", true},
		{"with a condition", `kind: talk, when: 'topic == "service"'`, "G-3", false},
		{"drafts where the condition asks for them", `kind: talk, when: 'status == "planned"'`, "G-5", false},
		{"withdrawn where the condition asks for them", `kind: talk, when: 'status != "held"'`, "G-6 G-5", false},
		{"as many as are there", `kind: talk, at_least: "3"`, "G-3 G-2 G-1", false},
		{"one more than are there", `kind: talk, at_least: "4"`, "G-3 G-2 G-1", true},
		{"a number not in quotes", `kind: talk, at_least: 4`, "G-3 G-2 G-1", true},
		{"none asked for", `kind: talk, when: 'topic == "x"', at_least: "0"`, "", false},
		{"none there", `kind: talk, when: 'topic == "x"'`, "", true},
		{"of a kind without dates", `kind: house`, "H-1", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, found := one(t, nil, c.evidence)
			if got := strings.Join(e.Records, " "); got != c.want || e.Gap != c.gap || len(found) > 0 {
				t.Errorf("got %q, gap %v, %v; want %q, gap %v", got, e.Gap, found, c.want, c.gap)
			}
		})
	}
}

func duty(id string, state obligation.State, due time.Time, evidence string) obligation.Duty {
	return obligation.Duty{Definition: &obligation.Definition{ID: id}, State: state, Due: due, Done: due, Evidence: evidence}
}

// TestDuties says when an obligation leaves a gap: with a duty missed or overdue,
// or where it is not in force.
func TestDuties(t *testing.T) {
	old, recent := asOf.AddDate(-2, 0, 0), asOf.AddDate(0, -1, 0)
	done := duty("OB-01", obligation.Done, recent, "G-3")
	for _, c := range []struct {
		name, evidence string
		duties         []obligation.Duty
		want           string
		missed         int
		gap            bool
	}{
		{"done, and done late", `obligation: OB-01`, []obligation.Duty{duty("OB-01", obligation.Late, old, "G-1"), done}, "G-3 G-1", 0, false},
		{"done twice by one record", `obligation: OB-01`, []obligation.Duty{done, done}, "G-3", 0, false},
		{"missed once", `obligation: OB-01`, []obligation.Duty{duty("OB-01", obligation.Missed, old, ""), done}, "G-3", 1, true},
		{"missed before the span", `obligation: OB-01, within: 365 calendar_days`, []obligation.Duty{duty("OB-01", obligation.Missed, old, ""), done}, "G-3", 0, false},
		{"overdue", `obligation: OB-01`, []obligation.Duty{duty("OB-01", obligation.Overdue, recent, "")}, "", 1, true},
		{"nothing due yet", `obligation: OB-01`, []obligation.Duty{duty("OB-01", obligation.Coming, asOf.AddDate(0, 1, 0), "")}, "", 0, false},
		{"something asked for", `obligation: OB-01, at_least: "1"`, nil, "", 0, true},
		{"another one's", `obligation: OB-01`, []obligation.Duty{duty("OB-07", obligation.Missed, recent, "")}, "", 0, false},
		{"suspended", `obligation: OB-02`, nil, "", 0, true},
		{"unknown", `obligation: OB-99`, nil, "", 0, true},
		{"with records of a kind", `kind: talk, obligation: OB-01`, []obligation.Duty{duty("OB-01", obligation.Missed, recent, "")}, "G-3 G-2 G-1", 1, true},
		{"kept, but without records", `kind: talk, when: 'topic == "x"', obligation: OB-01`, []obligation.Duty{done}, "", 0, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, found := one(t, c.duties, c.evidence)
			if got := strings.Join(e.Records, " "); got != c.want || e.Missed != c.missed || e.Gap != c.gap || len(found) > 0 {
				t.Errorf("got %q, %d missed, gap %v, %v; want %q, %d, gap %v", got, e.Missed, e.Gap, found, c.want, c.missed, c.gap)
			}
		})
	}
}

// TestUnusable says what stands in a clause record that cannot be used; the part
// stays in the matrix as a gap.
func TestUnusable(t *testing.T) {
	for _, c := range []struct{ name, evidence, key, zh string }{
		{"an unknown kind", `kind: talks`, "clause.unknown-kind", "没有“talks”这种记录"},
		{"a condition of other fields", `kind: talk, when: 'price > 3'`, "clause.bad-condition", "条件“price > 3”不能使用"},
		{"a condition without a result", `kind: talk, when: 'split(title, "/")[9] == "a"'`, "clause.failed-condition", "没有结果，按不成立处理"},
		{"a span in working days", `kind: talk, within: 5 working_days`, "clause.bad-within", "时间范围“5 working_days”不能使用"},
		{"a span in words", `kind: talk, within: 12 months`, "clause.bad-within", "365 calendar_days"},
		{"a span of a kind without dates", `kind: house, within: 365 calendar_days`, "clause.kind-undated", "守则没有所属日期"},
		{"a number in words", `kind: talk, at_least: some`, "clause.bad-number", "最少份数“some”不是整数"},
		{"a negative number", `kind: talk, at_least: "-1"`, "clause.bad-number", "不是整数"},
		{"neither kind nor obligation", `title: {zh-CN: 证据, en: Evidence}`, "clause.evidence-empty", "应填写 kind 或 obligation"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, found := one(t, nil, c.evidence)
			if !e.Gap {
				t.Error("it leaves no gap")
			}
			if len(found) != 1 || found[0].Key != c.key || found[0].Record != "C-1" || found[0].Position.Line == 0 || found[0].Severity != finding.Error {
				t.Fatalf("got %+v, want one %s at C-1", found, c.key)
			}
			if got := found[0].Message(printer(t)); !strings.Contains(got, c.zh) {
				t.Errorf("it says %q, not %q", got, c.zh)
			}
		})
	}
}

func printer(t *testing.T) *locale.Printer {
	t.Helper()
	i18n, err := fs.Sub(site.FS, "i18n")
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := locale.Load(i18n)
	if err != nil {
		t.Fatal(err)
	}
	return catalogue.Printer(locale.Chinese)
}

// TestMatrix reads whole clauses: in order, those in force, with what else shows
// them.
func TestMatrix(t *testing.T) {
	body := func(standard, number string) string {
		return "standard: " + standard + "\nnumber: '" + number + "'\nevidence: [{kind: talk}]\n"
	}
	list, found := matrix(t, nil, map[string]string{
		"C-8.3.10": body("ISO 1", "8.3.10"),
		"C-8.3.2": body("ISO 1", "8.3.2") +
			"requirement: {zh-CN: 知道客户是谁, en: Know your customers}\nquestion: {zh-CN: '谁？', en: 'Who?'}\nindicators: [K01, K02, K99]\ndocuments: [SD-1]\n",
		"C-10.1": body("ISO 1", "10.1"),
		"C-8":    body("ISO 1", "8"),
		"C-A":    body("ISO 1", "A.1"),
		"C-B":    body("GB 2", "9.9"),
		"C-OFF":  "status: 'off'\n" + body("ISO 1", "1"),
		"C-NONE": "standard: ISO 1\nnumber: '99'\n",
	})
	if len(found) > 0 {
		t.Errorf("findings: %v", found)
	}
	var order []string
	for _, c := range list {
		order = append(order, c.ID)
	}
	if got, want := strings.Join(order, " "), "C-8 C-8.3.2 C-8.3.10 C-10.1 C-NONE C-A C-B"; got != want {
		t.Errorf("the order is %s, want %s", got, want)
	}
	want := clause.Clause{
		ID: "C-8.3.2", Number: "8.3.2", Standard: "ISO 1", Title: locale.Text{ZH: "条款", EN: "Clause"},
		Requirement: locale.Text{ZH: "知道客户是谁", EN: "Know your customers"}, Question: locale.Text{ZH: "谁？", EN: "Who?"},
		Evidence: []clause.Evidence{{Kind: "talk", Records: []string{"G-3", "G-2", "G-1"}, Wanted: 1}}, Indicators: []string{"K01"}, Documents: []string{"SD-1"},
	}
	if diff := cmp.Diff(want, list[1]); diff != "" {
		t.Errorf("C-8.3.2 (-want +got):\n%s", diff)
	}
	if !list[4].Gap {
		t.Error("a clause without evidence is no gap")
	}
}
