package obligation

import (
	"strings"

	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// retained is the disposal of finished records at the end of their retention: of
// their kind, or their own (domain.md §9.4). What was destroyed later than due is
// done all the same: there is no hurry, only a duty not to keep it for ever.
type retained struct {
	// grace is how long after the end of the retention the disposal is due.
	grace calendar.Limit
}

// disposal is what a disposal that was carried out says of one record.
type disposal struct {
	proof
	item yamldoc.Object
}

func (r retained) duties(in *inputs, d *Definition) []Duty {
	disposals, order := gatherDisposals(in)
	list := make([]Duty, 0, in.Register.Len())
	kept := in.shelf(d, nil)
	for rec := range in.Register.All() {
		before := len(list)
		more, ok := in.recall(list, kept, d, rec)
		if !ok {
			more = r.owed(in, list, d, rec)
			in.keep(kept, rec, more[before:])
		}
		for i := range more[before:] {
			r.settle(in, &more[before+i], disposals)
		}
		list = more
	}
	for _, id := range order {
		item := disposals[strings.ToLower(id)].item
		end, err := calendar.ParseDay(item.Text("retention_ended_on"))
		if in.Register.Get(id) != nil || err != nil {
			continue
		}
		duty := r.duty(in, d, id, locale.Plain(item.Text(record.TitleField)), end)
		r.settle(in, &duty, disposals)
		list = append(list, duty)
	}
	return list
}

// owed appends the disposal of one record, as if it were still to be made.
func (r retained) owed(in *inputs, list []Duty, d *Definition, rec *record.Record) []Duty {
	k := in.known(rec)
	if k == nil || rec.Kind.Envelope != schema.Governed {
		return list
	}
	end, ok := k.retentionEnd()
	if !ok {
		return list
	}
	return append(list, r.duty(in, d, rec.ID, rec.Title(), end))
}

func (r retained) duty(in *inputs, d *Definition, id string, title locale.Text, end calendar.Day) Duty {
	due := in.Calendar.DueAfter(end, r.grace)
	return Duty{Definition: d, Record: id, Title: title, Owner: d.Person, Due: due.At, Provisional: due.Provisional}
}

// settle finds the disposal that was made and judges it.
func (r retained) settle(in *inputs, duty *Duty, disposals map[string]disposal) {
	gone, ok := disposals[strings.ToLower(duty.Record)]
	if ok {
		duty.done(gone.moment, gone.record)
	}
	duty.judge(in, noTime)
	if ok {
		duty.State = Done
	}
}

// gatherDisposals finds what was destroyed, by id in lower case, the earliest of
// each, and the ids in order.
func gatherDisposals(in *inputs) (map[string]disposal, []string) {
	found := map[string]disposal{}
	var order []string
	for rec := range in.Register.Of(record.DisposalKind) {
		k := in.known(rec)
		if k == nil || k.state().Phase != schema.Done || len(k.steps) == 0 {
			continue
		}
		last := len(k.steps) - 1
		at := moment{at: k.steps[last].At, proof: k.proofs[last]}
		for _, item := range rec.Items("items") {
			id := item.Text("record")
			key := strings.ToLower(id)
			earlier, taken := found[key]
			if !taken {
				order = append(order, id)
			}
			if !taken || at.at.Before(earlier.at) {
				found[key] = disposal{proof{rec.ID, at}, item}
			}
		}
	}
	return found, order
}

// retentionEnd is the last day of the retention of a record that is finished or
// void: years after the event its kind names, or else after its last step.
func (k *known) retentionEnd() (calendar.Day, bool) {
	switch k.state().Phase {
	case schema.Done, schema.Void:
	default:
		return calendar.Day{}, false
	}
	years := k.rec.Kind.Retention.Years
	if own, ok := k.rec.Object.Object("retention").Number("years"); ok && own.IsInt() && own.Num().IsInt64() {
		years = int(min(max(own.Num().Int64(), 0), 1000))
	}
	if years <= 0 {
		return calendar.Day{}, false
	}
	at, ok := moment{}, false
	if from := k.rec.Kind.Retention.From; from != "" {
		at, ok = k.event(from)
	}
	if !ok && len(k.steps) > 0 {
		at, ok = moment{at: k.steps[len(k.steps)-1].At}, true
	}
	return calendar.DayOf(at.at.In(k.in.Calendar.Zone()).AddDate(years, 0, 0)), ok
}

// inForce tells whether a record of a reference kind counts.
func inForce(rec *record.Record) bool {
	state, ok := rec.State()
	return !rec.Broken && ok && state.Phase == schema.Done
}
