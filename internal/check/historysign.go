package check

import (
	"slices"
	"strings"
	"time"

	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/locale"
	"kept/internal/signature"
)

// signed reports each signature with one of the statuses, on the mainline and
// beside it, as keyed by its reason.
func (a *auditor) signed(report func(*gitrepo.Commit, *signature.Result, bool), statuses ...signature.Status) {
	if a.Signatures == nil {
		return
	}
	for _, m := range a.History.Commits() {
		required := a.Signatures.Required(m.Hash)
		for _, c := range append([]*gitrepo.Commit{m.Commit}, m.Side...) {
			if r := a.Signatures.Of(c.Hash); slices.Contains(statuses, r.Status) {
				report(c, &r, required)
			}
		}
	}
}

// badSignatures finds signatures that were not made over what the commit says.
func badSignatures(a *auditor) {
	a.signed(func(c *gitrepo.Commit, r *signature.Result, _ bool) { a.aboutSignature(c, r) }, signature.Bad)
}

// unknownSignatures finds signatures by keys that did not count then: where
// signatures are required nobody stands for the commit. One by a key whose time had
// run out, or that was revoked, is a warning everywhere. Lines of the key files
// that cannot be used are told with them.
func unknownSignatures(a *auditor) {
	a.signed(func(c *gitrepo.Commit, r *signature.Result, required bool) {
		if f := a.aboutSignature(c, r); r.Status == signature.Unknown && !required {
			f.Severity = finding.Info
		}
	}, signature.Unknown, signature.Expired)
	if a.Signatures == nil {
		return
	}
	for _, p := range a.Signatures.Keys.Problems {
		a.found = append(a.found, finding.Finding{
			Position: finding.Position{Path: p.Path, Line: p.Line, Column: 1}, Rule: a.rule.ID, Severity: a.rule.Severity, Key: p.Key,
		})
	}
}

func (a *auditor) aboutSignature(c *gitrepo.Commit, r *signature.Result) *finding.Finding {
	return a.about(c, signatureKey(r.Reason),
		locale.A("key", orDash(r.Fingerprint)), locale.A("signers", orDash(strings.Join(r.Signers, ", "))),
		locale.A("format", formatName(r.Format)), locale.A("author", orDash(c.Author.Email)), a.at("when", c.Committer.When))
}

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

// formatName is how a signature was checked.
func formatName(f signature.Format) string {
	switch f {
	case signature.SSH:
		return "SSH"
	case signature.OpenPGP:
		return "OpenPGP"
	case signature.X509:
		return "X.509"
	}
	return "—"
}

func signatureKey(r signature.Reason) string {
	switch r {
	case signature.Mismatch:
		return "signature.mismatch"
	case signature.Several:
		return "signature.several"
	case signature.Namespace:
		return "signature.namespace"
	case signature.Algorithm:
		return "signature.algorithm"
	case signature.NotAdmitted:
		return "signature.not-admitted"
	case signature.Authority:
		return "signature.by-authority"
	case signature.NotRead:
		return "signature.not-read"
	case signature.ForOtherUses:
		return "signature.other-use"
	case signature.TooEarly:
		return "signature.too-early"
	case signature.TooLate:
		return "signature.too-late"
	case signature.Revoked:
		return "signature.revoked"
	}
	return "signature.unreadable"
}

// missingSignatures finds mainline commits without a signature, though the tree on
// which they build demands one. A merge by a forge may go without where all that it
// brings in is signed, and where it says nothing of its own.
func missingSignatures(a *auditor) {
	if a.Signatures == nil {
		return
	}
	none := func(c *gitrepo.Commit) bool { return a.Signatures.Of(c.Hash).Status == signature.None }
	for _, m := range a.History.Commits() {
		if !a.Signatures.Required(m.Hash) || !none(m.Commit) {
			continue
		}
		if len(m.Side) > 0 && !slices.ContainsFunc(m.Side, none) && len(m.Altered) == 0 && !a.Signatures.Settles(m.Hash) {
			continue
		}
		a.about(m.Commit, "signature.missing", locale.A("author", orDash(m.Author.Email)), a.at("when", m.Committer.When))
	}
}

// otherSigners finds good signatures by the key of somebody who is neither author
// nor committer, by address or as the same person.
func otherSigners(a *auditor) {
	a.signed(func(c *gitrepo.Commit, r *signature.Result, _ bool) {
		for _, address := range []string{c.Author.Email, c.Committer.Email} {
			if r.Of(address) || slices.ContainsFunc(r.Signers, func(s string) bool { return a.person(s) != "" && a.person(s) == a.person(address) }) {
				return
			}
		}
		a.about(c, "signature.other", locale.A("key", r.Fingerprint), locale.A("signers", strings.Join(r.Signers, ", ")),
			locale.A("author", orDash(c.Author.Email)), locale.A("committer", orDash(c.Committer.Email)), a.at("when", c.Committer.When))
	}, signature.Good)
}

// longestPrompt is how long a person may take to enter a passphrase.
const longestPrompt = time.Hour

// signatureTimes compares when a good signature says that it was made with the date
// of the commit that it signs, which was written a moment before. One made much later
// was put under a date of the past; one made before was put under a date to come.
func signatureTimes(a *auditor) {
	a.signed(func(c *gitrepo.Commit, r *signature.Result, _ bool) {
		when := c.Committer.When
		if r.Made.IsZero() || when.IsZero() {
			return
		}
		args := []locale.Arg{locale.A("key", r.Fingerprint), a.at("made", r.Made), a.at("when", when)}
		switch {
		case r.Made.After(when.Add(longestPrompt)):
			a.about(c, "signature.made-later", args...)
		case r.Made.After(when.Add(a.Future)):
			a.about(c, "signature.made-later", args...).Severity = finding.Info
		case r.Made.Add(a.Future).Before(when):
			a.about(c, "signature.made-earlier", args...)
		}
	}, signature.Good)
}
