package gittest

import (
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"strings"
)

// Key signs as ssh-keygen does with an Ed25519 key.
type Key struct{ private ed25519.PrivateKey }

// NewKey makes the key of a name: the same name always has the same key.
func NewKey(name string) Key {
	seed := sha256.Sum256([]byte("gittest " + name))
	return Key{ed25519.NewKeyFromSeed(seed[:])}
}

// Public is the key as it stands in allowed_signers, behind address and options.
func (k Key) Public() string {
	return "ssh-ed25519 " + base64.StdEncoding.EncodeToString(k.blob())
}

func (k Key) blob() []byte {
	public, _ := k.private.Public().(ed25519.PublicKey)
	return fields("ssh-ed25519", string(public))
}

// Sign signs a commit or a tag without its signature, as for git, and returns the
// armoured signature.
func (k Key) Sign(payload string) string {
	digest := sha512.Sum512([]byte(payload))
	made := ed25519.Sign(k.private, append([]byte("SSHSIG"), fields("git", "", "sha512", string(digest[:]))...))
	body := append([]byte("SSHSIG\x00\x00\x00\x01"), fields(string(k.blob()), "git", "", "sha512", string(fields("ssh-ed25519", string(made))))...)
	text := base64.StdEncoding.EncodeToString(body)
	var b strings.Builder
	b.WriteString("-----BEGIN SSH SIGNATURE-----\n")
	for ; len(text) > 70; text = text[70:] {
		b.WriteString(text[:70] + "\n")
	}
	b.WriteString(text + "\n-----END SSH SIGNATURE-----\n")
	return b.String()
}

// Signed is a commit's text with a signature by the key.
func (k Key) Signed(commit string) string {
	head, message, _ := strings.Cut(commit, "\n\n")
	lines := strings.ReplaceAll(strings.TrimSuffix(k.Sign(commit), "\n"), "\n", "\n ")
	return head + "\ngpgsig " + lines + "\n\n" + message
}

// fields are texts as SSH writes them, each behind its length.
func fields(list ...string) []byte {
	var b []byte
	for _, s := range list {
		b = append(binary.BigEndian.AppendUint32(b, uint32(len(s))), s...)
	}
	return b
}
