package portal

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/record"
)

// How many findings the page lists of one rule, and at all: the pages of the rules
// list more.
const (
	findingsOfRule = 200
	findingsAtAll  = 2000
)

// Findings is the page of everything that is not as it should be. What exceptions
// accept is listed too, and not counted.
type Findings struct {
	Page
	Errors, Warnings, Infos int
	Accepted                int
	Rules                   Table // the rules that find something, with what each protects
	Table                   Table // errors, warnings, information, then what is accepted, each by place
	Facets                  []Facet
	Rest                    []Cell // rules of which the table leaves findings out, with how many
}

// counted lists the findings that no exception accepts, gravest first.
func (v *View) counted() finding.List {
	l := slices.DeleteFunc(slices.Clone(v.src.Findings), func(f finding.Finding) bool { return f.Accepted != "" })
	slices.SortStableFunc(l, func(a, b finding.Finding) int { return cmp.Compare(b.Severity, a.Severity) })
	return l
}

// AllFindings lists every finding in the order of the page, however many there are.
func (v *View) AllFindings() []Finding {
	var list []Finding
	for _, f := range append(v.counted(), v.accepted()...) {
		list = append(list, v.finding(f))
	}
	return list
}

func (v *View) accepted() finding.List {
	return slices.DeleteFunc(slices.Clone(v.src.Findings), func(f finding.Finding) bool { return f.Accepted == "" })
}

// Findings gathers the findings of the state and of the history.
func (v *View) Findings() Findings {
	f := Findings{Page: v.page("findings.html", v.p.Say("portal.findings"), "findings")}
	l := v.counted()
	f.Errors, f.Warnings, f.Infos = l.Count(finding.Error), l.Count(finding.Warning), l.Count(finding.Info)
	f.Rules = v.rulesFinding(l)
	also := v.accepted()
	l, f.Accepted = append(l, also...), len(also)
	left := map[string]int{}
	l = v.bounded(l, left)
	f.Table, f.Facets = v.findingTable(l)
	for _, r := range v.rules {
		if n := left[r.id]; n > 0 {
			f.Rest = append(f.Rest, Cell{Text: v.p.Say("portal.findings-rest", locale.A("rule", r.id), locale.N("n", n)), Link: ruleLink(r.id)})
		}
	}
	return f
}

// bounded keeps the first findings of each rule and counts what it leaves.
func (v *View) bounded(l finding.List, left map[string]int) finding.List {
	shown, all := map[string]int{}, 0
	return slices.DeleteFunc(l, func(f finding.Finding) bool {
		if shown[f.Rule] >= findingsOfRule || all >= findingsAtAll {
			left[f.Rule]++
			return true
		}
		shown[f.Rule]++
		all++
		return false
	})
}

// rulesFinding explains the rules that find something, those of the gravest first.
func (v *View) rulesFinding(l finding.List) Table {
	t := Table{ID: "by-rule", Title: v.p.Say("portal.findings-by-rule"), Columns: []Column{
		{Key: "now", Title: v.p.Say("portal.rule-now"), Align: Right, Screen: true},
		{Key: "status", Title: v.p.Say("portal.rule-severity"), Screen: true},
		{Key: "rule", Title: v.p.Say("portal.rule"), Screen: true},
		{Key: "purpose", Title: v.p.Say("portal.rule-purpose"), Screen: true},
	}}
	count := map[string]int{}
	for _, f := range l {
		count[f.Rule]++
	}
	for _, f := range l {
		n := count[f.Rule]
		if n == 0 {
			continue
		}
		count[f.Rule] = 0 // said once
		purpose := ""
		if i, ok := v.ruleAt[f.Rule]; ok {
			purpose = v.p.Text(v.rules[i].purpose)
		}
		t.Rows = append(t.Rows, Row{ID: f.Rule, Cells: []Cell{
			{Text: plainCount(n)}, {Text: v.severity(f.Severity), Tone: severityTone(f.Severity)}, {Text: f.Rule, Link: ruleLink(f.Rule)}, {Text: purpose},
		}})
	}
	return t
}

func (v *View) findingTable(l finding.List) (Table, []Facet) {
	accepted := slices.ContainsFunc(l, func(f finding.Finding) bool { return f.Accepted != "" })
	t := Table{ID: "findings", Title: v.p.Say("portal.findings"), Empty: v.p.Say("portal.no-findings"), Columns: []Column{
		{Key: "severity", Title: v.p.Say("portal.rule-severity"), Screen: true},
		{Key: record.IDField, Title: v.p.Say("portal.record"), Screen: true},
		{Key: "message", Title: v.p.Say("portal.finding"), Screen: true},
		{Key: "rule", Title: v.p.Say("portal.rule"), Screen: true},
		{Key: "exception", Title: v.p.Say("portal.finding-exception"), Screen: accepted},
		{Key: "place", Title: v.p.Say("portal.finding-place"), Screen: true},
		{Key: "commit", Title: v.p.Say("portal.commit"), Screen: slices.ContainsFunc(l, func(f finding.Finding) bool { return f.Commit != "" })},
	}}
	facet := func(key, title string, ranked bool) *facetReader {
		return &facetReader{facet: Facet{Key: key, Title: title, Ranked: ranked}, found: map[string]*choice{}, count: map[string]int{}}
	}
	severity, rule := facet("severity", v.p.Say("portal.rule-severity"), true), facet("rule", v.p.Say("portal.rule"), false)
	kind, state := facet("kind", v.p.Say("portal.register"), false), facet("exception", v.p.Say("portal.finding-exception"), true)
	ranks := []finding.Severity{finding.Error, finding.Warning, finding.Info}
	for _, one := range l {
		f := v.finding(one)
		t.Rows = append(t.Rows, findingRow(&f))
		severity.take([]choice{{key: one.Severity.String(), text: f.Severity, tone: f.Tone, rank: slices.Index(ranks, one.Severity)}})
		rule.take([]choice{{key: one.Rule, text: one.Rule}})
		kind.take(v.kindOfFinding(one))
		if one.Accepted != "" {
			state.take([]choice{{key: "accepted", text: v.p.Say("portal.finding-accepted")}})
		} else {
			state.take([]choice{{key: "open", text: v.p.Say("portal.finding-open")}})
		}
	}
	return t, finishFacets(v, t.Rows, severity, kind, rule, state)
}

func findingRow(f *Finding) Row {
	return Row{Cells: []Cell{
		{Text: f.Severity, Tone: f.Tone}, f.Record, {Text: f.Message}, f.Rule, f.Exception, {Text: inFile(f.Place), Mono: true}, {Text: f.Commit.Short, Mono: true},
	}}
}

// kindOfFinding is the register that a finding is about, none for one of the
// configuration.
func (v *View) kindOfFinding(f finding.Finding) []choice {
	folder := record.KindOf(f.Position.Path)
	if rec := v.src.Register.Get(f.Record); rec != nil {
		folder = record.KindOf(rec.Path)
	}
	if folder == "" {
		return nil
	}
	return []choice{{key: folder, text: v.sectionTitle(folder)}}
}

// inFile is a place without the folders of a record's file, which its page names.
func inFile(place string) string {
	if strings.HasPrefix(place, "records/") {
		return path.Base(place)
	}
	return place
}
