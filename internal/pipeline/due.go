package pipeline

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"

	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/intake"
	"kept/internal/locale"
	"kept/internal/obligation"
	"kept/internal/redact"
)

// DutyObject is one duty in JSON. Its keys are a public interface; times are RFC
// 3339 in the organisation's zone.
type DutyObject struct {
	Obligation  string `json:"obligation"`
	Title       string `json:"title"`
	Period      string `json:"period,omitempty"`
	Record      string `json:"record,omitempty"`
	Item        string `json:"item,omitempty"`
	About       string `json:"about,omitempty"` // title of the item or of the record
	Role        string `json:"owner_role"`
	Owner       string `json:"owner,omitempty"` // person id
	Due         string `json:"due"`
	Original    string `json:"original_due,omitempty"`
	Provisional bool   `json:"provisional,omitempty"`
	State       string `json:"state"`
	Days        int    `json:"days"` // local days until it is due, negative when over; until it was done, if it was
	Done        string `json:"done,omitempty"`
	Evidence    string `json:"evidence,omitempty"`
	Merged      string `json:"merged,omitempty"`
	Commit      string `json:"commit,omitempty"`
	AsOf        string `json:"as_of"`
}

// DutyForMachines writes a duty with its words in the printer's language.
func DutyForMachines(d *obligation.Duty, asOf time.Time, p *locale.Printer) DutyObject {
	zone := d.Due.Location()
	return DutyObject{
		Obligation: d.Definition.ID, Title: p.Text(d.Definition.Title), Period: d.Period.String(),
		Record: d.Record, Item: d.Item, About: p.Text(d.Title), Role: d.Definition.Owner, Owner: d.Owner,
		Due: instant(d.Due), Original: instantIn(d.Original, zone), Provisional: d.Provisional,
		State: string(d.State), Days: d.Days(asOf), Done: instantIn(d.Done, zone), Evidence: d.Evidence,
		Merged: instantIn(d.Merged, zone), Commit: string(d.Commit), AsOf: instantIn(asOf, zone),
	}
}

// instantIn is [instant] in a zone, "" for no time.
func instantIn(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return instant(t.In(zone))
}

// Owing reads what duties are worked out from: a commit with its history or,
// where there is none yet and no commit is asked for, the files on disk. A history that
// is there and cannot be read is an error, as for [Project.Snapshot].
func (p *Project) Owing(m Moment) (*Snapshot, error) {
	if m.At == "" && !p.proves() {
		s, err := p.WorkTree(m.AsOf)
		if err != nil {
			return nil, err
		}
		s.AsOf = s.AsOf.In(s.Config.Zone)
		return s, nil
	}
	return p.Snapshot(m)
}

// proves tells whether there is a history, with a commit.
func (p *Project) proves() bool {
	if p.problem != nil {
		return !errors.Is(p.problem, gitrepo.ErrNoRepository)
	}
	_, err := p.repo.Resolve("HEAD", time.UTC)
	return !errors.Is(err, gitrepo.ErrUnknownRevision)
}

// Owed works out the duties up to a moment, zero for a year ahead. The findings
// are those of the obligation records. Titles are as the staff may see them.
func (s *Snapshot) Owed(until time.Time) ([]*obligation.Definition, []obligation.Duty, finding.List) {
	definitions, found := s.obligations()
	if until.IsZero() {
		return definitions, s.withoutPersonal(s.duties(), redact.Policy{}), found
	}
	duties := obligation.Duties(obligation.Request{
		Register: s.Register, History: s.History, Calendar: s.Calendar, AsOf: s.AsOf, Until: until,
	}, definitions)
	return definitions, s.withoutPersonal(duties, redact.Policy{}), found
}

// DutyCalendar is the iCalendar file of duties.
func (s *Snapshot) DutyCalendar(duties []obligation.Duty, p *locale.Printer) []byte {
	organisation := s.Config.Organisation
	return obligation.Calendar(duties, obligation.Feed{
		Name:         p.Say("obligation.calendar-name", locale.T("organisation", organisation)),
		Organisation: organisation.ZH + organisation.EN, AsOf: s.AsOf,
	}, p)
}

// calendarHead begins an iCalendar file.
const calendarHead = "BEGIN:VCALENDAR\r\n"

// WriteCalendar writes an iCalendar file whole; only one that is there already is
// replaced.
func WriteCalendar(name string, data []byte) error {
	dir, base := filepath.Split(name)
	if dir == "" {
		dir = "."
	}
	before, err := fs.ReadFile(localFiles(dir), base)
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("read earlier %q: %w", name, err)
	case before != nil && !bytes.HasPrefix(before, []byte(calendarHead)):
		return fmt.Errorf("write %q: the file that is there is no calendar", name)
	}
	return intake.Apply(dir, intake.Plan{Path: base, Before: before, After: data})
}
