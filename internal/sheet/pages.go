package sheet

import (
	"bytes"
	"errors"
	"strings"

	"kept/internal/ledger"
)

// Errors of [ReadPages].
var (
	// ErrOldWorkbook is a workbook of the formats before 1997, which has to be saved
	// anew.
	ErrOldWorkbook = errors.New("old workbook format")
	// ErrProtected is a workbook that asks for a password.
	ErrProtected = errors.New("workbook has a password")
	// ErrNoWorkbook is a file that is no workbook, whatever its name says.
	ErrNoWorkbook = errors.New("no workbook")
	// ErrBinaryWorkbook is a workbook in Excel's binary form, .xlsb.
	ErrBinaryWorkbook = errors.New("binary workbook")
	// ErrNoTable is a web page without a table.
	ErrNoTable = errors.New("web page without a table")
	// ErrDamaged is a workbook that cannot be read to its end.
	ErrDamaged = errors.New("damaged workbook")
	// ErrTooLarge is a workbook that unpacks to more than any ledger has.
	ErrTooLarge = errors.New("workbook unpacks to too much")
)

// packedMark begins a packed file.
const packedMark = "PK"

// compound begins the files of old Office programs, and of new ones with a password.
const compound = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// ReadPages reads every sheet of a workbook, cell by cell: what it shows, and the
// number behind it. It reads the formats of Excel since 2007 and since 1997, its XML of
// 2003, OpenDocument, and the tables of web pages; what it is counts, not its name.
func ReadPages(data []byte) ([]ledger.Page, error) {
	switch {
	case bytes.HasPrefix(data, []byte(compound)) && bytes.Contains(data, utf16le("EncryptedPackage")):
		return nil, ErrProtected
	case bytes.HasPrefix(data, []byte(compound)):
		return readOldBook(data)
	case bytes.HasPrefix(data, []byte(packedMark)):
		return readWorkbook(data)
	case !marked(data):
		return nil, ErrNoWorkbook
	}
	text, err := ledger.DecodeText(data)
	if err != nil {
		return nil, err
	}
	if strings.Contains(text[:min(len(text), 4000)], sheetSpace) {
		return readOldMarkup(text)
	}
	return readMarkup(text)
}

// Plain tells a file that is none of the packed or compound ones, as workbooks are.
func Plain(data []byte) bool {
	return !bytes.HasPrefix(data, []byte(packedMark)) && !bytes.HasPrefix(data, []byte(compound))
}

// marked tells a file that begins as a web page.
func marked(data []byte) bool {
	head := bytes.TrimLeft(data[:min(len(data), 400)], "\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
	return bytes.HasPrefix(head, []byte("<"))
}

// utf16le is a text as it stands in a compound file.
func utf16le(s string) []byte {
	out := make([]byte, 0, 2*len(s))
	for _, b := range []byte(s) {
		out = append(out, b, 0)
	}
	return out
}
