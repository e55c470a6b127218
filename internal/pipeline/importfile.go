package pipeline

import (
	"bytes"
	"errors"

	"kept/internal/finding"
	"kept/internal/ledger"
	"kept/internal/locale"
	"kept/internal/sheet"
)

// readPages reads a file by what it holds, whatever its name says. A finding says
// why it cannot, and what to do about it.
func readPages(name string, data []byte) ([]ledger.Page, finding.List) {
	if len(data) == 0 {
		return nil, unreadable(ledger.Place(name, "", 0, 0), "ledger.file-empty")
	}
	pages, err := sheet.ReadPages(data)
	if errors.Is(err, sheet.ErrNoWorkbook) && sheet.Plain(data) {
		return readText(name, data)
	}
	if err != nil {
		return nil, unreadable(ledger.Place(name, "", 0, 0), unread(err))
	}
	return pages, nil
}

// unread is why a workbook cannot be read, a key of the catalogue.
func unread(err error) string {
	for _, c := range []struct {
		err error
		key string
	}{
		{sheet.ErrProtected, "ledger.file-password"},
		{sheet.ErrOldWorkbook, "ledger.file-old"},
		{sheet.ErrTooLarge, "ledger.file-large"},
		{sheet.ErrBinaryWorkbook, "ledger.file-xlsb"},
		{sheet.ErrNoTable, "ledger.file-html"},
		{sheet.ErrNoWorkbook, "ledger.file-other"},
		{ledger.ErrEncoding, "ledger.file-encoding"},
		{ledger.ErrBig5, "ledger.file-big5"},
	} {
		if errors.Is(err, c.err) {
			return c.key
		}
	}
	return "ledger.file-damaged"
}

// readText reads a text file of cells.
func readText(name string, data []byte) ([]ledger.Page, finding.List) {
	page, err := ledger.ReadCSV(data)
	var quote *ledger.QuoteError
	switch {
	case errors.As(err, &quote):
		return nil, unreadable(ledger.Place(name, "", quote.Row, quote.Column), "ledger.file-quote", locale.N("row", quote.Row))
	case errors.Is(err, ledger.ErrEncoding) && bytes.IndexByte(data, 0) >= 0:
		return nil, unreadable(ledger.Place(name, "", 0, 0), "ledger.file-other")
	case errors.Is(err, ledger.ErrTooLong):
		return nil, unreadable(ledger.Place(name, "", 0, 0), "ledger.file-large")
	case err != nil:
		return nil, unreadable(ledger.Place(name, "", 0, 0), unread(err))
	case len(page.Rows) == 0:
		return nil, unreadable(ledger.Place(name, "", 0, 0), "ledger.file-empty")
	}
	return []ledger.Page{page}, nil
}

func unreadable(at finding.Position, key string, args ...locale.Arg) finding.List {
	return finding.List{{Position: at, Rule: ledger.RuleImport, Severity: finding.Error, Key: key, Args: args}}
}
