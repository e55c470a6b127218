package pdf

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
)

// font is one parsed TrueType file.
type font struct {
	digest   string
	name     string // for programs, ASCII
	heavy    bool   // bold by its own outlines
	tables   sfnt
	outlines glyphs
	planes   [planes]*[bmp]uint16 // glyph by character, nil for none of a plane
}

func parseFont(data []byte) (*font, error) {
	sum := sha256.Sum256(data)
	f := &font{digest: hex.EncodeToString(sum[:])}
	var err error
	if f.tables, err = parseSFNT(data); err != nil {
		return nil, err
	}
	if f.outlines, err = f.tables.glyphs(); err != nil {
		return nil, err
	}
	if err := f.tables.cmap(f); err != nil {
		return nil, fmt.Errorf("read cmap: %w", err)
	}
	if f.known() == 0 {
		return nil, errors.New("the face covers no character")
	}
	f.name = f.tables.postScriptName()
	return f, nil
}

// set remembers the glyph of a character, unless the file has no such glyph.
func (f *font) set(r rune, glyph int) {
	if r < 0 || r >= planes<<16 || glyph <= 0 || glyph >= f.outlines.count {
		return
	}
	n := r >> 16
	if f.planes[n] == nil {
		f.planes[n] = new([bmp]uint16)
	}
	f.planes[n][r&(bmp-1)] = uint16(glyph)
}

func (f *font) glyph(r rune) uint16 {
	if uint32(r) >= planes<<16 || f.planes[r>>16] == nil {
		return 0
	}
	return f.planes[r>>16][r&(bmp-1)]
}

func (f *font) known() int {
	n := 0
	for _, p := range f.planes {
		if p == nil {
			continue
		}
		for _, g := range p {
			if g != 0 {
				n++
			}
		}
	}
	return n
}

// ink is where a glyph's outline begins and ends from left to right, in 1/1000 em;
// both are 0 for a blank.
func (f *font) ink(r rune) (from, to int) {
	box := f.outlines.outline(int(f.glyph(r)))
	signed := func(at int) int { return int(int16(box.u16(at))) * 1000 / f.outlines.em }
	return signed(2), signed(6)
}
