package obligation

import (
	"kept/internal/calendar"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

func (b *builder) periodic(d *Definition) rule {
	if !calendar.Month.Fits(d.Cadence) {
		b.fail("/cadence", "obligation.cadence", locale.A("value", string(d.Cadence)))
	}
	r := periodic{cadence: d.Cadence, from: d.From, until: d.Until, due: b.limit("due", calendar.Limit{})}
	if !b.rec.Has("due") {
		b.fail("/due", "obligation.no-due")
	}
	if first := b.first(); r.from.Compare(first) < 0 {
		if r.from != (calendar.Day{}) {
			b.report(finding.Warning, "/from", "obligation.from-early", locale.A("value", r.from.String()), locale.A("first", first.String()))
		}
		r.from = first
	}
	r.each = b.each()
	r.evidence = b.evidence(r.each != nil)
	return r
}

// firstDay bounds how early an obligation may begin: fifty years before the first
// governed record, or 1970 where there is none.
func firstDay(reg *record.Register) calendar.Day {
	first := calendar.Day{}
	for rec := range reg.All() {
		if rec.Kind == nil || rec.Broken || rec.Kind.Envelope != schema.Governed {
			continue
		}
		for _, t := range rec.Transitions() {
			if day := calendar.DayOf(t.At); !t.At.IsZero() && (first == calendar.Day{} || day.Compare(first) < 0) {
				first = day
			}
		}
	}
	return calendar.Day{Year: max(first.Year-farthest, 1970), Month: 1, Day: 1}
}

func (b *builder) day(key string) calendar.Day {
	if !b.rec.Has(key) {
		return calendar.Day{}
	}
	day, err := calendar.ParseDay(b.rec.Text(key))
	if err != nil {
		b.fail("/"+key, "obligation.day", locale.A("value", b.rec.Text(key)))
	}
	return day
}

func (b *builder) each() *each {
	if !b.rec.Has("each") {
		return nil
	}
	o := b.rec.Object.Object("each")
	e := &each{kind: b.kind(o, "/each/kind")}
	e.when = b.condition(o, "when", "/each/when", e.kind)
	if o.Has("span") {
		e.span = b.span(o.Object("span"))
	}
	return e
}

func (b *builder) span(o yamldoc.Object) *span {
	s := &span{kind: b.kind(o, "/each/span/kind"), link: o.Text("link"), from: o.Text("from"), to: o.Text("to")}
	b.reference(s.link, "/each/span/link", s.kind)
	b.time(s.from, "/each/span/from", s.kind)
	b.time(s.to, "/each/span/to", s.kind)
	s.when = b.condition(o, "when", "/each/span/when", s.kind)
	months, ok := o.Number("months")
	if !ok || months.Sign() < 0 {
		b.fail("/each/span/months", "obligation.months")
	}
	s.months = months
	return s
}

func (b *builder) evidence(linked bool) evidence {
	o := b.rec.Object.Object("evidence")
	if !b.rec.Has("evidence") {
		b.fail("/cadence", "obligation.no-evidence")
		return evidence{}
	}
	e := evidence{kind: b.kind(o, "/evidence/kind"), period: o.Text("period"), at: o.Text("at"), link: o.Text("link")}
	e.when = b.condition(o, "when", "/evidence/when", e.kind)
	b.event(e.at, "/evidence/at", e.kind)
	if e.period != "" {
		b.field(e.period, "/evidence/period", e.kind)
	}
	switch {
	case linked && e.link == "":
		b.fail("/evidence", "obligation.no-link")
	case linked:
		b.reference(e.link, "/evidence/link", e.kind)
	default:
		e.link = ""
	}
	return e
}
