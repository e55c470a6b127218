package pipeline

import (
	"io/fs"
	"maps"

	"kept/internal/config"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/record"
	"kept/internal/schema"
)

// inSight is what a work tree in view has read and what the next reading of HEAD may
// take over, so that a commit costs what it brought. A snapshot is the same without
// it; a nil one has read nothing.
type inSight struct {
	line    *history.Line           // of the background alone
	files   map[string]*liveFile    // as they lie on disk
	heads   map[string]gitrepo.Hash // as HEAD has them
	govern  string                  // text that kinds were read from; "" where what lies there cannot be used
	shared  *schema.Registry
	refused finding.List // what reading the kinds found
}

// sight is what a reading of head may take over at the moment.
func (l *Live) sight(head gitrepo.Hash) (*Project, *inSight) {
	l.looking.Lock()
	defer l.looking.Unlock()
	v := &inSight{line: &l.line, shared: l.kinds, refused: l.refused}
	if l.head == head {
		v.files, v.heads = maps.Clone(l.files), l.heads
	}
	if len(l.broken) == 0 {
		v.govern = l.marks[config.File]
	}
	return l.project, v
}

// history reads the mainline of a commit.
func (v *inSight) history(repo *gitrepo.Repo, head gitrepo.Hash, told func(done, total int)) (*history.History, error) {
	if v == nil {
		return (&history.Line{Told: told}).Read(repo, head)
	}
	return v.line.Read(repo, head)
}

// kinds reads the kinds of a commit.
func (v *inSight) kinds(files fs.FS) (*schema.Registry, finding.List) {
	if v != nil && v.govern != "" && v.govern == governText(files) {
		return v.shared, v.refused
	}
	return schema.Load(kindFiles(files))
}

// records finds what was made of a file with those kinds; nil for one that lies on disk
// otherwise than HEAD has it.
func (v *inSight) records(kinds *schema.Registry) func(string) (*record.Record, finding.List) {
	if v == nil || kinds != v.shared {
		return nil
	}
	return func(path string) (*record.Record, finding.List) {
		f := v.files[path]
		if blob, there := v.heads[path]; f == nil || f.unread || !there || f.blob != blob {
			return nil, nil
		}
		return f.record, f.found
	}
}
