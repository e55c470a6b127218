// Package pdf sets printed papers in Chinese without any outside tool: it lays
// out a [portal.Print] on A4 pages, breaks lines by 避头尾, and writes a PDF
// whose text copies back. Lengths are millimetres from the page's upper left
// corner, type sizes are points. It is the only door to gofpdf, which is used
// for the file's structure, the embedded face and bookmarks; the pages'
// contents are written here, because gofpdf's own text layout loses characters
// (see wrap.go).
package pdf

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
)

// Faces is what papers are set in. It is parsed once, immutable and safe for
// concurrent use.
type Faces struct {
	body *face
}

// NewFaces parses a TrueType face with glyf outlines, or the first face of a
// collection. Faces whose licence bits forbid embedding, and CFF outlines, are
// refused.
func NewFaces(ttf []byte) (*Faces, error) {
	f, err := parseFace(ttf)
	if err != nil {
		return nil, err
	}
	return &Faces{body: f}, nil
}

// DefaultFaces parses WenQuanYi Micro Hei, which covers every Han character of
// the Unified Repertoire and comes with the module.
func DefaultFaces() (*Faces, error) {
	data, err := bundled()
	if err != nil {
		return nil, err
	}
	return NewFaces(data)
}

// Digest is the SHA-256 of the face's bytes in hexadecimal, for provenance.
func (f *Faces) Digest() string { return f.body.digest }

// Covers tells whether the face has a glyph for r.
func (f *Faces) Covers(r rune) bool { return f.body.covers(r) }

// bmp is the number of characters that a PDF text of gofpdf can hold.
const bmp = 1 << 16

// face is one parsed TrueType face.
type face struct {
	digest   string
	font     sfnt
	outlines glyphs
	glyph    [bmp]uint16 // glyph by character, 0 is none
	width    [bmp]uint16 // advance in 1/1000 em
	class    [bmp]class
}

func parseFace(data []byte) (*face, error) {
	sum := sha256.Sum256(data)
	f := &face{digest: hex.EncodeToString(sum[:])}
	var err error
	if f.font, err = parseSFNT(data); err != nil {
		return nil, err
	}
	if f.outlines, err = f.font.glyphs(); err != nil {
		return nil, err
	}
	if err := f.font.cmap(&f.glyph); err != nil {
		return nil, fmt.Errorf("read cmap: %w", err)
	}
	known := f.measure()
	if known == 0 {
		return nil, errors.New("the face covers no character")
	}
	f.classify()
	return f, nil
}

// measure fills the widths, forgets glyphs that do not exist and counts the
// rest.
func (f *face) measure() int {
	n := 0
	for r, g := range f.glyph {
		if int(g) >= f.outlines.count {
			f.glyph[r] = 0
			continue
		}
		if g != 0 {
			f.width[r] = f.outlines.advance(g)
			n++
		}
	}
	return n
}

func (f *face) covers(r rune) bool { return r >= 0 && r < bmp && f.glyph[r] != 0 }

// measureText is the width of a cleaned text in 1/1000 em.
func (f *face) measureText(s string) int {
	w := 0
	for _, r := range s {
		if r < bmp {
			w += int(f.width[r])
		}
	}
	return w
}
