package signature

import (
	"bytes"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/armor"
	pgperrors "github.com/ProtonMail/go-crypto/openpgp/errors"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
)

// verifyPGP checks an OpenPGP signature. Whether one by a key that is not there was
// made over these bytes cannot be told. The moment is the commit's or, where that
// is later, the one that the signature itself names, since it is made after the
// commit is written.
func (k *Keys) verifyPGP(payload, armoured []byte, at time.Time) Result {
	r := Result{Status: Bad, Format: OpenPGP}
	made, body, reason := parsePGP(armoured)
	if reason != "" {
		r.Reason = reason
		return r
	}
	r.Made = made.CreationTime
	if made.CreationTime.After(at) {
		at = made.CreationTime
	}
	r.Fingerprint = issuer(made)
	var keyring openpgp.EntityList
	if k != nil {
		keyring = k.entities
	}
	signer, err := openpgp.CheckDetachedSignature(keyring, bytes.NewReader(payload), bytes.NewReader(body), &packet.Config{Time: func() time.Time { return at }})
	if signer != nil {
		r.Fingerprint, r.Signers = hexadecimal(signer.PrimaryKey.Fingerprint), addresses(signer)
	}
	r.Status, r.Reason = verdict(err, signer, at)
	return r
}

// verdict turns what the library says into a verdict.
func verdict(err error, signer *openpgp.Entity, at time.Time) (Status, Reason) {
	switch {
	case err == nil:
		return Good, ""
	case errors.Is(err, pgperrors.ErrUnknownIssuer):
		return Unknown, NotAdmitted
	case errors.Is(err, pgperrors.ErrKeyRevoked):
		return Expired, Revoked
	case errors.Is(err, pgperrors.ErrKeyExpired), errors.Is(err, pgperrors.ErrSignatureExpired):
		if signer != nil && signer.PrimaryKey.CreationTime.After(at) {
			return Expired, TooEarly
		}
		return Expired, TooLate
	}
	var unsupported pgperrors.UnsupportedError
	if errors.As(err, &unsupported) {
		return Bad, Algorithm
	}
	return Bad, Mismatch
}

// parsePGP reads the one signature that the armour holds, and its bytes.
func parsePGP(armoured []byte) (*packet.Signature, []byte, Reason) {
	block, err := armor.Decode(bytes.NewReader(armoured))
	if err != nil || block.Type != openpgp.SignatureType {
		return nil, nil, Unreadable
	}
	body, err := io.ReadAll(io.LimitReader(block.Body, largest))
	if err != nil {
		return nil, nil, Unreadable
	}
	packets := packet.NewReader(bytes.NewReader(body))
	first, err := packets.Next()
	made, ok := first.(*packet.Signature)
	if err != nil || !ok {
		return nil, nil, Unreadable
	}
	if _, err := packets.Next(); !errors.Is(err, io.EOF) {
		return nil, nil, Several
	}
	return made, body, ""
}

// issuer is the fingerprint that a signature names, or the shorter key id.
func issuer(s *packet.Signature) string {
	if len(s.IssuerFingerprint) > 0 {
		return hexadecimal(s.IssuerFingerprint)
	}
	if s.IssuerKeyId == nil {
		return ""
	}
	id := *s.IssuerKeyId
	b := make([]byte, 8)
	for i := range b {
		b[7-i] = byte(id)
		id >>= 8
	}
	return hexadecimal(b)
}

func hexadecimal(b []byte) string { return strings.ToUpper(hex.EncodeToString(b)) }

// addresses are those of a key's user ids that are not revoked, sorted.
func addresses(e *openpgp.Entity) []string {
	var list []string
	for _, id := range e.Identities {
		if id.UserId != nil && id.UserId.Email != "" && len(id.Revocations) == 0 && !strings.ContainsAny(id.UserId.Email, "*?,!") {
			list = append(list, id.UserId.Email)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// Revoked tells whether the keys hold one of this fingerprint that its owner says
// is compromised: then no signature of it counts, whenever it was made.
func (k *Keys) Revoked(fingerprint string) bool {
	if k == nil {
		return false
	}
	for _, e := range k.entities {
		if hexadecimal(e.PrimaryKey.Fingerprint) == fingerprint && slices.ContainsFunc(e.Revocations, compromised) {
			return true
		}
	}
	return false
}

func compromised(s *packet.Signature) bool {
	return s.RevocationReason != nil && *s.RevocationReason == packet.KeyCompromised
}
