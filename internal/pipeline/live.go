package pipeline

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"kept/internal/config"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/record"
	"kept/internal/schema"
)

// LiveRequest says how a work tree is kept in view.
type LiveRequest struct {
	Now  func() time.Time
	AsOf time.Time // judges what is late; zero is the clock
	// Email and GitFiles find who works here, as [Project.Person] does.
	Email    string
	GitFiles []string
}

// Live is a work tree as it stands on disk at any moment, for a program that stays.
// It reads again only the files that changed, judges in the background, and reads
// the history of HEAD once and again when HEAD moves. It is safe for concurrent use.
//
// What it shows is a [Present], which never changes; a newer one takes its place.
type Live struct {
	request LiveRequest
	dir     string
	version string
	first   *Project // as it was opened

	looking sync.Mutex // held while the disk is looked at; guards what follows
	project *Project   // opened again when HEAD moves
	config  config.Config
	kinds   *schema.Registry
	rules   finding.List      // of the configuration and the kinds that are in use
	refused finding.List      // of the kinds among them
	broken  finding.List      // of those on disk where they cannot be used
	marks   map[string]string // of files that are no records, to tell whether they changed
	files   map[string]*liveFile
	head    gitrepo.Hash
	heads   map[string]gitrepo.Hash // blobs of HEAD's records, by path
	last    *Snapshot
	trouble string          // why the last look failed, "" where it did not
	dirty   map[string]bool // ids that changed since all were judged
	memory  memory
	// calendar is that of the last state.
	calendar yearsInView

	publishing sync.Mutex
	present    atomic.Pointer[Present]
	line       history.Line     // read by the background alone
	wake       [2]chan struct{} // something is to be worked out in the background
	news       broadcast
	former     formerTexts
}

// Live opens a work tree to stay in view, and reads its files. [Live.Run] must run
// for everything else.
func (p *Project) Live(req LiveRequest) (*Live, error) {
	if err := p.onDisk(); err != nil {
		return nil, err
	}
	l := &Live{
		request: req, dir: p.Dir, version: p.Version, first: p, project: p, files: map[string]*liveFile{}, marks: map[string]string{},
		dirty: map[string]bool{}, news: newBroadcast(),
	}
	for i := range l.wake {
		l.wake[i] = make(chan struct{}, 1)
	}
	return l, l.Look()
}

// Present is the newest state.
func (l *Live) Present() *Present { return l.present.Load() }

// Changed is closed once there is a newer [Present] than the one of that version.
func (l *Live) Changed(version uint64) <-chan struct{} {
	return l.news.after(version, func() uint64 { return l.Present().Version })
}

// Dir is the top of the work tree.
func (l *Live) Dir() string { return l.dir }

// Look compares the disk with what was read. Names are the paths at or below which
// something may have changed; without any, everything is looked at. What cannot be
// read at all is an error, and the present stays.
func (l *Live) Look(names ...string) error {
	l.looking.Lock()
	defer l.looking.Unlock()
	changed, err := l.compare(names)
	if err == nil && (changed || l.last == nil || l.trouble != "") {
		err = l.renew()
	}
	if err != nil && l.Present() != nil {
		l.complain(err)
	}
	return err
}

// compare brings what was read up to date, and tells whether anything is different.
func (l *Live) compare(names []string) (bool, error) {
	moved, err := l.follow()
	if err != nil {
		return false, err
	}
	other := l.beside(names)
	fresh, err := l.govern(names)
	if err != nil {
		return false, err
	}
	if fresh {
		names = nil
	}
	read, err := l.readFiles(names, fresh)
	return moved || other || fresh || read, err
}

// follow notices that HEAD is another commit, and opens the repository again, which
// may have new packs.
func (l *Live) follow() (bool, error) {
	head := headOf(l.project)
	if head == l.head && l.heads != nil {
		return false, nil
	}
	project, err := Open(l.dir, l.version)
	if err != nil {
		return false, err
	}
	l.project, l.head, l.heads = project, headOf(project), map[string]gitrepo.Hash{}
	if l.head == "" {
		return true, nil
	}
	blobs, err := project.repo.Blobs(l.head, record.Folder)
	for _, b := range blobs {
		l.heads[b.Path] = b.After
	}
	if err != nil {
		l.heads = nil
	}
	return true, err
}

// headOf is HEAD's commit, "" where there is none.
func headOf(p *Project) gitrepo.Hash {
	if p.repo == nil {
		return ""
	}
	head, err := p.repo.Resolve("HEAD", time.UTC)
	if err != nil {
		return ""
	}
	return head
}

// renew publishes what was read. The rules have not judged it yet.
func (l *Live) renew() error {
	s, err := l.snapshot()
	if err != nil {
		return err
	}
	l.last, l.trouble = s, ""
	marks, first := l.uncommitted(), early(s, l.dirtyIDs())
	l.publish(func(p *Present) {
		p.Snapshot, p.project, p.head, p.Uncommitted = s, l.project, l.head, marks
		p.Broken, p.Trouble, p.Judged, p.Early = l.broken, nil, false, first
	})
	l.rouse()
	return nil
}

func (l *Live) dirtyIDs() []string {
	ids := make([]string, 0, len(l.dirty))
	for id := range l.dirty {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// complain shows why the disk cannot be read; the last good state stays.
func (l *Live) complain(err error) {
	if l.trouble == err.Error() {
		return
	}
	l.trouble = err.Error()
	l.publish(func(p *Present) { p.Trouble = err })
}

// publish makes a newer present out of the last one.
func (l *Live) publish(change func(*Present)) {
	l.publishing.Lock()
	defer l.publishing.Unlock()
	next := &Present{live: l}
	if p := l.Present(); p != nil {
		*next = *p
	}
	change(next)
	next.Version++
	next.source = sync.OnceValue(next.makeSource)
	l.present.Store(next)
	l.news.tell()
}

// rouse starts the background.
func (l *Live) rouse() {
	for _, wake := range l.wake {
		select {
		case wake <- struct{}{}:
		default:
		}
	}
}

// chore is one kind of work in the background; each has a goroutine.
type chore struct {
	undone func(*Present) bool
	do     func(*Live, *Present)
	// failed marks a present for which it failed, so that it is not tried again before
	// something changes.
	failed func(p *Present, reason error)
}

// chores are judging and reading the history, which wait for nothing of each other.
var chores = [2]chore{
	{
		func(p *Present) bool { return !p.Judged },
		(*Live).judge,
		func(p *Present, _ error) { p.Judged, p.verdict = true, nil },
	},
	{
		func(p *Present) bool { return !p.Current() },
		(*Live).readPast,
		func(p *Present, reason error) { p.past = &Past{head: p.head, err: reason} },
	},
}

// Run watches the disk and works in the background until ctx ends.
func (l *Live) Run(ctx context.Context) {
	var workers sync.WaitGroup
	defer workers.Wait()
	for i := range chores {
		workers.Go(func() {
			for {
				select {
				case <-ctx.Done():
					return
				case <-l.wake[i]:
					for ctx.Err() == nil && l.work(&chores[i]) {
					}
				}
			}
		})
	}
	l.rouse()
	l.watch(ctx)
}

// work does a chore for the present, and tells whether it was to be done.
func (l *Live) work(c *chore) (did bool) {
	p := l.Present()
	if !c.undone(p) {
		return false
	}
	defer func() {
		if r := recover(); r != nil { // a record that nobody foresaw must not end the program
			l.stumble(p, c, fmt.Errorf("%v\n%s", r, debug.Stack()))
			did = true
		}
	}()
	c.do(l, p)
	return true
}

// stumble shows that a chore failed.
func (l *Live) stumble(at *Present, c *chore, reason error) {
	l.publish(func(p *Present) {
		if p.Snapshot == at.Snapshot && p.head == at.head {
			p.Trouble = reason
			c.failed(p, reason)
		}
	})
}

// isRecord tells the paths of record files.
func isRecord(name string, mode fs.FileMode) bool {
	return mode.IsRegular() && path.Ext(name) == ".yaml"
}

// broadcast tells everybody who waits.
type broadcast struct {
	mutex *sync.Mutex
	next  *chan struct{}
}

func newBroadcast() broadcast {
	c := make(chan struct{})
	return broadcast{&sync.Mutex{}, &c}
}

func (b broadcast) tell() {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	close(*b.next)
	*b.next = make(chan struct{})
}

// after is closed at the next telling, or at once where the version is another.
func (b broadcast) after(version uint64, now func() uint64) <-chan struct{} {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if now() != version {
		c := make(chan struct{})
		close(c)
		return c
	}
	return *b.next
}

// Await waits until the rules have judged what lies on disk, or until patience is
// over or ctx ends.
func (l *Live) Await(ctx context.Context, patience time.Duration) *Present {
	limit := time.NewTimer(patience)
	defer limit.Stop()
	for {
		p := l.Present()
		if p.Judged {
			return p
		}
		select {
		case <-l.Changed(p.Version):
		case <-limit.C:
			return p
		case <-ctx.Done():
			return p
		}
	}
}
