package pipeline

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/record"
	"kept/internal/watch"
)

// Past is what the history of a commit proves: figures, timelines, findings of the
// audit.
type Past struct {
	head     gitrepo.Hash
	snapshot *Snapshot
	measures *Measures
	found    finding.List // of the rules of history
	used     []string     // every id that the mainline ever held
	err      error        // why it cannot be read
}

// watch looks at what changes on the disk.
func (l *Live) watch(ctx context.Context) {
	tree := watch.Tree{Dir: l.dir, Skip: unwatched}
	if l.project.repo != nil {
		tree.Extra = l.project.repo.Moves()
	}
	tree.Run(ctx, func(names []string) { _ = l.Look(names...) })
}

// unwatched are the paths that no page is made from: git's own, what was built, and
// what belongs to other programs.
func unwatched(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	if strings.HasSuffix(name, ".tmp") || strings.HasPrefix(name, "site/public/") || name == "site/public" {
		return true
	}
	return !governed(name) && first != ".mailmap" && first != ".gitignore"
}

// serveFirst makes what pages are drawn from, and leaves the machine to them for as
// long again. It tells whether a newer present came meanwhile, which alone is worth
// judging.
func (l *Live) serveFirst(p *Present) bool {
	start := l.request.Now()
	p.Source()
	rest := time.NewTimer(l.request.Now().Sub(start))
	defer rest.Stop()
	select {
	case <-l.Changed(p.Version):
		return true
	case <-rest.C:
		return false
	}
}

// judge adds what the rules find in a present, unless a newer one is there by then.
func (l *Live) judge(p *Present) {
	if l.serveFirst(p) {
		return
	}
	s := *p.Snapshot
	if p.past != nil && p.past.snapshot != nil {
		s.History = p.past.snapshot.History
	}
	s.Findings = slices.Clone(s.Findings)
	s.Judge()
	l.looking.Lock()
	defer l.looking.Unlock()
	if l.last != p.Snapshot || l.Present().past != p.past {
		return
	}
	clear(l.dirty)
	l.publish(func(next *Present) { next.verdict, next.Judged, next.Early = s.Findings, true, nil })
}

// readPast reads the history of HEAD, and has what is over judged again by it.
func (l *Live) readPast(p *Present) {
	project, view := l.sight(p.head)
	past := &Past{head: p.head}
	past.snapshot, past.err = project.snapshot(Moment{At: string(p.head), AsOf: l.request.AsOf}, view)
	if past.err != nil {
		past.snapshot = nil
	} else {
		past.prepare(project)
	}
	l.publish(func(next *Present) {
		if next.head == past.head { // what is owed has its proof in commits
			next.past, next.Judged = past, false
		}
	})
	l.rouse()
}

// prepare works out what first pages ask for.
func (p *Past) prepare(project *Project) {
	s := p.snapshot
	p.measures = project.Measures(s)
	var noted map[string]int
	audited := alongside(func() { p.found, noted = s.listen() })
	defer func() {
		audited()
		s.noted = noted
	}()
	for _, d := range s.Definitions {
		periods := p.measures.Periods(d.Cadence)
		for _, q := range periods[max(0, len(periods)-13):] {
			p.measures.Result(d, q, d.Bases()[0])
		}
	}
	ids := map[string]bool{}
	for t := range s.History.All() {
		ids[t.ID] = true
		for i := range t.Changes {
			ids[record.StemOf(t.Changes[i].Path)] = true
		}
	}
	p.used = slices.Sorted(maps.Keys(ids))
}

// alongside begins on another core; what it returns waits for the end, and panics where
// that did.
func alongside(do func()) (wait func()) {
	ended := make(chan any, 1)
	go func() {
		defer func() { ended <- recover() }()
		do()
	}()
	return func() {
		if reason := <-ended; reason != nil {
			panic(reason)
		}
	}
}
