package obligation

import (
	"errors"

	"kept/internal/calendar"
	"kept/internal/expr"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

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
