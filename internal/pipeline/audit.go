package pipeline

import (
	"sync"
	"time"

	"kept/internal/check"
	"kept/internal/evidence"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/signature"
)

// Audited counts what an audit read.
type Audited struct {
	Mainline int       // commits
	Commits  int       // with those that merges brought in
	Records  int       // ever on the mainline
	Steps    int       // that hold now
	Newest   time.Time // date of the newest mainline commit by its own word
	// Assurance counts mainline commits and steps by what stands behind them.
	CommitLevels, StepLevels evidence.Tally
	// Signatures counts commits by the verdict on their signature.
	Signatures map[signature.Status]int
	Ledger     *evidence.Ledger // nil where none was named
}

// Audit adds what the rules of history find, as a portal shows it: information
// only where an exception made it so, since a long history is full of it. The
// snapshot must have been read with its history.
func (s *Snapshot) Audit() {
	s.progress.tell(stageAudit, 0, 0)
	s.Findings = append(s.Findings, s.heard()...).Sort()
}

// heard is what the rules of history find, without the information, which is counted.
func (s *Snapshot) heard() finding.List {
	found, noted := s.listen()
	s.noted = noted
	return found
}

// listen is [Snapshot.heard], and writes nothing down.
func (s *Snapshot) listen() (found finding.List, noted map[string]int) {
	noted = map[string]int{}
	req := s.historyRequest(s.History)
	req.Counting = true
	for _, f := range append(check.History(req), s.versionFindings()...) {
		if f.Severity > finding.Info || f.Accepted != "" {
			found = append(found, f)
		} else {
			noted[f.Rule]++
		}
	}
	return found, noted
}

// audited counts what a history holds.
func audited(s *Snapshot) Audited {
	h := s.History
	a := Audited{
		CommitLevels: s.Assurance.Commits(), StepLevels: s.Assurance.Steps(), Signatures: s.Signatures.Count(), Ledger: s.Ledger,
	}
	for _, m := range h.Commits() {
		a.Mainline++
		if m.Committer.When.After(a.Newest) {
			a.Newest = m.Committer.When
		}
		a.Commits += 1 + len(m.Side)
	}
	for t := range h.All() {
		a.Records++
		a.Steps += len(t.Steps)
	}
	return a
}

// historyRequest is what the rules of history read of the snapshot.
func (s *Snapshot) historyRequest(h *history.History) check.HistoryRequest {
	var blob func(gitrepo.Hash) ([]byte, error)
	var governed func() []check.Governed
	if s.project != nil {
		blob = s.project.repo.Blob
		governed = func() []check.Governed { return s.project.governedChanges(h) }
	}
	return check.HistoryRequest{
		Blob: blob, Governed: governed,
		Request:    check.Request{Register: s.Register, Calendar: s.Calendar, Zone: s.Config.Zone, AsOf: s.AsOf, Settings: s.Config.Rules},
		Signatures: s.Signatures, Ledger: s.Ledger, Assurance: s.Assurance, Robots: s.Config.Robots, Mailmap: mailmap(s.files),
		History: h, Branch: s.Config.Branch, Future: s.Config.FutureTolerance, Substitutions: s.substitutions, Seals: sync.OnceValue(s.sealStates),
	}
}

// AuditHistory reads a commit with its history and returns what the rules of
// history find in it, without what is wrong with the records as they stand.
func (p *Project) AuditHistory(m Moment) (finding.List, Audited, error) {
	s, err := p.Snapshot(m)
	if err != nil {
		return nil, Audited{}, err
	}
	s.progress.tell(stageAudit, 0, 0)
	found := append(check.History(s.historyRequest(s.History)), s.versionFindings()...)
	return found.Sort(), audited(s), nil
}
