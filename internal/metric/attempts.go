package metric

import (
	"math/big"

	"kept/internal/expr"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// attempts is a list of tries; so many that failed count as done, by the time of
// the last one, and are shown apart (K11).
type attempts struct {
	list, at string
	number   int
	when     *expr.Program // which tries failed
	field    schema.Field
}

func (b *builder) attemptsOf(kind *schema.Kind) attempts {
	o := b.rec.Object.Object("attempts")
	a := attempts{list: b.name(o, "list", "/attempts/list", kind), at: o.Text("at")}
	a.field, _ = kind.Field(a.list)
	if !hasField(a.field, a.at) {
		b.fail("/attempts/at", "metric.unknown-name", locale.A("name", a.at), locale.T("kind", kind.Title))
	}
	n, _ := o.Number("number")
	if a.number = whole(n); a.number < 1 {
		b.fail("/attempts/number", "metric.score", locale.A("name", "attempts.number"))
	}
	a.when = b.condition(o, "when", "/attempts/when", record.ItemTypes(a.field))
	return a
}

// last is the n-th try that failed.
func (a attempts) last(f *facts, n int) (done3, bool) {
	if a.list == "" {
		return done3{}, false
	}
	for i, item := range f.rec.Items(a.list) {
		at, ok := f.momentIn(item, a.at)
		if !ok || a.when != nil && !holds(a.when, record.ItemVars(a.field, item, f.in.Calendar.Zone())) {
			continue
		}
		if n--; n > 0 {
			continue
		}
		recorded, known := f.since("/"+a.list+"/"+escaped(itemKey(i, item))+"/"+a.at, item.Text(a.at))
		return done3{at, recorded, f.broughtBy(recorded)}, known
	}
	return done3{}, false
}

// extra counts the members that pass by their tries alone.
func (a attempts) extra(in *Inputs, counted []member) Extra {
	x := Extra{Title: in.say("metric.attempted"), Unit: Count}
	for _, m := range counted {
		if m.attempted {
			x.Members = append(x.Members, m.Evidence)
		}
	}
	x.Value = big.NewRat(int64(len(x.Members)), 1)
	return x
}
