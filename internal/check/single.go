package check

import (
	"slices"

	"kept/internal/config"
	"kept/internal/finding"
	"kept/internal/record"
)

// unused is the rule about exceptions that accept nothing.
const unused = "exception-unused"

// Single judges records one at a time, for who asks about few of many: what it says
// of all together, [State] says at once. It is not safe for concurrent use.
type Single struct{ judge *judge }

// NewSingle prepares the rules. It tells false where a setting makes an error of
// what only all records together show: an exception that none of them needs.
func NewSingle(req Request) (*Single, bool) {
	together := slices.ContainsFunc(req.Settings, func(r config.Rule) bool {
		return r.ID == unused && r.Severity == finding.Error
	})
	return &Single{newJudge(req)}, !together
}

// Record is what [State] finds in one record.
func (s *Single) Record(rec *record.Record) finding.List {
	return s.said(func() { s.judge.record(rec) })
}

// Register is what [State] finds in the register as a whole, but for exceptions that
// no record needs.
func (s *Single) Register() finding.List {
	req := s.judge.Request
	list := s.said(s.judge.register)
	list = append(list, Severities(exceptions(list, req), req.Settings)...)
	list = slices.DeleteFunc(list, func(f finding.Finding) bool { return f.Rule == unused })
	return append(list, unknownSettings(req)...).Sort()
}

func (s *Single) said(run func()) finding.List {
	s.judge.found = nil
	run()
	req := s.judge.Request
	return Accept(Severities(s.judge.found, req.Settings), req.Register, req.AsOf, req.Zone).Sort()
}
