package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"kept/internal/portal"
)

// jsonLines is one object a line: first {"kept_export": …}, which is where the rows
// come from ([Provenance]), then each row with every column in its order, null where
// there is nothing. Times are RFC 3339 in UTC, decimals are numbers as typed.
func jsonLines(from Provenance, lines []byte) ([]byte, error) {
	head, err := provenanceJSON(from)
	if err != nil {
		return nil, err
	}
	out := make([]byte, 0, len(head)+len(lines)+32)
	out = append(out, `{"`+provenanceKey+`":`+head+"}\n"...)
	return append(out, lines...), nil
}

// rowLines are the rows as lines of JSON.
func rowLines(e *portal.Extract) ([]byte, error) {
	w := newJSONWriter()
	w.out.Grow(len(e.Rows) * len(e.Columns) * bytesOfValue)
	for _, row := range e.Rows {
		if err := w.object(e.Columns, row); err != nil {
			return nil, fmt.Errorf("write row of %q: %w", e.Name, err)
		}
		w.out.WriteByte('\n')
	}
	return w.out.Bytes(), nil
}

// bytesOfValue is about how much a value takes with its name, so that the lines are
// not copied again and again while they grow.
const bytesOfValue = 32

type jsonWriter struct {
	out, scratch bytes.Buffer
	encoder      *json.Encoder
}

func newJSONWriter() *jsonWriter {
	w := &jsonWriter{}
	w.encoder = json.NewEncoder(&w.scratch)
	w.encoder.SetEscapeHTML(false)
	return w
}

func (w *jsonWriter) object(columns []portal.ExtractColumn, values []any) error {
	for i := range columns {
		w.out.WriteByte("{,"[min(i, 1)])
		if err := w.plain(columns[i].Key); err != nil {
			return err
		}
		w.out.WriteByte(':')
		if err := w.value(&columns[i], columns[i].List, values[i]); err != nil {
			return err
		}
	}
	w.out.WriteByte('}')
	return nil
}

func (w *jsonWriter) value(c *portal.ExtractColumn, list bool, v any) error {
	if v == nil {
		w.out.WriteString("null")
		return nil
	}
	if list {
		return w.list(c, v.([]any))
	}
	switch c.Type {
	case portal.ExtractObject:
		return w.object(c.Members, v.([]any))
	case portal.ExtractDecimal:
		w.out.WriteString(v.(string))
		return nil
	case portal.ExtractTime:
		w.out.WriteByte('"')
		w.out.Write(v.(time.Time).AppendFormat(w.out.AvailableBuffer(), time.RFC3339Nano))
		w.out.WriteByte('"')
		return nil
	}
	return w.plain(v)
}

func (w *jsonWriter) list(c *portal.ExtractColumn, items []any) error {
	w.out.WriteByte('[')
	for i, item := range items {
		if i > 0 {
			w.out.WriteByte(',')
		}
		if err := w.value(c, false, item); err != nil {
			return err
		}
	}
	w.out.WriteByte(']')
	return nil
}

// plain writes what package encoding/json writes, without it where a text needs no
// escapes.
func (w *jsonWriter) plain(v any) error {
	switch x := v.(type) {
	case string:
		if unescaped(x) {
			w.out.WriteByte('"')
			w.out.WriteString(x)
			w.out.WriteByte('"')
			return nil
		}
	case int64:
		w.out.Write(strconv.AppendInt(w.out.AvailableBuffer(), x, 10))
		return nil
	case bool:
		w.out.Write(strconv.AppendBool(w.out.AvailableBuffer(), x))
		return nil
	}
	w.scratch.Reset()
	if err := w.encoder.Encode(v); err != nil {
		return err
	}
	w.out.Write(bytes.TrimSuffix(w.scratch.Bytes(), []byte("\n")))
	return nil
}

// unescaped tells whether a JSON text says s as it is: no quote, no backslash, nothing
// that is not UTF-8, no control character, no line separator of Unicode.
func unescaped(s string) bool {
	plain := true
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c == '"' || c == '\\' {
			return false
		}
		plain = plain && c < utf8.RuneSelf
	}
	return plain || utf8.ValidString(s) && !strings.ContainsAny(s, "\u2028\u2029")
}
