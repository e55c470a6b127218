package pipeline

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"kept/internal/calendar"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/intake"
	"kept/internal/locale"
	"kept/internal/metric"
	"kept/internal/portal"
	"kept/internal/record"
	"kept/internal/schema"
)

// The fields of a publication that kept fills in (domain.md §0.9).
const (
	reportField      = "report"
	dataVersionField = "data_version"
	// frequencyField of a report says which periods its issues have.
	frequencyField = "frequency"
)

// issued adds to a request for a publication what kept knows of the report's
// issue for the period: its figures at HEAD as they stand now, the backlog of
// what they measure, what the report breaks its period down by, how it compares
// with earlier periods, the commit all that rests on, a title. What the user set stays;
// a request that names no report or no period is left for the schema to refuse.
func (p *Project) issued(s *Snapshot, req intake.NewRequest) (intake.NewRequest, finding.List, error) {
	if req.Kind.ID != record.PublicationKind {
		return req, nil, nil
	}
	report := s.Register.Get(given(req.Sets, reportField))
	period, err := calendar.ParsePeriod(given(req.Sets, record.PeriodField))
	if report == nil || err != nil {
		return req, nil, nil
	}
	if key := misfit(report, period, req.Now.In(s.Config.Zone)); key != "" {
		return req, finding.List{{
			Position: finding.Position{Path: report.Path, Line: 1, Column: 1}, Rule: "intake-issue", Severity: finding.Error, Key: key,
			Args: []locale.Arg{locale.A("period", period.String()), locale.A("report", report.ID), locale.A("frequency", report.Text(frequencyField))},
		}}, nil
	}
	head, err := p.Snapshot(Moment{AsOf: req.Now})
	var incomplete *gitrepo.HistoryError
	if errors.Is(err, gitrepo.ErrUnknownRevision) || errors.Is(err, gitrepo.ErrNoRepository) || errors.As(err, &incomplete) {
		return req, finding.List{{Position: finding.Position{Path: "HEAD"}, Rule: "intake-issue", Severity: finding.Error, Key: "intake.issue.history"}}, nil
	}
	if err != nil {
		return req, nil, err
	}
	i := issue{project: p, head: head, measures: p.Measures(head), period: period, lang: s.Config.Languages[0]}
	add := func(field string, value any) {
		if _, ok := req.Kind.Field(field); !ok || value == nil || value == "" || isGiven(req.Sets, field) {
			return
		}
		if text, err := json.Marshal(value); err == nil {
			req.Sets = append(req.Sets, intake.Set{Path: field, Value: string(text), JSON: true})
		}
	}
	add(record.TitleField, report.Text(record.TitleField)+" "+period.String())
	if english := report.Text("title_en"); english != "" {
		add("title_en", english+" "+period.String())
	}
	add(dataVersionField, string(head.Commit.Hash))
	for _, f := range i.fields(report) {
		add(f.name, f.value)
	}
	return req, nil, nil
}

// misfit is the message about a period that a report has no issue for: one of another
// length than its frequency, or one that has not begun. Figures of it would be none.
func misfit(report *record.Record, period calendar.Period, now time.Time) string {
	switch grain := calendar.Grain(report.Text(frequencyField)); {
	case grain != "" && grain != period.Grain:
		return "intake.issue.grain"
	case period.In(now.Location()).Start.After(now):
		return "intake.issue.future"
	}
	return ""
}

// given is the last text that an option gives a field.
func given(sets []intake.Set, field string) string {
	value := ""
	for _, s := range sets {
		if s.Path == field && !s.JSON {
			value = s.Value
		}
	}
	return strings.TrimSpace(value)
}

func isGiven(sets []intake.Set, field string) bool {
	return slices.ContainsFunc(sets, func(s intake.Set) bool { return s.Path == field || strings.HasPrefix(s.Path, field+".") })
}

// issue is one report's issue for one period being worked out.
type issue struct {
	project  *Project
	head     *Snapshot
	measures *Measures
	period   calendar.Period
	lang     locale.Lang
}

// figures lists the report's KPIs on each of their bases, and the governed kinds
// that they measure. A KPI of a longer cadence has no value in a shorter period.
func (i issue) figures(kpis []string) (figures []map[string]any, kinds []string) {
	for _, id := range kpis {
		at := slices.IndexFunc(i.head.Definitions, func(d *metric.Definition) bool { return d.ID == id })
		if at < 0 {
			continue
		}
		d := i.head.Definitions[at]
		if k := i.head.Kinds.Kind(d.Kind); k != nil && k.Envelope == schema.Governed && !slices.Contains(kinds, d.Kind) {
			kinds = append(kinds, d.Kind)
		}
		for _, basis := range d.Bases() {
			if !d.Cadence.Fits(i.period.Grain) {
				figures = append(figures, map[string]any{"kpi": d.ID, "basis": string(basis), "verdict": string(metric.NoData)})
				continue
			}
			figures = append(figures, printed(d, i.measures.Result(d, i.period, basis)))
		}
	}
	return figures, kinds
}

// printed is a result as a publication keeps it: the value exact to the digits
// that are printed, and what it divides as "kept kpi" says it; a mean has no
// numerator, a number no denominator, too few answers no value.
func printed(d *metric.Definition, r metric.Result) map[string]any {
	figure := map[string]any{"kpi": d.ID, "basis": string(r.Basis), "verdict": string(r.Status), "excluded": len(r.Excluded)}
	part, whole := portal.Parts(&r)
	if part != "" {
		figure["numerator"] = part
	}
	if whole != "" {
		figure["denominator"] = whole
	}
	if r.Value != nil && r.Status != metric.TooFew {
		figure["value"] = r.Value.FloatString(d.Digits)
	}
	if r.Target != nil {
		figure["target"] = r.Target.Value.FloatString(d.Digits)
	}
	return figure
}

// counts is the backlog of each kind over the period, as declared: open at the
// start + opened + reopened − closed = open at the end (domain.md §4.6).
func (i issue) counts(kinds []string) []map[string]any {
	var list []map[string]any
	for _, id := range kinds {
		title := i.head.Kinds.Kind(id).Title
		add := func(part string, name locale.Text, n int) {
			list = append(list, map[string]any{"name": name.In(i.lang), "part": part, "value": n})
		}
		for _, b := range i.measures.Backlog(id, i.period) {
			if b.Basis != metric.Declared {
				continue
			}
			say := i.project.Messages.Message
			kind := locale.T("kind", title)
			add("start", say("intake.count.start", kind), b.Start)
			add("opened", say("intake.count.opened", kind), b.Registered)
			add("reopened", say("intake.count.reopened", kind), b.Reopened)
			add("closed", say("intake.count.closed", kind), b.Closed)
			add("end", say("intake.count.end", kind), b.End)
		}
	}
	return list
}
