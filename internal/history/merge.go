package history

import (
	"cmp"
	"slices"

	"kept/internal/gitrepo"
	"kept/internal/record"
)

// merge is one mainline commit while it is read, be it a merge or not.
type merge struct {
	*reader
	place    place
	recorded *Recorded
	sides    map[string][]*sideCommit // by folded id
	moves    []*move
}

// move is what the commit did to the file of one record.
type move struct {
	id            string // folded
	life          *life
	before, after file    // that count; zero where there is none
	earlier       string  // folded id before a renumbering
	current       version // what held before, as last read
	joined        bool    // this vanished, and another record goes on with its life
}

// move applies the changes of one record's files.
func (m *merge) move(id string, changes []gitrepo.Change) {
	l := m.living(id)
	mv := &move{id: id, life: l, before: l.first()}
	for _, c := range changes {
		l.put(c)
	}
	mv.after = l.first()
	m.moves = append(m.moves, mv)
}

// renumber joins a new record to the one that it continues, where that one's
// file vanishes in the same commit (domain.md §0.20).
func (m *merge) renumber() error {
	gone := map[string]*move{}
	for _, mv := range m.moves {
		if mv.before.path != "" && mv.after.path == "" {
			gone[mv.id] = mv
		}
	}
	left := m.left()
	if len(gone) == 0 && len(left) == 0 {
		return nil
	}
	for _, mv := range m.moves {
		if mv.life.timeline != nil || mv.after.path == "" {
			continue
		}
		now, ok, err := m.blobs.version(mv.after.blob, nil)
		if err != nil {
			return err
		}
		earlier := fold(now.text("/" + record.RenumberedField))
		if old := gone[earlier]; ok && old != nil && old.life.timeline != nil {
			m.join(mv, old)
			delete(gone, earlier)
		} else if left[earlier] {
			mv.earlier = earlier
		}
	}
	return nil
}

// left are the ids that side commits touched and the merge did not: where two
// branches took one number, the record that came in has another now, and what
// happened to it before that happened under the former.
func (m *merge) left() map[string]bool {
	left := map[string]bool{}
	for id := range m.sides {
		left[id] = true
	}
	for _, mv := range m.moves {
		delete(left, mv.id)
	}
	return left
}

// join lets mv go on with the life of old.
func (m *merge) join(mv, old *move) {
	l := old.life
	l.files = mv.life.files
	l.timeline.Aliases = append(l.timeline.Aliases, l.id)
	l.id = stem(mv.after.path)
	mv.life, mv.before, mv.earlier = l, old.before, old.id
	m.lives[mv.id] = l
	m.moved[old.id] = l
	delete(m.lives, old.id)
	old.joined = true
}

// tell adds the commit's change to the record's timeline.
func (m *merge) tell(mv *move) error {
	l := mv.life
	if mv.joined {
		return nil
	}
	if mv.before.path == "" && mv.after.path == "" {
		if l.timeline == nil {
			delete(m.lives, mv.id)
		}
		return nil
	}
	var err error
	if mv.current, _, err = m.blobs.version(l.said, nil); err != nil {
		return err
	}
	by, err := m.authors(mv)
	if err != nil {
		return err
	}
	isNew := l.timeline == nil
	if isNew {
		l.begin(stem(mv.after.path), *by.creation())
	}
	l.timeline.touched = m.place
	if mv.before.blob == mv.after.blob {
		return nil
	}
	change := Change{Kind: kindOf(mv, isNew), Path: mv.after.path, Recorded: *by.whole()}
	if change.Kind == Deleted {
		change.Path = mv.before.path
		l.timeline.Path, l.timeline.Last = mv.before.path, l.said
		l.said, l.steps, l.broken = "", nil, false
		l.timeline.Changes = append(l.timeline.Changes, change)
		return nil
	}
	return m.set(mv, change, by, isNew)
}

// set reads the new version and adds the change, if it is one.
func (m *merge) set(mv *move, change Change, by *authors, isNew bool) error {
	l := mv.life
	now, ok, err := m.blobs.version(mv.after.blob, mv.current)
	if err != nil {
		return err
	}
	wasBroken := l.broken
	if l.broken = !ok; l.broken {
		change.Kind = Unread
		l.timeline.Changes = append(l.timeline.Changes, change)
		return nil
	}
	change.Events = by.events(mv.current, now)
	was := l.steps
	l.said, l.steps = mv.after.blob, steps(now)
	change.Reordered = reordered(was, l.steps)
	if isNew {
		l.note(now)
	}
	if change.ImportedAgain = !isNew && l.importedAgain(mv.current, now, was); change.ImportedAgain {
		l.noteSteps()
	}
	if len(change.Events) > 0 || change.Reordered || wasBroken || change.Kind != Modified {
		l.timeline.Changes = append(l.timeline.Changes, change)
	}
	return nil
}

func kindOf(mv *move, isNew bool) ChangeKind {
	switch {
	case mv.after.path == "":
		return Deleted
	case isNew:
		return Created
	case mv.before.path == "":
		return Restored
	}
	return Modified
}

// authors reads the side commits' versions of one record.
func (m *merge) authors(mv *move) (*authors, error) {
	a := &authors{merge: m.recorded}
	sides := m.sides[mv.id]
	if mv.earlier != "" {
		sides = m.both(mv.earlier, mv.id)
	}
	if len(sides) == 0 {
		return a, nil
	}
	a.setters = map[string][]setter{}
	// held is what holds with a blob: its own values, or, where it cannot be
	// read, those that it leaves standing.
	held := map[gitrepo.Hash]version{"": nil}
	if mv.before.blob != "" {
		held[mv.before.blob] = mv.current
	}
	for _, s := range sides {
		if err := m.side(a, s, mv, held); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// both lists the side commits that touched either id, in their order.
func (m *merge) both(a, b string) []*sideCommit {
	sides := slices.Concat(m.sides[a], m.sides[b])
	slices.SortStableFunc(sides, func(x, y *sideCommit) int { return x.order - y.order })
	return slices.Compact(sides)
}

// side compares one side commit's version with that of its first parent.
func (m *merge) side(a *authors, s *sideCommit, mv *move, held map[gitrepo.Hash]version) error {
	var before, after gitrepo.Hash
	for _, c := range s.changes {
		switch id := key(c.Path); {
		case id == "" || id != mv.id && id != mv.earlier:
		case id == mv.id:
			before, after = cmp.Or(before, c.Before), cmp.Or(c.After, after)
		default: // another record may have the number now
			before, after = cmp.Or(c.Before, before), cmp.Or(after, c.After)
		}
	}
	old, err := m.holding(before, nil, mv.current, held)
	if err != nil {
		return err
	}
	now, err := m.holding(after, old, old, held)
	if err != nil {
		return err
	}
	a.add(s, old, now, before == "" && after != "")
	return nil
}

// holding is what holds with a blob that follows the values of earlier. It is
// likely to share lines with alike.
func (m *merge) holding(blob gitrepo.Hash, earlier, alike version, held map[gitrepo.Hash]version) (version, error) {
	if v, ok := held[blob]; ok {
		return v, nil
	}
	v, ok, err := m.blobs.version(blob, alike)
	if err != nil {
		return nil, err
	}
	if !ok {
		v = earlier
	}
	held[blob] = v
	return v, nil
}
