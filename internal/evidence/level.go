package evidence

import (
	"slices"
	"sync"
	"time"

	"kept/internal/calendar"
	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/metric"
	"kept/internal/signature"
)

// Level is how much stands behind a claim, in increasing order (domain.md §7.3).
// The highest that holds is told: a commit that CI has seen is observed, signed or
// not. None says that a declared time is true; each narrows when the claim can
// have been written.
type Level int

// The levels.
const (
	Typed     Level = iota // in no commit: somebody's word
	Committed              // in a commit, which is pending or whose date lies before that of its predecessor
	Merged                 // on the mainline, in the order of the dates
	Signed                 // with a good signature
	Observed               // seen by CI no later than the tolerance after its date
	Anchored               // contained in a commit whose id is kept elsewhere
)

// Levels lists all levels, lowest first.
func Levels() []Level { return []Level{Typed, Committed, Merged, Signed, Observed, Anchored} }

// String is the level's name in data.
func (l Level) String() string {
	return []string{"typed", "committed", "merged", "signed", "observed", "anchored"}[l]
}

// Key is the level's name for people.
func (l Level) Key() string {
	return []string{
		"evidence.level.typed", "evidence.level.committed", "evidence.level.merged",
		"evidence.level.signed", "evidence.level.observed", "evidence.level.anchored",
	}[l]
}

// SignedBy says on which commit a good signature lies.
type SignedBy string

// The commits that may be signed.
const (
	Nobody    SignedBy = ""
	Mainline  SignedBy = "mainline"  // the one since which the value holds there
	Submitted SignedBy = "submitted" // every one that the merge brought in, or the one that set the value
)

// Standing is what one claim rests on.
type Standing struct {
	Level  Level
	Signed SignedBy
	Seen   time.Time    // by when CI had seen it, zero where it did not or nobody asked
	Anchor gitrepo.Hash // one that contains it, "" for none
	bare   Level        // without signature, CI and anchors
}

// AssuranceRequest is what levels are worked out from. Only History must be set.
type AssuranceRequest struct {
	History    *history.History
	Signatures *Signatures
	Ledger     *Ledger
	Anchors    []gitrepo.Hash // full ids
	// Clock is how far clocks may differ; Calendar and Tolerance say how long after
	// its date CI may see a commit. Without a calendar that is a day.
	Clock     time.Duration
	Calendar  *calendar.Calendar
	Tolerance calendar.Limit
}

// Assurance knows the standing of every commit of a history. It is safe for
// concurrent use.
type Assurance struct {
	AssuranceRequest
	mainline map[gitrepo.Hash]*Standing
	over     map[gitrepo.Hash]gitrepo.Hash // side commit → the mainline commit that brought it in
	unlikely map[gitrepo.Hash]bool         // side commits whose date lies before that of a parent, or after the merge
	late     []Late
	members  sync.Map // claimKey → Standing: one record counts in many figures
}

type claimKey struct {
	record string
	commit gitrepo.Hash
}

// Late is a commit whose date CI does not confirm.
type Late struct {
	Commit *gitrepo.Commit
	Seen   time.Time
	// First tells that the ledger begins here: what was there before it is seen late
	// by its nature.
	First bool
}

// Assure works out all standings.
func Assure(req AssuranceRequest) *Assurance {
	a := &Assurance{AssuranceRequest: req, mainline: map[gitrepo.Hash]*Standing{}, over: map[gitrepo.Hash]gitrepo.Hash{}, unlikely: map[gitrepo.Hash]bool{}}
	var latest time.Time
	dates := map[gitrepo.Hash]time.Time{}
	for _, m := range req.History.Commits() {
		s := &Standing{Level: Merged, Signed: a.signed(m)}
		if m.Committer.When.Add(req.Clock).Before(latest) || m.Committer.When.IsZero() {
			s.Level = Committed
		}
		s.bare = s.Level
		if s.Signed != Nobody {
			s.Level = Signed
		}
		if m.Committer.When.After(latest) {
			latest = m.Committer.When
		}
		a.mainline[m.Hash] = s
		for _, side := range m.Side {
			a.over[side.Hash] = m.Hash
			dates[side.Hash] = side.Committer.When
			a.unlikely[side.Hash] = side.Committer.When.After(m.Committer.When.Add(req.Clock)) || slices.ContainsFunc(side.Parents, func(p gitrepo.Hash) bool {
				return side.Committer.When.Add(req.Clock).Before(dates[p])
			})
		}
		dates[m.Hash] = m.Committer.When
	}
	a.observe()
	a.anchor()
	return a
}

// good tells a commit with a good signature.
func (a *Assurance) good(h gitrepo.Hash) bool {
	return a.Signatures != nil && a.Signatures.Of(h).Status == signature.Good
}

// signed says which commits of a mainline commit are signed.
func (a *Assurance) signed(m history.Merge) SignedBy {
	switch {
	case a.good(m.Hash):
		return Mainline
	case len(m.Side) == 0 || slices.ContainsFunc(m.Side, func(c *gitrepo.Commit) bool { return !a.good(c.Hash) }):
		return Nobody
	}
	return Submitted
}

// observe goes down the mainline: who saw a commit saw all that it contains.
func (a *Assurance) observe() {
	if a.Ledger == nil {
		return
	}
	commits := a.History.Commits()
	var seen time.Time
	began := -1 // where the ledger begins
	for i := len(commits) - 1; i >= 0; i-- {
		at, own := a.Ledger.Seen(commits[i].Hash)
		if own && (seen.IsZero() || !at.After(seen)) {
			seen, began = at, i
		}
		a.mainline[commits[i].Hash].Seen = seen
	}
	for i, m := range commits {
		s := a.mainline[m.Hash]
		switch {
		case s.Seen.IsZero():
		case a.confirms(s.Seen, m.Committer.When):
			s.Level = Observed
		case i >= began && began >= 0:
			a.late = append(a.late, Late{m.Commit, s.Seen, i == began})
		}
	}
}

// confirms tells whether a sighting fits the date that a commit gives itself.
func (a *Assurance) confirms(seen, date time.Time) bool {
	switch {
	case date.IsZero() || seen.Add(a.Clock).Before(date):
		return false
	case a.Calendar == nil || seen.Sub(date) <= 24*time.Hour:
		return seen.Sub(date) <= 24*time.Hour
	}
	return !seen.After(a.Calendar.Due(date, a.Tolerance, nil).At)
}

// Late lists mainline commits that CI saw long after the date that they give, or
// before it, oldest first.
func (a *Assurance) Late() []Late { return a.late }

// anchor goes from each anchor to all that it contains.
func (a *Assurance) anchor() {
	if len(a.Anchors) == 0 {
		return
	}
	byHash := map[gitrepo.Hash]*gitrepo.Commit{}
	for _, m := range a.History.Commits() {
		byHash[m.Hash] = m.Commit
		for _, c := range m.Side {
			byHash[c.Hash] = c
		}
	}
	visited := map[gitrepo.Hash]bool{}
	for _, anchor := range a.Anchors {
		for queue := []gitrepo.Hash{anchor}; len(queue) > 0; {
			h := queue[len(queue)-1]
			queue = queue[:len(queue)-1]
			if byHash[h] == nil || visited[h] {
				continue
			}
			visited[h] = true
			queue = append(queue, byHash[h].Parents...)
			if s := a.mainline[h]; s != nil {
				s.Level, s.Anchor = Anchored, anchor
			}
		}
	}
}

// Of is the standing of a commit: of a side commit that of the merge which brought
// it in, of one that is not in the history no more than committed, of "" typed.
func (a *Assurance) Of(h gitrepo.Hash) Standing {
	if h == "" {
		return Standing{}
	}
	if over, ok := a.over[h]; ok {
		s := *a.mainline[over]
		if a.good(h) && s.Signed != Mainline {
			s.Signed, s.Level = Submitted, max(s.Level, Signed)
		}
		return s
	}
	if s := a.mainline[h]; s != nil {
		return *s
	}
	return Standing{Level: Committed}
}

// Value is the standing of one value: where the mainline commit is not signed, it
// is the one that set the value which must be.
func (a *Assurance) Value(r *history.Recorded) Standing {
	if r == nil || r.IsZero() {
		return Standing{}
	}
	s := a.Of(r.MergedBy.Hash)
	if r.SetBy != nil && a.unlikely[r.SetBy.Hash] {
		s.bare = min(s.bare, Committed)
		if s.Level == Merged {
			s.Level = Committed
		}
	}
	if s.Signed == Mainline || r.SetBy == nil || r.SetBy.Hash == r.MergedBy.Hash && len(r.MergedBy.Parents) < 2 {
		return s
	}
	if s.Signed = Nobody; a.good(r.SetBy.Hash) {
		s.Signed, s.Level = Submitted, max(s.Level, Signed)
	} else if s.Level == Signed {
		s.Level = s.bare
	}
	return s
}

// Tally counts claims by level.
type Tally [Anchored + 1]int

// Lowest is the lowest level that any claim has; false where there is none.
func (t Tally) Lowest() (Level, bool) {
	for _, l := range Levels() {
		if t[l] > 0 {
			return l, true
		}
	}
	return Typed, false
}

// Member is the standing of one member of a figure: of the values of its record
// that its commit brought onto the mainline, or where nothing was done yet of the
// record as it stood last.
func (a *Assurance) Member(e metric.Evidence) Standing {
	key := claimKey{e.Record, e.Commit}
	if known, ok := a.members.Load(key); ok {
		return known.(Standing)
	}
	s := a.member(e)
	a.members.Store(key, s)
	return s
}

func (a *Assurance) member(e metric.Evidence) Standing {
	t := a.History.Timeline(e.Record)
	if e.Commit == "" {
		if t == nil {
			return Standing{}
		}
		return a.Of(a.History.Latest([]string{e.Record}).Hash)
	}
	if t == nil {
		return a.Of(e.Commit)
	}
	lowest := Standing{Level: Anchored + 1}
	for i := range t.Changes {
		c := &t.Changes[i]
		if c.MergedBy == nil || c.MergedBy.Hash != e.Commit {
			continue
		}
		for n := range c.Events {
			if s := a.Value(c.Events[n].Recorded); s.Level < lowest.Level {
				lowest = s
			}
		}
	}
	if lowest.Level > Anchored {
		return a.Of(e.Commit)
	}
	return lowest
}

// Figure counts the members that a result counts by their level: its own is the
// lowest.
func (a *Assurance) Figure(r *metric.Result) Tally {
	var t Tally
	counted := r.Denominator
	if len(counted) == 0 {
		counted = r.Numerator
	}
	for _, e := range counted {
		t[a.Member(e).Level]++
	}
	return t
}

// Commits counts the mainline commits by level.
func (a *Assurance) Commits() Tally {
	var t Tally
	for _, s := range a.mainline {
		t[s.Level]++
	}
	return t
}

// Steps counts the steps that hold now by level.
func (a *Assurance) Steps() Tally {
	var t Tally
	for life := range a.History.All() {
		for i := range life.Steps {
			t[a.Value(&life.Steps[i].Recorded).Level]++
		}
	}
	return t
}
