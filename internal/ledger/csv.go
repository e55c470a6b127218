package ledger

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"kept/internal/locale"
)

// Errors of [ReadCSV].
var (
	// ErrEncoding says that a text file is in none of UTF-8, UTF-16, UTF-32 and GB 18030.
	ErrEncoding = errors.New("unknown encoding")
	// ErrBig5 says that a text file is in the encoding of Taiwan and Hong Kong.
	ErrBig5 = errors.New("encoding Big5")
	// ErrTooLong says that a text file holds more than any ledger.
	ErrTooLong = errors.New("too many cells")
)

// QuoteError is a quotation mark that opens a cell and is never closed: all that
// stands behind it would be one cell.
type QuoteError struct{ Row, Column int } // from 1

func (e *QuoteError) Error() string { return fmt.Sprintf("quote in line %d is not closed", e.Row) }

// ReadCSV reads a text file of cells, with commas, semicolons, tabs or bars between
// them, in UTF-8, UTF-16, UTF-32, GBK or GB 18030. Lines end as on any system.
func ReadCSV(data []byte) (Page, error) {
	text, err := DecodeText(data)
	if err != nil {
		return Page{}, err
	}
	c := &csvReader{text: text, line: 1}
	c.comma = c.separator()
	return c.page()
}

// mostCells bounds the cells of a text file, counted to the last of each row.
const mostCells = 8_000_000

// csvReader cuts a text into cells. It is kinder than encoding/csv, as spreadsheets
// are: a quotation mark counts only where it begins a cell.
type csvReader struct {
	text  string
	line  int
	comma string
}

// separator obeys a first line that names the separator, as Excel does, and leaves
// it out.
func (c *csvReader) separator() string {
	first, rest, more := strings.Cut(c.text, "\n")
	first = strings.TrimRight(first, "\r")
	if len(first) == 5 && strings.EqualFold(first[:4], "sep=") && more {
		c.text, c.line = rest, 2
		return first[4:]
	}
	return delimiter(c.text)
}

func (c *csvReader) page() (Page, error) {
	var p Page
	cells := 0
	for c.text != "" {
		row := Row{Number: c.line}
		for more := true; more; {
			text, ended, ok := c.cell()
			if !ok {
				return p, &QuoteError{row.Number, len(row.Cells) + 1}
			}
			row.Cells = append(row.Cells, Cell{Text: unquoted(text)})
			more = !ended
		}
		if cells += len(row.Cells); cells > mostCells {
			return p, ErrTooLong
		}
		if !row.blank() {
			row.Cells = slices.Clip(row.Cells)
			p.Rows = append(p.Rows, row)
		}
	}
	return p, nil
}

// cell takes the next cell, and tells whether it is its row's last. It is not ok
// where a quotation mark is never closed.
func (c *csvReader) cell() (text string, ended, ok bool) {
	c.text = strings.TrimLeft(c.text, byteOrder)
	if !strings.HasPrefix(c.text, `"`) {
		text, ended = c.plain()
		return text, ended, true
	}
	var b strings.Builder
	rest := c.text[1:]
	for {
		inside, behind, closed := strings.Cut(rest, `"`)
		if !closed {
			return "", false, false
		}
		b.WriteString(inside)
		c.line += lines(inside)
		if strings.HasPrefix(behind, `"`) {
			b.WriteByte('"')
			rest = behind[1:]
			continue
		}
		c.text = behind
		// What stands between the closing mark and the separator belongs to the cell.
		tail, last := c.plain()
		b.WriteString(tail)
		return lineEnds.Replace(b.String()), last, true
	}
}

// plain takes what stands before the next separator or line end.
func (c *csvReader) plain() (text string, ended bool) {
	at := strings.IndexAny(c.text, c.comma+"\r\n")
	if at < 0 {
		text, c.text = c.text, ""
		return text, true
	}
	text = c.text[:at]
	switch {
	case strings.HasPrefix(c.text[at:], c.comma):
		c.text = c.text[at+len(c.comma):]
		return text, false
	case strings.HasPrefix(c.text[at:], "\r\n"):
		at++
	}
	c.text = c.text[at+1:]
	c.line++
	return text, true
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// lines counts the line ends inside a cell.
func lines(s string) int {
	return strings.Count(s, "\n") + strings.Count(s, "\r") - strings.Count(s, "\r\n")
}

// unquoted takes away what keeps a spreadsheet from running a text: ="001", and
// the apostrophe that kept's own files have before a sign.
func unquoted(s string) string {
	if inner, ok := strings.CutPrefix(s, `="`); ok && strings.HasSuffix(inner, `"`) {
		return strings.TrimSuffix(inner, `"`)
	}
	if rest, ok := strings.CutPrefix(s, "'"); ok && rest != "" && strings.ContainsRune("=+-@'\t\r\n＝＋－＠", []rune(rest)[0]) {
		return rest
	}
	return s
}

// DecodeText is the text of a file in UTF-8, UTF-16, UTF-32, GBK or GB 18030, else
// [ErrEncoding] or [ErrBig5].
func DecodeText(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe\x00\x00")):
		return wideText(data[4:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte("\x00\x00\xfe\xff")):
		return wideText(data[4:], binary.BigEndian)
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return locale.DecodeUTF16(data)
	}
	if mark := bareUTF16(data); mark != "" {
		return locale.DecodeUTF16(append([]byte(mark), data...))
	}
	if utf8.Valid(data) {
		return string(data), nil
	}
	if looksBig5(data) {
		return "", ErrBig5
	}
	text, err := locale.DecodeGB18030(data)
	if err != nil || strings.ContainsRune(text, utf8.RuneError) {
		return "", ErrEncoding
	}
	return text, nil
}

// bareUTF16 is the mark that a file in UTF-16 leaves out; "" of any other. Signs
// between cells and line ends have a zero byte there, and texts in no other encoding
// have any.
func bareUTF16(data []byte) string {
	head := data[:min(len(data), 4096)&^1]
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch {
	case len(data)%2 != 0 || zeros[0]+zeros[1] < len(head)/50+2:
		return ""
	case zeros[0] == 0:
		return "\xff\xfe"
	case zeros[1] == 0:
		return "\xfe\xff"
	}
	return ""
}

// delimiter is the sign that stands in most of the first lines, outside of quotes; of
// two, the one that stands there more often, then the one that tools write.
func delimiter(text string) string {
	var in, all [len(separators)]int // by the place in separators
	seen := [len(separators)]bool{}
	quoted, lines := false, 0
	for i, r := range text {
		switch {
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '\n', r == '\r' && !strings.HasPrefix(text[i:], "\r\n"):
			lines++
			seen = [len(separators)]bool{}
		default:
			if at := strings.IndexRune(separators, r); at >= 0 {
				if all[at]++; !seen[at] {
					in[at]++
				}
				seen[at] = true
			}
		}
		if lines == headLines {
			break
		}
	}
	best := 0
	for at := range separators {
		if in[at] > in[best] || in[at] == in[best] && all[at] > all[best] {
			best = at
		}
	}
	sign, _ := utf8.DecodeRuneInString(separators[best:])
	return string(sign)
}

// headLines are the lines in which the sign between cells is looked for.
const headLines = 20

// separators are the signs between cells. Commas of full width stand in texts.
const separators = ",\t;|｜"
