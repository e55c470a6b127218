package pdf

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
)

// additions is what a file gets beyond gofpdf's abilities.
type additions struct {
	lang string // BCP 47
	xmp  []byte
	name string // of the attachment; "" for none
	data []byte

	faces *Faces
	used  *usage // what the pages show; nil for no text
}

// amend appends an incremental update to gofpdf's bytes: version 1.7, language,
// XMP, the faces and the attachment. gofpdf's SetAttachments shifts the page numbers that
// bookmarks lead to, and its SetXmpMetadata is never linked.
func amend(in []byte, add additions) ([]byte, error) {
	t, err := readTrailer(in)
	if err != nil {
		return nil, err
	}
	catalog, err := catalogOf(in, t.root)
	if err != nil {
		return nil, err
	}
	u := update{out: bytes.NewBuffer(in), next: t.size}
	meta := u.stream("/Type /Metadata /Subtype /XML", add.xmp)
	extra := fmt.Sprintf("/Version /1.7 /Lang (%s) /Metadata %d 0 R /ViewerPreferences << /DisplayDocTitle true >>", add.lang, meta)
	if add.name != "" {
		file := u.stream(fmt.Sprintf("/Type /EmbeddedFile /Subtype /application#2Fyaml /Params << /Size %d >>", len(add.data)), add.data)
		spec := u.object(fmt.Sprintf("<< /Type /Filespec /F (source.yaml) /UF %s /AFRelationship /Source /EF << /F %d 0 R /UF %d 0 R >> >>",
			utf16Hex(add.name), file, file))
		extra += fmt.Sprintf(" /AF [%d 0 R] /Names << /EmbeddedFiles << /Names [%s %d 0 R] >> >>", spec, utf16Hex(add.name), spec)
	}
	if add.used != nil {
		if err := u.resources(in, u.embed(add.faces, add.used)); err != nil {
			return nil, err
		}
	}
	u.rootAt = u.out.Len()
	fmt.Fprintf(u.out, "%d 0 obj\n<<%s%s >>\nendobj\n", t.root, catalog, extra)
	u.finish(t)
	return u.out.Bytes(), nil
}

// trailer is what an update must know of the file before it.
type trailer struct{ size, root, info, previous int }

func readTrailer(in []byte) (trailer, error) {
	at := bytes.LastIndex(in, []byte("trailer"))
	if at < 0 {
		return trailer{}, errors.New("the written file has no trailer")
	}
	fields := strings.Fields(string(in[at:]))
	t := trailer{size: after(fields, "/Size"), root: after(fields, "/Root"), info: after(fields, "/Info"), previous: after(fields, "startxref")}
	if t.size == 0 || t.root == 0 || t.previous == 0 {
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

// catalogOf is the inside of the catalogue, without the name dictionary, which
// the update writes anew. The catalogue is the last object of the file.
func catalogOf(in []byte, root int) (string, error) {
	head := fmt.Sprintf("\n%d 0 obj\n<<", root)
	at := bytes.LastIndex(in, []byte(head))
	if at < 0 {
		return "", errors.New("the written file has no catalogue")
	}
	body, _, ok := strings.Cut(string(in[at+len(head):]), "endobj")
	if !ok {
		return "", errors.New("the written file's catalogue has no end")
	}
	body = strings.TrimSuffix(strings.TrimSpace(body), ">>")
	names := strings.Index(body, "/Names")
	if names >= 0 {
		body = body[:names]
	}
	return body, nil
}

// update is an incremental update being written.
type update struct {
	out     *bytes.Buffer
	next    int
	offsets []int // of the new objects, which are numbered without gaps
	rootAt  int
	resAt   int // of the resources, 0 where they stay
}

// resourceNumber is the object in which gofpdf keeps the resources of all pages.
const resourceNumber = 2

// resources writes gofpdf's dictionary again, with fonts.
func (u *update) resources(in []byte, fonts string) error {
	_, rest, ok := bytes.Cut(in, fmt.Appendf(nil, "\n%d 0 obj\n", resourceNumber))
	body, _, ended := bytes.Cut(rest, []byte("endobj"))
	before, after, found := bytes.Cut(body, []byte("/Font <<\n"))
	if !ok || !ended || !found {
		return errors.New("the written file has no resources")
	}
	u.resAt = u.out.Len()
	fmt.Fprintf(u.out, "%d 0 obj\n%s/Font <<\n%s%sendobj\n", resourceNumber, before, fonts, after)
	return nil
}

func (u *update) object(body string) int {
	n := u.next
	u.next++
	u.offsets = append(u.offsets, u.out.Len())
	fmt.Fprintf(u.out, "%d 0 obj\n%s\nendobj\n", n, body)
	return n
}

func (u *update) stream(dictionary string, data []byte) int {
	return u.object(fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dictionary, len(data), data))
}

// finish writes the cross-reference table and the trailer.
func (u *update) finish(t trailer) {
	at := u.out.Len()
	u.out.WriteString("xref\n")
	if u.resAt > 0 {
		fmt.Fprintf(u.out, "%d 1\n%010d 00000 n \n", resourceNumber, u.resAt)
	}
	fmt.Fprintf(u.out, "%d 1\n%010d 00000 n \n%d %d\n", t.root, u.rootAt, t.size, len(u.offsets))
	for _, o := range u.offsets {
		fmt.Fprintf(u.out, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(u.out, "trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n", u.next, t.root, t.info, t.previous, at)
}

// utf16Hex is a PDF text string in hexadecimal.
func utf16Hex(s string) string {
	b := []byte{0xfe, 0xff}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u>>8), byte(u))
	}
	return "<" + strings.ToUpper(hex.EncodeToString(b)) + ">"
}
