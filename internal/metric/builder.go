package metric

import (
	"errors"
	"math/big"
	"slices"
	"strings"
	"time"

	"kept/internal/calendar"
	"kept/internal/expr"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/redact"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// builder compiles one KPI record and gathers what is wrong with it.
type builder struct {
	reg   *record.Register
	rec   *record.Record
	found finding.List
}

// fail tells of one key. What looks like personal data is covered in the words,
// whichever key it was typed into.
func (b *builder) fail(pointer, key string, args ...locale.Arg) {
	for i, a := range args {
		args[i].Value = locale.Text{ZH: redact.Policy{}.Text(a.Value.ZH), EN: redact.Policy{}.Text(a.Value.EN)}
	}
	b.found = append(b.found, finding.Finding{
		Position: b.rec.Position(pointer), Rule: "kpi-definition", Severity: finding.Error,
		Record: b.rec.ID, Key: key, Args: args,
	})
}

// maxDigits bounds the decimals that a record may ask for, also where the schema
// has refused it.
const maxDigits = 6

// definition reads the whole record.
func (b *builder) definition() *Definition {
	version, _ := b.rec.Number("version")
	digits, _ := b.rec.Number("digits")
	d := &Definition{
		ID: b.rec.ID, Version: whole(version), Digits: min(max(whole(digits), 0), maxDigits),
		Title:   locale.Text{ZH: b.rec.Text(record.TitleField), EN: b.rec.Text(record.TitleField + "_en")},
		Purpose: textOf(b.rec.Object.Object("purpose")), Formula: textOf(b.rec.Object.Object("formula")),
		Kind: b.rec.Text("of"), Cadence: calendar.Grain(b.rec.Text("cadence")), Unit: Unit(b.rec.Text("unit")),
		Targets:   b.targets(),
		tolerance: b.limit("tolerance", calendar.Limit{Amount: 1, Unit: calendar.WorkingDays}),
		future:    b.duration("future", 5*time.Minute),
	}
	for _, s := range b.rec.Texts("bases") {
		d.bases = append(d.bases, Basis(s))
	}
	if len(d.bases) == 0 {
		d.bases = []Basis{Declared}
	}
	d.measure = b.measure()
	d.besides = b.besides()
	return d
}

// measure compiles what the closed set of measures needs.
func (b *builder) measure() measure {
	switch name := b.rec.Text("measure"); name {
	case "on_time":
		return b.onTime()
	case "matured_share":
		return b.maturedShare()
	case "duration":
		return b.lapse()
	case "count":
		return counting{b.cohort("at")}
	case "verified_share":
		return verifiedShare{b.cohort("at"), b.condition(b.rec.Object, "pass", "/pass", b.kindTypes()), b.rec.Flag("sample")}
	case "first_recorded":
		return firstRecorded{b.cohort("start"), b.limit("within", calendar.Limit{})}
	case "recorded_lag":
		return recordedLag{b.limit("within", calendar.Limit{})}
	case "score_share", "nps":
		return b.scores(name == "nps")
	case "response_rate":
		return b.responseRate()
	case "coverage":
		return b.coverage()
	default:
		return b.furtherMeasure(name)
	}
}

// furtherMeasure compiles the measures that need more than one kind, or none.
func (b *builder) furtherMeasure(name string) measure {
	switch name {
	case "rate":
		return b.rate()
	case "recurrence":
		return b.recurrence()
	case "pause_share":
		return pauseShare{b.lapseOf()}
	case "attained_share":
		return b.attainedShare()
	case "score_index":
		return b.scoreIndex()
	case "duties_met":
		return dutiesMet{}
	case "faultless_share":
		return faultlessShare{}
	default:
		b.fail("/measure", "metric.unknown-measure", locale.A("name", name))
		return nil
	}
}

// kind is the kind that a key names.
func (b *builder) kind(o yamldoc.Object, key, pointer string) *schema.Kind {
	id := o.Text(key)
	kind := b.reg.Kinds().Kind(id)
	if kind == nil {
		b.fail(pointer, "metric.unknown-kind", locale.A("name", id))
	}
	return kind
}

// kindTypes are the names of the kind under "of", empty where it is unknown.
func (b *builder) kindTypes() expr.Types { return b.typesOf(b.reg.Kinds().Kind(b.rec.Text("of"))) }

// typesOf are the names of a kind, empty where it is unknown.
func (b *builder) typesOf(kind *schema.Kind) expr.Types {
	if kind == nil {
		return nil
	}
	return record.Types(kind, b.reg.Kinds())
}

// name checks that a key of o names a field (a dotted path), or a derived name
// of kind, and returns it.
func (b *builder) name(o yamldoc.Object, key, pointer string, kind *schema.Kind) string {
	name := o.Text(key)
	if kind == nil {
		return name
	}
	if _, ok := kind.Field(name); ok {
		return name
	}
	if !slices.ContainsFunc(kind.Derived, func(d schema.Derived) bool { return d.Name == name && !d.Actor }) {
		b.fail(pointer, "metric.unknown-name", locale.A("name", name), locale.T("kind", kind.Title))
	}
	return name
}

// condition compiles the expression under a key, nil where there is none.
func (b *builder) condition(o yamldoc.Object, key, pointer string, types expr.Types) *expr.Program {
	source := o.Text(key)
	if source == "" || types == nil {
		return nil
	}
	program, err := expr.Compile(source, types)
	if err != nil {
		reason := err.Error()
		var at *expr.Error
		if errors.As(err, &at) {
			reason = at.Error()
		}
		b.fail(pointer, "metric.expression", locale.A("source", source), locale.A("reason", reason))
	}
	return program
}

// exclusion says which members do not count, and why.
type exclusion struct {
	when   *expr.Program
	reason locale.Text
}

func (b *builder) exclusions(o yamldoc.Object, key, pointer string, types expr.Types) []exclusion {
	var list []exclusion
	for _, item := range o.Items(key) {
		list = append(list, exclusion{b.condition(item, "when", pointer, types), textOf(item.Object("reason"))})
	}
	return list
}

// limit reads "1 working_days".
func (b *builder) limit(key string, otherwise calendar.Limit) calendar.Limit {
	return b.limitIn(b.rec.Object, key, "/"+key, otherwise)
}

func (b *builder) limitIn(o yamldoc.Object, key, pointer string, otherwise calendar.Limit) calendar.Limit {
	if !o.Has(key) {
		return otherwise
	}
	l, err := calendar.ParseLimit(o.Text(key))
	if err != nil {
		b.fail(pointer, "metric.limit", locale.A("value", o.Text(key)))
	}
	return l
}

// duration reads "5m".
func (b *builder) duration(key string, otherwise time.Duration) time.Duration {
	if !b.rec.Has(key) {
		return otherwise
	}
	d, err := time.ParseDuration(b.rec.Text(key))
	if err != nil || d < 0 {
		b.fail("/"+key, "metric.duration", locale.A("value", b.rec.Text(key)))
	}
	return d
}

func (b *builder) targets() []Target {
	var list []Target
	for _, item := range b.rec.Items("targets") {
		day, err := calendar.ParseDay(item.Text("from"))
		value, ok := item.Number("value")
		if err != nil || !ok {
			b.fail("/targets", "metric.target")
			continue
		}
		list = append(list, Target{From: day, Value: value, AtMost: item.Text("sense") == "at_most"})
	}
	return list
}

func textOf(o yamldoc.Object) locale.Text {
	return locale.Text{ZH: strings.TrimSpace(o.Text(string(locale.Chinese))), EN: strings.TrimSpace(o.Text(string(locale.English)))}
}

func whole(r *big.Rat) int {
	if r == nil || !r.IsInt() || !r.Num().IsInt64() {
		return 0
	}
	return int(r.Num().Int64())
}
