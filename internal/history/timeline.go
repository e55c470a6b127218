// Package history tells each record's life from the commits: what changed, who
// set it, when it was submitted and when it was merged (domain.md §0.3, §0.20).
package history

import (
	"time"

	"kept/internal/gitrepo"
	"kept/internal/record"
)

// Recorded says when and by whom a value got onto the mainline.
type Recorded struct {
	Submitted time.Time       // committer time of the earliest side commit that set it
	Merged    time.Time       // running maximum of committer times on the mainline
	SetBy     *gitrepo.Commit // the commit that set it
	MergedBy  *gitrepo.Commit // the mainline commit; the same one for a direct commit
}

// IsZero tells that the value has no recorded time: it is pending.
func (r Recorded) IsZero() bool { return r.MergedBy == nil }

// Event is one change of one value on the mainline.
type Event struct {
	Pointer string // JSON pointer of the value; list items of mappings with an id or (to, at) keep one pointer per item
	Before  any    // plain value, nil where it was not there
	After   any    // nil where it is gone
	Recorded
}

// Change groups the events of one mainline commit in one record.
type Change struct {
	Kind     ChangeKind
	Path     string // where the file lies after the change
	Events   []Event
	Recorded // of the change as a whole: the last side commit that touched the file
}

// ChangeKind says what happened to the file.
type ChangeKind string

// The kinds of changes. A move without other changes is no change.
const (
	Created  ChangeKind = "created"
	Modified ChangeKind = "modified"
	Deleted  ChangeKind = "deleted"
	Restored ChangeKind = "restored" // there again after a deletion
	Unread   ChangeKind = "unread"   // its YAML does not parse; values hold through it
)

// Transition is a step with its three times.
type Transition struct {
	record.Transition // declared
	Recorded
	// Imported is set when the step came with the record's first mainline commit
	// and origin says that git times do not apply (domain.md §0.4).
	Imported bool
}

// Timeline is the life of one record id on the mainline.
type Timeline struct {
	ID      string
	Aliases []string // earlier ids, by renumbered_from
	Created Recorded // the first mainline commit ever
	Changes []Change // oldest first
	Present bool     // on the mainline at the end
	// Steps holds the transitions that hold at the end, in the list's order.
	Steps []Transition
}

// History is the timelines of all record ids, also of deleted ones.
type History struct {
	Head      gitrepo.Hash
	timelines map[string]*Timeline
	ids       []string
}

// Timeline returns one record's life, nil where the mainline never held it.
func (h *History) Timeline(id string) *Timeline { return h.timelines[id] }

// Mainlines counts the commits; Latest is the newest mainline commit that
// touched any of the paths' records: the data version of a print.
func (h *History) Latest(ids []string) *gitrepo.Commit { panic("history") }
