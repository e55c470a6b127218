package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/jung-kurt/gofpdf"
)

// creator is what every file names as its maker.
const creator = "kept"

// file makes the PDF of the pages. The pages' contents go with it.
func (d *paper) file() ([]byte, error) {
	data, err := d.frame()
	if err != nil {
		return nil, err
	}
	f, err := readFrame(data, len(d.pages))
	if err != nil {
		return nil, err
	}
	return complete(f, d.pages, d.additions())
}

// frame is what gofpdf writes: the tree of pages without their contents, links,
// bookmarks and information. It compresses nothing: it would make a new compressor,
// of nearly a megabyte, for each page.
func (d *paper) frame() ([]byte, error) {
	f := gofpdf.NewCustom(&gofpdf.InitType{
		OrientationStr: "P", UnitStr: "mm",
		Size: gofpdf.SizeType{Wd: d.width, Ht: d.height},
	})
	d.describe(f)
	f.SetMargins(0, 0, 0)
	f.SetAutoPageBreak(false, 0)
	next, links := 0, map[place]int{}
	for _, pg := range d.pages {
		f.AddPage()
		for ; next < len(d.marks) && d.marks[next].page == pg; next++ {
			m := d.marks[next]
			f.Bookmark(inUTF16(m.text), m.level, m.y)
		}
		d.leads(f, pg, links)
		pg.pictured()
	}
	var out bytes.Buffer
	if err := f.Output(&out); err != nil {
		return nil, fmt.Errorf("write pages: %w", err)
	}
	return out.Bytes(), nil
}

// describe sets the document information, whose times are the commit's.
func (d *paper) describe(f *gofpdf.Fpdf) {
	p, at := d.print, d.created()
	f.SetCompression(false)
	f.SetCatalogSort(true)
	f.SetCreationDate(at)
	f.SetModificationDate(at)
	f.SetTitle(inUTF16(d.fullTitle()), false)
	f.SetAuthor(inUTF16(p.Organisation), false)
	f.SetSubject(inUTF16(p.System), false)
	f.SetKeywords(inUTF16(d.code), false)
	f.SetCreator(creator, true)
}

// created is the moment in the file, never the clock's.
func (d *paper) created() time.Time {
	if d.print.Created.IsZero() {
		return time.Unix(0, 0).UTC()
	}
	return d.print.Created.UTC()
}

// fullTitle is the title with the period, as a reader's window shows it.
func (d *paper) fullTitle() string {
	return strings.TrimSpace(d.print.Title + " " + d.print.Period)
}

// inUTF16 writes a text for gofpdf's strings: big endian, behind its mark. What would
// act instead of being read is named as the pages do: [U+202E].
func inUTF16(s string) string {
	var b strings.Builder
	for _, r := range fit(oneLine(s), 300) {
		if inert(r) {
			b.WriteString("[" + codePoint(r) + "]")
		} else {
			b.WriteRune(r)
		}
	}
	out := []byte{0xfe, 0xff}
	for _, unit := range utf16.Encode([]rune(b.String())) {
		out = append(out, byte(unit>>8), byte(unit))
	}
	return string(out)
}
