package sheet

import (
	"bytes"
	"strings"

	"kept/internal/portal"
)

// mark tells Excel that the text is UTF-8; without it Chinese is read as GBK.
const mark = "\ufeff"

// CSV is a sheet as comma-separated text: RFC 4180 with a byte order mark, one head
// and a line for each row. Numbers, dates and times stand as on paper, a list by how
// many it has. A text that a spreadsheet might take for a formula, or that begins
// with an apostrophe, gets an apostrophe before it: who takes one away from each
// text that has one has what the record says. The last column is empty but for its
// head, which holds the code; a sheet without a code has no such column.
func CSV(s *portal.Sheet) []byte {
	var out bytes.Buffer
	out.WriteString(mark)
	for i := range s.Table.Columns {
		between(&out, i)
		field(&out, inert(s.Table.Columns[i].Title))
	}
	if s.Code != "" {
		out.WriteByte(',')
		field(&out, s.Words.Code+" "+s.Code)
	}
	out.WriteString(lineEnd)
	for i := range s.Table.Rows {
		for j := range s.Table.Columns {
			v := read(&s.Table.Columns[j], &s.Table.Rows[i].Cells[j])
			if v.kind == portal.TextColumn {
				v.text = inert(v.text)
			}
			between(&out, j)
			field(&out, v.text)
		}
		if s.Code != "" {
			out.WriteByte(',')
		}
		out.WriteString(lineEnd)
	}
	return out.Bytes()
}

// between parts a field from the one before it.
func between(out *bytes.Buffer, i int) {
	if i > 0 {
		out.WriteByte(',')
	}
}

const lineEnd = "\r\n"

// field writes one field, in quotes where it needs them. Package encoding/csv would
// change line ends inside of a field.
func field(out *bytes.Buffer, s string) {
	if !strings.ContainsAny(s, ",\"\r\n\t ") {
		out.WriteString(s)
		return
	}
	out.WriteByte('"')
	out.WriteString(strings.ReplaceAll(s, `"`, `""`))
	out.WriteByte('"')
}

// inert puts an apostrophe before what a spreadsheet might run.
func inert(s string) string {
	if formulaic(s) || strings.HasPrefix(s, "'") {
		return "'" + s
	}
	return s
}
