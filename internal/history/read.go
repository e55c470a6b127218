package history

import (
	"iter"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"kept/internal/gitrepo"
	"kept/internal/record"
)

// Read walks the mainline of head once and builds every record's timeline. The
// fields that it knows are those of the envelope, alike in all kinds. Errors
// are those of [gitrepo.Repo.Mainline].
func Read(repo *gitrepo.Repo, head gitrepo.Hash) (*History, error) {
	return new(Line).Read(repo, head)
}

// Line is a mainline that is read again when it has grown, for a program that stays.
// What it gave does not change; the zero Line has read nothing. It is not safe for
// concurrent use.
type Line struct {
	// Told hears how many commits of a reading are read. Nil hears nothing.
	Told func(done, total int)

	walked gitrepo.Line
	reader *reader
}

// Read is [Read], which takes only the commits after the last reading where that
// one's head is on the mainline of head.
func (l *Line) Read(repo *gitrepo.Repo, head gitrepo.Hash) (*History, error) {
	steps, grown := l.walked.Walk(repo, head, record.Folder)
	r := l.reader
	if l.reader = nil; grown && r != nil {
		r.blobs = newBlobs(repo)
		r.reading++
	} else {
		r = newReader(repo)
	}
	advance := r.advance
	if l.Told != nil {
		read := 0
		advance = func(step *gitrepo.Advance) error {
			read++
			l.Told(read, l.walked.Length())
			return r.advance(step)
		}
	}
	if err := ahead(steps, advance); err != nil {
		return nil, err
	}
	l.reader, r.blobs = r, nil
	return r.history(head), nil
}

// mostAhead bounds the steps that a walk is ahead of their telling.
const mostAhead = 64

// ahead tells the steps of a walk one after the other, while the walk itself goes on
// beside. The walk has ended when it returns. A panic of the walk is one of the caller.
func ahead(steps iter.Seq2[gitrepo.Advance, error], tell func(*gitrepo.Advance) error) error {
	type taken struct {
		step  gitrepo.Advance
		err   error
		panic any
	}
	walked, stop := make(chan taken, mostAhead), make(chan struct{})
	go func() {
		defer close(walked)
		defer func() {
			if r := recover(); r != nil {
				select {
				case walked <- taken{panic: r}:
				case <-stop:
				}
			}
		}()
		for step, err := range steps {
			select {
			case walked <- taken{step: step, err: err}:
			case <-stop:
				return
			}
		}
	}()
	defer func() {
		close(stop)
		for range walked {
		}
	}()
	for t := range walked {
		if t.panic != nil {
			panic(t.panic)
		}
		if t.err != nil {
			return t.err
		}
		if err := tell(&t.step); err != nil {
			return err
		}
	}
	return nil
}

func newReader(repo *gitrepo.Repo) *reader {
	return &reader{
		blobs: newBlobs(repo), lives: map[string]*life{}, moved: map[string]*life{}, words: map[string]string{},
		copied: map[gitrepo.Hash]*gitrepo.Commit{},
	}
}

// reader is one walk up the mainline, or several that follow one another.
type reader struct {
	blobs   *blobs
	reading int              // counts the walks
	lives   map[string]*life // by folded id
	moved   map[string]*life // by earlier folded id
	number  int
	merged  time.Time // running maximum
	words   map[string]string
	copied  map[gitrepo.Hash]*gitrepo.Commit // of the step at hand
	passed  []Merge
}

// living is the life of a folded id, begun where there is none, which the walk at hand
// may change: the timeline that an earlier walk gave out stays as it is.
func (r *reader) living(id string) *life {
	l := r.lives[id]
	switch {
	case l == nil:
		l = &life{reading: r.reading}
		r.lives[id] = l
	case l.reading != r.reading:
		t := *l.timeline
		l.reading, l.timeline = r.reading, &t
	}
	return l
}

// stem is the id that a file's name gives.
func stem(name string) string { return strings.TrimSuffix(path.Base(name), ".yaml") }

// key is the folded id of a record's file, "" for any other file.
func key(name string) string {
	if !strings.HasSuffix(name, ".yaml") {
		return ""
	}
	return fold(stem(name))
}

// advance takes one mainline commit.
func (r *reader) advance(step *gitrepo.Advance) error {
	r.number++
	r.merged = later(r.merged, step.Commit.Committer.When)
	clear(r.copied)
	r.passed = append(r.passed, r.mainline(step))
	touched := byRecord(step.Changes)
	joins := len(step.Commit.Parents) > 1 && step.Commit.Hash != ""
	if len(touched) == 0 && !joins {
		return nil
	}
	commit := r.slim(&step.Commit)
	m := &merge{
		reader: r, place: place{r.number, commit},
		recorded: &Recorded{Submitted: r.merged, Merged: r.merged, SetBy: commit, MergedBy: commit},
		sides:    r.sidesByRecord(step.Side, touched),
	}
	for _, id := range slices.Sorted(maps.Keys(touched)) {
		m.move(id, touched[id])
	}
	if err := m.renumber(); err != nil {
		return err
	}
	if joins {
		var err error
		if r.passed[len(r.passed)-1].Altered, err = m.alterations(step); err != nil {
			return err
		}
	}
	for _, mv := range m.moves {
		if err := m.tell(mv); err != nil {
			return err
		}
	}
	return nil
}

// byRecord groups changes by folded id.
func byRecord(changes []gitrepo.Change) map[string][]gitrepo.Change {
	groups := map[string][]gitrepo.Change{}
	for _, c := range changes {
		if id := key(c.Path); id != "" {
			groups[id] = append(groups[id], c)
		}
	}
	return groups
}

// sidesByRecord lists, for each record that the merge changed, and for each number
// that it did not let in, the side commits that touched it, parents before
// children.
func (r *reader) sidesByRecord(sides []gitrepo.SideCommit, touched map[string][]gitrepo.Change) map[string][]*sideCommit {
	groups := map[string][]*sideCommit{}
	refused := r.refused(sides, touched)
	for i := range sides {
		side := &sideCommit{order: i, changes: sides[i].Changes}
		for _, c := range side.changes {
			id := key(c.Path)
			if _, ok := touched[id]; !ok && (!refused[id] || !alone(&sides[i])) {
				continue
			}
			if list := groups[id]; len(list) > 0 && list[len(list)-1] == side {
				continue
			}
			if side.commit == nil {
				side.commit = r.slim(&sides[i].Commit)
			}
			groups[id] = append(groups[id], side)
		}
	}
	return groups
}

// refused are the ids under which side commits made a record while the mainline
// had another of that id: the merge let it in under another number, or not at all.
func (r *reader) refused(sides []gitrepo.SideCommit, touched map[string][]gitrepo.Change) map[string]bool {
	ids := map[string]bool{}
	for i := range sides {
		if !alone(&sides[i]) {
			continue
		}
		for _, c := range sides[i].Changes {
			id := key(c.Path)
			if _, ok := touched[id]; !ok && c.Before == "" && r.lives[id] != nil {
				ids[id] = true
			}
		}
	}
	return ids
}

// alone tells a commit that is no merge: what it changed, it changed itself.
func alone(side *gitrepo.SideCommit) bool { return len(side.Commit.Parents) == 1 }

// history ends the walk.
func (r *reader) history(head gitrepo.Hash) *History {
	h := &History{Head: head, commits: r.passed, timelines: make(map[string]*Timeline, len(r.lives)+len(r.moved))}
	for id, l := range r.moved {
		h.timelines[id] = l.timeline
	}
	for id, l := range r.lives {
		if l.reading == r.reading {
			l.end()
		}
		h.timelines[id] = l.timeline
		h.ids = append(h.ids, id)
	}
	slices.Sort(h.ids)
	return h
}
