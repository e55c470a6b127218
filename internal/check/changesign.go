package check

import (
	"slices"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/signature"
)

// SignatureCount says how many commits a proposed change brings in, and of how many
// somebody is known to stand for the content.
type SignatureCount struct {
	Required bool // by the tip of the branch that the change asks to enter
	Commits  int
	Good     int
	// Missing and Unknown are those without a signature, or with one by a key that
	// does not count; the others are bad.
	Missing, Unknown int
}

// proposedSignatures judges the signatures of the commits that a change brings in by
// the keys of its base. What an audit would find on the mainline for good is an error
// here, where it can still be mended.
func (a *auditor) proposedSignatures(req *ChangeRequest) SignatureCount {
	var n SignatureCount
	commits := a.History.Commits()
	if a.Signatures == nil || len(commits) == 0 || commits[len(commits)-1].Hash != "" {
		return n
	}
	n.Required = a.Signatures.Required("")
	for _, c := range commits[len(commits)-1].Side {
		if c.Hash == req.Rehearsal {
			continue
		}
		n.Commits++
		switch a.Signatures.Of(c.Hash).Status {
		case signature.Good:
			n.Good++
		case signature.None:
			n.Missing++
		case signature.Unknown, signature.Expired:
			n.Unknown++
		}
	}
	for _, a.rule = range historyRules() {
		if slices.Contains([]string{"audit-signature-bad", "audit-signature-unknown", "audit-signer-other"}, a.rule.ID) {
			before := len(a.found)
			a.rule.whole(a)
			a.demand(n.Required, before)
		}
		if a.rule.ID == "audit-signature-missing" && n.Required {
			before := len(a.found)
			for _, c := range commits[len(commits)-1].Side {
				if a.Signatures.Of(c.Hash).Status == signature.None && c.Hash != req.Rehearsal {
					a.about(c, "signature.missing", locale.A("author", orDash(c.Author.Email)), a.at("when", c.Committer.When))
				}
			}
			a.demand(n.Required, before)
		}
	}
	return n
}

// demand makes errors of what was found about commits since a place in the list, where
// signatures are required.
func (a *auditor) demand(required bool, since int) {
	for i := since; required && i < len(a.found); i++ {
		if f := &a.found[i]; f.Commit != "" && f.Rule != "audit-signer-other" {
			f.Severity = finding.Error
		}
	}
}
