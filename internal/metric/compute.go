package metric

import (
	"sync"
	"time"

	"kept/internal/calendar"
	"kept/internal/expr"
	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/locale"
	"kept/internal/obligation"
	"kept/internal/record"
)

// Inputs is what every computation reads. What records yield once, their clocks
// and steps, is remembered in it, so use one for all figures of a snapshot and
// do not change its fields afterwards. It is safe for concurrent use.
type Inputs struct {
	Register *record.Register
	History  *history.History // nil: only the declared basis can be computed
	Calendar *calendar.Calendar
	Commit   gitrepo.Hash
	AsOf     time.Time
	// Duties are what is owed, worked out at AsOf. It is called with the inputs locked
	// when a figure first counts them; nil: what counts them has no value.
	Duties func() []obligation.Duty
	// Faulty tells whether a record has a finding that is an error. It is called
	// with the inputs locked and may not use them. Nil: K24 has no value.
	Faulty func(record string) bool
	// Messages says the reasons that no KPI record states; nil leaves their keys.
	Messages *locale.Catalogue

	mutex   sync.Mutex
	others  *record.Others
	meters  map[*expr.Program]*expr.Meter
	facts   map[string]*facts
	members map[memberKey][]member
}

// say is the message of key in both languages.
func (in *Inputs) say(key string, args ...locale.Arg) locale.Text {
	if in.Messages == nil {
		return locale.Plain(key)
	}
	return in.Messages.Message(key, args...)
}

func (in *Inputs) duties() []obligation.Duty {
	if in.Duties == nil {
		return nil
	}
	return in.Duties()
}

// meter bounds what one condition costs over all records and periods.
func (in *Inputs) meter(p *expr.Program) *expr.Meter {
	m := in.meters[p]
	if m == nil {
		if in.meters == nil {
			in.meters = map[*expr.Program]*expr.Meter{}
		}
		m = &expr.Meter{}
		in.meters[p] = m
	}
	return m
}

// lookups finds other records as they stand at AsOf.
func (in *Inputs) lookups() *record.Others {
	if in.others == nil {
		in.others = record.NewOthers(in.Register, in.Calendar, in.AsOf)
	}
	return in.others
}

// of yields what is known at AsOf of the records of one kind, in the order of
// ids.
func (in *Inputs) of(kind string) func(yield func(*facts) bool) {
	return func(yield func(*facts) bool) {
		for rec := range in.Register.Of(kind) {
			if f := in.factsOf(rec); f != nil && !yield(f) {
				return
			}
		}
	}
}

func (in *Inputs) factsOf(rec *record.Record) *facts {
	if f, ok := in.facts[rec.ID]; ok {
		return f
	}
	if in.facts == nil {
		in.facts = map[string]*facts{}
	}
	f := newFacts(in, rec)
	in.facts[rec.ID] = f
	return f
}
