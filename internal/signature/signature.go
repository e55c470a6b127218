// Package signature verifies what signs a commit or a tag: SSH signatures against
// a file of allowed signers in OpenSSH's format, OpenPGP signatures against
// armoured public keys. It runs no other program and reads no key of the machine.
//
// Which keys count is the caller's to say (package evidence takes those of the
// tree on which a commit builds, so that no commit admits its own key). A key is
// judged at the moment that the object itself claims, as git does; who signs can
// choose that moment, and only a witness outside (a ledger, an anchor) narrows it.
// An OpenPGP key that was revoked because it is compromised counts at no moment.
package signature

import (
	"bytes"
	"strings"
	"time"
)

// Status says how a signature was found.
type Status string

// The verdicts.
const (
	None    Status = "none"    // there is no signature
	Good    Status = "good"    // made over these bytes, by a key that was admitted and valid then
	Bad     Status = "bad"     // not made over these bytes, or unreadable
	Unknown Status = "unknown" // made over these bytes by a key that nobody admitted, or in a way that is not read
	Expired Status = "expired" // made over these bytes by an admitted key outside its time, or a revoked one
)

// Format says how a signature was checked.
type Format string

// The formats; X.509 is told and not verified.
const (
	SSH     Format = "ssh"
	OpenPGP Format = "openpgp"
	X509    Format = "x509"
)

// Reason says why a signature is not good.
type Reason string

// The reasons.
const (
	Unreadable   Reason = "unreadable"    // the armour or what it holds is malformed
	Mismatch     Reason = "mismatch"      // it was made over other bytes
	Several      Reason = "several"       // the object carries more than one
	Namespace    Reason = "namespace"     // an SSH signature for something else than git
	Algorithm    Reason = "algorithm"     // one that is not accepted, as SHA-1
	NotAdmitted  Reason = "not-admitted"  // the key is not among those that count
	Authority    Reason = "authority"     // made with a certificate: authorities are not followed
	NotRead      Reason = "not-read"      // a format that is not verified here
	TooEarly     Reason = "too-early"     // before the key was valid, or existed
	TooLate      Reason = "too-late"      // after the key, or the signature, ran out
	Revoked      Reason = "revoked"       // by its owner
	ForOtherUses Reason = "for-other-use" // admitted, but not for git
)

// Result is what the check of one signature says.
type Result struct {
	Status      Status
	Format      Format
	Reason      Reason   // "" where good or none
	Fingerprint string   // of the key: SHA256:… for SSH, hexadecimal for OpenPGP; "" where unknown
	Signers     []string // whose key it is by what admitted it: address patterns, or the addresses of an OpenPGP key
	// Made is when an OpenPGP signature says that it was made, by the clock of who
	// signed; zero for other formats, which do not say.
	Made time.Time
}

// Of tells whether the key is that of an address, by what admitted it. Case does
// not count.
func (r *Result) Of(address string) bool {
	for _, s := range r.Signers {
		if address != "" && matchList(strings.ToLower(s), strings.ToLower(address)) {
			return true
		}
	}
	return false
}

// Verify checks a signature over a payload by the keys, which may be nil. at is the
// moment that the signed object claims.
func (k *Keys) Verify(payload, armoured []byte, at time.Time) Result {
	text := bytes.TrimSpace(armoured)
	switch {
	case len(text) == 0:
		return Result{Status: None}
	case bytes.HasPrefix(text, []byte(sshHead)):
		return k.verifySSH(payload, text, at)
	case bytes.HasPrefix(text, []byte("-----BEGIN PGP ")):
		return k.verifyPGP(payload, text, at)
	case bytes.HasPrefix(text, []byte("-----BEGIN SIGNED MESSAGE-----")):
		return Result{Status: Unknown, Format: X509, Reason: NotRead}
	}
	return Result{Status: Bad, Reason: Unreadable}
}
