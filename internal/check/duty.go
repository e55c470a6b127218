package check

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"kept/internal/calendar"
	"kept/internal/config"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/obligation"
	"kept/internal/record"
)

// DutiesErr tells whether the settings make errors of duties that are not met.
func DutiesErr(settings []config.Rule) bool {
	return slices.ContainsFunc(settings, func(r config.Rule) bool {
		return r.Severity == finding.Error && slices.Contains([]string{"obligation-missed", "obligation-overdue"}, r.ID)
	})
}

// dutiesMissed finds periods that passed without what was owed (E15 to E17). They
// are gaps that stay.
func dutiesMissed(j *judge) {
	for _, d := range j.Duties {
		if d.State == obligation.Missed {
			j.duty(d, "check.obligation-missed")
		}
	}
}

// dutiesOverdue finds what is due and not done (E20).
func dutiesOverdue(j *judge) {
	for _, d := range j.Duties {
		if d.State == obligation.Overdue {
			j.duty(d, "check.obligation-overdue")
		}
	}
}

// duty reports one duty at the record that owes it, else at the obligation.
func (j *judge) duty(d obligation.Duty, key string) {
	def := j.Register.Get(d.Definition.ID)
	rec := def
	if owing := j.Register.Get(d.Record); d.Record != "" && owing != nil {
		rec = owing
	}
	if rec == nil {
		return
	}
	pos := finding.Position{Path: rec.Path, Line: 1, Column: 1}
	if rec.Doc != nil {
		pos = rec.Position(dutyPointer(def, rec, d))
	}
	of := dutyOf(d)
	j.report(rec, pos, key, locale.T("title", d.Definition.Title), locale.A("of", strings.Join(of, " ")),
		locale.A("due", momentIn(d.Due, j.Zone)), locale.N("days", daysPast(d.Due, j.AsOf, j.Zone)))
	if part := of[len(of)-1]; part != rec.ID {
		j.found[len(j.found)-1].Part = part
	}
}

// dutyOf names the period, the record and its item, as far as there are any.
func dutyOf(d obligation.Duty) []string {
	var parts []string
	if d.Period != (calendar.Period{}) {
		parts = append(parts, d.Period.String())
	}
	if d.Record != "" {
		parts = append(parts, d.Record)
	}
	if d.Item != "" {
		parts = append(parts, d.Item)
	}
	if len(parts) == 0 {
		parts = append(parts, d.Definition.ID)
	}
	return parts
}

// dutyPointer is where the record says when the duty is due.
func dutyPointer(def, rec *record.Record, d obligation.Duty) string {
	if def == nil || rec == def {
		return ""
	}
	of := def.Object.Object("of")
	due, list := strings.ReplaceAll(of.Text("due"), ".", "/"), of.Text("list")
	if list == "" {
		return "/" + due
	}
	for i, item := range rec.Items(list) {
		if item.Text(record.IDField) == d.Item {
			return "/" + list + "/" + strconv.Itoa(i) + "/" + due
		}
	}
	return "/" + list
}

// daysPast counts the local days since due.
func daysPast(due, asOf time.Time, zone *time.Location) int {
	from, to := calendar.DayOf(due.In(zone)), calendar.DayOf(asOf.In(zone))
	return int(to.Start(time.UTC).Sub(from.Start(time.UTC)).Hours() / 24)
}
