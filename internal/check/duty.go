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

// dutiesMissed finds periods that passed without what was owed (E15 to E17), in one
// finding for each record and obligation. They are gaps that stay.
func dutiesMissed(j *judge) {
	type owing struct{ definition, record string }
	named := j.partsNamed()
	groups, order := map[owing][]obligation.Duty{}, []owing{}
	for _, d := range j.Duties {
		if d.State != obligation.Missed {
			continue
		}
		key := owing{d.Definition.ID, d.Record}
		if d.Record == "" && named[d.Period.String()] {
			j.duty(d, "check.obligation-missed") // an exception may accept this one
			continue
		}
		if len(groups[key]) == 0 {
			order = append(order, key)
		}
		groups[key] = append(groups[key], d)
	}
	for _, key := range order {
		j.missed(groups[key])
	}
}

// missed reports the periods that one record missed of one obligation, in one
// finding: what was not done for fifty years says nothing more six hundred times.
func (j *judge) missed(group []obligation.Duty) {
	first, last := group[0], group[len(group)-1]
	if len(group) == 1 {
		j.duty(first, "check.obligation-missed")
		return
	}
	before := len(j.found)
	j.duty(first, "check.obligation-missed-often")
	for i := range j.found[before:] {
		f := &j.found[before+i]
		f.Part = ""
		f.Args = append(f.Args, locale.N("periods", len(group)), locale.A("last", last.Period.String()))
	}
}

// partsNamed are the fields, periods and items that exceptions from missed periods
// name.
func (j *judge) partsNamed() map[string]bool {
	named := map[string]bool{}
	for _, e := range approvedExceptions(j.Register, j.AsOf, j.Zone) {
		if e.rule == "obligation-missed" {
			named[e.field] = true
		}
	}
	return named
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
	days := daysPast(d.Due, j.AsOf, j.Zone)
	if key == "check.obligation-overdue" && days == 0 {
		key = "check.obligation-overdue-today"
	}
	j.report(rec, pos, key, locale.T("title", d.Definition.Title), locale.A("of", strings.Join(of, " ")),
		locale.A("due", momentIn(d.Due, j.Zone)), locale.N("days", days))
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
