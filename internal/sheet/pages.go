package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"

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
	book, err := openBook(data)
	if err != nil {
		return nil, err
	}
	defer book.Close()
	props, err := book.GetWorkbookProps()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoWorkbook, err)
	}
	from1904 := props.Date1904 != nil && *props.Date1904
	areas, err := mergedAreas(data)
	if err != nil {
		return nil, err
	}
	// The numbers are read by the other core meanwhile.
	stored := make(chan storedCells, 1)
	go func() { stored <- readStored(data) }()
	var pages []ledger.Page
	for _, name := range book.GetSheetList() {
		p := ledger.Page{Name: name, From1904: from1904, Merged: areas[name]}
		if visible, err := book.GetSheetVisible(name); err == nil {
			p.Hidden = !visible
		}
		if p.Rows, err = shownRows(book, name); err != nil {
			return nil, fmt.Errorf("read sheet %q: %w", name, err)
		}
		pages = append(pages, p)
	}
	numbers := <-stored
	for _, p := range pages {
		numbers.put(p)
	}
	return pages, numbers.err
}

func openBook(data []byte) (*excelize.File, error) {
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: mostUnpacked})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoWorkbook, err)
	}
	return book, nil
}

// shownRows reads a sheet's rows as they are shown.
func shownRows(book *excelize.File, name string) ([]ledger.Row, error) {
	shown, err := book.Rows(name)
	if err != nil {
		// A sheet of charts has no rows.
		return nil, nil //nolint:nilerr // excelize has no error of its own for it
	}
	defer shown.Close()
	var rows []ledger.Row
	for n := 1; shown.Next(); n++ {
		texts, err := shown.Columns()
		if err != nil {
			return nil, err
		}
		row := ledger.Row{Number: n, Hidden: shown.GetRowOpts().Hidden, Cells: make([]ledger.Cell, len(texts))}
		something := false
		for i, text := range texts {
			row.Cells[i].Text = text
			something = something || text != ""
		}
		if something {
			rows = append(rows, row)
		}
	}
	return rows, shown.Error()
}

// storedCells are the numbers behind the cells, by sheet, row and column.
type storedCells struct {
	numbers map[string]map[int][]string
	err     error
}

func readStored(data []byte) storedCells {
	s := storedCells{numbers: map[string]map[int][]string{}}
	book, err := openBook(data)
	if err != nil {
		s.err = err
		return s
	}
	defer book.Close()
	for _, name := range book.GetSheetList() {
		rows, err := book.Rows(name)
		if err != nil {
			continue // a sheet of charts
		}
		of := map[int][]string{}
		for n := 1; rows.Next(); n++ {
			if of[n], s.err = rows.Columns(excelize.Options{RawCellValue: true}); s.err != nil {
				break
			}
		}
		s.err = errors.Join(s.err, rows.Error(), rows.Close())
		s.numbers[name] = of
	}
	return s
}

// put gives a page's cells their numbers.
func (s storedCells) put(p ledger.Page) {
	for _, r := range p.Rows {
		raw := s.numbers[p.Name][r.Number]
		for i := range r.Cells {
			if i < len(raw) && isStoredNumber(raw[i]) {
				r.Cells[i].Number = raw[i]
			}
		}
	}
}

// isStoredNumber tells a number as a workbook stores it.
func isStoredNumber(s string) bool {
	return s != "" && len(s) < 32 && strings.Trim(s, "0123456789.eE+-") == "" && s[len(s)-1] >= '0' && s[len(s)-1] <= '9'
}

// utf16le is a text as it stands in a compound file.
func utf16le(s string) []byte {
	out := make([]byte, 0, 2*len(s))
	for _, b := range []byte(s) {
		out = append(out, b, 0)
	}
	return out
}

// relationships and sheets of a workbook's parts, as far as they name a sheet's file.
type relationships struct {
	List []struct {
		ID     string `xml:"Id,attr"`
		Target string `xml:"Target,attr"`
	} `xml:"Relationship"`
}

type workbookPart struct {
	Sheets []struct {
		Name string `xml:"name,attr"`
		ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
	} `xml:"sheets>sheet"`
}

// mergedAreas reads the merged areas of each sheet from the file itself, since
// excelize would read the whole sheet once more for them.
func mergedAreas(data []byte) (map[string][]ledger.Area, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoWorkbook, err)
	}
	var book workbookPart
	var rels relationships
	if decodePart(archive, "xl/workbook.xml", &book) != nil || decodePart(archive, "xl/_rels/workbook.xml.rels", &rels) != nil {
		return nil, nil // a workbook with parts in other places has its areas unread
	}
	file := map[string]string{}
	for _, r := range rels.List {
		file[r.ID] = partName(r.Target)
	}
	areas := map[string][]ledger.Area{}
	for _, s := range book.Sheets {
		part, err := archive.Open(file[s.ID])
		if err != nil {
			continue
		}
		areas[s.Name], err = areasIn(io.LimitReader(part, mostUnpacked))
		_ = part.Close()
		if err != nil {
			return nil, fmt.Errorf("read sheet %q: %w", s.Name, err)
		}
	}
	return areas, nil
}

// partName is where a target of the workbook lies in the archive.
func partName(target string) string {
	if rooted, ok := strings.CutPrefix(target, "/"); ok {
		return rooted
	}
	return path.Join("xl", target)
}

func decodePart(archive *zip.Reader, name string, into any) error {
	part, err := archive.Open(name)
	if err != nil {
		return err
	}
	defer part.Close()
	return xml.NewDecoder(io.LimitReader(part, mostUnpacked)).Decode(into)
}

// areasIn finds the merged areas behind a sheet's cells.
func areasIn(r io.Reader) ([]ledger.Area, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	_, tail, ok := bytes.Cut(data, []byte("<mergeCells"))
	if !ok {
		return nil, nil
	}
	var areas []ledger.Area
	for {
		_, rest, ok := bytes.Cut(tail, []byte("<mergeCell "))
		if !ok {
			return areas, nil
		}
		tail = rest
		_, ref, ok := bytes.Cut(rest, []byte(`ref="`))
		if !ok {
			return areas, nil
		}
		ref, _, _ = bytes.Cut(ref, []byte(`"`))
		if a, ok := ledger.ParseArea(string(ref)); ok {
			areas = append(areas, a)
		}
	}
}
