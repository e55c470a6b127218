package history

import (
	"slices"
	"strings"

	"kept/internal/gitrepo"
	"kept/internal/record"
	"kept/internal/yamldoc"
)

// file is one file with a record's stem.
type file struct {
	path string
	blob gitrepo.Hash
}

// life is a record while its history is read.
type life struct {
	reading  int // the walk that may change it
	timeline *Timeline
	id       string       // as its file was called when it began, or was renumbered last
	files    []file       // on the mainline now, by path; the first counts
	said     gitrepo.Hash // the last blob that could be read
	steps    []unit       // in it
	broken   bool         // the file that counts cannot be read
	imported map[string]bool
}

// first is the file that counts, zero where there is none.
func (l *life) first() file {
	if len(l.files) == 0 {
		return file{}
	}
	return l.files[0]
}

// put takes a change of one file.
func (l *life) put(c gitrepo.Change) {
	i, ok := slices.BinarySearchFunc(l.files, c.Path, func(f file, p string) int { return strings.Compare(f.path, p) })
	switch {
	case c.After == "" && ok:
		l.files = slices.Delete(l.files, i, i+1)
	case c.After == "":
	case ok:
		l.files[i].blob = c.After
	default:
		l.files = slices.Insert(l.files, i, file{c.Path, c.After})
	}
}

// begin makes the timeline of a record that the mainline never held.
func (l *life) begin(id string, created Recorded) {
	l.id, l.timeline = id, &Timeline{ID: id, Created: created}
}

// note keeps what the first mainline commit said, for imports.
func (l *life) note(first version) {
	switch first.text("/" + record.OriginField) {
	case record.OriginImported, record.OriginBackfilled:
	default:
		return
	}
	l.timeline.Imported = true
	l.noteSteps()
}

// noteSteps keeps the steps that stand now as those of a ledger.
func (l *life) noteSteps() {
	l.imported = map[string]bool{}
	for _, u := range l.steps {
		l.imported[u.pointer] = true
	}
}

// importedAgain tells whether an import wrote a changed row into its record: the
// digest of the row is another, every step before came from the ledger, and the log
// ends in the state that the ledger gives.
func (l *life) importedAgain(before, after version, was []unit) bool {
	content := "/" + record.ImportedField + "/content"
	first, now := before.inner(content), after.inner(content)
	if !l.timeline.Imported || first == "" || now == "" || first == now || len(l.steps) == 0 {
		return false
	}
	if slices.ContainsFunc(was, func(u unit) bool { return !l.imported[u.pointer] }) {
		return false
	}
	last := slices.MaxFunc(l.steps, func(a, b unit) int { return a.item - b.item })
	state := after.inner("/" + record.ImportedField + "/state")
	step, _ := last.value.(mapping)
	return state != "" && step["to"] == state && after.text("/"+record.StatusField) == state
}

// steps lists the transitions of a version by pointer.
func steps(v version) []unit {
	var list []unit
	for _, u := range v.section("/" + record.TransitionsField).units {
		if u.isItem() && strings.Count(u.pointer, "/") == 2 {
			list = append(list, u)
		}
	}
	return list
}

// reordered tells whether steps of both versions stand in another order.
func reordered(before, after []unit) bool {
	place := make(map[string]int, len(after))
	for _, u := range after {
		place[u.pointer] = u.item
	}
	var shared []unit
	for _, u := range before {
		if _, ok := place[u.pointer]; ok {
			shared = append(shared, u)
		}
	}
	slices.SortFunc(shared, func(a, b unit) int { return a.item - b.item })
	return !slices.IsSortedFunc(shared, func(a, b unit) int { return place[a.pointer] - place[b.pointer] })
}

// end fills in what holds at the end.
func (l *life) end() {
	t := l.timeline
	t.ID, t.Present = l.id, len(l.files) > 0
	if name := l.first().path; name != "" {
		t.ID, t.Path = stem(name), name
	}
	if l.said != "" {
		t.Last = l.said
	}
	found := slices.Clone(l.steps)
	slices.SortFunc(found, func(a, b unit) int { return a.item - b.item })
	list := make([]any, len(found))
	for i, u := range found {
		list[i] = u.value
	}
	t.Steps = make([]Transition, 0, len(found))
	since := t.insertions()
	for i, declared := range record.TransitionsOf(yamldoc.NewObject(mapping{record.TransitionsField: list})) {
		p := found[i].pointer
		step := Transition{Transition: declared, Imported: l.imported[p]}
		if by := since[p]; by != nil {
			step.Recorded = *by
		}
		t.Steps = append(t.Steps, step)
	}
}

// insertions says since when each item that holds at the end is there.
func (t *Timeline) insertions() map[string]*Recorded {
	since := map[string]*Recorded{}
	for _, c := range t.Changes {
		if c.Kind == Deleted {
			clear(since)
		}
		for _, e := range c.Events {
			if _, ok := e.After.(mapping); ok && e.Before == nil {
				since[e.Pointer] = e.Recorded
			}
		}
	}
	return since
}
