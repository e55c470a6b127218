package ledger

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"kept/internal/locale"
)

// ErrEncoding says that a text file is neither in UTF-8, UTF-16 nor GB 18030.
var ErrEncoding = errors.New("unknown encoding")

// ReadCSV reads a text file of cells, with commas, semicolons or tabs between
// them, in UTF-8, UTF-16 with its mark, GBK or GB 18030.
func ReadCSV(data []byte) (Page, error) {
	text, err := decode(data)
	if err != nil {
		return Page{}, err
	}
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord, r.LazyQuotes, r.Comma = -1, true, delimiter(text)
	var p Page
	for {
		fields, err := r.Read()
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return p, err
		}
		line, _ := r.FieldPos(0)
		row := Row{Number: line, Cells: make([]Cell, len(fields))}
		for i, f := range fields {
			row.Cells[i] = Cell{Text: unquoted(f)}
		}
		if !row.blank() {
			p.Rows = append(p.Rows, row)
		}
	}
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

// decode is a text file's text.
func decode(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return locale.DecodeUTF16(data)
	}
	if utf8.Valid(data) {
		return string(data), nil
	}
	text, err := locale.DecodeGB18030(data)
	if err != nil || strings.ContainsRune(text, utf8.RuneError) {
		return "", ErrEncoding
	}
	return text, nil
}

// delimiter is the sign that cuts most of the first lines, outside of quotes.
func delimiter(text string) rune {
	count := map[rune]int{}
	quoted := false
	lines := 0
	for _, r := range text {
		switch {
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '\n':
			lines++
		case strings.ContainsRune(",;\t", r):
			count[r]++
		}
		if lines == 20 {
			break
		}
	}
	best := ','
	for _, r := range []rune{'\t', ';'} {
		if count[r] > count[best] {
			best = r
		}
	}
	return best
}
