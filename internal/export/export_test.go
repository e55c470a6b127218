package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/xuri/excelize/v2"

	"kept/internal/portal"
)

// hostile is a text that a spreadsheet would run, with what each format treats as its
// own.
const hostile = "=HYPERLINK(\"http://x\",\"'\")\r\n</script>,\u2028"

func sample() *portal.Extract {
	at := time.Date(2026, 9, 24, 2, 0, 5, 0, time.UTC)
	member := []portal.ExtractColumn{{Key: "to", Type: portal.ExtractText}, {Key: "at", Type: portal.ExtractTime}, {Key: "tags", Type: portal.ExtractText, List: true}}
	return &portal.Extract{
		Name: "complaint", Title: "投诉台账", Lang: "zh-CN",
		Source: portal.ExtractSource{Organisation: "示例公司", Tool: "test", Commit: "c0ffee", Created: at, AsOf: at, Edition: "internal", Zone: time.FixedZone("Asia/Shanghai", 8*3600)},
		Facts:  []portal.SheetFact{{Label: "提交", Text: "c0ffee"}},
		Words:  portal.SheetWords{Data: "台账", About: "说明", Column: "列", Key: "字段", Type: "类型", Meaning: "说明", Types: map[portal.ColumnType]string{portal.NumberColumn: "数字"}},
		Columns: []portal.ExtractColumn{
			{Key: "id", Title: "编号", Type: portal.ExtractText},
			{Key: "description", Title: "描述", Type: portal.ExtractText, Help: "客户的原话"},
			{Key: "score", Title: "满意度", Type: portal.ExtractInteger},
			{Key: "cost", Title: "费用", Type: portal.ExtractDecimal},
			{Key: "repeat", Title: "重复", Type: portal.ExtractFlag},
			{Key: "day", Title: "日期", Type: portal.ExtractDate},
			{Key: "received_at", Title: "受理时间", Type: portal.ExtractTime},
			{Key: "codes", Title: "代码", Type: portal.ExtractText, List: true},
			{Key: "steps", Title: "步骤", Type: portal.ExtractObject, List: true, Members: member},
			{Key: "after", Title: "改后", Type: portal.ExtractJSON},
		},
		Rows: [][]any{
			{"TS-1", hostile, int64(-5), "-12.500000001", true, "1969-12-31", at, []any{"a", nil, "b"}, []any{[]any{"registered", at, []any{"x", "y"}}, []any{nil, nil, nil}, []any{"closed", at, []any{}}}, map[string]any{"k": json.Number("1")}},
			{"TS-2", nil, nil, nil, nil, nil, nil, nil, nil, nil},
			{"TS-3", "'quoted", int64(4), "99999999999999999999999999999.999999999", false, "2026-09-24", at, []any{}, []any{}, "text"},
		},
	}
}

func write(t *testing.T, f Format) []byte {
	t.Helper()
	data, from, err := Write(sample(), f)
	if err != nil {
		t.Fatal(err)
	}
	if from.Rows != 3 || len(from.SHA256) != 64 {
		t.Errorf("provenance %+v", from)
	}
	again, _, err := Write(sample(), f)
	if err != nil || !bytes.Equal(data, again) {
		t.Errorf("%s: other bytes the second time (%v)", f, err)
	}
	if !Ours(f, data) {
		t.Errorf("%s: a new export does not replace an earlier one", f)
	}
	for _, other := range Formats() {
		if other != f && Ours(other, data) {
			t.Errorf("%s passes for %s", f, other)
		}
	}
	return data
}

func TestJSONLinesHoldTypedValues(t *testing.T) {
	lines := strings.SplitAfter(string(write(t, JSONL)), "\n")
	if len(lines) != 5 || !strings.HasPrefix(lines[0], `{"kept_export":{"name":"complaint"`) {
		t.Fatalf("lines: %q", lines)
	}
	var row map[string]any
	decoder := json.NewDecoder(strings.NewReader(lines[1]))
	decoder.UseNumber()
	if err := decoder.Decode(&row); err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprintln(row["description"] == hostile, row["score"], row["cost"], row["repeat"], row["day"], row["received_at"], row["codes"])
	if want := "true -5 -12.500000001 true 1969-12-31 2026-09-24T02:00:05Z [a <nil> b]\n"; got != want {
		t.Errorf("row is %s, want %s", got, want)
	}
	if !strings.Contains(lines[1], `"steps":[{"to":"registered","at":"2026-09-24T02:00:05Z","tags":["x","y"]},{"to":null,"at":null,"tags":null},`) {
		t.Errorf("steps: %s", lines[1])
	}
	if !strings.Contains(lines[2], `"score":null`) {
		t.Errorf("a missing value is not null: %s", lines[2])
	}
}

func TestCSVIsInertAndRecoverable(t *testing.T) {
	data := write(t, CSV)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Join(rows[0], " ") != "id description score cost repeat day received_at codes steps after" {
		t.Errorf("head %q", rows[0])
	}
	// encoding/csv reads \r\n inside of quotes as \n.
	if want := strings.ReplaceAll(hostile, "\r\n", "\n"); rows[1][1] != "'"+want {
		t.Errorf("description is %q", rows[1][1])
	}
	if rows[3][1] != "''quoted" || rows[1][2] != "-5" || rows[1][3] != "-12.500000001" || rows[1][6] != "2026-09-24T02:00:05Z" || rows[1][7] != `["a",null,"b"]` {
		t.Errorf("rows %q", rows)
	}
}

func TestWorkbookHasTypesAndProvenance(t *testing.T) {
	book, err := excelize.OpenReader(bytes.NewReader(write(t, XLSX)))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for cell, want := range map[string]excelize.CellType{"C2": excelize.CellTypeUnset, "G2": excelize.CellTypeUnset, "B2": excelize.CellTypeInlineString} {
		if got, err := book.GetCellType("台账", cell); err != nil || got != want {
			t.Errorf("%s has type %v (%v), want %v", cell, got, err, want)
		}
	}
	if got, _ := book.GetCellValue("台账", "G2"); got != "2026-09-24 10:00:05" {
		t.Errorf("time is %q", got)
	}
	if formula, _ := book.GetCellFormula("台账", "B2"); formula != "" {
		t.Errorf("formula %q", formula)
	}
	about, err := book.GetRows("说明")
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprint(about)
	_, from, _ := Write(sample(), JSONL)
	for _, want := range []string{"c0ffee", from.SHA256, "客户的原话", "received_at"} {
		if !strings.Contains(text, want) {
			t.Errorf("the second sheet lacks %q: %s", want, text)
		}
	}
}

func TestWorkbookOfTooManyRows(t *testing.T) {
	e := &portal.Extract{Columns: []portal.ExtractColumn{{Key: "id", Type: portal.ExtractText}}, Rows: make([][]any, MostRows+1)}
	if _, err := workbook(e, Provenance{}); fmt.Sprintf("%T", err) != "*export.TooLongError" {
		t.Errorf("error %v", err)
	}
}

// back is what somebody else's program reads by names and types.
type back struct {
	ID          *string  `parquet:"id,optional"`
	Description *string  `parquet:"description,optional"`
	Score       *int64   `parquet:"score,optional"`
	Repeat      *bool    `parquet:"repeat,optional"`
	Received    *int64   `parquet:"received_at,optional"`
	Codes       []string `parquet:"codes,optional,list"`
	Steps       []struct {
		To   *string  `parquet:"to,optional"`
		Tags []string `parquet:"tags,optional,list"`
	} `parquet:"steps,optional,list"`
}

func TestParquetReadsBack(t *testing.T) {
	data := write(t, Parquet)
	file, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	if meta, ok := file.Lookup(provenanceKey); !ok || !strings.Contains(meta, `"commit":"c0ffee"`) {
		t.Errorf("metadata %q", meta)
	}
	shape := file.Schema().String()
	for _, want := range []string{
		"optional binary id (STRING)", "optional int64 score (INT(64,true))", "cost (DECIMAL(38,9))", "optional boolean repeat", "optional int32 day (DATE)",
		"received_at (TIMESTAMP(isAdjustedToUTC=true,unit=MICROS))", "optional group codes (LIST)", "optional group steps (LIST)", "optional binary after (JSON)",
	} {
		if !strings.Contains(shape, want) {
			t.Errorf("schema lacks %q:\n%s", want, shape)
		}
	}
	if strings.Index(shape, "description") > strings.Index(shape, "after") {
		t.Errorf("columns do not stand in their order:\n%s", shape)
	}
	rows := make([]back, 3)
	reader := parquet.NewGenericReader[back](file)
	if n, err := reader.Read(rows); n != 3 || err != nil && err != io.EOF {
		t.Fatalf("read %d rows: %v", n, err)
	}
	first := rows[0]
	if *first.Description != hostile || *first.Score != -5 || !*first.Repeat || time.UnixMicro(*first.Received).UTC().Format(time.RFC3339) != "2026-09-24T02:00:05Z" {
		t.Errorf("first row %+v", first)
	}
	if len(first.Codes) != 3 || first.Codes[2] != "b" || len(first.Steps) != 3 || fmt.Sprint(first.Steps[0].Tags) != "[x y]" || first.Steps[1].To != nil || *first.Steps[2].To != "closed" {
		t.Errorf("lists of the first row %+v", first)
	}
	if rows[1].Description != nil || rows[1].Score != nil || rows[1].Codes != nil || *rows[2].ID != "TS-3" || len(rows[2].Steps) != 0 {
		t.Errorf("other rows %+v", rows[1:])
	}
}

func TestDecimalsAreExact(t *testing.T) {
	for _, s := range []string{"0", "-0.000000001", "12.5", "-99999999999999999999999999999.999999999", "99999999999999999999999999999.999999999"} {
		v, err := decimal(s)
		if err != nil {
			t.Fatal(err)
		}
		n := new(big.Int).SetBytes(v.ByteArray())
		if v.ByteArray()[0] >= 0x80 {
			n.Sub(n, new(big.Int).Lsh(big.NewInt(1), 128))
		}
		want, _ := new(big.Rat).SetString(s)
		if got := new(big.Rat).SetFrac(n, big.NewInt(1e9)); got.Cmp(want) != 0 {
			t.Errorf("%s is read as %s", s, got)
		}
	}
}
