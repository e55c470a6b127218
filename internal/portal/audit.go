package portal

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"kept/internal/check"
	"kept/internal/evidence"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/signature"
)

const (
	auditSection = "audit"
	auditPath    = "audit.html"
)

// Audit is the page of what the history proves and what it does not: its findings by
// rule, what stands behind commits, steps and indicators, signatures, seals, anchors
// and what CI saw (domain.md §7.3).
type Audit struct {
	Page
	Lead     string
	Main     []Field // what was read
	Findings Table   // by rule; no rows where the history is as it should be
	Latest   []Finding
	Levels   Table // what each level means and what it does not
	Claims   Table // the newest figure of each indicator with what it rests on
	Signed   []Field
	Seals    []SealView
	NoSeal   string // said where nothing is sealed
	Outside  []Field
	Verify   []Cell // the texts that say how to check without kept
	Commands []string
}

// SealView is one sealed period.
type SealView struct {
	Title  string
	Record Cell
	State  Cell
	Facts  []Field
	Drifts Table // figures that are others now
}

// latestAudit bounds the findings that stand on the page; the rules list them all.
const latestAudit = 10

// latestOfRule bounds those of one rule: a change may move many figures.
const latestOfRule = 3

// Audits tells whether there is a history to speak of.
func (v *View) Audits() bool { return v.src.History != nil }

// Audit makes the page.
func (v *View) Audit() Audit {
	a := Audit{Page: v.page(auditPath, v.p.Say("portal.audit"), auditSection), Lead: v.p.Say("portal.audit-lead"), NoSeal: v.p.Say("portal.no-seal")}
	a.Main = v.mainline()
	a.Findings, a.Latest = v.auditFindings()
	if v.src.Assurance != nil {
		a.Levels, a.Claims = v.levelTable(), v.claims()
		a.Signed, a.Outside = v.signed(), v.outside()
	}
	for rec := range v.src.Register.Of(record.SealKind) {
		if s, ok := v.seal(rec); ok {
			a.Seals = append(a.Seals, s)
		}
	}
	slices.Reverse(a.Seals)
	for _, stem := range []string{"verify", "claims"} {
		for _, d := range v.docs {
			if d.stem == stem {
				a.Verify = append(a.Verify, Cell{Text: v.docItem(d).Title, Link: docLink(d.key())})
			}
		}
	}
	a.Commands = []string{"kept audit --info", "kept audit --ledger " + evidence.LedgerRef}
	if len(v.src.Definitions) > 0 {
		a.Commands = append(a.Commands, "kept kpi --explain "+v.src.Definitions[0].ID)
	}
	a.Commands = append(a.Commands, "kept verify FILE")
	return a
}

func fact(label, value string) Field { return Field{Label: label, Value: one(Cell{Text: value})} }

// mainline counts what the history holds.
func (v *View) mainline() []Field {
	commits, side, merges, steps, gone, records := v.src.History.Commits(), 0, 0, 0, 0, 0
	for _, m := range commits {
		side += len(m.Side)
		if len(m.Side) > 0 {
			merges++
		}
	}
	for t := range v.src.History.All() {
		records++
		steps += len(t.Steps)
		if !t.Present {
			gone++
		}
	}
	facts := []Field{
		fact(v.p.Say("portal.audit-commits"), v.p.Say("portal.audit-commits-of", locale.N("n", len(commits)), locale.N("merges", merges), locale.N("side", side))),
		fact(v.p.Say("portal.audit-records"), v.p.Say("portal.audit-records-of", locale.N("n", records), locale.N("gone", gone))),
		fact(v.p.Say("portal.audit-steps"), strconv.Itoa(steps)),
	}
	if len(commits) > 0 {
		first, last := commits[0], commits[len(commits)-1]
		facts = append(facts, fact(v.p.Say("portal.audit-span"), v.moment(first.Committer.When)+" – "+v.moment(last.Committer.When)))
	}
	return facts
}

// auditFindings groups what the rules of history find, the gravest rules first, and
// gives the newest by commit time of those that are not information.
func (v *View) auditFindings() (Table, []Finding) {
	t := Table{ID: "audit", Title: v.p.Say("portal.audit-findings"), Empty: v.p.Say("portal.audit-clean"), Columns: []Column{
		{Key: "rule", Title: v.p.Say("portal.rule"), Screen: true},
		{Key: "purpose", Title: v.p.Say("portal.rule-purpose"), Screen: true},
		{Key: "errors", Title: v.p.Say("portal.error"), Align: Right, Screen: true},
		{Key: "warnings", Title: v.p.Say("portal.warning"), Align: Right, Screen: true},
		{Key: "infos", Title: v.p.Say("portal.info"), Align: Right, Screen: true},
		{Key: "accepted", Title: v.p.Say("portal.audit-accepted"), Align: Right, Screen: true},
	}}
	counts, list := map[string]*[4]int{}, finding.List{}
	count := func(rule string) *[4]int {
		if counts[rule] == nil {
			counts[rule] = &[4]int{}
		}
		return counts[rule]
	}
	for _, f := range v.src.Findings {
		switch {
		case v.scopeOf(f) == check.OfState:
		case f.Accepted != "":
			count(f.Rule)[3]++
		default:
			count(f.Rule)[finding.Error-f.Severity]++
			if f.Severity > finding.Info {
				list = append(list, f)
			}
		}
	}
	for rule, n := range v.src.Noted {
		count(rule)[2] += n
	}
	rules := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		x, y := counts[a], counts[b]
		return cmp.Or(cmp.Compare(y[0], x[0]), cmp.Compare(y[1], x[1]), cmp.Compare(a, b))
	})
	for _, rule := range rules {
		t.Rows = append(t.Rows, v.auditRow(rule, counts[rule]))
	}
	return t, v.newestFindings(list)
}

func (v *View) auditRow(rule string, n *[4]int) Row {
	row := Row{ID: rule, Cells: []Cell{{Text: rule, Link: ruleLink(rule)}, {}}}
	if i, ok := v.ruleAt[rule]; ok {
		row.Cells[1].Text = v.p.Text(v.rules[i].purpose)
	} else {
		row.Cells[0].Link = Link{}
	}
	for i, tone := range []Tone{Bad, Warn, Neutral, Neutral} {
		c := Cell{Text: strconv.Itoa(n[i])}
		if n[i] > 0 {
			c.Tone = tone
		}
		row.Cells = append(row.Cells, c)
	}
	return row
}

// newestFindings are the findings about the latest commits.
func (v *View) newestFindings(list finding.List) []Finding {
	place := map[gitrepo.Hash]int{}
	for i, m := range v.src.History.Commits() {
		place[m.Hash] = i
		for _, side := range m.Side {
			place[side.Hash] = i
		}
	}
	slices.SortStableFunc(list, func(a, b finding.Finding) int {
		return cmp.Compare(place[gitrepo.Hash(b.Commit)], place[gitrepo.Hash(a.Commit)])
	})
	var out []Finding
	said := map[string]int{}
	for _, f := range list {
		if said[f.Rule]++; said[f.Rule] <= latestOfRule && len(out) < latestAudit {
			out = append(out, v.finding(f))
		}
	}
	return out
}

// levelWords are the keys of what each level means and what it does not.
var levelWords = [...]struct{ proves, not string }{
	evidence.Typed:     {"portal.level-typed-proves", "portal.level-typed-not"},
	evidence.Committed: {"portal.level-committed-proves", "portal.level-committed-not"},
	evidence.Merged:    {"portal.level-merged-proves", "portal.level-merged-not"},
	evidence.Signed:    {"portal.level-signed-proves", "portal.level-signed-not"},
	evidence.Observed:  {"portal.level-observed-proves", "portal.level-observed-not"},
	evidence.Anchored:  {"portal.level-anchored-proves", "portal.level-anchored-not"},
}

// levelTable says of each level what it means and what it does not, with how many
// commits and steps have it.
func (v *View) levelTable() Table {
	t := Table{ID: "levels", Title: v.p.Say("evidence.levels"), Columns: []Column{
		{Key: "level", Title: v.p.Say("evidence.levels"), Screen: true},
		{Key: "proves", Title: v.p.Say("portal.level-proves"), Screen: true},
		{Key: "not", Title: v.p.Say("portal.level-not"), Screen: true},
		{Key: "commits", Title: v.p.Say("evidence.levels-commits"), Align: Right, Screen: true},
		{Key: "steps", Title: v.p.Say("evidence.levels-steps"), Align: Right, Screen: true},
	}}
	commits, steps := v.src.Assurance.Commits(), v.src.Assurance.Steps()
	for _, l := range evidence.Levels() {
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Text: v.p.Say(l.Key())},
			{Text: v.p.Say(levelWords[l].proves)},
			{Text: v.p.Say(levelWords[l].not)},
			{Text: strconv.Itoa(commits[l])},
			{Text: strconv.Itoa(steps[l])},
		}})
	}
	return t
}

// claims lists the newest figure of each indicator with what it rests on.
func (v *View) claims() Table {
	t := Table{ID: "claims", Title: v.p.Say("portal.claims"), Columns: []Column{
		{Key: "kpi", Title: v.p.Say("portal.hub-kpi"), Screen: true},
		{Key: "period", Title: v.p.Say("portal.period"), Screen: true},
		{Key: "value", Title: v.p.Say("redact.value"), Align: Right, Screen: true},
		{Key: "level", Title: v.p.Say("portal.claims-lowest"), Screen: true},
	}}
	for _, d := range v.src.Definitions {
		p, ok := v.newest(d.Cadence)
		if !ok {
			continue
		}
		r := v.src.Result(d, p, basisOf(d))
		level := v.FigureLevel(&r)
		if level == "" {
			level = noValue
		}
		t.Rows = append(t.Rows, Row{ID: d.ID, Cells: []Cell{
			{Text: v.kpiTitle(d), Link: recordLink(kpiFolder, d.ID)}, {Text: v.periodOf(&r), Link: periodLink(d.ID, p.String())}, {Text: v.figure(d, &r)}, {Text: level},
		}})
	}
	return t
}

// signed counts the verdicts on signatures.
func (v *View) signed() []Field {
	if v.src.Assurance.Signatures == nil {
		return nil
	}
	n := v.src.Assurance.Signatures.Count()
	all := len(v.src.History.Commits())
	for _, m := range v.src.History.Commits() {
		all += len(m.Side)
	}
	rest := all
	var facts []Field
	for _, s := range []struct {
		status signature.Status
		key    string
	}{
		{signature.Good, "portal.signature-good"},
		{signature.Bad, "portal.signature-bad"},
		{signature.Unknown, "portal.signature-unknown"},
		{signature.Expired, "portal.signature-expired"},
	} {
		facts, rest = append(facts, fact(v.p.Say(s.key), strconv.Itoa(n[s.status]))), rest-n[s.status]
	}
	demanded := v.p.Say("portal.signature-optional")
	if v.src.Config.SignaturesRequired {
		demanded = v.p.Say("portal.signature-required")
	}
	return append(facts, fact(v.p.Say("portal.signature-none"), strconv.Itoa(max(rest, 0))), fact(v.p.Say("portal.signature-demand"), demanded))
}

// outside says what bears the history out from elsewhere.
func (v *View) outside() []Field {
	a := v.src.Assurance
	ledger := v.p.Say("portal.ledger-none")
	if l := a.Ledger; l != nil {
		ledger = v.p.Say("portal.ledger-of", locale.A("name", l.Name), locale.A("id", l.ID.Short()), locale.N("lines", l.Lines), locale.N("late", len(a.Late())))
	}
	facts := []Field{fact(v.p.Say("portal.ledger"), ledger)}
	anchors := Field{Label: v.p.Say("portal.anchors")}
	for _, h := range slices.Compact(slices.Sorted(slices.Values(a.Anchors))) {
		anchors.Cells = append(anchors.Cells, Cell{Text: h.Short(), Mono: true})
	}
	if len(anchors.Cells) == 0 {
		anchors.Value = one(Cell{Text: v.p.Say("portal.anchors-none")})
	}
	return append(facts, anchors)
}
