package metric

import (
	"strings"
	"time"

	"kept/internal/calendar"
	"kept/internal/history"
	"kept/internal/record"
	"kept/internal/schema"
)

// Balance is the backlog identity of one kind in one period (domain.md §0.21):
// open at the start + registered + reopened − closed − deleted = open at the end.
// Drafts are open. Each side is counted on its own.
type Balance struct {
	Basis      Basis // Declared, or Merged: as recorded on the mainline
	Start      int
	Registered int // first seen open in the period, or first seen at all
	Reopened   int // open again after a final state
	Closed     int // into any final state
	Deleted    int // open ones that vanished, less those that came back; recorded only
	End        int
}

// Closes tells whether the identity holds.
func (b Balance) Closes() bool {
	return b.Start+b.Registered+b.Reopened-b.Closed-b.Deleted == b.End
}

// Backlog counts both bases, the recorded one only where there is history. A
// period that is not over ends at the moment of judgement.
func Backlog(in *Inputs, kind string, p calendar.Period) []Balance {
	in.mutex.Lock()
	defer in.mutex.Unlock()
	span := p.In(in.Calendar.Zone())
	span.End = earlier(span.End, in.AsOf)
	declared := Balance{Basis: Declared}
	for f := range in.of(kind) {
		declared.add(f.declaredLife(), span)
	}
	list := []Balance{declared}
	if in.History == nil {
		return list
	}
	recorded := Balance{Basis: Merged}
	k := in.Register.Kinds().Kind(kind)
	for t := range in.History.All() {
		if k != nil && lies(t, kind) {
			recorded.add(recordedLife(k, t.Changes), span)
		}
	}
	return append(list, recorded)
}

// moment of a life: from at on, the record is in this condition.
type turn struct {
	at        time.Time
	condition condition
}

type condition int

// The conditions of a record in the backlog.
const (
	absent condition = iota
	open
	final
)

func conditionOf(k *schema.Kind, state string) condition {
	switch s, _ := k.State(state); s.Phase {
	case schema.Done, schema.Void:
		return final
	}
	return open
}

// declaredLife is the record's turns by its declared steps.
func (f *facts) declaredLife() []turn {
	life := make([]turn, len(f.steps))
	for i, s := range f.steps {
		life[i] = turn{s.At, conditionOf(f.rec.Kind, s.To)}
	}
	return life
}

// add counts one record's life.
func (b *Balance) add(life []turn, span calendar.Interval) {
	now, seen := absent, false
	atStart, atEnd := absent, absent
	for _, t := range life {
		if !t.at.Before(span.End) {
			break
		}
		if span.Contains(t.at) {
			b.flow(now, t.condition, seen)
		} else {
			atStart = t.condition
		}
		now, atEnd, seen = t.condition, t.condition, true
	}
	if atStart == open {
		b.Start++
	}
	if atEnd == open {
		b.End++
	}
}

// flow counts one turn inside the period.
func (b *Balance) flow(from, to condition, seen bool) {
	switch {
	case from == to:
	case from == absent && !seen:
		b.Registered++
		if to == final {
			b.Closed++
		}
	case from == absent && to == open:
		b.Deleted-- // there again
	case from == open && to == final:
		b.Closed++
	case from == final && to == open:
		b.Reopened++
	case from == open && to == absent:
		b.Deleted++
	}
}

// statusPointer is the place of the state in a record.
const statusPointer = "/" + record.StatusField

// lies tells whether a record lies in a kind's folder at the end, or lay there last. A
// move is no change: the folder of the last change is not asked.
func lies(t *history.Timeline, kind string) bool {
	return len(t.Changes) > 0 && strings.HasPrefix(t.Path, record.Folder+"/"+kind+"/")
}

// recordedLife is the turns of a record by what the mainline held.
func recordedLife(k *schema.Kind, changes []history.Change) []turn {
	life := make([]turn, len(changes))
	state := ""
	for i, c := range changes {
		for _, e := range c.Events {
			if e.Pointer == statusPointer {
				state, _ = e.After.(string)
			}
		}
		life[i] = turn{c.Merged, conditionOf(k, state)}
		if c.Kind == history.Deleted {
			life[i].condition = absent
		}
	}
	return life
}
