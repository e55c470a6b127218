package pipeline

import (
	"encoding/json"
	"strconv"

	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/yamldoc"
)

// Draft is the publication of a report for a period as it would be issued now: a
// record that is in no file, in the words of one language; nil where the report has
// no issue for the period.
func (p *Project) Draft(s *Snapshot, m *Measures, report *record.Record, period calendar.Period, lang locale.Lang) *record.Record {
	kind := s.Kinds.Kind(record.PublicationKind)
	if kind == nil || misfit(report, period, s.AsOf.In(s.Config.Zone)) != "" {
		return nil
	}
	i := issue{project: p, head: s, measures: m, period: period, lang: lang}
	plain := map[string]any{
		record.IDField: report.ID, reportField: report.ID, record.PeriodField: period.String(), dataVersionField: string(s.Commit.Hash),
		record.TitleField: report.Text(record.TitleField) + " " + period.String(),
	}
	for _, f := range i.fields(report) {
		if _, ok := kind.Field(f.name); ok && f.value != nil && f.value != "" {
			plain[f.name] = decoded(f.value)
		}
	}
	return &record.Record{ID: report.ID, Kind: kind, Object: yamldoc.NewObject(plain)}
}

// decoded gives a value as a record's file would hold it once it is read.
func decoded(value any) any {
	switch x := value.(type) {
	case []map[string]any:
		list := make([]any, len(x))
		for i, item := range x {
			o := map[string]any{}
			for key, v := range item {
				o[key] = decoded(v)
			}
			list[i] = o
		}
		return list
	case []string:
		list := make([]any, len(x))
		for i, item := range x {
			list[i] = item
		}
		return list
	case int:
		return json.Number(strconv.Itoa(x))
	}
	return value
}

// NoIssueError says that a report has no issue for a period.
type NoIssueError struct {
	Key  string // the message that says why
	Args []locale.Arg
}

// Error names the report's period in English.
func (e *NoIssueError) Error() string { return "find the issue of a report for the period: " + e.Key }

// draft sets the paper of a report that is not issued yet.
func (p *press) draft(report *record.Record, period calendar.Period) (*Paper, error) {
	if paper := p.view.ReportPrint(report, period); paper != nil {
		return p.set(paper)
	}
	key := misfit(report, period, p.snapshot.AsOf.In(p.snapshot.Config.Zone))
	return nil, &NoIssueError{Key: key, Args: []locale.Arg{
		locale.A("period", period.String()), locale.A("report", report.ID), locale.A("frequency", report.Text(frequencyField)),
	}}
}
