package check

import (
	"time"

	"kept/internal/calendar"
	"kept/internal/config"
	"kept/internal/expr"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/obligation"
	"kept/internal/record"
)

// Request is what a check of the state reads.
type Request struct {
	Register *record.Register
	Calendar *calendar.Calendar
	Zone     *time.Location
	AsOf     time.Time // judges what is late; steps count whenever they were declared
	// Seen is the last moment at which the files may have been written: the time of
	// their commit, or the clock where they lie on disk. Zero is AsOf.
	Seen time.Time
	// FutureTolerance is how far a declared time may lie after Seen.
	FutureTolerance time.Duration
	Duties          []obligation.Duty
	Settings        []config.Rule // severities that the organisation changed
	// Programs keeps the compiled expressions for other requests; nil compiles them
	// for this one.
	Programs *Programs
	// Said keeps what is found in single records for a later [State] of the same register;
	// nil keeps nothing.
	Said *Said
}

// State judges every record of the register by the table of rules. The findings
// of reading and of the schemas are the loader's. Records that do not parse are
// left out: nothing can be said of them. Severities are those of the settings,
// and findings that an exception accepts are information.
func State(req Request) finding.List {
	j := newJudge(req)
	j.found = req.Said.records(j)
	j.register()
	list := Accept(Severities(j.found, req.Settings), req.Register, req.AsOf, req.Zone)
	list = append(list, Severities(exceptions(list, req), req.Settings)...)
	return append(list, unknownSettings(req)...).Sort()
}

func newJudge(req Request) *judge {
	if req.Seen.IsZero() {
		req.Seen = req.AsOf
	}
	if req.Programs == nil {
		req.Programs = NewPrograms()
	}
	return &judge{
		Request: req, kinds: map[string]*compiled{}, others: record.NewOthers(req.Register, req.Calendar, req.AsOf), rules: Rules(),
		meters: map[*expr.Program]*expr.Meter{},
	}
}

// judge carries what the rules share while one register is judged.
type judge struct {
	Request
	kinds  map[string]*compiled
	meters map[*expr.Program]*expr.Meter
	others *record.Others
	roles  map[string]locale.Text // titles of roles, by id; nil until asked for
	found  finding.List
	rules  []Rule
	rule   Rule

	// of the record at hand
	kind   *compiled
	steps  []record.Transition // in time order
	live   []bool              // by step: not left backwards since
	values expr.Vars           // nil until an expression asks
	until  time.Time           // behind AsOf and every step
}

// record runs the rules about one record.
func (j *judge) record(rec *record.Record) {
	if rec.Broken || rec.Kind == nil {
		return
	}
	j.begin(rec)
	for _, j.rule = range j.rules {
		if j.rule.judge != nil {
			j.rule.judge(j, rec)
		}
	}
}

// register runs the rules about the register as a whole.
func (j *judge) register() {
	for _, j.rule = range j.rules {
		if j.rule.whole != nil {
			j.rule.whole(j)
		}
	}
}

func (j *judge) begin(rec *record.Record) {
	j.kind = j.compile(rec.Kind)
	j.steps = record.InTime(rec.Transitions())
	j.live = inForce(rec.Kind, j.steps)
	j.values = nil
	j.until = j.AsOf
	if n := len(j.steps); n > 0 && !j.steps[n-1].At.Before(j.until) {
		j.until = j.steps[n-1].At.Add(1)
	}
}

// report adds a finding of the rule at hand.
func (j *judge) report(rec *record.Record, pos finding.Position, key string, args ...locale.Arg) {
	j.found = append(j.found, finding.Finding{
		Position: pos, Rule: j.rule.ID, Severity: j.rule.Severity, Record: rec.ID, Key: key, Args: args,
	})
}
