package pipeline

import (
	"fmt"

	"kept/internal/calendar"
	"kept/internal/demo"
	"kept/internal/locale"
	"kept/internal/record"
)

// PlayDemo plays the sample company with its reports: their figures are computed
// from its history as known when each report was drafted.
func PlayDemo(req demo.Request, version string) (demo.Summary, error) {
	req.Figures = func(dir string, asks []demo.Ask) (map[string]map[string]any, error) {
		project, err := Open(dir, version)
		if err != nil {
			return nil, err
		}
		head, err := project.Snapshot(Moment{})
		if err != nil {
			return nil, err
		}
		figures := map[string]map[string]any{}
		for _, ask := range asks {
			fields, err := project.asked(head, ask)
			if err != nil {
				return nil, fmt.Errorf("compute issue %q: %w", ask.ID, err)
			}
			figures[ask.ID] = fields
		}
		return figures, nil
	}
	return demo.Play(req)
}

// asked computes one issue as of the moment of its draft.
func (p *Project) asked(head *Snapshot, ask demo.Ask) (map[string]any, error) {
	text, _ := ask.Fields[record.PeriodField].(string)
	period, err := calendar.ParsePeriod(text)
	if err != nil {
		return nil, err
	}
	id, _ := ask.Fields[reportField].(string)
	report := head.Register.Get(id)
	if report == nil {
		return nil, fmt.Errorf("find report %q: no such record", id)
	}
	then := *head
	then.AsOf = ask.At
	i := issue{project: p, head: &then, measures: p.Measures(&then), period: period, lang: locale.Chinese}
	fields := map[string]any{}
	for _, f := range i.fields(report) {
		fields[f.name] = plainly(f.value)
	}
	return fields, nil
}

// plainly gives a value as YAML holds it.
func plainly(value any) any {
	var list []any
	switch items := value.(type) {
	case []map[string]any:
		for _, item := range items {
			list = append(list, item)
		}
	case []string:
		for _, item := range items {
			list = append(list, item)
		}
	default:
		return value
	}
	return list
}
