package signature

import (
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"
)

const (
	sshHead  = "-----BEGIN SSH SIGNATURE-----"
	sshFoot  = "-----END SSH SIGNATURE-----"
	sshMagic = "SSHSIG"
	// namespace is what git signs commits and tags for.
	namespace = "git"
)

// sshSignature is the content of an SSH signature (OpenSSH's PROTOCOL.sshsig).
type sshSignature struct {
	Version   uint32
	PublicKey []byte
	Namespace string
	Reserved  string
	HashAlg   string
	Signature []byte
}

// sshSigned is what the key signs: the digest of the payload, not the payload.
type sshSigned struct {
	Namespace string
	Reserved  string
	HashAlg   string
	Digest    []byte
}

func (k *Keys) verifySSH(payload, armoured []byte, at time.Time) Result {
	r := Result{Status: Bad, Format: SSH}
	sig, ok := parseSSH(armoured)
	if !ok {
		r.Reason = Unreadable
		return r
	}
	key, err := ssh.ParsePublicKey(sig.PublicKey)
	if err != nil {
		r.Reason = Unreadable
		return r
	}
	r.Fingerprint = ssh.FingerprintSHA256(key)
	if certificate, is := key.(*ssh.Certificate); is {
		r.Fingerprint = ssh.FingerprintSHA256(certificate.Key)
		r.Status, r.Reason = Unknown, Authority
		return r
	}
	if r.Reason = sig.check(key, payload); r.Reason != "" {
		return r
	}
	r.Status, r.Reason, r.Signers = k.admitted(sig.PublicKey, at)
	return r
}

// check tells why the signature is not one over the payload by its own key, ""
// where it is.
func (s *sshSignature) check(key ssh.PublicKey, payload []byte) Reason {
	if s.Namespace != namespace {
		return Namespace
	}
	var digest []byte
	switch s.HashAlg {
	case "sha256":
		sum := sha256.Sum256(payload)
		digest = sum[:]
	case "sha512":
		sum := sha512.Sum512(payload)
		digest = sum[:]
	default:
		return Algorithm
	}
	var made ssh.Signature
	if ssh.Unmarshal(s.Signature, &made) != nil {
		return Unreadable
	}
	if made.Format == ssh.KeyAlgoRSA || strings.HasPrefix(made.Format, "ssh-dss") {
		return Algorithm // SHA-1, which OpenSSH refuses here, too
	}
	signed := append([]byte(sshMagic), ssh.Marshal(sshSigned{s.Namespace, s.Reserved, s.HashAlg, digest})...)
	if key.Verify(signed, &made) != nil {
		return Mismatch
	}
	return ""
}

// parseSSH reads the armour and the fields of a signature.
func parseSSH(armoured []byte) (*sshSignature, bool) {
	body, ok := bytes.CutPrefix(armoured, []byte(sshHead))
	if !ok {
		return nil, false
	}
	if body, ok = bytes.CutSuffix(body, []byte(sshFoot)); !ok {
		return nil, false
	}
	data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(string(body)), ""))
	if err != nil {
		return nil, false
	}
	fields, ok := bytes.CutPrefix(data, []byte(sshMagic))
	if !ok {
		return nil, false
	}
	var s sshSignature
	if ssh.Unmarshal(fields, &s) != nil || s.Version != 1 {
		return nil, false
	}
	return &s, true
}
