// Package history tells each record's life from the commits: what changed, who
// set it, when it was submitted and when it was merged (domain.md §0.3, §0.20).
//
// Values are compared, not text: a reformat is no event, and neither is a move.
// A record is followed by its id, the file's stem, case ignored. A version
// whose YAML does not parse says nothing new, and values hold through it.
package history

import (
	"strings"
	"time"

	"kept/internal/gitrepo"
	"kept/internal/record"
)

// Recorded says when and by whom a value got onto the mainline. Times are in
// the zone of the commit they come from. Commits are without tree and trailers.
type Recorded struct {
	Submitted time.Time       // committer time of the earliest side commit that set it
	Merged    time.Time       // running maximum of committer times on the mainline
	SetBy     *gitrepo.Commit // the commit that set it
	MergedBy  *gitrepo.Commit // the mainline commit; the same one for a direct commit
}

// IsZero tells that the value has no recorded time: it is pending.
func (r Recorded) IsZero() bool { return r.MergedBy == nil }

// Event is one change of one value on the mainline.
//
// The pointer is a JSON pointer in which an item of a list of mappings is named
// by its id, else by its key that ends in _id, by to@at for steps, else by its
// index: the item keeps it when others come or go. A second item of the same name ends in #2. An item
// that comes or goes is one event with the whole item; values inside it that
// another commit than the item's own set follow it as events of their own. A
// list of anything else is one value.
type Event struct {
	Pointer   string
	Before    any // plain value, nil where it was not there
	After     any // nil where it is gone
	*Recorded     // shared by what one commit set in one merge; never nil
}

// Change groups the events of one mainline commit in one record, in the order
// of their pointers.
type Change struct {
	Kind     ChangeKind
	Path     string // where the file lies after the change, or lay before a deletion
	Events   []Event
	Recorded // of the change as a whole: the last side commit that touched the file
	// Reordered tells that steps which stood before and stand still have changed
	// places, which no event says.
	Reordered bool
	// ImportedAgain tells that the change is what an import makes of a row that changed:
	// the row's digest is another, and nobody here went on with the record, before it
	// or with it.
	ImportedAgain bool
}

// ChangeKind says what happened to the file.
type ChangeKind string

// The kinds of changes. A move without other changes is no change. A deletion
// carries no events: every value is gone, and a restoration tells all anew.
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
	// Imported is set when the step came with the record's first mainline commit, or
	// when it was imported again,
	// and origin says that git times do not apply (domain.md §0.4).
	Imported bool
}

// Timeline is the life of one record id on the mainline.
type Timeline struct {
	ID      string
	Aliases []string // earlier ids, by renumbered_from
	Created Recorded // the first mainline commit ever
	// Imported tells that origin in the first mainline commit was imported or
	// backfilled; a later change of origin does not count (domain.md §0.4).
	Imported bool
	Changes  []Change // oldest first
	Present  bool     // on the mainline at the end
	Path     string   // where the file lies at the end, or lay last
	// Last is the blob of the last version that could be read.
	Last gitrepo.Hash
	// Steps holds the transitions that hold at the end, in the list's order.
	Steps []Transition

	touched place
}

// place is a commit with its number on the mainline, from 1.
type place struct {
	number int
	commit *gitrepo.Commit
}

// History is the timelines of all record ids, also of deleted ones.
type History struct {
	Head      gitrepo.Hash
	commits   []Merge
	timelines map[string]*Timeline // by folded id, earlier ids included
	ids       []string             // folded ids without earlier ones
}

// Timeline returns one record's life by its present or an earlier id, nil where
// the mainline never held it.
func (h *History) Timeline(id string) *Timeline { return h.timelines[fold(id)] }

// Latest is the newest mainline commit that touched the files of any of the
// records, which is the data version of a print; nil where none did. A reformat
// touches, too.
func (h *History) Latest(ids []string) *gitrepo.Commit {
	var latest place
	for _, id := range ids {
		if t := h.Timeline(id); t != nil && t.touched.number > latest.number {
			latest = t.touched
		}
	}
	return latest.commit
}

// fold makes ids that differ only in case equal.
func fold(id string) string { return strings.ToLower(id) }
