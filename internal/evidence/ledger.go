package evidence

import (
	"regexp"
	"strings"
	"time"

	"kept/internal/gitrepo"
	"kept/internal/locale"
)

// Where CI keeps what it has seen, unless it is told otherwise.
const (
	LedgerRef  = "refs/kept/observed"
	LedgerFile = "observed.txt" // in that reference's tree
)

// Ledger is what CI says that it has seen: one line for each commit, `<id> <when>`.
// It comes from outside the history that it bears witness to.
type Ledger struct {
	Name     string       // of the file
	ID       gitrepo.Hash // of its content as a blob
	Lines    int
	Problems []LedgerProblem
	seen     map[gitrepo.Hash]time.Time
	order    []gitrepo.Hash
	lines    map[gitrepo.Hash]int
}

// LedgerProblem is a line that cannot be read.
type LedgerProblem struct {
	Line int // from 1
	Text string
}

var ledgerLine = regexp.MustCompile(`^([0-9a-f]{40}) (\S{20,35})$`)

// ParseLedger reads a ledger strictly: a full id in small letters, one blank and an
// RFC 3339 time with its offset on every line, and nothing else. Of several lines
// about one commit the earliest time counts.
func ParseLedger(name string, data []byte) *Ledger {
	l := &Ledger{Name: name, ID: gitrepo.BlobID(data), seen: map[gitrepo.Hash]time.Time{}, lines: map[gitrepo.Hash]int{}}
	for line := range strings.Lines(string(data)) {
		l.Lines++
		line = strings.TrimSuffix(line, "\n")
		part := ledgerLine.FindStringSubmatch(line)
		if part == nil {
			l.problem(line)
			continue
		}
		at, err := time.Parse(time.RFC3339, part[2])
		if err != nil {
			l.problem(line)
			continue
		}
		h := gitrepo.Hash(part[1])
		known, again := l.seen[h]
		if !again {
			l.order = append(l.order, h)
		}
		if !again || at.Before(known) {
			l.seen[h], l.lines[h] = at, l.Lines
		}
	}
	return l
}

func (l *Ledger) problem(line string) {
	const shown = 60
	line = locale.Shorten(strings.ToValidUTF8(line, "\uFFFD"), shown)
	l.Problems = append(l.Problems, LedgerProblem{l.Lines, line})
}

// Seen is when CI first saw a commit; false where it never did.
func (l *Ledger) Seen(h gitrepo.Hash) (time.Time, bool) {
	if l == nil {
		return time.Time{}, false
	}
	at, ok := l.seen[h]
	return at, ok
}

// Sighting is a line of a ledger.
type Sighting struct {
	Commit gitrepo.Hash
	At     time.Time
	Line   int
}

// Unknown lists what CI saw before a moment and the history does not hold, in the
// ledger's order. What it saw later may lie ahead of the history that is judged.
func (l *Ledger) Unknown(a *Assurance, before time.Time) []Sighting {
	var list []Sighting
	for _, h := range l.order {
		_, side := a.over[h]
		if at := l.seen[h]; a.mainline[h] == nil && !side && at.Before(before) {
			list = append(list, Sighting{h, at, l.lines[h]})
		}
	}
	return list
}
