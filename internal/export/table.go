package export

import (
	"fmt"
	"strconv"
	"time"

	"kept/internal/portal"
	"kept/internal/sheet"
)

// MostRows is how many rows a sheet of a workbook holds below its head.
const MostRows = 1<<20 - 1

// TooLongError refuses a workbook of more rows than Excel reads.
type TooLongError struct{ Rows int }

// Error names the number of rows in English.
func (e *TooLongError) Error() string {
	return fmt.Sprintf("write workbook: %d rows, a sheet holds %d", e.Rows, MostRows)
}

// workbook is an extract with titled columns and times in the organisation's zone;
// its second sheet explains the columns and says where the rows come from.
func workbook(e *portal.Extract, from Provenance) ([]byte, error) {
	if len(e.Rows) > MostRows {
		return nil, &TooLongError{len(e.Rows)}
	}
	local := func(t time.Time) string {
		if t = t.In(e.Source.Zone); t.Second() == 0 {
			return t.Format("2006-01-02 15:04")
		}
		return t.Format(time.DateTime)
	}
	s := &portal.Sheet{
		Name: e.Name, Title: e.Title, Organisation: from.By, Tool: e.Source.Tool, Created: e.Source.Created, Lang: e.Lang, Words: e.Words,
		Facts: append(append([]portal.SheetFact{}, e.Facts...), portal.SheetFact{Label: "SHA-256", Text: from.SHA256}),
		Table: tableOf(e, func(c *portal.ExtractColumn) string { return c.Title }, local),
	}
	return sheet.XLSX(s)
}

// text is an extract as comma-separated text, its head the keys of the columns, times
// in UTC: see [sheet.CSV] for how texts are made inert and read back.
func text(e *portal.Extract) []byte {
	key := func(c *portal.ExtractColumn) string { return c.Key }
	return sheet.CSV(&portal.Sheet{Table: tableOf(e, key, moment)})
}

// tableOf puts every value into one cell: lists and objects are JSON.
func tableOf(e *portal.Extract, title func(*portal.ExtractColumn) string, at func(time.Time) string) *portal.Table {
	t := &portal.Table{ID: e.Name, Title: e.Title, Columns: make([]portal.Column, len(e.Columns)), Rows: make([]portal.Row, len(e.Rows))}
	for i := range e.Columns {
		c := &e.Columns[i]
		t.Columns[i] = portal.Column{Key: c.Key, Title: title(c), Type: cellType(c), Help: c.Help}
	}
	w := cellWriter{newJSONWriter(), at}
	cells := make([]portal.Cell, len(e.Rows)*len(e.Columns))
	for i, row := range e.Rows {
		t.Rows[i].Cells, cells = cells[:len(e.Columns):len(e.Columns)], cells[len(e.Columns):]
		for j := range row {
			t.Rows[i].Cells[j].Text = w.text(&e.Columns[j], row[j])
		}
	}
	return t
}

func cellType(c *portal.ExtractColumn) portal.ColumnType {
	if c.List {
		return portal.TextColumn
	}
	switch c.Type {
	case portal.ExtractInteger, portal.ExtractDecimal:
		return portal.NumberColumn
	case portal.ExtractDate:
		return portal.DateColumn
	case portal.ExtractTime:
		return portal.TimeColumn
	}
	return portal.TextColumn
}

// cellWriter says values as texts.
type cellWriter struct {
	*jsonWriter
	at func(time.Time) string
}

func (w cellWriter) text(c *portal.ExtractColumn, v any) string {
	if v != nil && !c.List && c.Type != portal.ExtractObject {
		switch x := v.(type) {
		case string:
			return x
		case int64:
			return strconv.FormatInt(x, 10)
		case bool:
			return strconv.FormatBool(x)
		case time.Time:
			return w.at(x)
		}
	}
	if v == nil {
		return ""
	}
	w.out.Reset()
	_ = w.value(c, c.List, v) // rowLines has written the same
	return w.out.String()
}
