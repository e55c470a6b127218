package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"kept/internal/evidence"
)

// ErrEncoding says that a text file is in another encoding than UTF-8, as a
// spreadsheet may save it anew.
var ErrEncoding = errors.New("no UTF-8")

// File is what a workbook or a text file holds, whoever saved it last.
type File struct {
	Code  evidence.Code // of the paper; zero where the file names none
	Cells [][]string    // of the register, its head first, as they are shown
}

// mostUnpacked bounds what a workbook may unpack to, in bytes.
const mostUnpacked = 512 << 20

// ReadXLSX reads a workbook: its code from its properties, its cells from its first
// sheet.
func ReadXLSX(data []byte) (File, error) {
	var f File
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: mostUnpacked})
	if err != nil {
		return f, err
	}
	defer book.Close()
	if about, err := book.GetDocProps(); err == nil {
		f.Code, _ = evidence.ParseCode(about.Identifier)
	}
	f.Cells, err = book.GetRows(book.GetSheetName(0))
	return f, err
}

// ReadCSV reads a text file: its code from the head of its last column that has one.
// An [ErrEncoding] comes with the code where that can be read.
func ReadCSV(data []byte) (File, error) {
	var f File
	head, _, _ := bytes.Cut(data, []byte("\n"))
	words := strings.FieldsFunc(string(head), func(r rune) bool { return strings.ContainsRune(" \t\",;\r\uFEFF", r) })
	for _, w := range words {
		if code, ok := evidence.ParseCode(w); ok {
			f.Code = code
		}
	}
	if !utf8.Valid(data) {
		return f, ErrEncoding
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte(mark))))
	r.FieldsPerRecord = -1
	var err error
	f.Cells, err = r.ReadAll()
	return f, err
}
