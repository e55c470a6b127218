package sheet

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/richardlehane/mscfb"

	"kept/internal/ledger"
)

// Records of a workbook of Excel 97–2003 (BIFF8), as far as they say cells.
// The form is Microsoft's open specification [MS-XLS].
const (
	recordFormula  = 0x0006
	recordEnd      = 0x000a
	recordDateMode = 0x0022
	recordPassword = 0x002f
	recordContinue = 0x003c
	recordSheet    = 0x0085
	recordMulRK    = 0x00bd
	recordRString  = 0x00d6
	recordXF       = 0x00e0
	recordMerged   = 0x00e5
	recordTexts    = 0x00fc
	recordLabelSST = 0x00fd
	recordNumber   = 0x0203
	recordLabel    = 0x0204
	recordBoolErr  = 0x0205
	recordString   = 0x0207
	recordRow      = 0x0208
	recordRK       = 0x027e
	recordFormat   = 0x041e
	recordBegin    = 0x0809
)

// biff8 is the version that the first record of each part names.
const biff8 = 0x0600

// oldBook is a workbook of Excel 97–2003 while it is read.
type oldBook struct {
	stream  []byte
	sheets  []oldSheet
	texts   []string
	formats *formats
	from04  bool
	budget  budget
}

type oldSheet struct {
	at     int
	name   string
	hidden bool
}

// readOldBook reads every sheet of a workbook of Excel 97–2003. Older ones are
// [ErrOldWorkbook].
func readOldBook(data []byte) (pages []ledger.Page, err error) {
	// The library walks chains of sectors that a hostile file draws.
	defer func() {
		if r := recover(); r != nil {
			pages, err = nil, fmt.Errorf("%w: %v", ErrDamaged, r)
		}
	}()
	stream, err := oldStream(data)
	if err != nil {
		return nil, err
	}
	b := &oldBook{stream: stream, formats: newFormats(), budget: budget{cells: mostCells, bytes: mostUnpacked}}
	defer b.formats.close()
	if err := b.globals(); err != nil {
		return nil, err
	}
	for _, s := range b.sheets {
		page := ledger.Page{Name: s.name, Hidden: s.hidden, From1904: b.from04}
		if err := b.readSheet(s.at, &page); err != nil {
			return nil, fmt.Errorf("read sheet %q: %w", s.name, err)
		}
		pages = append(pages, page)
	}
	return pages, nil
}

// oldStream is the workbook's stream in a compound file.
func oldStream(data []byte) ([]byte, error) {
	doc, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	for entry, err := doc.Next(); err == nil; entry, err = doc.Next() {
		switch entry.Name {
		case "EncryptedPackage":
			return nil, ErrProtected
		case "Book":
			return nil, ErrOldWorkbook
		case "Workbook":
			stream, err := io.ReadAll(io.LimitReader(entry, int64(len(data))))
			if err != nil {
				return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
			}
			return stream, nil
		}
	}
	return nil, ErrNoWorkbook
}

// oldRecord is one record with what continues it.
type oldRecord struct {
	id     uint16
	chunks [][]byte
}

// data is the record's own part, of at least n bytes: a shorter one has zeros.
func (r oldRecord) data(n int) []byte {
	d := r.chunks[0]
	for len(d) < n {
		d = append(slices.Clip(d), 0)
	}
	return d
}

// next reads the record at a place, and where the one behind it stands.
func (b *oldBook) next(at int) (oldRecord, int, error) {
	var r oldRecord
	for {
		if at < 0 || at+4 > len(b.stream) {
			if r.chunks != nil {
				return r, at, nil
			}
			return r, at, ErrDamaged
		}
		id, size := binary.LittleEndian.Uint16(b.stream[at:]), int(binary.LittleEndian.Uint16(b.stream[at+2:]))
		if r.chunks != nil && id != recordContinue {
			return r, at, nil
		}
		if at+4+size > len(b.stream) {
			return r, at, ErrDamaged
		}
		if r.chunks == nil {
			r.id = id
		}
		r.chunks = append(r.chunks, b.stream[at+4:at+4+size])
		at += 4 + size
	}
}

// globals reads what stands before the sheets.
func (b *oldBook) globals() error {
	r, at, err := b.next(0)
	if err != nil || r.id != recordBegin {
		return ErrDamaged
	}
	if binary.LittleEndian.Uint16(r.data(2)) != biff8 {
		return ErrOldWorkbook
	}
	for {
		if r, at, err = b.next(at); err != nil {
			return err
		}
		switch r.id {
		case recordEnd:
			return nil
		case recordPassword:
			return ErrProtected
		case recordDateMode:
			b.from04 = binary.LittleEndian.Uint16(r.data(2)) == 1
		case recordFormat:
			id := binary.LittleEndian.Uint16(r.data(2))
			b.formats.name(fmt.Sprint(id), newOldText(r, 2).text(true))
		case recordXF:
			b.formats.style(fmt.Sprint(binary.LittleEndian.Uint16(r.data(4)[2:])))
		case recordTexts:
			if b.texts, err = sharedTexts(r); err != nil {
				return err
			}
		case recordSheet:
			if d := r.data(6); d[5] == 0 { // a sheet of cells
				b.sheets = append(b.sheets, oldSheet{int(binary.LittleEndian.Uint32(d)), newOldText(r, 6).text(false), d[4]&3 != 0})
			}
		}
	}
}

// readSheet reads the cells of the sheet that begins at a place.
func (b *oldBook) readSheet(at int, page *ledger.Page) error {
	s := &oldCells{book: b, page: page, rows: map[int]*ledger.Row{}}
	depth := 0
	for {
		r, next, err := b.next(at)
		if err != nil {
			return err
		}
		at = next
		switch r.id {
		case recordBegin: // that of the sheet, or of a chart in it
			depth++
		case recordEnd:
			if depth--; depth == 0 {
				return s.finish()
			}
		default:
			if depth != 1 {
				continue
			}
			if err := s.take(r); err != nil {
				return err
			}
		}
	}
}

// finish hands over the rows from the top down.
func (s *oldCells) finish() error {
	for _, n := range slices.Sorted(maps.Keys(s.rows)) {
		row := s.rows[n]
		if len(row.Cells) == 0 {
			continue
		}
		if err := s.book.budget.take(*row); err != nil {
			return err
		}
		s.page.Rows = append(s.page.Rows, *row)
	}
	return nil
}
