package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"kept/internal/gitrepo"
	"kept/internal/portal"
	"kept/internal/signature"
)

// keys writes the keys that count in the commit's tree. Signers are named by the
// ids of their persons: git finds a key by itself and then takes the name beside it.
// OpenPGP keys bear addresses, so that the pack holds their digests alone.
func (k *packer) keys(*portal.View) error {
	data, err := fs.ReadFile(k.snapshot.files, signature.AllowedSigners)
	if err == nil {
		err = k.put("keys/"+signature.AllowedSigners, []byte(k.signers(string(data))))
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("write signers: %w", err)
	}
	names, err := fs.Glob(k.snapshot.files, signature.Folder+"/*.asc")
	if err != nil || len(names) == 0 {
		return err
	}
	slices.Sort(names)
	var b strings.Builder
	tabbed(&b, "path", "blob", "sha256")
	for _, name := range names {
		data, err := fs.ReadFile(k.snapshot.files, name)
		if err != nil {
			return fmt.Errorf("read key: %w", err)
		}
		sum := sha256.Sum256(data)
		tabbed(&b, name, string(gitrepo.BlobID(data)), hex.EncodeToString(sum[:]))
	}
	return k.put("keys/openpgp.tsv", []byte(b.String()))
}

// signers writes lines of allowed signers with ids in place of addresses. Comments
// are left out, as are lines without a key.
func (k *packer) signers(text string) string {
	var b strings.Builder
	n := 0
	for line := range strings.Lines(text) {
		words := quotedWords(line)
		if len(words) < 3 || strings.HasPrefix(words[0], "#") {
			continue
		}
		at := slices.IndexFunc(words[1:], isKeyType) + 1
		if at == 0 || at+1 >= len(words) {
			continue
		}
		n++
		words[0] = k.principals(words[0], n)
		b.WriteString(strings.Join(words[:at+2], " ") + "\n")
	}
	return b.String()
}

func isKeyType(word string) bool {
	return strings.HasPrefix(word, "ssh-") || strings.HasPrefix(word, "ecdsa-") || strings.HasPrefix(word, "sk-")
}

// principals names persons in place of their addresses, and who is none of them by
// a number.
func (k *packer) principals(word string, n int) string {
	var ids []string
	for address := range strings.SplitSeq(strings.Trim(word, `"`), ",") {
		id := k.snapshot.Register.Identity(address)
		if id == "" {
			id = fmt.Sprintf("signer-%d", n)
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return strings.Join(ids, ",")
}

// quotedWords splits a line at blanks that stand in no quotes.
func quotedWords(line string) []string {
	quoted := false
	return strings.FieldsFunc(line, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return !quoted && (r == ' ' || r == '\t' || r == '\r' || r == '\n')
	})
}
