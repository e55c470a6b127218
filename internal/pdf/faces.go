// Package pdf sets printed papers in Chinese without any outside tool: it lays
// out a [portal.Print] on A4 pages, breaks lines by 避头尾, and writes a PDF
// whose text copies back. Lengths are millimetres from the page's upper left
// corner, type sizes are points. It is the only door to gofpdf, which is used
// for the file's structure and bookmarks; the pages' contents are written and
// the faces embedded here, because gofpdf's own text layout loses characters
// (see wrap.go) and its faces hold the basic plane only (see embed.go).
package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
)

// Faces is what papers are set in. It is parsed once, immutable and safe for
// concurrent use.
type Faces struct {
	fonts  []*font // every file once
	body   *face
	strong *face // body where there is no bold file
}

// FaceSet holds the files of faces: TrueType with glyf outlines, or collections
// of such, whose first face counts.
type FaceSet struct {
	Regular  []byte   // nil for the bundled face
	Bold     []byte   // nil for none: weight is then drawn as an outline
	Fallback [][]byte // asked in their order for what the regular face lacks
}

// maxFonts bounds the files of a set: a character remembers its file in a byte.
const maxFonts = 64

// LoadFaces parses a set, or returns the one parsed before of the same files. The
// bundled face stands behind all others, so that no set covers less than it. Files whose
// licence bits forbid embedding, CFF outlines and variable faces, whose bold is no
// outline of its own, are refused.
func LoadFaces(set FaceSet) (*Faces, error) { return parsed.load(set) }

// NewFaces parses one face, behind which there is no other.
func NewFaces(ttf []byte) (*Faces, error) { return newFaces([][]byte{ttf}, nil, parseFont) }

// DefaultFaces are WenQuanYi Micro Hei alone, which covers every Han character of
// the Unified Repertoire and comes with the module.
func DefaultFaces() (*Faces, error) { return LoadFaces(FaceSet{}) }

func newFaces(files [][]byte, bold []byte, parse func([]byte) (*font, error)) (*Faces, error) {
	if len(files) >= maxFonts {
		return nil, errors.New("there are too many faces")
	}
	f := &Faces{}
	for i, data := range files {
		if slices.ContainsFunc(files[:i], func(o []byte) bool { return bytes.Equal(o, data) }) {
			continue
		}
		one, err := parse(data)
		if err != nil {
			return nil, fmt.Errorf("face %d: %w", i+1, err)
		}
		f.fonts = append(f.fonts, one)
	}
	f.body = merge(f.fonts)
	f.strong = f.body
	if bold != nil {
		heavy, err := parse(bold)
		if err != nil {
			return nil, fmt.Errorf("bold face: %w", err)
		}
		heavy.heavy = true
		f.fonts = append([]*font{heavy}, f.fonts...)
		f.strong = merge(f.fonts)
		f.body.first = 1
	}
	return f, nil
}

// Digests are the SHA-256 of the files in hexadecimal, for provenance: bold first
// where there is one, then in the order in which they are asked.
func (f *Faces) Digests() []string {
	var list []string
	for _, font := range f.fonts {
		list = append(list, font.digest)
	}
	return list
}

// Covers tells whether some face has a glyph for r.
func (f *Faces) Covers(r rune) bool { return f.body.covers(r) }

// char is what setting needs to know of a character.
type char struct {
	width uint16 // advance in 1/1000 em
	class class  // 0 where no face shows it
	font  uint8  // index among the fonts of the face, from its first
}

// plane holds the characters of one plane of Unicode.
type plane [bmp]char

// bmp is the number of characters of a plane; the first is the basic one.
const bmp = 1 << 16

// planes is the number of planes of Unicode.
const planes = 17

// face is a list of fonts seen as one: each character is the first's that has it.
type face struct {
	first  int // what the numbers of its fonts count from, among those of all Faces
	planes [planes]*plane
	fonts  []*font
}

var nobody plane

func merge(fonts []*font) *face {
	f := &face{fonts: fonts}
	for n := range f.planes {
		f.planes[n] = &nobody
		for i, font := range fonts {
			if glyphs := font.planes[n]; glyphs != nil {
				if f.planes[n] == &nobody {
					f.planes[n] = new(plane)
				}
				font.fill(f.planes[n], glyphs, rune(n)<<16, uint8(i))
			}
		}
	}
	if f.planes[0][' '].class == 0 {
		if f.planes[0] == &nobody {
			f.planes[0] = new(plane)
		}
		f.planes[0][' '].class = printable | space
	}
	return f
}

// fill adds the characters of a plane that nothing before it has.
func (f *font) fill(to *plane, glyphs *[bmp]uint16, base rune, number uint8) {
	for i, g := range glyphs {
		if g != 0 && to[i].class == 0 {
			if c := f.classOf(base + rune(i)); c != 0 {
				to[i] = char{f.outlines.advance(g), c, number}
			}
		}
	}
}

// look finds a character. A number that is none is nothing.
func (f *face) look(r rune) char {
	if uint32(r) >= planes<<16 {
		return char{}
	}
	return f.planes[r>>16][r&(bmp-1)]
}

func (f *face) covers(r rune) bool { return f.look(r).class != 0 && f.glyph(r) != 0 }

// glyph is the number of a character's glyph in its font, 0 for none.
func (f *face) glyph(r rune) uint16 { return f.fonts[f.look(r).font].glyph(r) }
