package check

import (
	"slices"
	"strings"
	"time"

	"kept/internal/calendar"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/record"
)

// Fields and the state in force of the system kind exception.
const (
	ruleField   = "rule"
	recordField = "record"
	commitField = "commit"
	fieldField  = "field"
	untilField  = "until"
	approved    = "approved"
)

// exception is an approved one: it accepts the findings of a rule about a record,
// in one commit, and of one field, period or item, where it names one.
type exception struct {
	*record.Record
	rule, about, commit, field string
	lines                      [2]int // of the field, the first, and the one behind its last
	expired                    bool
}

// Accept makes findings information that an approved exception accepts on the day
// of asOf, and notes the exception's id. The list is changed and returned.
func Accept(list finding.List, reg *record.Register, asOf time.Time, zone *time.Location) finding.List {
	byRecord := map[string][]exception{}
	for _, e := range approvedExceptions(reg, asOf, zone) {
		if !e.expired {
			byRecord[e.about] = append(byRecord[e.about], e)
		}
	}
	if len(byRecord) == 0 {
		return list
	}
	for i := range list {
		f := &list[i]
		for _, e := range byRecord[strings.ToLower(f.Record)] {
			if e.accepts(f) {
				f.Severity, f.Accepted = finding.Info, e.ID
				break
			}
		}
	}
	return list
}

func (e exception) accepts(f *finding.Finding) bool {
	if e.rule != f.Rule || e.commit != "" && !strings.HasPrefix(f.Commit, e.commit) {
		return false
	}
	return e.field == "" || e.field == f.Part || e.lines[0] <= f.Position.Line && f.Position.Line < e.lines[1]
}

// approvedExceptions lists them in the order of their ids.
func approvedExceptions(reg *record.Register, asOf time.Time, zone *time.Location) []exception {
	var list []exception
	today := calendar.DayOf(asOf.In(zone)).String()
	for rec := range reg.Of(record.ExceptionKind) {
		if rec.Broken || rec.Status() != approved {
			continue
		}
		e := exception{
			Record: rec, rule: rec.Text(ruleField), about: strings.ToLower(rec.Text(recordField)), commit: rec.Text(commitField),
			field: rec.Text(fieldField), expired: rec.Text(untilField) < today,
		}
		if e.field != "" {
			e.lines = fieldLines(reg.Get(e.about), e.field)
		}
		list = append(list, e)
	}
	return list
}

// fieldLines are the lines of a record's top-level field, from its key up to the
// next key; no line where the record does not have it.
func fieldLines(rec *record.Record, path string) [2]int {
	none := [2]int{-1, -1}
	head, _, _ := strings.Cut(path, ".")
	if rec == nil || rec.Broken || rec.Doc == nil || !rec.Has(head) {
		return none
	}
	start := rec.Doc.KeyPosition("/" + head).Line
	end := 1 << 30
	for _, key := range rec.Keys() {
		if line := rec.Doc.KeyPosition("/" + key).Line; line > start && line < end {
			end = line
		}
	}
	return [2]int{start, end}
}

// exceptions finds approved exceptions that accept none of the judged findings,
// and those that have run out. What only a history finds is not looked for.
func exceptions(list finding.List, req Request) finding.List {
	var found finding.List
	report := func(e exception, id, field string, severity finding.Severity, key string, args ...locale.Arg) {
		found = append(found, finding.Finding{
			Position: e.Position("/" + field), Rule: id, Severity: severity, Record: e.ID, Key: key, Args: args,
		})
	}
	later := append(HistoryRules(), ChangeRules()...)
	for _, e := range approvedExceptions(req.Register, req.AsOf, req.Zone) {
		switch {
		case e.expired:
			report(e, "exception-expired", untilField, finding.Warning, "check.exception-expired")
		case slices.ContainsFunc(later, func(r Rule) bool { return r.ID == e.rule }):
		case !slices.ContainsFunc(list, func(f finding.Finding) bool { return f.Accepted == e.ID }):
			if _, known := ruleNamed(req.Register.Kinds(), e.rule); !known {
				continue // it has been reported
			}
			report(e, "exception-unused", ruleField, finding.Info, "check.exception-unused")
		}
	}
	return found
}

// Unused finds approved exceptions from rules of a history that accept none of its
// findings.
func Unused(list finding.List, reg *record.Register, asOf time.Time, zone *time.Location) finding.List {
	var found finding.List
	later := append(HistoryRules(), ChangeRules()...)
	for _, e := range approvedExceptions(reg, asOf, zone) {
		known := slices.ContainsFunc(later, func(r Rule) bool { return r.ID == e.rule })
		if known && !e.expired && !slices.ContainsFunc(list, func(f finding.Finding) bool { return f.Accepted == e.ID }) {
			found = append(found, finding.Finding{
				Position: e.Position("/" + ruleField), Rule: "exception-unused", Severity: finding.Info, Record: e.ID, Key: "check.exception-unused",
			})
		}
	}
	return found
}
