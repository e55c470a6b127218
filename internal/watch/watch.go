// Package watch tells when files below a folder change. It asks the operating
// system where that works, and looks by itself where it does not: on a network
// share, in a container, when the watches of a machine are used up.
package watch

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Tree watches a folder.
type Tree struct {
	// Dir is the folder.
	Dir string
	// Skip tells paths, slash-separated below Dir, that nobody wants to hear of.
	// Nothing below a skipped folder is watched. Nil skips none.
	Skip func(name string) bool
	// Extra are files elsewhere; a change of one is told by its whole path. Where its
	// folder is not there, nobody tells.
	Extra []string
	// Settle is how long it waits for more before it tells; zero is 30 ms.
	Settle time.Duration
	// Poll is how often to look at everything where the operating system tells
	// nothing; zero is a second. Where it does, everything is looked at every thirty
	// times as long, since events may be lost.
	Poll time.Duration
}

// The waits where a Tree names none.
const (
	settle = 30 * time.Millisecond
	poll   = time.Second
	rarely = 30
)

// Run tells of changes until ctx ends: names are paths, slash-separated below Dir,
// at or below which something may have changed, sorted and each once; none means
// that anything may have. Told is called by one goroutine at a time.
func (t Tree) Run(ctx context.Context, told func(names []string)) {
	if t.Settle == 0 {
		t.Settle = settle
	}
	if t.Poll == 0 {
		t.Poll = poll
	}
	w, err := fsnotify.NewWatcher()
	if err != nil {
		t.poll(ctx, told)
		return
	}
	defer w.Close()
	l := &listener{tree: t, watcher: w}
	if err := l.add("."); err != nil {
		t.poll(ctx, told)
		return
	}
	for _, name := range t.Extra {
		_ = w.Add(filepath.Dir(name))
	}
	l.listen(ctx, told)
}

// poll says again and again that anything may have changed.
func (t Tree) poll(ctx context.Context, told func([]string)) {
	tick := time.NewTicker(t.Poll)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			told(nil)
		}
	}
}

// listener gathers events of the operating system.
type listener struct {
	tree    Tree
	watcher *fsnotify.Watcher
	names   []string
	all     bool // anything may have changed
}

// add watches a folder and those below it. A folder that has gone meanwhile is
// none; that no more can be watched is the error.
func (l *listener) add(name string) error {
	return filepath.WalkDir(filepath.Join(l.tree.Dir, filepath.FromSlash(name)), func(at string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || !d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(l.tree.Dir, at)
		if err != nil {
			return err
		}
		if rel = filepath.ToSlash(rel); rel != "." && l.skips(rel) {
			return fs.SkipDir
		}
		if err := l.watcher.Add(at); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	})
}

func (l *listener) skips(name string) bool { return l.tree.Skip != nil && l.tree.Skip(name) }

// listen gathers events until they pause, and tells.
func (l *listener) listen(ctx context.Context, told func([]string)) {
	every := time.NewTicker(rarely * l.tree.Poll)
	defer every.Stop()
	pause := time.NewTimer(time.Hour)
	defer pause.Stop()
	waiting := false
	wait := func() {
		if !waiting { // a file that is written without end must not hold the news back
			pause.Reset(l.tree.Settle)
		}
		waiting = true
	}
	for {
		select {
		case <-ctx.Done():
			return
		case e, open := <-l.watcher.Events:
			if !open {
				return
			}
			if l.take(e) {
				wait()
			}
		case _, open := <-l.watcher.Errors: // some were lost
			if !open {
				return
			}
			l.all = true
			wait()
		case <-every.C:
			l.all = true
			wait()
		case <-pause.C:
			waiting = false
			l.tell(told)
		}
	}
}

// take notes an event, and tells whether anybody wants to hear of it.
func (l *listener) take(e fsnotify.Event) bool {
	if e.Op == fsnotify.Chmod {
		return false
	}
	if slices.Contains(l.tree.Extra, e.Name) {
		l.names = append(l.names, filepath.ToSlash(e.Name))
		return true
	}
	rel, err := filepath.Rel(l.tree.Dir, e.Name)
	if err != nil || !filepath.IsLocal(rel) {
		return false // beside an extra file
	}
	if rel = filepath.ToSlash(rel); rel == "." {
		l.all = true
		return true
	}
	if l.skips(rel) {
		return false
	}
	if info, err := os.Lstat(e.Name); err == nil && info.IsDir() && e.Has(fsnotify.Create) {
		if l.add(rel) != nil {
			l.all = true
		}
	}
	l.names = append(l.names, rel)
	return true
}

func (l *listener) tell(told func([]string)) {
	names := slices.Compact(slices.Sorted(slices.Values(l.names)))
	if l.all || len(names) == 0 {
		names = nil
	}
	l.names, l.all = nil, false
	told(names)
}

// Below tells whether a path is one of names or lies below one; any is where there
// are no names.
func Below(name string, names []string) bool {
	if len(names) == 0 {
		return true
	}
	return slices.ContainsFunc(names, func(n string) bool { return name == n || strings.HasPrefix(name, n+"/") })
}
