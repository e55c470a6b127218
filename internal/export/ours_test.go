package export

import (
	"archive/zip"
	"bytes"
	"testing"
)

// A file of the format that another program wrote is none of kept's.
func TestOthersFiles(t *testing.T) {
	var book bytes.Buffer
	w := zip.NewWriter(&book)
	f, err := w.Create("docProps/app.xml")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = f.Write([]byte("<Properties><Application>Microsoft Excel</Application></Properties>"))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for format, data := range map[Format][]byte{
		XLSX: book.Bytes(), Parquet: []byte("PAR1 another PAR1"), CSV: []byte("\ufeffname,id\n"), JSONL: []byte("{\"a\":1}\n"),
	} {
		if Ours(format, data) {
			t.Errorf("%s: another program's file counts as kept's", format)
		}
	}
}
