package portal

import (
	"time"

	"kept/internal/calendar"
	"kept/internal/evidence"
	"kept/internal/history"
	"kept/internal/record"
	"kept/internal/schema"
)

// EventsName is the stem of the file of events.
const EventsName = "events"

// past adds what the history says of each record.
func (x *extractor) past(add addColumn) {
	say := x.v.p.Say
	steps := x.own("kept_steps", ExtractObject, say("export.steps"), say("export.steps-help"))
	steps.List, steps.Members = true, []ExtractColumn{
		{Key: "to", Type: ExtractText, Title: say("export.to")},
		{Key: "declared", Type: ExtractTime, Title: say("export.declared")},
		{Key: "by", Type: ExtractText, Title: say("export.by")},
		{Key: "submitted", Type: ExtractTime, Title: say("portal.submitted")},
		{Key: "merged", Type: ExtractTime, Title: say("portal.merged")},
		{Key: "commit", Type: ExtractText, Title: say("portal.evidence-commit")},
	}
	add(steps, func(r *reader) any { return r.v.extractSteps(r.rec.ID) })
	first := func(r *reader) *history.Recorded {
		if t := r.v.timeline(r.rec.ID); t != nil {
			return &t.Created
		}
		return &history.Recorded{}
	}
	last := func(r *reader) *history.Recorded {
		if t := r.v.timeline(r.rec.ID); t != nil && len(t.Changes) > 0 {
			return &t.Changes[len(t.Changes)-1].Recorded
		}
		return &history.Recorded{}
	}
	add(x.own("kept_created_submitted", ExtractTime, say("export.created-submitted"), ""), func(r *reader) any { return timeOrNil(first(r).Submitted) })
	add(x.own("kept_created_merged", ExtractTime, say("export.created-merged"), ""), func(r *reader) any { return timeOrNil(first(r).Merged) })
	add(x.own("kept_changed_submitted", ExtractTime, say("export.changed-submitted"), ""), func(r *reader) any { return timeOrNil(last(r).Submitted) })
	add(x.own("kept_changed_merged", ExtractTime, say("export.changed-merged"), ""), func(r *reader) any { return timeOrNil(last(r).Merged) })
	add(x.own("kept_changed_commit", ExtractText, say("export.changed-commit"), ""), func(r *reader) any { return setBy(last(r)) })
}

func (v *View) timeline(id string) *history.Timeline {
	if v.src.History == nil {
		return nil
	}
	return v.src.History.Timeline(id)
}

// extractSteps are the steps that hold, each with when it is said to have been, when
// it was submitted and when it was merged.
func (v *View) extractSteps(id string) any {
	t := v.timeline(id)
	if t == nil {
		return nil
	}
	var list []any
	for i := range t.Steps {
		s := &t.Steps[i]
		list = append(list, []any{
			textOrNil(v.mask(s.To)), timeOrNil(s.At), textOrNil(v.mask(s.By)), timeOrNil(s.Submitted), timeOrNil(s.Merged), setBy(&s.Recorded),
		})
	}
	return listOrNil(list)
}

func setBy(r *history.Recorded) any {
	if r.SetBy == nil {
		return nil
	}
	return textOrNil(string(r.SetBy.Hash))
}

// EventExtract is what happened to the records of a kind, or of all for nil, one row
// for each value that changed and one for a change without values: those merged in a
// period, or all of them. They stand in the order of ids, those of a record in that
// of the mainline. Records that are gone are among them.
func (v *View) EventExtract(kind *schema.Kind, p calendar.Period) *Extract {
	e := &Extract{Name: EventsName, Title: v.p.Say("export.events"), Lang: v.p.Lang(), Words: v.sheetWords(), Columns: v.eventColumns()}
	if kind != nil {
		e.Name, e.Title = kind.ID+"-"+EventsName, v.p.Text(kind.Title)+" "+e.Title
	}
	var ids []string
	if v.src.History != nil {
		for t := range v.src.History.All() {
			if kind != nil && lastFolder(t) != kind.ID {
				continue
			}
			ids = append(ids, t.ID)
			e.Rows = append(e.Rows, v.eventRows(t, p)...)
		}
	}
	v.sourced(e, p, v.Stamp(ids))
	return e
}

func (v *View) eventColumns() []ExtractColumn {
	say := v.p.Say
	return []ExtractColumn{
		{Key: "record", Type: ExtractText, Title: say("export.record")},
		{Key: "kind", Type: ExtractText, Title: say("export.kind")},
		{Key: "change", Type: ExtractText, Title: say("export.change"), Help: say("export.change-help")},
		{Key: "pointer", Type: ExtractText, Title: say("portal.sheet-key"), Help: say("export.pointer-help")},
		{Key: "before", Type: ExtractJSON, Title: say("portal.before")},
		{Key: "after", Type: ExtractJSON, Title: say("portal.after")},
		{Key: "declared", Type: ExtractTime, Title: say("export.declared"), Help: say("export.declared-help")},
		{Key: "submitted", Type: ExtractTime, Title: say("portal.submitted")},
		{Key: "merged", Type: ExtractTime, Title: say("portal.merged")},
		{Key: "person", Type: ExtractText, Title: say("export.person"), Help: say("export.person-help")},
		{Key: "author", Type: ExtractText, Title: say("portal.author")},
		{Key: "commit", Type: ExtractText, Title: say("portal.evidence-commit")},
		{Key: "merge_commit", Type: ExtractText, Title: say("export.merge-commit")},
		{Key: "signature", Type: ExtractText, Title: say("export.signature"), Help: say("export.signature-help")},
		{Key: "level", Type: ExtractText, Title: say("evidence.levels")},
	}
}

func (v *View) eventRows(t *history.Timeline, p calendar.Period) [][]any {
	var rows [][]any
	for i := range t.Changes {
		c := &t.Changes[i]
		if p != (calendar.Period{}) && !mergedIn(p, c.Merged, v.zone) {
			continue
		}
		head := []any{v.mask(t.ID), textOrNil(v.mask(record.KindOf(c.Path))), string(c.Kind)}
		events := v.Events(t, c)
		for j := range events {
			row := append(append(make([]any, 0, 15), head...), events[j].Pointer, events[j].Before, events[j].After, declaredIn(c.Events[j].After))
			rows = append(rows, append(row, v.recorded(events[j].Recorded)...))
		}
		if len(events) == 0 {
			row := append(append(make([]any, 0, 15), head...), nil, nil, nil, nil)
			rows = append(rows, append(row, v.recorded(&c.Recorded)...))
		}
	}
	return rows
}

// recorded says when, by whom and by which commit.
func (v *View) recorded(r *history.Recorded) []any {
	row := []any{timeOrNil(r.Submitted), timeOrNil(r.Merged), nil, nil, setBy(r), nil, nil, nil}
	if r.SetBy != nil {
		row[2], row[3] = textOrNil(v.src.Register.Identity(r.SetBy.Author.Email)), textOrNil(v.Author(r.SetBy.Author))
		if r.MergedBy != nil && r.MergedBy.Hash != r.SetBy.Hash {
			row[5] = string(r.MergedBy.Hash)
		}
	}
	if a := v.src.Assurance; a != nil {
		if a.Signatures != nil && r.SetBy != nil {
			row[6] = textOrNil(string(a.Signatures.Of(r.SetBy.Hash).Status))
		}
		row[7] = levelOf(a, r)
	}
	return row
}

func levelOf(a *evidence.Assurance, r *history.Recorded) any { return a.Value(r).Level.String() }

// declaredIn is when an item of a list says that it happened.
func declaredIn(after any) any {
	o, ok := object(after)
	if !ok {
		return nil
	}
	at, _ := o.Instant("at")
	return timeOrNil(at)
}

func mergedIn(p calendar.Period, at time.Time, zone *time.Location) bool {
	span := p.In(zone)
	return !at.Before(span.Start) && at.Before(span.End)
}
