package portal

import (
	"slices"
	"strconv"

	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// ClockRow is one time limit of a record in words.
type ClockRow struct {
	Title    string
	Limit    string // 2 个工作小时
	Start    string
	Due      string
	Extended string
	Paused   string // how often it was paused, "" for never
	Done     string
	Left     string // what remains, by how much it is over or came late; "" for nothing
	Verdict  Cell
}

// Step is one transition with its three times side by side.
type Step struct {
	To        string // title of the state
	Declared  string
	By        Cell
	Role      string
	Note      string
	Submitted string // "" where the step is pending
	Merged    string
	SetBy     Cell
	Commit    Commit
	Imported  bool // git times do not apply
}

func (v *View) clockRows(r *reader) []ClockRow {
	var rows []ClockRow
	running := v.running(r.rec)
	for _, c := range r.all() {
		rows = append(rows, ClockRow{
			Title: v.p.Text(c.limit.Title), Limit: v.limitWords(strconv.Itoa(c.Limit.Amount) + " " + string(c.Limit.Unit)), Start: v.moment(c.Start), Due: v.dueText(c), Extended: v.moment(c.Extended),
			Paused: v.paused(r.rec, c), Done: v.moment(c.Done), Left: v.left(c, running), Verdict: v.verdictCell(c.verdict(v.src.AsOf, running)),
		})
	}
	return rows
}

// history fills in what the mainline knows of a record.
func (v *View) history(r *Record, id string) {
	if v.src.History == nil {
		r.Notices = append(r.Notices, Notice{Text: v.p.Say("portal.no-history"), Tone: Warn})
		return
	}
	t := v.src.History.Timeline(id)
	if t == nil {
		r.Notices = append(r.Notices, Notice{Text: v.p.Say("portal.uncommitted"), Tone: Warn})
		return
	}
	for i := range slices.Backward(t.Changes) {
		r.Changes = append(r.Changes, v.change(t, &t.Changes[i]))
	}
	kind := v.src.Register.Kinds().Kind(lastFolder(t))
	for i := range t.Steps {
		s := &t.Steps[i]
		step := v.declaredStep(kind, s.Transition)
		step.Imported = s.Imported
		step.Submitted, step.Merged = v.moment(s.Submitted), v.moment(s.Merged)
		if s.SetBy != nil {
			step.SetBy, step.Commit = v.author(s.SetBy.Author), v.commit(s.SetBy.Hash)
		}
		r.Steps = append(r.Steps, step)
	}
	if len(t.Aliases) > 0 {
		r.Notices = append(r.Notices, Notice{Text: v.p.Say("portal.renumbered", locale.A("ids", joinWith(t.Aliases, v.p.Say("portal.comma"))))})
	}
}

// declaredSteps is the life of a record that is in no commit.
func (v *View) declaredSteps(rec *record.Record) []Step {
	var steps []Step
	for _, t := range rec.Transitions() {
		steps = append(steps, v.declaredStep(rec.Kind, t))
	}
	return steps
}

func (v *View) declaredStep(kind *schema.Kind, t record.Transition) Step {
	s := Step{To: v.stateTitle(kind, t.To), Declared: v.moment(t.At), Role: v.role(t.Role), Note: v.mask(t.Note)}
	if t.By != "" {
		s.By = v.refCell(t.By, shortName)
	}
	return s
}
