package pipeline

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"kept/internal/check"
	"kept/internal/finding"
	"kept/internal/intake"
	"kept/internal/record"
)

// foresight tells of a plan what the rules of state would say of its record once
// it is carried out, beyond what they say of it now: whoever takes a step need not
// wait for a check to learn that it was wrong. now is the clock where the snapshot
// has none. Only findings at the plan's own file count.
func (s *Snapshot) foresight(now time.Time) func(intake.Plan) finding.List {
	return func(plan intake.Plan) finding.List {
		after, _ := record.Parse(plan.Path, plan.After, s.Kinds)
		if after.Broken || after.Kind == nil {
			return nil
		}
		var before finding.List
		if rec := s.Register.Get(after.ID); rec != nil && rec.Path == plan.Path {
			before = s.said(s.Register, rec, now)
		}
		return beyond(s.said(s.with(after), after, now), before)
	}
}

// with is the register in which a record takes the place of its file.
func (s *Snapshot) with(rec *record.Record) *record.Register {
	list := []*record.Record{rec}
	for other := range s.Register.All() {
		if other.Path != rec.Path {
			list = append(list, other)
		}
	}
	slices.SortFunc(list, func(a, b *record.Record) int { return cmp.Compare(a.Path, b.Path) })
	reg, _ := record.Gather(list, s.Kinds)
	return reg
}

// said is what the rules say at the file of one record of a register.
func (s *Snapshot) said(reg *record.Register, rec *record.Record, now time.Time) finding.List {
	single, _ := check.NewSingle(s.foreseen(reg, now))
	found := append(single.Record(rec), single.Register()...)
	return slices.DeleteFunc(found, func(f finding.Finding) bool { return f.Position.Path != rec.Path })
}

// foreseen asks about a register as it would be, written at a moment.
func (s *Snapshot) foreseen(reg *record.Register, now time.Time) check.Request {
	req := s.checkRequest(nil)
	req.Register = reg
	if s.Now.IsZero() && now.After(req.Seen) {
		req.Seen = now
	}
	return req
}

// beyond leaves out what was said before, as often as it was: by rule and words,
// since a change of the file moves its lines.
func beyond(list, before finding.List) finding.List {
	words := func(f finding.Finding) string {
		return fmt.Sprintf("%s\x00%s\x00%s\x00%s\x00%v\x00%v", f.Rule, f.Severity, f.Part, f.Key, f.Said, f.Args)
	}
	known := map[string]int{}
	for _, f := range before {
		known[words(f)]++
	}
	return slices.DeleteFunc(list, func(f finding.Finding) bool {
		known[words(f)]--
		return known[words(f)] >= 0
	})
}
