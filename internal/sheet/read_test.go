package sheet

import (
	"bytes"
	"errors"
	"testing"

	"github.com/xuri/excelize/v2"
)

const paperCode = "complaint-register.-.0123456789ab.0123456789"

// A workbook that another program saved anew keeps its code and its cells; an edited
// cell is read as it was edited.
func TestReadWorkbookSavedAnew(t *testing.T) {
	s := sample()
	s.Code = paperCode
	data, err := XLSX(s)
	if err != nil {
		t.Fatal(err)
	}
	first, err := ReadXLSX(data)
	if err != nil || first.Code.String() != paperCode || len(first.Cells) != len(s.Table.Rows)+1 {
		t.Fatalf("%+v %v", first, err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if err := book.SetCellValue(s.Words.Data, "A2", "changed"); err != nil {
		t.Fatal(err)
	}
	anew, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	second, err := ReadXLSX(anew.Bytes())
	if err != nil || second.Code != first.Code || second.Cells[1][0] != "changed" {
		t.Fatalf("%+v %v", second, err)
	}
	second.Cells[1][0] = first.Cells[1][0]
	for i := range first.Cells {
		for j := range first.Cells[i] {
			if first.Cells[i][j] != second.Cells[i][j] {
				t.Errorf("cell %d,%d: %q, then %q", i, j, first.Cells[i][j], second.Cells[i][j])
			}
		}
	}
}

// A text file says its code in any encoding and with any separator.
func TestReadTextsCode(t *testing.T) {
	for name, text := range map[string]string{
		"as made": "\ufeffNo.,\"Code " + paperCode + "\"\r\nA,\r\n", "no mark": "No.,Code " + paperCode + "\n",
		"GBK": "\xb1\xe0\xba\xc5,\"\xba\xcb\xd1\xe9\xc2\xeb " + paperCode + "\"\r\n", "semicolons": "No.;Code " + paperCode + "\r\n",
	} {
		f, err := ReadCSV([]byte(text))
		if f.Code.String() != paperCode || errors.Is(err, ErrEncoding) != (name == "GBK") {
			t.Errorf("%s: %q %v", name, f.Code, err)
		}
	}
	if f, err := ReadCSV([]byte("No.,Code\nA,\n")); f.Code.Print != "" || err != nil {
		t.Errorf("without one: %+v %v", f, err)
	}
}
