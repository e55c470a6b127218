package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"time"

	"github.com/parquet-go/parquet-go"

	"kept/internal/portal"
)

// The shape of decimals: 38 digits, nine of them behind the point, in 16 bytes.
const (
	decimalDigits = 38
	decimalScale  = 9
	decimalBytes  = 16
)

// columnar is an extract as Parquet: columns in the order of the extract, all
// optional; texts as strings, times as microseconds in UTC, dates as days, decimals
// as DECIMAL(38,9), lists as LIST groups, what has no type as JSON. The metadata
// kept_export is where the rows come from ([Provenance]).
func columnar(e *portal.Extract, from Provenance) ([]byte, error) {
	meta, err := provenanceJSON(from)
	if err != nil {
		return nil, err
	}
	shape := parquet.NewSchema(e.Name, members(e.Columns))
	var out bytes.Buffer
	w := parquet.NewWriter(&out, shape, parquet.Compression(&parquet.Snappy), parquet.CreatedBy("kept", e.Source.Tool, ""), parquet.KeyValueMetadata(provenanceKey, meta))
	s := &shredder{columns: make([][]parquet.Value, leaves(e.Columns))}
	for _, row := range e.Rows {
		values, err := s.row(e.Columns, row)
		if err != nil {
			return nil, fmt.Errorf("write row of %q: %w", e.Name, err)
		}
		if _, err := w.WriteRows([]parquet.Row{values}); err != nil {
			return nil, fmt.Errorf("write row of %q: %w", e.Name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("write %q as Parquet: %w", e.Name, err)
	}
	return out.Bytes(), nil
}

// ordered is a group whose fields stand as they were given; parquet-go sorts them.
type ordered struct {
	parquet.Group
	order []string
}

// Fields are the fields in their order.
func (o ordered) Fields() []parquet.Field {
	byName := map[string]parquet.Field{}
	for _, f := range o.Group.Fields() {
		byName[f.Name()] = f
	}
	list := make([]parquet.Field, len(o.order))
	for i, name := range o.order {
		list[i] = byName[name]
	}
	return list
}

func members(columns []portal.ExtractColumn) parquet.Node {
	group := ordered{Group: parquet.Group{}}
	for i := range columns {
		node := parquet.Optional(nodeOf(&columns[i]))
		if columns[i].List {
			node = parquet.Optional(parquet.List(node))
		}
		group.Group[columns[i].Key] = node
		group.order = append(group.order, columns[i].Key)
	}
	return group
}

func nodeOf(c *portal.ExtractColumn) parquet.Node {
	switch c.Type {
	case portal.ExtractInteger:
		return parquet.Int(64)
	case portal.ExtractDecimal:
		return parquet.Decimal(decimalScale, decimalDigits, parquet.FixedLenByteArrayType(decimalBytes))
	case portal.ExtractFlag:
		return parquet.Leaf(parquet.BooleanType)
	case portal.ExtractDate:
		return parquet.Date()
	case portal.ExtractTime:
		return parquet.Timestamp(parquet.Microsecond)
	case portal.ExtractObject:
		return members(c.Members)
	case portal.ExtractJSON:
		return parquet.JSON()
	}
	return parquet.Encoded(parquet.String(), &parquet.RLEDictionary)
}

// leaves counts the columns of a file.
func leaves(columns []portal.ExtractColumn) int {
	n := 0
	for i := range columns {
		if columns[i].Type == portal.ExtractObject {
			n += leaves(columns[i].Members)
		} else {
			n++
		}
	}
	return n
}

// shredder takes rows apart into the values of leaves, each with the levels by which
// readers put them together again: how deep the list that goes on, and how deep the
// last value that is there.
type shredder struct {
	columns [][]parquet.Value // by leaf, of one row
	next    int
	flat    parquet.Row
}

func (s *shredder) row(columns []portal.ExtractColumn, row []any) (parquet.Row, error) {
	for i := range s.columns {
		s.columns[i] = s.columns[i][:0]
	}
	s.next = 0
	if err := s.object(columns, row, place{}); err != nil {
		return nil, err
	}
	s.flat = s.flat[:0]
	for _, values := range s.columns {
		s.flat = append(s.flat, values...)
	}
	return s.flat, nil
}

// place is where a value stands: its repetition and definition level, and in how many
// lists.
type place struct{ repeat, define, depth int }

// object writes members; nil for none of them.
func (s *shredder) object(columns []portal.ExtractColumn, values []any, at place) error {
	for i := range columns {
		var v any
		if values != nil {
			v = values[i]
		}
		if err := s.column(&columns[i], v, at); err != nil {
			return err
		}
	}
	return nil
}

func (s *shredder) column(c *portal.ExtractColumn, v any, at place) error {
	if !c.List {
		return s.value(c, v, at)
	}
	items, _ := v.([]any)
	if v != nil {
		at.define++
	}
	if len(items) == 0 {
		return s.value(c, nil, at)
	}
	first := s.next
	for i, item := range items {
		s.next = first
		inner := place{at.repeat, at.define + 1, at.depth + 1}
		if i > 0 {
			inner.repeat = inner.depth
		}
		if err := s.value(c, item, inner); err != nil {
			return err
		}
	}
	return nil
}

// value writes a single value, or that it is not there.
func (s *shredder) value(c *portal.ExtractColumn, v any, at place) error {
	if c.Type == portal.ExtractObject {
		members, _ := v.([]any)
		if v != nil {
			at.define++
		}
		return s.object(c.Members, members, at)
	}
	leaf := parquet.NullValue()
	if v != nil {
		var err error
		if leaf, err = leafOf(c, v); err != nil {
			return err
		}
		at.define++
	}
	s.columns[s.next] = append(s.columns[s.next], leaf.Level(at.repeat, at.define, s.next))
	s.next++
	return nil
}

func leafOf(c *portal.ExtractColumn, v any) (parquet.Value, error) {
	switch c.Type {
	case portal.ExtractInteger:
		return parquet.Int64Value(v.(int64)), nil
	case portal.ExtractFlag:
		return parquet.BooleanValue(v.(bool)), nil
	case portal.ExtractDecimal:
		return decimal(v.(string))
	case portal.ExtractTime:
		return parquet.Int64Value(v.(time.Time).UnixMicro()), nil
	case portal.ExtractDate:
		day, err := time.Parse(time.DateOnly, v.(string))
		return parquet.Int32Value(int32(day.Unix() / int64((24*time.Hour)/time.Second))), err
	case portal.ExtractJSON:
		var b bytes.Buffer
		encoder := json.NewEncoder(&b)
		encoder.SetEscapeHTML(false)
		err := encoder.Encode(v)
		return parquet.ByteArrayValue(bytes.TrimSuffix(b.Bytes(), []byte("\n"))), err
	}
	return parquet.ByteArrayValue([]byte(v.(string))), nil
}

// decimal is the number without its point, in two's complement, the highest byte
// first.
func decimal(s string) (parquet.Value, error) {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return parquet.Value{}, fmt.Errorf("read decimal %q", s)
	}
	r.Mul(r, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(decimalScale), nil)))
	if !r.IsInt() {
		return parquet.Value{}, fmt.Errorf("read decimal %q: more than %d decimals", s, decimalScale)
	}
	n := new(big.Int).Set(r.Num())
	if n.Sign() < 0 {
		n.Add(n, new(big.Int).Lsh(big.NewInt(1), 8*decimalBytes))
	}
	return parquet.FixedLenByteArrayValue(n.FillBytes(make([]byte, decimalBytes))), nil
}
