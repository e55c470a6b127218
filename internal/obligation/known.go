package obligation

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"kept/internal/expr"
	"kept/internal/finding"
	"kept/internal/history"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// inputs is a request with what has been read for it.
type inputs struct {
	Request
	others *record.Others
	cache  map[*record.Record]*known
	meters map[*expr.Program]*expr.Meter
	// share is how many periods each obligation may list that every record of a kind
	// owes.
	share   int
	shelves map[*record.Record]*shelf // nil: nothing is kept
	at      *Definition               // at hand
	warned  *Definition               // whose warning time stands in ahead
	ahead   time.Time
	found   finding.List
}

// holds evaluates a condition; it is false where it has no result, which is
// reported once a condition.
func (in *inputs) holds(p *expr.Program, vars expr.Vars, id string) bool {
	m := in.meters[p]
	if m == nil {
		m = &expr.Meter{}
		in.meters[p] = m
	}
	_, before := m.Failed()
	yes := m.Holds(p, vars, id)
	if id, err := m.Failed(); err != nil && before == nil {
		in.fail("obligation.condition-failed", locale.A("source", p.String()), locale.A("reason", err.Error()), locale.A("record", id))
	}
	return yes
}

// noTime is that of no next period.
var noTime time.Time

// warning is until when what is due counts as coming.
func (in *inputs) warning(d *Definition) time.Time {
	if in.warned != d {
		in.warned, in.ahead = d, in.Calendar.Due(in.AsOf, d.Warn, nil).At
	}
	return in.ahead
}

// fail reports what shows only in the records that an obligation reads.
func (in *inputs) fail(key string, args ...locale.Arg) { in.report(finding.Error, key, args) }

func (in *inputs) warn(key string, args ...locale.Arg) { in.report(finding.Warning, key, args) }

func (in *inputs) report(severity finding.Severity, key string, args []locale.Arg) {
	in.found = append(in.found, finding.Finding{
		Position: in.at.Position, Rule: "obligation-definition", Severity: severity, Record: in.at.ID, Key: key, Args: args,
	})
}

// known is one record as known at the moment of judgement: steps declared, and
// commits merged, at or after it are not there (domain.md §0.18).
type known struct {
	in       *inputs
	rec      *record.Record
	timeline *history.Timeline   // nil: never on the mainline, or no history
	steps    []record.Transition // known ones, by declared time
	proofs   []history.Recorded  // of the steps, zero while pending
	vars     expr.Vars           // what conditions have asked for
	asked    time.Time           // at that moment
}

// known is nil for a record that cannot be read, or is not there yet.
func (in *inputs) known(rec *record.Record) *known {
	k, ok := in.cache[rec]
	if !ok {
		k = in.read(rec)
		in.cache[rec] = k
	}
	return k
}

func (in *inputs) read(rec *record.Record) *known {
	if rec == nil || rec.Broken || rec.Kind == nil {
		return nil
	}
	k := &known{in: in, rec: rec}
	if in.History != nil {
		k.timeline = in.History.Timeline(rec.ID)
	}
	if k.timeline != nil && !k.timeline.Created.IsZero() && !k.timeline.Created.Merged.Before(in.AsOf) {
		return nil
	}
	recorded := k.recordedSteps()
	for i, t := range record.InTime(rec.Transitions()) {
		proof := recorded[t.Index]
		if t.At.IsZero() || !t.At.Before(in.AsOf) || !proof.IsZero() && !proof.Merged.Before(in.AsOf) {
			continue
		}
		t.Index = i
		k.steps, k.proofs = append(k.steps, t), append(k.proofs, proof)
	}
	return k
}

// recordedSteps joins the record's steps with those of the history by state,
// time and occurrence (domain.md §0.20), by index.
func (k *known) recordedSteps() map[int]history.Recorded {
	recorded := map[int]history.Recorded{}
	if k.timeline == nil {
		return recorded
	}
	type key struct {
		to string
		at int64
	}
	proofs := map[key][]history.Recorded{}
	for _, t := range k.timeline.Steps {
		name := key{t.To, t.At.UnixNano()}
		proofs[name] = append(proofs[name], t.Recorded)
	}
	for _, t := range k.rec.Transitions() {
		name := key{t.To, t.At.UnixNano()}
		if list := proofs[name]; len(list) > 0 {
			recorded[t.Index], proofs[name] = list[0], list[1:]
		}
	}
	return recorded
}

// within follows a dotted path into objects to its last name.
func within(o yamldoc.Object, path string) (yamldoc.Object, string) {
	for {
		head, rest, deeper := strings.Cut(path, ".")
		if !deeper {
			return o, path
		}
		o, path = o.Object(head), rest
	}
}

// state is the state after the last known step, or as the record says where it
// has none; the zero State where the kind has no such state.
func (k *known) state() schema.State {
	if len(k.steps) == 0 {
		s, _ := k.rec.State()
		return s
	}
	s, _ := k.rec.Kind.State(k.steps[len(k.steps)-1].To)
	return s
}

// names lists the records that a field of the record names.
func (k *known) names(field string) []string {
	var ids []string
	for _, ref := range k.in.Register.From(k.rec.ID) {
		if ref.Field == field {
			ids = append(ids, ref.To)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// itemName is what keeps an item apart from its neighbours: its id, else the text
// under its first key that ends in _id, else its index. It is the history's name
// for it, too.
func itemName(item yamldoc.Object, index int) string {
	name := item.Text(record.IDField)
	for _, key := range item.Keys() {
		if name == "" && strings.HasSuffix(key, "_id") {
			name = item.Text(key)
		}
	}
	return cmp.Or(name, strconv.Itoa(index))
}

// escaped is a key as a JSON pointer writes it.
func escaped(key string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(key)
}
