package check

import (
	"slices"
	"strconv"
	"strings"

	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/redact"
	"kept/internal/schema"
)

// Fields of the system kind disposal.
const (
	itemsField  = "items"
	endedField  = "retention_ended_on"
	methodField = "method"
	// emptied is the method that leaves the file where it is.
	emptied = "content_removed"
)

// disposalsDue finds what a disposal may not list: a record in use, one that is
// still kept on the day that it names, and one that is said to be destroyed and is
// there (domain.md §9.4). What is gone is judged by the history.
func disposalsDue(j *judge, rec *record.Record) {
	if rec.Kind.ID != record.DisposalKind || voided(rec) {
		return
	}
	for i, item := range rec.Items(itemsField) {
		about := j.Register.Get(item.Text(recordField))
		if about == nil || about.Broken || about.Kind == nil {
			continue
		}
		at := rec.Position("/" + itemsField + "/" + strconv.Itoa(i) + "/" + recordField)
		id := locale.A("id", about.ID)
		end, _, known := j.retentionEnd(about)
		state, _ := about.State()
		method := item.Text(methodField)
		if method == "" {
			method = rec.Text(methodField)
		}
		switch typed, err := calendar.ParseDay(item.Text(endedField)); {
		case len(about.Kind.Steps) > 0 && (state.Phase == schema.Open || state.Phase == schema.Draft):
			j.report(rec, at, "check.disposal-open", id, locale.T("state", state.Title))
		case known && err == nil && end.Compare(typed) > 0:
			j.report(rec, at, "check.disposal-due", id, locale.A("end", end.String()))
		case rec.Status() == record.DestroyedState && method != emptied:
			j.report(rec, at, "check.disposal-there", id, locale.A("path", about.Path))
		}
	}
}

func voided(rec *record.Record) bool {
	state, ok := rec.State()
	return ok && state.Phase == schema.Void
}

// exceptionsOfRules finds exceptions from rules that do not exist.
func exceptionsOfRules(j *judge, rec *record.Record) {
	if rec.Kind.ID != record.ExceptionKind || voided(rec) {
		return
	}
	id := rec.Text(ruleField)
	names, known := ruleNamed(j.Register.Kinds(), id)
	if known {
		return
	}
	at := rec.Position("/" + ruleField)
	if near := schema.Nearest(id, names); near != "" {
		j.report(rec, at, "check.exception-rule-near", locale.A("rule", redact.Policy{}.Text(id)), locale.A("near", near))
		return
	}
	j.report(rec, at, "check.exception-rule", locale.A("rule", redact.Policy{}.Text(id)))
}

// ruleNamed tells whether a rule has the id, and lists those that there are.
func ruleNamed(kinds *schema.Registry, id string) ([]string, bool) {
	if id == "" || fixed(id) || strings.HasSuffix(id, "-definition") || ofRefused(kinds, id) {
		return nil, true
	}
	var names []string
	for _, l := range Lines(kinds, nil) {
		names = append(names, l.ID)
	}
	return names, slices.Contains(names, id)
}
