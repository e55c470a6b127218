package portal

import (
	"time"

	"kept/internal/finding"
	"kept/internal/locale"
)

// Live is what is special about a portal that `kept serve` shows: it is of the
// files on disk, its history and figures are of HEAD, and it may be behind for a
// moment, which it says.
type Live struct {
	State   string // names what is shown; another one has other pages
	Judging bool   // the rules have not judged all records yet
	Reading bool   // the history of HEAD is being read; what is shown is an earlier one, or none
	// Broken is what keeps kept.yaml or the kinds on disk from being used.
	Broken finding.List
	// Trouble is why the disk cannot be read, Unread why the history cannot; "" for
	// neither.
	Trouble, Unread locale.Text
	// Uncommitted are the records whose files are not as HEAD has them, by id; Files
	// the same by path, in order.
	Uncommitted map[string]Difference
	Files       []Pending
	Repository  bool      // there is one: without, nothing can be submitted
	FiguresAsOf time.Time // when figures were judged; zero for none
}

// Difference is how a file differs from HEAD's.
type Difference string

// The differences.
const (
	Added   Difference = "added"
	Altered Difference = "altered"
	Removed Difference = "removed"
)

// Pending is one file that is not as HEAD has it.
type Pending struct {
	ID, Path string
	How      Difference
}

// UncommittedPath is the page of what is not committed yet, which only a served
// portal has.
const UncommittedPath = "uncommitted.html"

// Uncommitted is the page of what is not committed yet, and of how to submit it.
type Uncommitted struct {
	Page
	Table      Table
	Ready      bool   // something can be submitted
	Repository bool   // there is one to submit to
	Lead       string // what submitting does
	Errors     string // how many errors there are, "" for none
}

// Uncommitted makes the page of what is not committed yet.
func (v *View) Uncommitted() Uncommitted {
	u := Uncommitted{Page: v.page(UncommittedPath, v.p.Say("portal.pending-title"), "home")}
	u.Table = Table{ID: "uncommitted", Title: u.Title, Empty: v.p.Say("portal.uncommitted-none"), Columns: []Column{
		{Key: "record", Title: v.p.Say("portal.record"), Screen: true},
		{Key: "how", Title: v.p.Say("portal.uncommitted-how"), Screen: true},
		{Key: "file", Title: v.p.Say("portal.file"), Screen: true},
	}}
	live := v.src.Live
	if live == nil {
		return u
	}
	for _, f := range live.Files {
		u.Table.Rows = append(u.Table.Rows, Row{ID: f.ID, Cells: []Cell{v.evidenceRecord(f.ID), {Text: v.howDiffers(f.How)}, {Text: f.Path, Mono: true}}})
	}
	u.Repository, u.Lead = live.Repository, v.p.Say("portal.submit-lead")
	u.Ready = live.Repository && len(live.Files) > 0
	if n := v.src.Findings.Count(finding.Error); n > 0 {
		u.Errors = v.p.Say("portal.submit-errors", locale.N("n", n))
	}
	return u
}

func (v *View) howDiffers(how Difference) string {
	switch how {
	case Added:
		return v.p.Say("portal.pending-added")
	case Removed:
		return v.p.Say("portal.pending-removed")
	}
	return v.p.Say("portal.pending-altered")
}

// Mark says that a record is not as HEAD has it, "" where it is or where nobody
// asks.
func (v *View) Mark(id string) string {
	if v.src.Live == nil || v.src.Live.Uncommitted[id] == "" {
		return ""
	}
	return v.p.Say("portal.pending-mark")
}

// IsLive tells a portal of a work tree.
func (v *View) IsLive() bool { return v.src.Live != nil }

// Banners are what every page of a served portal says above everything else.
func (v *View) Banners() []Notice {
	live := v.src.Live
	if live == nil {
		return nil
	}
	var list []Notice
	say := func(tone Tone, key string, link Cell, args ...locale.Arg) {
		list = append(list, Notice{Text: v.p.Say(key, args...), Tone: tone, Link: link})
	}
	findings := Cell{Text: v.p.Say("portal.findings"), Link: Link{Page: "findings.html"}}
	if !live.Trouble.IsZero() {
		say(Bad, "portal.live-trouble", Cell{}, locale.T("reason", live.Trouble))
	}
	for _, f := range live.Broken {
		say(Bad, "portal.live-broken", findings, locale.A("place", f.Position.String()), locale.T("message", locale.Text{ZH: f.Message(v.p), EN: f.Message(v.p)}))
	}
	if !live.Unread.IsZero() {
		say(Warn, "portal.live-unread", Cell{}, locale.T("reason", live.Unread))
	}
	if live.Reading && v.src.Commit == "" {
		say(Neutral, "portal.live-reading", Cell{})
	} else if live.Reading {
		say(Neutral, "portal.live-reading-newer", Cell{}, locale.A("commit", v.src.Commit.Short()))
	}
	if live.Judging {
		say(Neutral, "portal.live-judging", Cell{})
	}
	if n := len(live.Files); n > 0 {
		say(Neutral, "portal.live-uncommitted", Cell{Text: v.p.Say("portal.pending-title"), Link: Link{Page: UncommittedPath}}, locale.N("n", n))
	}
	return list
}

// FiguresNote says of which commit and moment the figures of a served portal are,
// "" for any other portal and where there are none.
func (v *View) FiguresNote() string {
	if v.src.Live == nil || v.src.Commit == "" || v.src.Live.FiguresAsOf.IsZero() {
		return ""
	}
	return v.p.Say("portal.live-figures", locale.A("commit", v.src.Commit.Short()), locale.A("as_of", v.moment(v.src.Live.FiguresAsOf)))
}

// state names what a served page was made of, "" for other pages.
func (v *View) state() string {
	if v.src.Live == nil {
		return ""
	}
	return v.src.Live.State
}

// FolderName is the folder of a section's pages.
func FolderName(folder string) string { return folderName(folder) }

// PageName is the name of a record's page without ".html".
func PageName(id string) string { return pageName(id) }

// pendingNotice marks the page of a record that is not as HEAD has it.
func (v *View) pendingNotice(id string) []Notice {
	if v.Mark(id) == "" {
		return nil
	}
	key := "portal.pending-notice"
	if v.src.Live.Uncommitted[id] == Removed {
		key = "portal.pending-removed-notice"
	}
	return []Notice{{Text: v.p.Say(key), Tone: Warn, Link: Cell{Text: v.p.Say("portal.pending-title"), Link: Link{Page: UncommittedPath}}}}
}
