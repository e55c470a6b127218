package portal

import (
	"io/fs"
	"time"

	"kept/internal/calendar"
	"kept/internal/clause"
	"kept/internal/config"
	"kept/internal/evidence"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/locale"
	"kept/internal/metric"
	"kept/internal/obligation"
	"kept/internal/record"
	"kept/internal/redact"
)

// Source is everything a portal is made from: the values of one commit, judged
// at one moment. A view only reads it.
type Source struct {
	Config    *config.Config
	Policy    redact.Policy // which edition it is, and what that shows
	Catalogue *locale.Catalogue
	// Contacts are put in place of the references to them; nil everywhere but for a
	// paper with contacts.
	Contacts redact.Contacts
	Register *record.Register
	History  *history.History // nil where the history cannot be read
	Findings finding.List     // of the state and of the history, sorted
	// Noted counts by rule what the rules of history say as information, which is not
	// among the findings; nil where nobody counted.
	Noted map[string]int
	// Definitions are the KPIs in the order of their ids.
	Definitions []*metric.Definition
	// Assurance says what stands behind each commit; nil leaves levels out.
	Assurance *evidence.Assurance
	// Duties is what is owed, by due time; none where there are no obligations.
	Duties []obligation.Duty
	// Clauses is the matrix of the standards, in its order.
	Clauses []clause.Clause
	// Result gives one KPI's figure. It is asked for the same figure more than
	// once; who gives it may remember.
	Result func(*metric.Definition, calendar.Period, metric.Basis) metric.Result
	// Published gives the seal of a period with what changed since, nil where it has
	// none; nil for a portal that does not look.
	Published func(calendar.Period) *evidence.SealState
	// Backlog gives the balance of open records of a kind, on each basis.
	Backlog func(kind string, p calendar.Period) []metric.Balance
	// Periods lists the periods of a grain that have data, oldest first, the
	// unfinished one at AsOf among them.
	Periods func(calendar.Grain) []calendar.Period
	// Draft is the publication of a report for a period as it would be issued now, in
	// the words of a language: a record in no file; nil where the report has no issue
	// for the period.
	Draft func(report *record.Record, p calendar.Period, lang locale.Lang) *record.Record
	// Calendar runs the clocks of the kinds' limits; nil leaves clocks out.
	Calendar *calendar.Calendar
	// Content holds the controlled documents as <name>.md, and <name>.<lang>.md
	// where a language has its own text; nil for none.
	Content fs.FS
	// Revisions gives the mainline commits that changed a file of Content, oldest first;
	// nil where the history was not read.
	Revisions func(file string) []Revision
	// Prints are the papers that lie beside the pages; none for a portal without
	// them.
	Prints  []PrintLink
	Commit  gitrepo.Hash // what is shown, "" for a work tree
	AsOf    time.Time    // judges what is late
	Judged  bool         // AsOf was asked for; else it follows from the commit
	Version string       // of kept
	Live    *Live        // nil for any portal but one that `kept serve` shows
}
