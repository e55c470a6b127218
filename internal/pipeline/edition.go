package pipeline

import (
	"fmt"

	"kept/internal/finding"
	"kept/internal/redact"
)

// personalRule is the rule that finds personal data in free text.
const personalRule = "personal-data"

// PersonalDataError refuses an output that leaves the company while free text
// holds what looks personal (domain.md §10).
type PersonalDataError struct {
	Edition  redact.Edition
	Findings finding.List // the places; they quote nothing
}

// Error counts the places in English.
func (e *PersonalDataError) Error() string {
	return fmt.Sprintf("build edition %q: %d places of free text look like personal data", e.Edition, len(e.Findings))
}

// refuse stops an output for people outside while a finding of personal data
// stands that no exception accepts, whatever its severity. Inside of the company
// it is a finding as any other. The snapshot must have been judged.
func (s *Snapshot) refuse(p redact.Policy) error {
	if !p.Edition.Leaves() {
		return nil
	}
	var found finding.List
	for _, f := range s.Findings {
		if f.Rule == personalRule && f.Accepted == "" {
			found = append(found, f)
		}
	}
	if len(found) == 0 {
		return nil
	}
	return &PersonalDataError{p.Edition, found}
}
