package pipeline

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/intake"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/yamldoc"
)

// Entry asks for a new record, a next step or an operation, as a form gives it.
type Entry struct {
	Kind string // of a new record
	ID   string // of the record that takes a step; "" for a new one
	To   string // state or operation
	By   string // person; "" is who the git identity belongs to
	Role string
	Note string
	At   time.Time // zero is now
	Sets []intake.Set
	Base string // digest of the record's file as its page saw it; not looked at for a new one
}

// Entered is what an entry makes, or made.
type Entered struct {
	ID, Path string // of the record that was asked for; "" where errors keep it from being made
	Text     []byte // its file
	Findings finding.List
	Written  bool
}

// Errors of entries that no form of the present sends.
var (
	ErrUnknownKind   = errors.New("no such kind")
	ErrUnknownRecord = errors.New("no such record")
	ErrNobody        = errors.New("no person has the git identity of this machine")
)

// ConflictError says that a record's file is no longer what a page saw.
type ConflictError struct {
	ID     string
	Fields []locale.Text // what is different now, as far as it can be told
}

// Error says so in English.
func (e *ConflictError) Error() string { return "record " + e.ID + " was changed meanwhile" }

// Digest is the SHA-256 of a record's file, by which a page says what it saw.
func Digest(source []byte) string {
	sum := sha256.Sum256(source)
	return hex.EncodeToString(sum[:])
}

// Plan tells what an entry would make, and writes nothing.
func (l *Live) Plan(e Entry) (Entered, error) {
	entered, _, err := l.plan(l.Present(), e)
	return entered, err
}

// mostTries bounds how often an entry is planned anew because its file, or the
// number that was to be its own, was taken meanwhile.
const mostTries = 20

// Write makes what an entry asks for, as `kept new` and `kept advance` would; errors
// among the findings say why not. A record that is no longer what the page saw is a
// [*ConflictError], and nothing is written.
func (l *Live) Write(e Entry) (Entered, error) {
	for try := 1; ; try++ {
		if err := l.Look(l.placesOf(e)...); err != nil {
			return Entered{}, err
		}
		entered, plans, err := l.plan(l.Present(), e)
		if err != nil || entered.Findings.Count(finding.Error) > 0 {
			return entered, err
		}
		err = l.Project().apply(plans...)
		var paths []string
		for _, p := range plans {
			paths = append(paths, p.Path)
		}
		if looked := l.Look(paths...); err == nil {
			err = looked
		}
		if !errors.Is(err, intake.ErrChanged) || try == mostTries {
			entered.Written = err == nil
			return entered, err
		}
	}
}

// placesOf are the files that an entry depends on first: the record's own, or the
// folder of the kind, whose numbers other windows may have taken.
func (l *Live) placesOf(e Entry) []string {
	if rec := l.Present().Register.Get(e.ID); e.ID != "" && rec != nil {
		return []string{rec.Path}
	}
	if e.Kind == "" || strings.ContainsAny(e.Kind, `/\.`) {
		return nil
	}
	return []string{record.Folder + "/" + e.Kind}
}

// Project is the repository as it was opened last.
func (l *Live) Project() *Project {
	l.looking.Lock()
	defer l.looking.Unlock()
	return l.project
}

func (l *Live) plan(p *Present, e Entry) (Entered, []intake.Plan, error) {
	s, err := l.desk(p)
	if err != nil {
		return Entered{}, nil, err
	}
	if e.At.IsZero() {
		e.At = l.request.Now()
	}
	if e.By == "" {
		if e.By, err = l.Project().Person(s, l.request.Email, l.request.GitFiles...); err == nil && e.By == "" {
			err = ErrNobody
		}
	}
	if err != nil {
		return Entered{}, nil, err
	}
	if e.ID == "" {
		return l.planNew(p, s, e)
	}
	rec := s.Register.Get(e.ID)
	if rec == nil {
		return Entered{}, nil, ErrUnknownRecord
	}
	if err := l.unchanged(rec, e.Base); err != nil {
		return Entered{}, nil, err
	}
	used, err := l.used(p)
	if err != nil {
		return Entered{}, nil, err
	}
	plans, found := s.planStep(intake.AdvanceRequest{
		Record: rec, Used: used, To: e.To, Sets: e.Sets, At: e.At, By: e.By, Role: e.Role, Note: e.Note,
	})
	return enteredBy(plans, found), plans, nil
}

func (l *Live) planNew(p *Present, s *Snapshot, e Entry) (Entered, []intake.Plan, error) {
	kind := s.Kinds.Kind(e.Kind)
	if kind == nil {
		return Entered{}, nil, ErrUnknownKind
	}
	used, err := l.used(p)
	if err != nil {
		return Entered{}, nil, err
	}
	plan, found, err := l.Project().planNew(s, intake.NewRequest{Kind: kind, Used: used, Sets: e.Sets, By: e.By, Role: e.Role, Now: e.At})
	if err != nil || found.Count(finding.Error) > 0 {
		return Entered{Findings: found}, nil, err
	}
	plans := []intake.Plan{plan}
	return enteredBy(plans, found), plans, nil
}

func enteredBy(plans []intake.Plan, found finding.List) Entered {
	e := Entered{Findings: found}
	if len(plans) > 0 && found.Count(finding.Error) == 0 {
		e.ID, e.Path, e.Text = record.StemOf(plans[0].Path), plans[0].Path, plans[0].After
	}
	return e
}

// desk is the present as commands that write see a work tree: judged at the moment
// after HEAD, without its history.
func (l *Live) desk(p *Present) (*Snapshot, error) {
	s := *p.Snapshot
	s.memory = nil // of states with a history
	s.Now = l.request.Now()
	if l.request.AsOf.IsZero() && p.head != "" {
		merged, err := l.Project().merged(p.head)
		if err != nil {
			return nil, err
		}
		s.AsOf = merged.Add(commitSpan)
	}
	return &s, nil
}

// used are the numbers that the history knows. While it is being read they are asked
// for alone.
// An incomplete history knows no more than it has; any other error is returned.
func (l *Live) used(p *Present) ([]string, error) {
	if past := p.readPast(); past != nil && past.head == p.head {
		return slices.Concat(past.used, l.Project().FetchedIDs()), nil
	}
	used, err := l.Project().UsedIDs()
	var incomplete *gitrepo.HistoryError
	if err != nil && !errors.As(err, &incomplete) {
		return nil, err
	}
	return used, nil
}

// unchanged compares a record with what a page saw of it.
func (l *Live) unchanged(rec *record.Record, base string) error {
	if Digest(rec.Source) == base {
		return nil
	}
	return &ConflictError{ID: rec.ID, Fields: l.former.differences(base, rec)}
}

// formerTexts keeps what files held before they changed, so that a page that saw it
// can be told what is different.
type formerTexts struct {
	mutex  sync.Mutex
	texts  map[string][]byte // by digest
	oldest []string
}

// mostFormer bounds how many are kept.
const mostFormer = 500

func (f *formerTexts) keep(source []byte) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if f.texts == nil {
		f.texts = map[string][]byte{}
	}
	digest := Digest(source)
	if f.texts[digest] != nil {
		return
	}
	f.texts[digest], f.oldest = source, append(f.oldest, digest)
	if len(f.oldest) > mostFormer {
		delete(f.texts, f.oldest[0])
		f.oldest = f.oldest[1:]
	}
}

// differences names the top fields that differ between a former text and a record.
func (f *formerTexts) differences(base string, rec *record.Record) []locale.Text {
	f.mutex.Lock()
	text := f.texts[base]
	f.mutex.Unlock()
	before, ok := yamldoc.ParseValue(text)
	if !ok || rec.Kind == nil {
		return nil
	}
	var list []locale.Text
	keys := slices.Compact(slices.Sorted(slices.Values(append(before.Keys(), rec.Keys()...))))
	for _, key := range keys {
		if !bytes.Equal(yamldoc.Write(map[string]any{key: before.Plain(key)}, nil), yamldoc.Write(map[string]any{key: rec.Plain(key)}, nil)) {
			list = append(list, rec.Kind.NameTitle(key))
		}
	}
	return list
}

// Attach puts a file into the store of evidence and names it in a record, as
// [Project.Attach] does. A record that is no longer what the page saw is a
// [*ConflictError].
func (l *Live) Attach(file, base string, id string, req intake.AttachRequest) (string, finding.List, error) {
	if rec := l.Present().Register.Get(id); rec != nil {
		if err := l.Look(rec.Path); err != nil {
			return "", nil, err
		}
	}
	p := l.Present()
	if req.Record = p.Register.Get(id); req.Record == nil {
		return "", nil, ErrUnknownRecord
	}
	if err := l.unchanged(req.Record, base); err != nil {
		return "", nil, err
	}
	path, found, err := l.Project().Attach(p.Snapshot, file, req)
	if looked := l.Look(req.Record.Path); err == nil {
		err = looked
	}
	if errors.Is(err, intake.ErrChanged) {
		err = &ConflictError{ID: id}
	}
	return path, found, err
}
