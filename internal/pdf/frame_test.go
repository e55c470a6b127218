package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// framed is gofpdf's file of a paper with pages, bookmarks and links.
func framed(t testing.TB) ([]byte, *paper) {
	t.Helper()
	d := newPaper(faces(), register(t, 0))
	for i := range 3 {
		d.mark(fmt.Sprint("上敮摯扪અ ", i), i) // its bytes hold the end of an object
		d.link(10, 10, 20, 5, "https://example.com/"+strings.Repeat("x", i))
		d.newPage()
	}
	d.numberPages()
	data, err := d.frame()
	if err != nil {
		t.Fatal(err)
	}
	return data, d
}

func TestReadFrame(t *testing.T) {
	data, d := framed(t)
	if bytes.Count(data, []byte("\nendobj\n")) == bytes.Count(data, []byte(" 0 obj\n")) {
		t.Fatal("no title holds the end of an object")
	}
	f, err := readFrame(data, len(d.pages))
	if err != nil {
		t.Fatal(err)
	}
	size := len("%PDF-1.3\n")
	for n, body := range f.bodies[1:] {
		size += len(fmt.Sprintf("%d 0 obj\n%s\nendobj\n", n+1, body))
	}
	if at := bytes.LastIndex(data, []byte("xref\n0 ")); size != at {
		t.Errorf("the objects take %d bytes of %d before the table", size, at)
	}
	for i := range d.pages {
		if got, ok := stream(f.bodies[contentsOf(i)]); !ok || !bytes.Contains(got, []byte(" w")) {
			t.Errorf("page %d begins with %q", i+1, got)
		}
	}
	if c, err := f.catalog(); err != nil || !strings.Contains(c, "/Outlines") || strings.Contains(c, "/Names") {
		t.Errorf("the catalogue is %q, %v", c, err)
	}
}

func TestReadFrameRefuses(t *testing.T) {
	whole, d := framed(t)
	table := bytes.LastIndex(whole, []byte("xref\n0 "))
	for name, c := range map[string]struct {
		old, new string
		want     string
	}{
		"no trailer":   {"trailer", "tailer!", "has no trailer"},
		"no size":      {"/Size", "/Site", "trailer is incomplete"},
		"no root":      {"/Root", "/Rood", "trailer is incomplete"},
		"root outside": {"/Root ", "/Root 9", "trailer is incomplete"},
		"no table":     {"startxref", "stopxref!", "trailer is incomplete"},
		"other table":  {"xref\n0 ", "xref\n1 ", "table is incomplete"},
		"moved object": {"\n5 0 obj", "\n6 0 obj", "lacks object 5"},
		"endless":      {"\nendobj\n5 0", "\nendubj\n5 0", "lacks object 4"},
		"other page":   {"/Contents 6 0", "/Contents 8 0", "page 2 of the written file"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := readFrame(bytes.Replace(whole, []byte(c.old), []byte(c.new), 1), len(d.pages))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("readFrame says %v, want %q", err, c.want)
			}
		})
	}
	for _, n := range []int{0, 20, table, len(whole) - 40} {
		if _, err := readFrame(whole[:n], len(d.pages)); err == nil {
			t.Errorf("the first %d bytes are read as a file", n)
		}
	}
	if _, err := readFrame(whole, 40); err == nil {
		t.Error("pages that are not there are read")
	}
}
