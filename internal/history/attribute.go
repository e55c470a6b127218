package history

import (
	"time"

	"kept/internal/gitrepo"
)

// setter is a side commit that gave a value.
type setter struct {
	value any
	side  *sideCommit
}

// sideCommit is a commit brought in by the merge that is being read.
type sideCommit struct {
	order   int // parents before children
	commit  *gitrepo.Commit
	made    *Recorded // what it set, once asked for
	changes []gitrepo.Change
}

// authors tells which side commits set the values of one record in one merge.
// For a direct commit there are none, and everything is the commit's own.
type authors struct {
	merge   *Recorded
	setters map[string][]setter // by pointer, parents before children
	created []*sideCommit       // where the file appeared
	last    *sideCommit         // the last that touched it
}

// add notes one side commit's version.
func (a *authors) add(side *sideCommit, before, after version, appeared bool) {
	for _, d := range compare(before, after, true) {
		a.setters[d.pointer] = append(a.setters[d.pointer], setter{d.after, side})
	}
	if appeared {
		a.created = append(a.created, side)
	}
	a.last = side
}

// of says who made a difference: the earliest side commit, by committer time,
// that gave the value which holds after the merge; the merge where none did
// (domain.md §0.3). An item is made by who brought it in, whatever it held.
func (a *authors) of(d difference) *Recorded {
	var sides []*sideCommit
	for _, s := range a.setters[d.pointer] {
		if d.item && (s.value == nil) == (d.after == nil) || !d.item && same(s.value, d.after) {
			sides = append(sides, s.side)
		}
	}
	return a.earliest(sides)
}

func (a *authors) earliest(sides []*sideCommit) *Recorded {
	found := a.merge
	for i, s := range sides {
		if by := a.by(s); i == 0 || by.Submitted.Before(found.Submitted) {
			found = by
		}
	}
	return found
}

// by is what a side commit set, as recorded by the merge. A commit without a
// readable date was submitted when it was merged.
func (a *authors) by(s *sideCommit) *Recorded {
	if s.made == nil {
		r := *a.merge
		r.SetBy = s.commit
		if when := s.commit.Committer.When; !when.IsZero() {
			r.Submitted = when
		}
		s.made = &r
	}
	return s.made
}

// creation says who brought the file in.
func (a *authors) creation() *Recorded { return a.earliest(a.created) }

// whole is the change as one: the last side commit that touched the file.
func (a *authors) whole() *Recorded {
	if a.last == nil {
		return a.merge
	}
	return a.by(a.last)
}

// events turns the differences of two mainline versions into events.
func (a *authors) events(before, after version) []Event {
	differences := compare(before, after, false)
	if len(differences) == 0 {
		return nil
	}
	events := make([]Event, 0, len(differences))
	for _, d := range differences {
		by := a.of(d)
		events = append(events, Event{d.pointer, d.before, d.after, by})
		if d.item && d.after != nil && len(a.setters) > 0 {
			events = a.insideItem(events, after, d.pointer, by)
		}
	}
	return events
}

// insideItem adds the values of a new item that others than its maker set.
func (a *authors) insideItem(events []Event, after version, item string, maker *Recorded) []Event {
	v := after.section(item).units
	for len(v) > 0 && comparePointers(v[0].pointer, item) <= 0 {
		v = v[1:]
	}
	for _, u := range within(v, item) {
		by := a.of(difference{u.pointer, nil, u.value, u.isItem()})
		if by.SetBy != maker.SetBy {
			events = append(events, Event{u.pointer, nil, u.value, by})
		}
	}
	return events
}

// later is the later of two times.
func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
