package pdf

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
)

// attachment is a file inside the file.
type attachment struct {
	name string
	kind string // its media type
	data []byte
}

// additions is what a file gets beyond gofpdf's abilities.
type additions struct {
	lang  string // BCP 47
	xmp   []byte
	files []attachment // in the order of their names

	faces    *Faces
	used     *usage // what the pages show; nil for no text
	pictures []*picture
	stamps   [][]byte
}

// complete writes the file anew with the contents of the pages, which it compresses
// and lets go, and with language, XMP, faces, pictures and attachments. gofpdf's
// SetAttachments shifts the page numbers that bookmarks lead to, its SetXmpMetadata is
// never linked, and its pictures stand in the order of a map.
func complete(f frame, pages []*page, add additions) ([]byte, error) {
	catalog, err := f.catalog()
	if err != nil {
		return nil, err
	}
	w := newWriter(len(f.bodies), sizeOf(f, pages, add))
	defer w.close()
	for n, body := range f.bodies {
		switch page := n - firstPage; {
		case n == 0, n == resourceNumber, n == f.root:
		case page >= 0 && page%2 == 1 && page/2 < len(pages):
			before, ok := stream(body)
			if !ok {
				return nil, fmt.Errorf("page %d of the written file has no contents", page/2+1)
			}
			w.packed(n, "", before, []byte("\n"), pages[page/2].buf)
			pages[page/2].buf = nil
		default:
			w.put(n, body)
		}
	}
	meta := w.stream("/Type /Metadata /Subtype /XML", add.xmp)
	extra := fmt.Sprintf("/Lang (%s) /Metadata %d 0 R /ViewerPreferences << /DisplayDocTitle true >>", add.lang, meta) + w.attach(add.files)
	if err := w.resources(f, add); err != nil {
		return nil, err
	}
	w.put(f.root, fmt.Appendf(nil, "<<%s%s >>", catalog, extra))
	return w.finish(f), nil
}

// sizeOf guesses the size of the file, so that it seldom grows: contents shrink to
// about an eighth.
func sizeOf(f frame, pages []*page, add additions) int {
	size := 32<<10 + len(add.xmp)
	for _, b := range f.bodies {
		size += len(b) + 40
	}
	for _, p := range pages {
		size += len(p.buf) / 8
	}
	for _, p := range add.pictures {
		size += len(p.data)
	}
	for _, a := range add.files {
		size += len(a.data) / 4
	}
	return size
}

// attach writes the attachments and returns what leads to them in the catalogue.
func (w *writer) attach(files []attachment) string {
	if len(files) == 0 {
		return ""
	}
	var list, names strings.Builder
	for _, a := range files {
		file := w.pack(fmt.Sprintf("/Type /EmbeddedFile /Subtype /%s /Params << /Size %d >>", pdfName(a.kind), len(a.data)), a.data)
		spec := w.object(fmt.Appendf(nil, "<< /Type /Filespec /F (%s) /UF %s /AFRelationship /Source /EF << /F %d 0 R /UF %d 0 R >> >>",
			plainName(a.name), utf16Hex(a.name), file, file))
		fmt.Fprintf(&list, " %d 0 R", spec)
		fmt.Fprintf(&names, " %s %d 0 R", utf16Hex(a.name), spec)
	}
	return fmt.Sprintf(" /AF [%s ] /Names << /EmbeddedFiles << /Names [%s ] >> >>", list.String(), names.String())
}

// resources writes gofpdf's dictionary again, with fonts, pictures and stamps.
func (w *writer) resources(f frame, add additions) error {
	before, after, ok := bytes.Cut(f.bodies[resourceNumber], []byte("/Font <<\n>>\n/XObject <<\n"))
	if !ok {
		return errors.New("the written file has no resources")
	}
	fonts := ""
	if add.used != nil {
		fonts = w.embed(add.faces, add.used)
	}
	var objects strings.Builder
	for _, p := range add.pictures {
		fmt.Fprintf(&objects, "/%s %d 0 R\n", pictureName(p.number), w.picture(p))
	}
	for i, s := range add.stamps {
		fmt.Fprintf(&objects, "/%s %d 0 R\n", stampName(i), w.pack("/Type /XObject /Subtype /Form /BBox [0 0 14400 14400]", s))
	}
	w.put(resourceNumber, fmt.Appendf(nil, "%s/Font <<\n%s>>\n/XObject <<\n%s%s", before, fonts, objects.String(), after))
	return nil
}

// pdfName writes a media type as a name.
func pdfName(s string) string { return strings.ReplaceAll(s, "/", "#2F") }

// utf16Hex is a PDF text string in hexadecimal.
func utf16Hex(s string) string {
	b := []byte{0xfe, 0xff}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u>>8), byte(u))
	}
	return "<" + strings.ToUpper(hex.EncodeToString(b)) + ">"
}
