package history

import (
	"maps"
	"slices"
	"strings"

	"kept/internal/gitrepo"
	"kept/internal/record"
)

// Alteration is what a merge made of a record beside what its parents say: git
// takes over what one side changed, and joins what both did.
type Alteration struct {
	ID   string // as its file is called
	Path string // of its file, on the side that has one
	Kind AlterationKind
	// Contested tells that both sides changed the record, so that somebody had to
	// choose.
	Contested bool
	// Commit is the side commit whose values were left out; the merge itself where it
	// set values of its own.
	Commit *gitrepo.Commit
	// Pointers are the values, sorted.
	Pointers []string
}

// AlterationKind says which way a merge departed from its parents.
type AlterationKind string

// The kinds of alterations.
const (
	LeftOut AlterationKind = "left_out" // what the branch set is not there after the merge
	Own     AlterationKind = "own"      // the merge holds what neither side says
)

// lane is what the side commits of one merge made of one record's file.
type lane struct {
	first, last gitrepo.Hash // before them, and after
	tip         *gitrepo.SideCommit
	path        string
	alone       bool // a commit that is no merge touched it
	tangled     bool // its versions do not follow one another
}

// lanes follows the records through the side commits, parents before children.
func lanes(sides []gitrepo.SideCommit) map[string]*lane {
	all := map[string]*lane{}
	for i := range sides {
		s := &sides[i]
		for id, changes := range byRecord(s.Changes) {
			var before, after gitrepo.Hash
			path := ""
			for _, c := range changes {
				if before == "" {
					before = c.Before
				}
				if c.After != "" || path == "" {
					path = c.Path
				}
				if c.After != "" {
					after = c.After
				}
			}
			l := all[id]
			if l == nil {
				l = &lane{first: before, last: before}
				all[id] = l
			}
			l.take(s, before, after, path)
		}
	}
	return all
}

func (l *lane) take(s *gitrepo.SideCommit, before, after gitrepo.Hash, path string) {
	switch {
	case l.last == before:
	case !alone(s) && l.last == after:
		return // a branch of the branch, whose commits have been followed
	default:
		l.tangled = true
	}
	l.tangled = l.tangled || !alone(s)
	l.alone = l.alone || alone(s)
	l.last, l.path = after, path
	if alone(s) {
		l.tip = s
	}
}

// alterations compares a merge with its parents, record by record. It comes after
// the moves and before they are told.
func (m *merge) alterations(step *gitrepo.Advance) ([]Alteration, error) {
	moved := map[string]*move{}
	renamed := map[string]string{}
	for _, mv := range m.moves {
		moved[mv.id] = mv
		if mv.earlier != "" {
			renamed[mv.earlier] = mv.id
		}
	}
	all := lanes(step.Side)
	for id := range moved {
		if all[id] == nil {
			all[id] = nil
		}
	}
	var list []Alteration
	for _, id := range slices.Sorted(maps.Keys(all)) {
		mv := moved[id]
		if renamed[id] != "" || mv != nil && mv.earlier != "" {
			continue // it goes on under another number, which its events tell
		}
		var before, after file
		switch known := m.lives[id]; {
		case mv != nil:
			before, after = mv.before, mv.after
		case known != nil:
			before, after = known.first(), known.first()
		}
		found, err := m.altered(all[id], before, after, renamed)
		if err != nil {
			return nil, err
		}
		for _, a := range found {
			a.ID = stem(a.Path)
			if a.Commit == nil {
				a.Commit = m.place.commit
			}
			list = append(list, a)
		}
	}
	return list, nil
}

// altered compares one record of a merge, which the first parent has as before and
// the merge as after.
func (m *merge) altered(l *lane, before, after file, renamed map[string]string) ([]Alteration, error) {
	if l == nil { // no branch touched it
		l = &lane{first: before.blob, last: before.blob}
	} else if !l.alone || l.tip == nil {
		return nil, nil
	}
	contested := l.tangled || before.blob != l.first
	if after.blob == l.last || contested && l.first == l.last {
		return nil, nil
	}
	var said [4]version
	for i, blob := range []gitrepo.Hash{before.blob, after.blob, l.first, l.last} {
		v, ok, err := m.blobs.version(blob, nil)
		if err != nil || !ok {
			return nil, err // what cannot be read says nothing
		}
		said[i] = v
	}
	ours, now, base, theirs := said[0], said[1], said[2], said[3]
	path := after.path
	if path == "" {
		path = before.path
	}
	left, own := departures(ours, now, base, theirs, renamed)
	var list []Alteration
	if len(left) > 0 && l.tip != nil && (!contested || slices.ContainsFunc(left, isLog)) {
		if path == "" {
			path = l.path
		}
		list = append(list, Alteration{Path: path, Kind: LeftOut, Contested: contested, Commit: m.slim(&l.tip.Commit), Pointers: left})
	}
	if len(own) > 0 {
		list = append(list, Alteration{Path: path, Kind: Own, Contested: contested, Pointers: own})
	}
	return list, nil
}

// isLog tells the pointer of a step.
func isLog(pointer string) bool {
	return strings.HasPrefix(pointer, "/"+record.TransitionsField+"/")
}

// departures lists what the branch changed and the merge does not hold, and what
// the merge holds that neither side does. A new number of a record that another
// names is neither.
func departures(ours, now, base, theirs version, renamed map[string]string) (left, own []string) {
	brought := map[string]any{} // by the branch
	for _, d := range compare(base, theirs, true) {
		brought[d.pointer] = d.after
	}
	inOurs := map[string]bool{} // of what the merge changed on the branch
	for _, d := range compare(ours, now, true) {
		inOurs[d.pointer] = true
	}
	for _, d := range compare(theirs, now, true) {
		was, _ := d.before.(string)
		is, _ := d.after.(string)
		if to := renamed[fold(was)]; to != "" && to == fold(is) {
			continue
		}
		switch _, theirsToo := brought[d.pointer]; {
		case theirsToo && !inOurs[d.pointer]:
			left = append(left, d.pointer)
		case inOurs[d.pointer]:
			own = append(own, d.pointer)
		}
	}
	return left, own
}
