package pipeline

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync"
	"time"

	"kept/internal/calendar"
	"kept/internal/check"
	"kept/internal/config"
	"kept/internal/evidence"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/metric"
	"kept/internal/obligation"
	"kept/internal/portal"
	"kept/internal/record"
	"kept/internal/schema"
)

// Snapshot is the records of one commit, or of the work tree, read and judged.
type Snapshot struct {
	Config      config.Config
	Kinds       *schema.Registry
	Register    *record.Register
	Calendar    *calendar.Calendar
	Definitions []*metric.Definition
	Findings    finding.List     // of reading; of the rules, too, once judged
	Commit      gitrepo.Commit   // zero for the work tree
	merged      time.Time        // when it was; zero for the work tree, or where no commit says
	History     *history.History // nil where it was not read
	// Signatures, Ledger and Assurance are what stands behind the history; nil where
	// it was not read, and the ledger where none was named.
	Signatures *evidence.Signatures
	Ledger     *evidence.Ledger
	Assurance  *evidence.Assurance
	AsOf       time.Time
	// Now is the clock for a work tree: what its files declare may not lie behind
	// it. Zero is AsOf; a commit has its own time.
	Now time.Time
	// obligations are compiled when they are first asked for, programs when a record of
	// their kind is first judged: neither depends on AsOf.
	obligations func() ([]*obligation.Definition, finding.List)
	programs    *check.Programs
	single      *check.Said
	owed        *owed
	memory      *memory  // of a work tree in view; nil keeps nothing
	view        *inSight // what was read before; nil for nothing
	// layouts are those of the snapshot's papers, read when they are first asked for.
	layouts func() (portal.LayoutSet, error)
	// unusable is what the records of obligations and clauses say that cannot be used,
	// whatever is owed at whichever moment.
	unusable func() finding.List
	noted    map[string]int  // information of the rules of history, by rule; nil before an audit
	errors   map[string]bool // ids of the records in which the rules find an error; nil before they were asked
	judged   bool            // AsOf was asked for
	files    fs.FS
	anchored []gitrepo.Hash // commits that the request says are kept elsewhere
	// substitutions are the repository's orders to show another history.
	substitutions []gitrepo.Substitution
	project       *Project // that read a commit; nil for a work tree
	progress      Progress
	// revised gives the changes of each file of the content folder; nil without history.
	revised func() map[string][]portal.Revision
}

// WorkTree reads the files on disk. asOf judges what is late; zero is the time
// of HEAD or, before the first commit, of the newest step of any record. A bare
// repository has none: a [*gitrepo.WorkTreeError].
func (p *Project) WorkTree(asOf time.Time) (*Snapshot, error) {
	if err := p.onDisk(); err != nil {
		return nil, err
	}
	s := &Snapshot{files: p.workTree(), AsOf: asOf, progress: p.Progress}
	if s.AsOf.IsZero() && p.repo != nil {
		if head, err := p.repo.Resolve("HEAD", time.UTC); err == nil {
			merged, err := p.merged(head)
			if err != nil {
				return nil, err
			}
			s.AsOf = merged.Add(commitSpan)
		}
	}
	if err := s.read(); err != nil {
		return s, err
	}
	return s, p.explainConflicts(s)
}

// ErrUndated says that no commit tells a moment by which anything could be late.
var ErrUndated = errors.New("no commit has a time that can be: name --as-of")

// farthestBack bounds how many commits are asked for their time.
const farthestBack = 1000

// merged is when the newest commit was merged: the latest committer time of it and
// of those before it on the mainline, as the history has it, so that a clock that
// was set back decides nothing. Times that cannot be are [ErrUndated].
func (p *Project) merged(head gitrepo.Hash) (time.Time, error) {
	var latest time.Time
	for range farthestBack {
		c, err := p.repo.Commit(head)
		if err != nil {
			break // a history that was cut short
		}
		if c.Committer.When.After(latest) {
			latest = c.Committer.When
		}
		if len(c.Parents) == 0 {
			break
		}
		head = c.Parents[0]
	}
	if latest.Unix() <= 0 || latest.Year() > 9998 {
		return time.Time{}, ErrUndated
	}
	return latest, nil
}

// commitSpan makes the default moment of judgement the first one after the
// commit: what it brought is known (domain.md §0.18), and git counts seconds.
const commitSpan = time.Second

// Snapshot reads the records of a commit with their history.
func (p *Project) Snapshot(m Moment) (*Snapshot, error) { return p.snapshot(m, nil) }

// snapshot is [Project.Snapshot], which takes over from a work tree in view what that
// has read already; nil for none.
func (p *Project) snapshot(m Moment, view *inSight) (*Snapshot, error) {
	if p.problem != nil {
		return nil, p.problem
	}
	if m.At == "" {
		m.At = "HEAD"
	}
	s := &Snapshot{substitutions: p.repo.Substitutions(), project: p, progress: p.Progress, view: view}
	head, err := p.resolve(m.At)
	if err != nil {
		return nil, err
	}
	if s.Commit, err = p.repo.Commit(head); err != nil {
		return nil, fmt.Errorf("read commit: %w", err)
	}
	if s.files, err = p.repo.Files(head); err != nil {
		return nil, fmt.Errorf("read tree: %w", err)
	}
	s.AsOf, s.judged = m.AsOf, !m.AsOf.IsZero()
	if day, err := calendar.ParseDay(m.At); s.AsOf.IsZero() && err == nil {
		s.AsOf, s.judged = day.Add(1).Start(p.Zone()), true
	}
	if s.merged, err = p.merged(head); s.AsOf.IsZero() {
		if err != nil {
			return nil, err
		}
		s.AsOf = s.merged.Add(commitSpan)
	}
	if err := s.read(); err != nil {
		return nil, err
	}
	s.AsOf = s.AsOf.In(s.Config.Zone)
	if s.History, err = view.history(p.repo, head, p.Progress.of(stageHistory)); err != nil {
		return s, err
	}
	s.view = nil // what it took over is its own now
	s.revised = sync.OnceValue(func() map[string][]portal.Revision { return p.contentRevisions(s.History) })
	return s, p.assure(s, m)
}

// resolve finds a commit; a date is read in the organisation's zone.
func (p *Project) resolve(at string) (gitrepo.Hash, error) {
	return p.repo.Resolve(at, p.Zone())
}

// configuration is the one on disk or, in a bare repository or a sparse checkout, at
// HEAD.
func (p *Project) configuration() config.Config {
	files := p.workTree()
	if p.repo != nil && (p.repo.Root() == "" || p.whole() != nil) {
		head, err := p.repo.Resolve("HEAD", time.UTC)
		if err != nil {
			return config.Default()
		}
		if files, err = p.repo.Files(head); err != nil {
			return config.Default()
		}
	}
	c, _, err := config.Load(files)
	if err != nil {
		return config.Default()
	}
	return c
}

// read fills the snapshot from its files.
func (s *Snapshot) read() error {
	var found finding.List
	var err error
	if s.Config, found, err = config.Load(s.files); err != nil {
		return err
	}
	s.Findings = append(s.Findings, found...)
	s.Kinds, found = s.view.kinds(s.files)
	s.Findings = append(s.Findings, found...)
	loading := record.Loading{Known: s.view.records(s.Kinds), Told: s.progress.of(stageRecords)}
	if s.Register, found, err = loading.Load(s.files, s.Kinds); err != nil {
		return err
	}
	s.Findings = append(s.Findings, found...)
	s.compile()
	if s.AsOf.IsZero() {
		s.AsOf = newest(s.Register)
	}
	if s.Calendar, found, err = s.Register.Calendar(s.Config.Zone); err != nil {
		return err
	}
	s.Findings = append(s.Findings, found...)
	s.Definitions, found = metric.Definitions(s.Register)
	s.Findings = append(s.Findings, found...)
	return nil
}

// compile prepares what is compiled once for a register.
func (s *Snapshot) compile() {
	s.obligations = sync.OnceValues(func() ([]*obligation.Definition, finding.List) { return obligation.Definitions(s.Register) })
	s.programs, s.single, s.owed = check.NewPrograms(), &check.Said{}, &owed{}
	s.layouts = sync.OnceValues(s.readLayouts)
	s.unusable = sync.OnceValue(func() finding.List {
		_, found := s.obligations()
		_, wrong := s.Clauses(nil)
		return check.Severities(slices.Concat(found, wrong, s.layoutFindings(), s.documentFindings()), s.Config.Rules)
	})
}

// Judge adds what the table of rules finds. Figures and trails need no verdict
// on the records, so that it is made only where findings are shown.
func (s *Snapshot) Judge() {
	s.progress.tell(stageRules, 0, 0)
	duties := s.duties()
	s.Findings = append(s.Findings, s.unusable()...)
	s.Findings = append(s.Findings, check.Severities(slices.Clone(s.owed.found), s.Config.Rules)...)
	s.Findings = append(s.Findings, check.State(s.checkRequest(duties))...)
	s.Findings = append(s.Findings, s.storeless()...)
	s.Findings = s.Findings.Sort()
	s.errors = erring(s.Register, s.Findings)
}

func (s *Snapshot) checkRequest(duties []obligation.Duty) check.Request {
	return check.Request{
		Register: s.Register, Calendar: s.Calendar, Zone: s.Config.Zone, AsOf: s.AsOf, Seen: s.seen(),
		FutureTolerance: s.Config.FutureTolerance, Duties: duties, Settings: s.Config.Rules, Programs: s.programs, Said: s.single,
	}
}

// duties is what the register's obligations owe at AsOf.
// They are shared and must not be changed.
func (s *Snapshot) duties() []obligation.Duty {
	s.owed.mutex.Lock()
	defer s.owed.mutex.Unlock()
	key := owedKey{s.History, s.AsOf}
	if s.owed.list == nil || s.owed.key != key {
		definitions, _ := s.obligations()
		s.owed.key = key
		s.owed.list, s.owed.found = obligation.Judge(obligation.Request{
			Register: s.Register, History: s.History, Calendar: s.Calendar, AsOf: s.AsOf, Memory: s.memory.duties(),
		}, definitions)
	}
	return s.owed.list
}

// owed is what was last worked out of what a register owes, and from what.
type owed struct {
	mutex sync.Mutex
	key   owedKey
	list  []obligation.Duty
	found finding.List // what working them out found
}

type owedKey struct {
	history *history.History
	asOf    time.Time
}

// seen is the last moment at which the files may have been written.
func (s *Snapshot) seen() time.Time {
	if s.Commit.Hash != "" {
		return cmp.Or(s.merged, s.AsOf)
	}
	if s.Now.After(s.AsOf) {
		return s.Now
	}
	return s.AsOf
}

// newest is the time of the last step that any record declares.
func newest(reg *record.Register) time.Time {
	var last time.Time
	for rec := range reg.All() {
		for _, t := range rec.Transitions() {
			if t.At.After(last) {
				last = t.At
			}
		}
	}
	return last
}
