package sheet

import (
	"encoding/binary"
	"math"
	"strconv"
	"strings"
	"unicode/utf16"

	"kept/internal/ledger"
)

// oldCells gathers the cells of one sheet of Excel 97–2003.
type oldCells struct {
	book *oldBook
	page *ledger.Page
	rows map[int]*ledger.Row // by number
	// pending is where the text of a formula belongs, whose record comes next.
	pending struct{ row, column int }
}

// row is a row by its number from 0.
func (s *oldCells) row(n uint16) *ledger.Row {
	number := int(n) + 1
	if s.rows[number] == nil {
		s.rows[number] = &ledger.Row{Number: number}
	}
	return s.rows[number]
}

// put sets a cell, row and column from 0.
func (s *oldCells) put(row, column uint16, cell ledger.Cell) {
	if cell.Text == "" || column > 255 {
		return
	}
	r := s.row(row)
	for len(r.Cells) <= int(column) {
		r.Cells = append(r.Cells, ledger.Cell{})
	}
	r.Cells[column] = cell
}

func (s *oldCells) number(row, column, style uint16, n float64) {
	s.put(row, column, s.book.formats.shown(general(n), int(style), s.book.from04))
}

// take reads a record that says cells.
func (s *oldCells) take(r oldRecord) error {
	d := r.data(14)
	at := func(n int) uint16 { return binary.LittleEndian.Uint16(d[n:]) }
	row, column, style := at(0), at(2), at(4)
	switch r.id {
	case recordRow:
		s.row(row).Hidden = len(d) >= 14 && at(12)&0x20 != 0
	case recordLabelSST:
		n := binary.LittleEndian.Uint32(d[6:])
		if int64(n) >= int64(len(s.book.texts)) {
			return ErrDamaged
		}
		s.put(row, column, ledger.Cell{Text: s.book.texts[n]})
	case recordLabel, recordRString:
		s.put(row, column, ledger.Cell{Text: newOldText(r, 6).text(true)})
	case recordNumber:
		s.number(row, column, style, math.Float64frombits(binary.LittleEndian.Uint64(d[6:])))
	case recordRK:
		s.number(row, column, style, rk(binary.LittleEndian.Uint32(d[6:])))
	case recordMulRK:
		for i := 4; i+8 <= len(r.chunks[0]); i += 6 {
			s.number(row, column+uint16((i-4)/6), at(i), rk(binary.LittleEndian.Uint32(d[i+2:])))
		}
	case recordFormula:
		s.formula(row, column, style, d[6:14])
	case recordString:
		s.put(uint16(s.pending.row), uint16(s.pending.column), ledger.Cell{Text: newOldText(r, 0).text(true)})
	case recordBoolErr:
		s.put(row, column, ledger.Cell{Text: boolOrError(d[6], d[7] != 0)})
	case recordMerged:
		for i := 2; i+8 <= len(r.chunks[0]); i += 8 {
			s.page.Merged = append(s.page.Merged, ledger.Area{Top: int(at(i)) + 1, Bottom: int(at(i+2)) + 1, Left: int(at(i+4)) + 1, Right: int(at(i+6)) + 1})
		}
	}
	return nil
}

// formula reads the value that a formula had last.
func (s *oldCells) formula(row, column, style uint16, value []byte) {
	if value[6] != 0xff || value[7] != 0xff {
		s.number(row, column, style, math.Float64frombits(binary.LittleEndian.Uint64(value)))
		return
	}
	switch value[0] {
	case 0:
		s.pending.row, s.pending.column = int(row), int(column)
	case 1, 2:
		s.put(row, column, ledger.Cell{Text: boolOrError(value[2], value[0] == 2)})
	}
}

// rk reads a number in its short form.
func rk(v uint32) float64 {
	n := math.Float64frombits(uint64(v&^3) << 32)
	if v&2 != 0 {
		n = float64(int32(v) >> 2)
	}
	if v&1 != 0 {
		n /= 100
	}
	return n
}

// boolOrError is a truth value, or the name of a formula's error.
func boolOrError(code byte, wrong bool) string {
	if !wrong {
		return strings.ToUpper(strconv.FormatBool(code != 0))
	}
	if name, ok := map[byte]string{0x00: "#NULL!", 0x07: "#DIV/0!", 0x0f: "#VALUE!", 0x17: "#REF!", 0x1d: "#NAME?", 0x24: "#NUM!", 0x2a: "#N/A"}[code]; ok {
		return name
	}
	return "#VALUE!"
}

// oldText reads texts out of a record that may go on in others: each of these begins
// anew with how wide its characters are.
type oldText struct {
	chunks [][]byte
	broken bool // a text ran past the record's end
}

func newOldText(r oldRecord, from int) *oldText {
	t := &oldText{chunks: append([][]byte{}, r.chunks...)}
	t.skip(from)
	return t
}

func (t *oldText) left() int {
	if len(t.chunks) == 0 {
		return 0
	}
	return len(t.chunks[0])
}

// skip leaves out bytes, over the ends of records.
func (t *oldText) skip(n int) {
	for n > 0 && len(t.chunks) > 0 {
		part := min(n, len(t.chunks[0]))
		t.chunks[0] = t.chunks[0][part:]
		n -= part
		if len(t.chunks[0]) == 0 && len(t.chunks) > 1 {
			t.chunks = t.chunks[1:]
		} else if part == 0 {
			break
		}
	}
	t.broken = t.broken || n > 0
}

// uint reads a number of some bytes.
func (t *oldText) uint(size int) int {
	if t.left() < size {
		t.broken = true
		return 0
	}
	n := 0
	for i := size - 1; i >= 0; i-- {
		n = n<<8 | int(t.chunks[0][i])
	}
	t.skip(size)
	return n
}

// text reads one text, whose length stands in two bytes or in one.
func (t *oldText) text(long bool) string {
	size := 1
	if long {
		size = 2
	}
	count, flags := t.uint(size), t.uint(1)
	runs, more := 0, 0
	if flags&8 != 0 {
		runs = t.uint(2)
	}
	if flags&4 != 0 {
		more = t.uint(4)
	}
	text := t.characters(count, flags&1 != 0)
	t.skip(runs*4 + more)
	return text
}

// characters reads so many characters of one or two bytes.
func (t *oldText) characters(count int, wide bool) string {
	var units []uint16
	for len(units) < count {
		switch {
		case t.left() == 0 && len(t.chunks) > 1:
			t.chunks = t.chunks[1:]
			wide = t.uint(1)&1 != 0
		case wide && t.left() >= 2, !wide && t.left() >= 1:
			width := 1
			if wide {
				width = 2
			}
			here := min(count-len(units), t.left()/width)
			for i := range here {
				unit := uint16(t.chunks[0][i*width])
				if wide {
					unit |= uint16(t.chunks[0][i*width+1]) << 8
				}
				units = append(units, unit)
			}
			t.chunks[0] = t.chunks[0][here*width:]
		default:
			t.broken = true
			return string(utf16.Decode(units))
		}
	}
	if t.left() == 0 && len(t.chunks) > 1 && count == 0 {
		t.chunks = t.chunks[1:]
	}
	return string(utf16.Decode(units))
}

// sharedTexts reads the texts that cells share.
func sharedTexts(r oldRecord) ([]string, error) {
	t := newOldText(r, 4)
	count := t.uint(4)
	var texts []string
	for range count {
		// A text begins in the record in which it stands.
		if t.left() == 0 && len(t.chunks) > 1 {
			t.chunks = t.chunks[1:]
		}
		text := t.text(true)
		if t.broken {
			return nil, ErrDamaged
		}
		texts = append(texts, text)
	}
	return texts, nil
}
