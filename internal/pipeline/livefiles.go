package pipeline

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"kept/internal/check"
	"kept/internal/config"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/metric"
	"kept/internal/portal"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/watch"
)

// liveFile is one record's file as it was last read.
type liveFile struct {
	info   fs.FileInfo
	read   time.Time
	blob   gitrepo.Hash
	record *record.Record
	found  finding.List
	unread bool // nothing of it could be read
}

// racy is how long a file's time of change may be that of a change which came right
// after it was read: file systems count in steps.
const racy = 2 * time.Second

// same tells a file that need not be read again.
func (f *liveFile) same(info fs.FileInfo) bool {
	return f != nil && f.info.Size() == info.Size() && f.info.ModTime().Equal(info.ModTime()) && os.SameFile(f.info, info) &&
		f.read.Sub(info.ModTime()) > racy
}

// liveFolders are what pages are made of beside records.
var liveFolders = [...]string{"site/content", "site/assets", "templates", ".mailmap", ".gitignore"}

// beside tells whether files other than records changed that pages show.
func (l *Live) beside(names []string) bool {
	changed := false
	for _, root := range liveFolders {
		if !touches(root, names) {
			continue
		}
		if mark := l.mark(root); mark != l.marks[root] {
			l.marks[root], changed = mark, true
		}
	}
	return changed
}

// touches tells whether one of names lies at, below or above a place.
func touches(root string, names []string) bool {
	return len(names) == 0 || slices.ContainsFunc(names, func(n string) bool {
		return n == root || strings.HasPrefix(n, root+"/") || strings.HasPrefix(root, n+"/")
	})
}

// mark is the state of the files at or below a place, by their sizes and times.
func (l *Live) mark(root string) string {
	var b strings.Builder
	files := l.project.workTree()
	_ = fs.WalkDir(files, root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil
		}
		if info, err := fs.Stat(files, name); err == nil {
			fmt.Fprintf(&b, "%s %d %d\n", name, info.Size(), info.ModTime().UnixNano())
		}
		return nil
	})
	return b.String()
}

// govern reads kept.yaml and the kinds again where they changed. Those that cannot
// be used are told and leave the last good ones in force.
func (l *Live) govern(names []string) (bool, error) {
	if l.kinds != nil && !touches(config.File, names) && !touches("schemas", names) {
		return false, nil
	}
	text := governText(l.project.workTree())
	if l.kinds != nil && text == l.marks[config.File] {
		return false, nil
	}
	files := l.project.workTree()
	c, wrong, err := config.Load(files)
	if err != nil {
		return false, err
	}
	kinds, bad := schema.Load(kindFiles(files))
	l.marks[config.File] = text
	if broken := slices.Concat(wrong, bad); l.kinds != nil && len(broken) > 0 {
		l.broken = broken
		if len(wrong) == 0 {
			l.config = c
		}
		if len(bad) == 0 {
			l.kinds, l.refused = kinds, nil
		}
		return true, nil
	}
	l.config, l.kinds, l.rules, l.refused, l.broken = c, kinds, slices.Concat(wrong, bad), bad, nil
	return true, nil
}

// governText is the text of kept.yaml and of the kinds.
func governText(files fs.FS) string {
	var b strings.Builder
	for _, root := range []string{config.File, "schemas"} {
		_ = fs.WalkDir(files, root, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return nil
			}
			data, err := fs.ReadFile(files, name)
			fmt.Fprintf(&b, "%s %d %v\n%s\n", name, len(data), err, data)
			return nil
		})
	}
	return b.String()
}

// readFiles brings the records at or below names up to date; anew parses also what
// did not change.
func (l *Live) readFiles(names []string, anew bool) (bool, error) {
	files := l.project.workTree()
	infos, err := statRecords(files, names)
	if err != nil {
		return false, err
	}
	changed := false
	for name, f := range l.files {
		if _, there := infos[name]; !there && watch.Below(name, names) {
			delete(l.files, name)
			l.former.keep(f.record.Source)
			l.dirty[f.record.ID] = true
			changed = true
		}
	}
	var paths []string
	for name, info := range infos {
		if anew || len(names) > 0 || !l.files[name].same(info) {
			paths = append(paths, name)
		}
	}
	slices.Sort(paths)
	read := make([]*liveFile, len(paths))
	parallel(len(paths), func(i int) { read[i] = l.readFile(files, paths[i], infos[paths[i]], anew) })
	for i, f := range read {
		if f == nil {
			continue
		}
		if old := l.files[paths[i]]; old == nil || old.record != f.record {
			changed = true
			l.dirty[f.record.ID] = true
			if old != nil {
				l.former.keep(old.record.Source)
			}
		}
		l.files[paths[i]] = f
	}
	return changed, nil
}

// statRecords says what lies at or below names in records/.
func statRecords(files fs.FS, names []string) (map[string]fs.FileInfo, error) {
	infos := map[string]fs.FileInfo{}
	roots := []string{record.Folder}
	if len(names) > 0 {
		roots = slices.DeleteFunc(slices.Clone(names), func(n string) bool { return !watch.Below(n, roots) || !fs.ValidPath(n) })
	}
	for _, root := range roots {
		err := fs.WalkDir(files, root, func(name string, d fs.DirEntry, err error) error {
			switch {
			case errors.Is(err, fs.ErrNotExist):
				return nil // gone, or gone meanwhile
			case err != nil:
				return err
			case !isRecord(name, d.Type()):
				return nil
			}
			info, err := fs.Stat(files, name)
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			infos[name] = info
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("list records: %w", err)
		}
	}
	return infos, nil
}

// readFile reads one file; the record is that of the last reading where the bytes
// are the same. Nil is a file that has gone meanwhile. One that cannot be read is a
// broken record.
func (l *Live) readFile(files fs.FS, name string, info fs.FileInfo, anew bool) *liveFile {
	at := l.request.Now()
	data, err := fs.ReadFile(files, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if old := l.files[name]; old != nil && !anew && err == nil && bytes.Equal(old.record.Source, data) {
		return &liveFile{info: info, read: at, blob: old.blob, record: old.record, found: old.found}
	}
	f := &liveFile{info: info, read: at, blob: gitrepo.BlobID(data)}
	f.record, f.found = record.Parse(name, data, l.kinds)
	if f.unread = err != nil; f.unread {
		f.record = &record.Record{ID: record.StemOf(name), Path: name, Kind: f.record.Kind, Broken: true}
		f.found = finding.List{{
			Position: finding.Position{Path: name}, Rule: "yaml-syntax", Severity: finding.Error, Record: f.record.ID, Key: "serve.unreadable",
		}}
	}
	return f
}

// parallel calls do for 0 to n-1 on every core.
func parallel(n int, do func(int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	wg.Wait()
}

// snapshot is what was read, as [Project.WorkTree] would have read it.
func (l *Live) snapshot() (*Snapshot, error) {
	now := l.request.Now()
	s := &Snapshot{files: l.project.workTree(), Config: l.config, Kinds: l.kinds, AsOf: l.request.AsOf, Now: now}
	if s.AsOf.IsZero() {
		s.AsOf = now.In(s.Config.Zone)
	}
	s.Findings = slices.Concat(l.rules, l.broken)
	paths := make([]string, 0, len(l.files))
	for name := range l.files {
		paths = append(paths, name)
	}
	slices.Sort(paths)
	records := make([]*record.Record, len(paths))
	for i, name := range paths {
		records[i] = l.files[name].record
		s.Findings = append(s.Findings, l.files[name].found...)
	}
	var found finding.List
	s.Register, found = record.Gather(records, s.Kinds)
	s.Findings = append(s.Findings, found...)
	s.compile()
	if l.last != nil && l.last.Kinds == s.Kinds {
		s.programs = l.last.programs
	}
	var err error
	s.memory = &l.memory
	if s.Calendar, found, err = l.calendarOf(s); err != nil {
		return nil, err
	}
	s.Findings = append(s.Findings, found...)
	s.Definitions, found = metric.Definitions(s.Register)
	s.Findings = append(s.Findings, found...).Sort()
	return s, nil
}

// mostEarly bounds how many records are judged before all are.
const mostEarly = 20

// early is what the rules say of the records that changed, each by itself, until
// all have been judged.
func early(s *Snapshot, ids []string) finding.List {
	if len(ids) > mostEarly {
		return nil
	}
	single, _ := check.NewSingle(s.checkRequest(nil))
	var found finding.List
	for _, id := range ids {
		if rec := s.Register.Get(id); rec != nil {
			found = append(found, single.Record(rec)...)
		}
	}
	return found
}

// uncommitted tells which files are not as HEAD has them, by path; nil where there
// is no repository.
func (l *Live) uncommitted() map[string]portal.Difference {
	if l.project.repo == nil {
		return nil
	}
	marks := map[string]portal.Difference{}
	for name, f := range l.files {
		switch was, there := l.heads[name]; {
		case !there:
			marks[name] = portal.Added
		case was != f.blob && !sameBlob(f.record.Source, was):
			marks[name] = portal.Altered
		}
	}
	for name := range l.heads {
		if _, there := l.files[name]; !there && strings.HasSuffix(name, ".yaml") {
			marks[name] = portal.Removed
		}
	}
	return marks
}
