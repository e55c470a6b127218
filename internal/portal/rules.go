package portal

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"kept/internal/check"
	"kept/internal/config"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/schema"
)

// Rules is the page of every rule, those of the program first, then each kind's.
type Rules struct {
	Page
	Table  Table
	Facets []Facet
}

// Rule is the page of one rule: what it protects, what it looks at, where it
// stands and what it finds now (domain.md §12).
type Rule struct {
	Page
	ID       string
	Ref      string // E18; "" for none
	Scope    string
	Severity Cell
	Default  string // the severity before kept.yaml changed it; "" where it did not
	Reason   string // why kept.yaml changed it
	Purpose  string
	Kind     Cell   // the register of the kind whose rule it is; zero for the program's
	File     string // where it stands
	When     string // expressions of a kind's rule
	Require  string
	At       string // label of the field at which it stands
	Mend     string // what is wrong and what to write
	Findings []Finding
	Accepted []Finding
	Rest     string // how many the page leaves out, "" for none
}

// ruleInfo is what is known of one rule before it is said.
type ruleInfo struct {
	id, ref  string
	severity finding.Severity
	scope    check.Scope
	purpose  locale.Text
	message  locale.Text
	kind     *schema.Kind // nil for the program's
	rule     *schema.Rule
}

// findRules gathers the rules of the program, of the kinds, and those of reading
// that have findings now.
func (v *View) findRules() {
	v.ruleAt = map[string]int{}
	add := func(r ruleInfo) {
		if _, twice := v.ruleAt[r.id]; !twice && r.id != "" {
			v.ruleAt[r.id] = len(v.rules)
			v.rules = append(v.rules, r)
		}
	}
	known := v.src.Catalogue.Keys() // in order
	for _, r := range check.All() {
		info := ruleInfo{id: r.ID, ref: r.Ref, severity: r.Severity, scope: r.Scope, purpose: v.src.Catalogue.Message(r.Purpose)}
		key := strings.TrimSuffix(r.Purpose, ".purpose")
		if _, there := slices.BinarySearch(known, key); there {
			info.message = v.src.Catalogue.Message(key)
		}
		add(info)
	}
	for kind := range v.src.Register.Kinds().All() {
		for i := range kind.Rules {
			r := &kind.Rules[i]
			add(ruleInfo{
				id: r.ID, ref: r.Ref, severity: r.Severity, scope: check.OfState, purpose: r.Purpose, message: r.Message, kind: kind, rule: r,
			})
		}
	}
	for _, f := range v.src.Findings {
		add(ruleInfo{id: f.Rule, severity: f.Severity, scope: check.OfState, purpose: v.src.Catalogue.Message("portal.rule-reading")})
		v.byRule[f.Rule] = append(v.byRule[f.Rule], f)
	}
}

// RuleIDs lists the rules in the order of the index.
func (v *View) RuleIDs() []string {
	var ids []string
	for _, r := range v.rules {
		ids = append(ids, r.id)
	}
	return ids
}

// Rules makes the index of all rules.
func (v *View) Rules() Rules {
	x := Rules{Page: v.page(ruleFolder+"/index.html", v.p.Say("portal.rules"), ruleSection)}
	x.Table = Table{ID: "rules", Title: v.p.Say("portal.rules"), Columns: []Column{
		{Key: "id", Title: v.p.Say("portal.rule"), Screen: true},
		{Key: "purpose", Title: v.p.Say("portal.rule-purpose"), Screen: true},
		{Key: "status", Title: v.p.Say("portal.rule-severity"), Screen: true},
		{Key: "scope", Title: v.p.Say("portal.rule-scope"), Screen: true},
		{Key: "where", Title: v.p.Say("portal.rule-where"), Screen: true},
		{Key: "ref", Title: v.p.Say("portal.rule-ref"), Screen: true},
		{Key: "now", Title: v.p.Say("portal.rule-now"), Align: Right, Screen: true},
	}}
	severities := facetReader{facet: Facet{Key: "status", Title: v.p.Say("portal.rule-severity"), Ranked: true}, found: map[string]*choice{}, count: map[string]int{}}
	scopes := facetReader{facet: Facet{Key: "scope", Title: v.p.Say("portal.rule-scope")}, byText: true, found: map[string]*choice{}, count: map[string]int{}}
	ranks := []finding.Severity{finding.Error, finding.Warning, finding.Info}
	for i := range v.rules {
		r := &v.rules[i]
		severity, _ := v.severityOf(r)
		severities.take([]choice{{key: severity.String(), text: v.severity(severity), tone: severityTone(severity), rank: slices.Index(ranks, severity)}})
		scopes.take([]choice{{key: string(r.scope), text: v.scope(r.scope)}})
		x.Table.Rows = append(x.Table.Rows, v.ruleRow(r, severity))
	}
	x.Facets = finishFacets(v, x.Table.Rows, &severities, &scopes)
	return x
}

func (v *View) ruleRow(r *ruleInfo, severity finding.Severity) Row {
	now := Cell{Text: strconv.Itoa(open(v.byRule[r.id]))}
	if now.Text != "0" {
		now.Tone = severityTone(severity)
	}
	return Row{ID: r.id, Cells: []Cell{
		{Text: r.id, Link: ruleLink(r.id)},
		{Text: v.p.Text(r.purpose)},
		{Text: v.severity(severity), Tone: severityTone(severity)},
		{Text: v.scope(r.scope)},
		v.ruleHome(r),
		{Text: r.ref},
		now,
	}}
}

// Rule makes the page of one rule. It panics on an id that [View.RuleIDs] does
// not list.
func (v *View) Rule(id string) Rule {
	r := &v.rules[v.ruleAt[id]]
	severity, setting := v.severityOf(r)
	page := Rule{
		Page: v.page(ruleLink(id).Page, id, ruleSection, Crumb{v.p.Say("portal.rules"), Link{Page: ruleFolder + "/index.html"}}),
		ID:   id, Ref: r.ref, Scope: v.scope(r.scope), Purpose: v.p.Text(r.purpose), Mend: placeholders.ReplaceAllString(v.p.Text(r.message), "…"),
		Severity: Cell{Text: v.severity(severity), Tone: severityTone(severity)}, File: v.p.Say("portal.rule-program"),
	}
	if setting != nil {
		page.Default, page.Reason = v.severity(r.severity), setting.Reason
	}
	if r.kind != nil {
		page.Kind, page.File = Cell{Text: v.p.Text(r.kind.Title), Link: sectionLink(r.kind.ID)}, "schemas/"+r.kind.ID+".kind.yaml"
		page.When, page.Require = r.rule.When, r.rule.Require
		page.At = v.p.Text(v.nameTitle(r.kind, r.rule.At))
	}
	for i, f := range v.byRule[id] {
		if i >= findingsAtAll {
			page.Rest = v.p.Say("portal.rule-rest", locale.N("n", len(v.byRule[id])-i))
			break
		}
		if f.Accepted == "" {
			page.Findings = append(page.Findings, v.finding(f))
		} else {
			page.Accepted = append(page.Accepted, v.finding(f))
		}
	}
	return page
}

// placeholders are what a message fills in.
var placeholders = regexp.MustCompile(`\{[a-z_]+(:[^}]*)?\}`)

// severityOf is a rule's severity as kept.yaml has it.
func (v *View) severityOf(r *ruleInfo) (finding.Severity, *config.Rule) {
	for i := range v.src.Config.Rules {
		if s := &v.src.Config.Rules[i]; s.ID == r.id {
			return s.Severity, s
		}
	}
	return r.severity, nil
}

func (v *View) ruleHome(r *ruleInfo) Cell {
	if r.kind == nil {
		return Cell{Text: v.p.Say("portal.rule-program"), Tone: Muted}
	}
	return Cell{Text: v.p.Text(r.kind.Title), Link: sectionLink(r.kind.ID)}
}

// open counts the findings that no exception accepts.
func open(l finding.List) int {
	n := 0
	for _, f := range l {
		if f.Accepted == "" {
			n++
		}
	}
	return n
}

// scope says what a rule looks at.
func (v *View) scope(s check.Scope) string {
	switch s {
	case check.OfChange:
		return v.p.Say("portal.scope-change")
	case check.OfHistory:
		return v.p.Say("portal.scope-history")
	}
	return v.p.Say("portal.scope-state")
}

// scopeOf is the scope of the rule behind a finding; one that names a commit and
// no rule of the table is of the history.
func (v *View) scopeOf(f finding.Finding) check.Scope {
	if i, ok := v.ruleAt[f.Rule]; ok {
		return cmp.Or(v.rules[i].scope, check.OfState)
	}
	return check.OfState
}
