package obligation

import (
	"errors"
	"slices"

	"kept/internal/calendar"
	"kept/internal/expr"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// builder compiles one obligation record and gathers what is wrong with it.
type builder struct {
	reg   *record.Register
	rec   *record.Record
	found finding.List
	// silent is set where the files of a kind were refused: that has been reported
	// there, and the obligation cannot be used.
	silent bool
}

func (b *builder) fail(pointer, key string, args ...locale.Arg) {
	b.report(finding.Error, pointer, key, args...)
}

func (b *builder) report(severity finding.Severity, pointer, key string, args ...locale.Arg) {
	b.found = append(b.found, finding.Finding{
		Position: b.rec.Position(pointer), Rule: "obligation-definition", Severity: severity,
		Record: b.rec.ID, Key: key, Args: args,
	})
}

// definition reads the whole record; nil where a kind that it reads was refused.
func (b *builder) definition() *Definition {
	d := &Definition{
		ID:       b.rec.ID,
		Title:    locale.Text{ZH: b.rec.Text(record.TitleField), EN: b.rec.Text(record.TitleField + "_en")},
		Owner:    b.rec.Text("owner_role"),
		Person:   b.rec.Text("owner"),
		Cadence:  calendar.Grain(b.rec.Text("cadence")),
		Report:   b.rec.Text("report"),
		Clauses:  b.rec.Texts(record.ClauseKind),
		Counted:  b.rec.Flag("counted"),
		Warn:     b.limit("warn", calendar.Limit{Amount: 30, Unit: calendar.CalendarDays}),
		Position: b.rec.Position("/" + record.IDField),
		From:     b.day("from"),
		Until:    b.day("until"),
	}
	switch {
	case d.Cadence != "":
		d.rule = b.periodic(d)
	case b.rec.Flag("retention"):
		d.rule = retained{b.limit("due", calendar.Limit{Unit: calendar.CalendarDays})}
	case b.rec.Has("of"):
		d.rule = b.borne()
	default:
		b.fail("/cadence", "obligation.no-rule")
	}
	if b.silent {
		return nil
	}
	return d
}

func (b *builder) periodic(d *Definition) rule {
	if !calendar.Month.Fits(d.Cadence) {
		b.fail("/cadence", "obligation.cadence", locale.A("value", string(d.Cadence)))
	}
	r := periodic{cadence: d.Cadence, from: d.From, until: d.Until, due: b.limit("due", calendar.Limit{})}
	if !b.rec.Has("due") {
		b.fail("/due", "obligation.no-due")
	}
	if first := b.firstDay(); r.from.Compare(first) < 0 {
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
func (b *builder) firstDay() calendar.Day {
	first := calendar.Day{}
	for rec := range b.reg.All() {
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

func (b *builder) borne() rule {
	o := b.rec.Object.Object("of")
	r := borne{kind: b.kind(o, "/of/kind"), due: o.Text("due"), done: o.Text("done"), owner: o.Text("owner")}
	r.when = b.condition(o, "when", "/of/when", r.kind)
	if o.Has("offset") {
		var err error
		if r.offset, err = parseOffset(o.Text("offset")); err != nil {
			b.fail("/of/offset", "obligation.offset", locale.A("value", o.Text("offset")))
		}
	}
	if r.kind == nil {
		return r
	}
	if list := o.Text("list"); list != "" {
		b.items(o, &r, list)
	} else {
		b.due(&r)
	}
	if r.done != "" && !r.ownDone {
		b.event(r.done, "/of/done", r.kind)
	}
	if r.owner != "" && !r.ownOwner {
		b.field(r.owner, "/of/owner", r.kind)
	}
	if r.owner == "" {
		r.owner = "owner"
	}
	return r
}

// due checks the due time of a record; one that meets a limit is done as the
// limit says, where nothing else is said.
func (b *builder) due(r *borne) {
	l, ok := r.kind.Limit(r.due)
	if ok && r.done == "" {
		r.done = l.Done
	}
	if !ok {
		b.time(r.due, "/of/due", r.kind)
	}
}

// items turns to the items of a list: their due time, and what else they have.
func (b *builder) items(o yamldoc.Object, r *borne, list string) {
	f, ok := r.kind.Field(list)
	if !ok || !f.List || f.Type != schema.ObjectField {
		b.unknown(list, "/of/list", r.kind)
		return
	}
	r.list = &f
	own := func(name string) bool {
		return slices.ContainsFunc(f.Fields, func(f schema.Field) bool { return f.Name == name })
	}
	b.time(list+"."+r.due, "/of/due", r.kind)
	r.ownDone, r.ownOwner = own(r.done), own(r.owner)
	if r.ownDone {
		b.time(list+"."+r.done, "/of/done", r.kind)
	}
	if source := o.Text("item_when"); source != "" {
		r.itemWhen = b.compile(source, "/of/item_when", record.ItemTypes(f))
	}
}

// kind is the kind under the key "kind" of o.
func (b *builder) kind(o yamldoc.Object, pointer string) *schema.Kind {
	id := o.Text("kind")
	kind := b.reg.Kinds().Kind(id)
	switch {
	case kind != nil:
	case b.reg.Kinds().Refused(id):
		b.silent = true
	default:
		b.fail(pointer, "obligation.unknown-kind", locale.A("name", id))
	}
	return kind
}

func (b *builder) unknown(name, pointer string, kind *schema.Kind) {
	b.fail(pointer, "obligation.unknown-name", locale.A("name", name), locale.T("kind", kind.Title))
}

// field demands a field, a dotted path.
func (b *builder) field(name, pointer string, kind *schema.Kind) {
	if kind == nil {
		return
	}
	if _, ok := kind.Field(name); !ok {
		b.unknown(name, pointer, kind)
	}
}

// reference demands a field that names other records.
func (b *builder) reference(name, pointer string, kind *schema.Kind) {
	if kind == nil {
		return
	}
	if f, ok := kind.Field(name); !ok || f.Type != schema.RefField {
		b.unknown(name, pointer, kind)
	}
}

// time demands a field that holds a time, or the derived time of a step.
func (b *builder) time(name, pointer string, kind *schema.Kind) {
	if kind == nil {
		return
	}
	if d, ok := kind.DerivedName(name); ok && !d.Actor {
		return
	}
	switch f, _ := kind.Field(name); f.Type {
	case schema.DateField, schema.InstantField, schema.MomentField:
		if !f.List {
			return
		}
	}
	b.unknown(name, pointer, kind)
}

// event demands a time, or a limit, which is met by its own event.
func (b *builder) event(name, pointer string, kind *schema.Kind) {
	if kind != nil {
		if l, ok := kind.Limit(name); ok {
			name = l.Done
		}
	}
	b.time(name, pointer, kind)
}

// condition compiles the expression under a key, nil where there is none.
func (b *builder) condition(o yamldoc.Object, key, pointer string, kind *schema.Kind) *expr.Program {
	source := o.Text(key)
	if source == "" || kind == nil {
		return nil
	}
	return b.compile(source, pointer, record.Types(kind, b.reg.Kinds()))
}

func (b *builder) compile(source, pointer string, types expr.Types) *expr.Program {
	program, err := expr.Compile(source, types)
	if err != nil {
		reason := err.Error()
		var at *expr.Error
		if errors.As(err, &at) {
			reason = at.Error()
		}
		b.fail(pointer, "obligation.expression", locale.A("source", source), locale.A("reason", reason))
	}
	return program
}

// limit reads "1 working_days".
func (b *builder) limit(key string, otherwise calendar.Limit) calendar.Limit {
	if !b.rec.Has(key) {
		return otherwise
	}
	l, err := calendar.ParseLimit(b.rec.Text(key))
	if err != nil {
		b.fail("/"+key, "obligation.limit", locale.A("value", b.rec.Text(key)))
	}
	return l
}
