package signature

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp"
)

// Where a repository keeps the keys that count.
const (
	AllowedSigners = "allowed_signers" // at the top, in OpenSSH's format
	Folder         = "keys"            // holds OpenPGP public keys, as *.asc
)

// largest bounds a file of keys.
const largest = 1 << 20

// Keys are the keys that count. The zero value and nil know none.
type Keys struct {
	signers  []allowed
	entities openpgp.EntityList
	Problems []Problem // what of the files cannot be used, in their order
}

// Problem is a place in a file of keys that cannot be used.
type Problem struct {
	Path string
	Line int    // from 1
	Key  string // of the message
}

// Known tells whether there is any key.
func (k *Keys) Known() bool { return k != nil && len(k.signers)+len(k.entities) > 0 }

// Load reads the keys of a tree: its allowed_signers and keys/*.asc, none of which
// need be there. Times without Z are in zone.
func Load(files fs.FS, zone *time.Location) (*Keys, error) {
	k := &Keys{}
	text, err := read(files, AllowedSigners)
	if err != nil {
		return nil, err
	}
	k.allow(text, zone)
	names, err := fs.Glob(files, path.Join(Folder, "*.asc"))
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		text, err := read(files, name)
		if err != nil {
			return nil, err
		}
		list, err := openpgp.ReadArmoredKeyRing(strings.NewReader(text))
		if err != nil || hasSecret(list) {
			k.Problems = append(k.Problems, Problem{name, 1, keyProblem(list)})
			continue
		}
		k.entities = append(k.entities, list...)
	}
	return k, nil
}

func keyProblem(list openpgp.EntityList) string {
	if hasSecret(list) {
		return "signature.secret"
	}
	return "signature.armour"
}

// hasSecret tells that somebody committed a private key.
func hasSecret(list openpgp.EntityList) bool {
	for _, e := range list {
		if e.PrivateKey != nil {
			return true
		}
	}
	return false
}

// allow reads a file of allowed signers.
func (k *Keys) allow(text string, zone *time.Location) {
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		a, problem := parseAllowed(line, zone)
		if problem != "" {
			k.Problems = append(k.Problems, Problem{AllowedSigners, number, problem})
			continue
		}
		k.signers = append(k.signers, a)
	}
}

// read is a file's text, "" where there is none.
func read(files fs.FS, name string) (string, error) {
	data, err := fs.ReadFile(files, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", nil
	case err != nil:
		return "", fmt.Errorf("read %q: %w", name, err)
	}
	return string(data[:min(len(data), largest)]), nil
}
