package portal

import (
	"kept/internal/finding"
	"kept/internal/gitrepo"
)

// Finding is one finding in words.
type Finding struct {
	Severity string
	Tone     Tone
	Rule     Cell   // stable id, with its page
	Scope    string // what the rule looks at
	Message  string
	Place    string // path:line:column
	Line     int    // 0 for none
	Shown    int    // line of the source on the record's page, 0 for none
	Record   Cell   // zero where it is about none
	Commit   Commit // zero where it is about none
	// Exception accepts the finding, for Reason; zero where none does.
	Exception Cell
	Reason    string
}

func (v *View) finding(f finding.Finding) Finding {
	out := Finding{
		Severity: v.severity(f.Severity), Tone: severityTone(f.Severity), Rule: Cell{Text: f.Rule, Link: ruleLink(f.Rule)}, Scope: v.scope(v.scopeOf(f)),
		Message: v.message(f.Record, f.Message(v.p)), Place: v.mask(f.Position.String()), Line: f.Position.Line,
	}
	if f.Commit != "" {
		out.Commit = v.commit(gitrepo.Hash(f.Commit))
	}
	if f.Record != "" {
		out.Record = v.anyRecord(f.Record)
	}
	if f.Accepted != "" {
		out.Exception = v.anyRecord(f.Accepted)
		if rec := v.src.Register.Get(f.Accepted); rec != nil {
			out.Reason = v.message(f.Record, rec.Text("reason"))
		}
	}
	return out
}

// anyRecord leads to a record that is present, or that only history holds.
func (v *View) anyRecord(id string) Cell {
	if rec := v.src.Register.Get(id); rec != nil {
		return Cell{Text: rec.ID, Link: linkTo(rec)}
	}
	if v.src.History != nil {
		if t := v.src.History.Timeline(id); t != nil {
			return Cell{Text: id, Link: recordLink(lastFolder(t), id)}
		}
	}
	return Cell{Text: id}
}

func (v *View) severity(s finding.Severity) string {
	switch s {
	case finding.Error:
		return v.p.Say("portal.error")
	case finding.Warning:
		return v.p.Say("portal.warning")
	}
	return v.p.Say("portal.info")
}

func severityTone(s finding.Severity) Tone {
	return [...]Tone{Muted, Warn, Bad}[s]
}

// grave counts errors and warnings; what exceptions accept is neither.
func grave(l finding.List) int { return l.Count(finding.Error) + l.Count(finding.Warning) }

// worst is the tone of the gravest finding.
func worst(l finding.List) Tone {
	tone := Neutral
	for _, f := range l {
		switch f.Severity {
		case finding.Error:
			return Bad
		case finding.Warning:
			tone = Warn
		}
	}
	return tone
}
