package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// frame is gofpdf's file, read: its objects by number, which it writes from one on
// without gaps.
type frame struct {
	bodies     [][]byte // without "obj" and "endobj"; the first is of object 0, which is none
	root, info int
}

// The objects of gofpdf: the resources of all pages, then two for each page.
const (
	resourceNumber = 2
	firstPage      = 3
)

// contentsOf is the number of the contents of the i-th page.
func contentsOf(i int) int { return firstPage + 2*i + 1 }

// readFrame reads what gofpdf wrote for so many pages. Anything that is not where
// gofpdf puts it is an error: the module was replaced by another.
func readFrame(in []byte, pages int) (frame, error) {
	t, err := readTrailer(in)
	if err != nil {
		return frame{}, err
	}
	f := frame{bodies: make([][]byte, t.size), root: t.root, info: t.info}
	table, ok := bytes.CutPrefix(in[min(t.table, len(in)):], fmt.Appendf(nil, "xref\n0 %d\n", t.size))
	if !ok || contentsOf(pages-1) >= t.size {
		return frame{}, errors.New("the written file's table is incomplete")
	}
	offsets := make([]int, t.size)
	for n := range offsets {
		offsets[n] = offsetIn(table, n)
	}
	ends := append(slices.Sorted(slices.Values(offsets)), t.table)
	for n := 1; n < t.size; n++ {
		next, _ := slices.BinarySearch(ends, offsets[n]+1)
		if f.bodies[n] = object(in, offsets[n], ends[min(next, t.size)], n); f.bodies[n] == nil {
			return frame{}, fmt.Errorf("the written file lacks object %d", n)
		}
	}
	for i := range pages {
		link := fmt.Appendf(nil, "/Contents %d 0 R>>", contentsOf(i))
		if !bytes.HasSuffix(f.bodies[contentsOf(i)-1], link) {
			return frame{}, fmt.Errorf("page %d of the written file is not where it belongs", i+1)
		}
	}
	return f, nil
}

// offsetIn is the offset that the table names for an object, -1 for none.
func offsetIn(table []byte, object int) int {
	const length = len("0000000000 00000 n \n")
	if len(table) < (object+1)*length {
		return -1
	}
	n, err := strconv.Atoi(string(table[object*length : object*length+10]))
	if err != nil {
		return -1
	}
	return n
}

// object is the body of an object that stands between two offsets, nil where it does
// not. Its end is not searched for: a title may hold any bytes.
func object(in []byte, from, to, number int) []byte {
	if from < 0 || to < from || to > len(in) {
		return nil
	}
	body, ok := bytes.CutPrefix(in[from:to], fmt.Appendf(nil, "%d 0 obj\n", number))
	body, ended := bytes.CutSuffix(body, []byte("\nendobj\n"))
	if !ok || !ended {
		return nil
	}
	return body
}

// trailer is what the end of the file says.
type trailer struct{ size, root, info, table int }

func readTrailer(in []byte) (trailer, error) {
	at := bytes.LastIndex(in, []byte("trailer"))
	if at < 0 {
		return trailer{}, errors.New("the written file has no trailer")
	}
	fields := strings.Fields(string(in[at:]))
	t := trailer{size: after(fields, "/Size"), root: after(fields, "/Root"), info: after(fields, "/Info"), table: after(fields, "startxref")}
	if t.size == 0 || t.root <= 0 || t.root >= t.size || t.info <= 0 || t.info >= t.size || t.table <= 0 {
		return t, errors.New("the written file's trailer is incomplete")
	}
	return t, nil
}

// after is the number that follows a word, 0 for none.
func after(fields []string, word string) int {
	for i, f := range fields {
		if f == word && i+1 < len(fields) {
			n, _ := strconv.Atoi(fields[i+1])
			return n
		}
	}
	return 0
}

// stream is the data of a stream without a filter, and false where the body is none.
func stream(body []byte) ([]byte, bool) {
	_, data, ok := bytes.Cut(body, []byte("\nstream\n"))
	data, ended := bytes.CutSuffix(data, []byte("\nendstream"))
	return data, ok && ended
}

// catalog is the inside of the catalogue without the dictionary of names, which is
// written anew.
func (f frame) catalog() (string, error) {
	body, ok := strings.CutPrefix(string(f.bodies[f.root]), "<<")
	body, ended := strings.CutSuffix(strings.TrimSpace(body), ">>")
	if !ok || !ended || !strings.Contains(body, "/Type /Catalog") {
		return "", errors.New("the written file has no catalogue")
	}
	body, _, _ = strings.Cut(body, "/Names")
	return body, nil
}
