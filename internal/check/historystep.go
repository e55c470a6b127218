package check

import (
	"strconv"

	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/locale"
	"kept/internal/record"
)

// native calls do for every step whose git times apply: it holds, was not
// imported, and came before AsOf (domain.md §0.4, §0.18).
func (a *auditor) native(t *history.Timeline, do func(history.Transition)) {
	if a.governed(t) == nil {
		return
	}
	for _, s := range t.Steps {
		if a.proposed && (s.Recorded.IsZero() || s.MergedBy.Hash != "" || s.SetBy.Hash == "") {
			continue // merged before, or not committed yet
		}
		if !s.Imported && !s.At.IsZero() && !s.Recorded.IsZero() && (a.proposed || a.knows(&s.Recorded)) {
			do(s)
		}
	}
}

// pointerOf is the place of a step in a history.
func pointerOf(s history.Transition) string {
	return "/" + record.TransitionsField + "/" + strconv.Itoa(s.Index)
}

func (a *auditor) stepArgs(t *history.Timeline, s history.Transition) []locale.Arg {
	return []locale.Arg{
		locale.T("step", stateName(a.kind(t), s.To)), a.at("declared", s.At), a.at("submitted", s.Submitted),
	}
}

// backdated finds steps submitted so long after they are said to have happened
// that the declared time rests on the word of the one who wrote it. Late by no
// more than the tolerance once again it is information, which the lag's own KPI
// counts, unless the declared time keeps a limit that the submitted one misses.
func backdated(a *auditor, t *history.Timeline) {
	twice := a.Tolerance
	twice.Amount *= 2
	a.native(t, func(s history.Transition) {
		s.Recorded = firstRecorded(t, s)
		due := a.Calendar.Due(s.At, a.Tolerance, nil)
		if !s.Submitted.After(due.At) || a.edited[edit{t, s.SetBy.Hash}] {
			return
		}
		f := a.report(t, pointerOf(s), &s.Recorded, "audit.backdated-step", append(a.stepArgs(t, s), a.at("due", due.At))...)
		if !s.Submitted.After(a.Calendar.Due(s.At, twice, nil).At) && !a.keeps(t, s) {
			f.Severity = finding.Info
		}
	})
}

// firstRecorded is when a step first came onto the mainline as it stands: a revert, or
// a file that was gone for a while, does not make it late.
func firstRecorded(t *history.Timeline, s history.Transition) history.Recorded {
	for i := range t.Changes {
		for n := range t.Changes[i].Events {
			e := &t.Changes[i].Events[n]
			step, ok := stepOf(e.After)
			if whole, _ := isStep(e); !whole || !ok || e.Before != nil || step.text("to") != s.To || step.text("by") != s.By {
				continue
			}
			if at := step.declared(); at.Equal(s.At) && e.Submitted.Before(s.Submitted) {
				return *e.Recorded
			}
		}
	}
	return s.Recorded
}

// keeps tells whether a limit of the record is kept by the declared time of a
// step and missed by the submitted one.
func (a *auditor) keeps(t *history.Timeline, s history.Transition) bool {
	rec := a.Register.Get(t.ID)
	if rec == nil || rec.Kind == nil {
		return false
	}
	for _, l := range rec.Kind.Limits {
		d, ok := rec.Kind.DerivedName(l.Done)
		if !ok || d.State != s.To {
			continue
		}
		limit, runs := rec.Deadline(l, a.Calendar, nil, a.AsOf)
		if runs && !s.At.After(limit.Due) && s.Submitted.After(limit.Due) {
			return true
		}
	}
	return false
}

// futureSteps finds steps submitted before they are said to have happened.
func futureSteps(a *auditor, t *history.Timeline) {
	a.native(t, func(s history.Transition) {
		if s.At.After(s.Submitted.Add(a.Future)) {
			a.report(t, pointerOf(s), &s.Recorded, "audit.future-step", a.stepArgs(t, s)...)
		}
	})
}

// sameCommit tells of several steps in one commit, which the procedure allows.
func sameCommit(a *auditor, t *history.Timeline) {
	count := map[gitrepo.Hash]int{}
	a.native(t, func(s history.Transition) {
		h := s.SetBy.Hash
		if count[h]++; count[h] == 2 {
			a.report(t, pointerOf(s), &s.Recorded, "audit.same-commit", a.at("submitted", s.Submitted))
		}
	})
}

// fewestRound is how many steps must be dated by the half hour before it is worth
// a word.
const fewestRound = 4

// roundTimes tells of records all of whose steps are dated by the half hour.
func roundTimes(a *auditor, t *history.Timeline) {
	n, round := 0, 0
	var last history.Transition
	a.native(t, func(s history.Transition) {
		n, last = n+1, s
		if s.At.Minute()%30 == 0 && s.At.Second() == 0 {
			round++
		}
	})
	if n >= fewestRound && n == round {
		a.report(t, pointerOf(last), &last.Recorded, "audit.round-times", locale.N("n", n))
	}
}
