package check

import (
	"kept/internal/finding"
	"kept/internal/locale"
)

// badLedgerLines finds lines of the ledger that say nothing.
func badLedgerLines(a *auditor) {
	if a.Ledger == nil {
		return
	}
	for _, p := range a.Ledger.Problems {
		a.aboutLedger(p.Line, "", "evidence.ledger-line")
	}
}

// unknownSightings finds commits that CI saw and the history does not hold: it was
// rewritten since, or CI also ran on branches that were never merged.
func unknownSightings(a *auditor) {
	if a.Ledger == nil || a.Assurance == nil {
		return
	}
	for _, s := range a.Ledger.Unknown(a.Assurance, a.AsOf) {
		a.aboutLedger(s.Line, string(s.Commit), "evidence.ledger-unknown", locale.A("commit", s.Commit.Short()), a.at("seen", s.At))
	}
}

// lateSightings finds commits whose date CI does not bear out.
func lateSightings(a *auditor) {
	if a.Assurance == nil {
		return
	}
	for _, l := range a.Assurance.Late() {
		key := "evidence.ledger-late"
		if l.Seen.Before(l.Commit.Committer.When) {
			key = "evidence.ledger-early"
		}
		f := a.about(l.Commit, key, a.at("seen", l.Seen), a.at("when", l.Commit.Committer.When))
		if l.First && key == "evidence.ledger-late" {
			f.Severity = finding.Info
		}
	}
}

// aboutLedger reports a line of the ledger.
func (a *auditor) aboutLedger(line int, commit, key string, args ...locale.Arg) {
	a.found = append(a.found, finding.Finding{
		Position: finding.Position{Path: a.Ledger.Name, Line: line, Column: 1}, Rule: a.rule.ID, Severity: a.rule.Severity,
		Commit: commit, Key: key, Args: args,
	})
}
