package sheet

import (
	"bytes"
	"errors"

	"kept/internal/ledger"
)

// Errors of [ReadPages].
var (
	// ErrOldWorkbook is a workbook of the format before 2007, which has to be saved
	// anew.
	ErrOldWorkbook = errors.New("old workbook format")
	// ErrProtected is a workbook that asks for a password.
	ErrProtected = errors.New("workbook has a password")
	// ErrNoWorkbook is a file that is no workbook, whatever its name says.
	ErrNoWorkbook = errors.New("no workbook")
	// ErrDamaged is a workbook that cannot be read to its end.
	ErrDamaged = errors.New("damaged workbook")
	// ErrTooLarge is a workbook that unpacks to more than any ledger has.
	ErrTooLarge = errors.New("workbook unpacks to too much")
)

// compound begins the files of old Office programs, and of new ones with a password.
const compound = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// ReadPages reads every sheet of a workbook, cell by cell: what it shows, and the
// number behind it.
func ReadPages(data []byte) ([]ledger.Page, error) {
	switch {
	case bytes.HasPrefix(data, []byte(compound)) && bytes.Contains(data, utf16le("EncryptedPackage")):
		return nil, ErrProtected
	case bytes.HasPrefix(data, []byte(compound)):
		return nil, ErrOldWorkbook
	case !bytes.HasPrefix(data, []byte("PK")):
		return nil, ErrNoWorkbook
	}
	return readWorkbook(data)
}

// utf16le is a text as it stands in a compound file.
func utf16le(s string) []byte {
	out := make([]byte, 0, 2*len(s))
	for _, b := range []byte(s) {
		out = append(out, b, 0)
	}
	return out
}
