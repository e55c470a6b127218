package pdf

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// sfnt holds the tables of one face by their four-letter tags.
type sfnt map[string]table

// table is a table's bytes. Reading outside of them gives zero, so that a
// broken file cannot break the program.
type table []byte

func (t table) u16(at int) int {
	if at < 0 || at+2 > len(t) {
		return 0
	}
	return int(binary.BigEndian.Uint16(t[at:]))
}

func (t table) u32(at int) int {
	if at < 0 || at+4 > len(t) {
		return 0
	}
	return int(binary.BigEndian.Uint32(t[at:]))
}

// slice is the part [from, from+n), or nothing where it reaches outside.
func (t table) slice(from, n int) table {
	if from < 0 || n < 0 || from > len(t) || n > len(t)-from {
		return nil
	}
	return t[from : from+n : from+n]
}

const (
	tagTrueType   = 0x00010000
	tagApple      = 0x74727565 // "true"
	tagCollection = 0x74746366 // "ttcf"
	tagCFF        = 0x4F54544F // "OTTO"
)

// required are the tables without which a face can be neither set nor embedded.
var required = [...]string{"head", "hhea", "maxp", "hmtx", "loca", "glyf", "cmap", "post"}

// parseSFNT reads the table directory; of a collection, that of the first face.
func parseSFNT(data []byte) (sfnt, error) {
	file, at := table(data), 0
	if file.u32(0) == tagCollection {
		at = file.u32(12)
	}
	switch file.u32(at) {
	case tagTrueType, tagApple:
	case tagCFF:
		return nil, errors.New("the face has CFF outlines; choose one with TrueType outlines")
	default:
		return nil, errors.New("the file is no TrueType face")
	}
	font := sfnt{}
	for i := range file.u16(at + 4) {
		entry := file.slice(at+12+16*i, 16)
		if entry == nil {
			return nil, errors.New("the face's table directory is cut off")
		}
		font[string(entry[:4])] = file.slice(entry.u32(8), entry.u32(12))
	}
	for _, tag := range required {
		if len(font[tag]) == 0 {
			return nil, fmt.Errorf("the face lacks table %q", tag)
		}
	}
	if len(font["fvar"]) > 0 {
		return nil, errors.New("the face is variable; name a file of one weight")
	}
	if rights := font["OS/2"].u16(8); rights&0x000f == 2 || rights&0x0300 != 0 {
		return nil, errors.New("the face's licence bits forbid embedding a part of it")
	}
	return font, nil
}

// The subtables of cmap that are read: characters of the basic plane, and of all.
const (
	basicPlane = 4
	allPlanes  = 12
)

// cmap fills the glyphs of f from a subtable for Unicode, the widest there is.
func (s sfnt) cmap(f *font) error {
	t, best := s["cmap"], 0
	var chosen table
	for i := range t.u16(2) {
		platform, encoding, at := t.u16(4+8*i), t.u16(6+8*i), t.u32(8+8*i)
		unicode := platform == 0 || platform == 3 && (encoding == 1 || encoding == 10)
		format := t.u16(at)
		if unicode && (format == basicPlane || format == allPlanes) && format > best && at < len(t) {
			chosen, best = t[at:], format
		}
	}
	switch best {
	case basicPlane:
		fillFormat4(chosen, f.set)
	case allPlanes:
		fillFormat12(chosen, f.set)
	default:
		return errors.New("the face has no Unicode cmap of format 4 or 12")
	}
	return nil
}

func fillFormat4(t table, set func(r rune, glyph int)) {
	twice := t.u16(6) &^ 1
	ends, starts := 14, 16+twice
	deltas, offsets := starts+twice, starts+2*twice
	before := -1
	for seg := 0; seg < twice; seg += 2 {
		first, last := t.u16(starts+seg), t.u16(ends+seg)
		if first <= before {
			return // segments ascend; anything else is broken
		}
		before = last
		delta, offset := t.u16(deltas+seg), t.u16(offsets+seg)
		for r := first; r <= last && r < bmp-1; r++ {
			g := r + delta
			if offset != 0 {
				g = t.u16(offsets + seg + offset + 2*(r-first))
				if g != 0 {
					g += delta
				}
			}
			set(rune(r), g&(bmp-1))
		}
	}
}

func fillFormat12(t table, set func(r rune, glyph int)) {
	before := -1
	for i := range min(t.u32(12), len(t)/12) {
		first, last, glyph := t.u32(16+12*i), t.u32(20+12*i), t.u32(24+12*i)
		if first <= before || last >= planes<<16 {
			return // groups ascend; anything else is broken
		}
		before = last
		for r := first; r <= last; r++ {
			set(rune(r), glyph+r-first)
		}
	}
}

// postScriptName is the name that programs know the face by, letters, digits and
// hyphens alone.
func (s sfnt) postScriptName() string {
	const id, longest = 6, 60
	t := s["name"]
	for i := range t.u16(2) {
		at := 6 + 12*i
		if t.u16(at+6) != id {
			continue
		}
		var name []byte
		for _, b := range t.slice(t.u16(4)+t.u16(at+10), t.u16(at+8)) {
			letter := b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
			if (letter || b >= '0' && b <= '9' || b == '-') && len(name) < longest {
				name = append(name, b)
			}
		}
		if len(name) > 0 {
			return string(name)
		}
	}
	return "Face"
}

// glyphs reads outlines and advances by glyph number.
type glyphs struct {
	count   int
	em      int // units per em
	metrics int // glyphs with an advance of their own
	hmtx    table
	loca    table
	long    bool // loca holds 32-bit offsets
	glyf    table
}

func (s sfnt) glyphs() (glyphs, error) {
	g := glyphs{
		count: s["maxp"].u16(4), em: s["head"].u16(18), metrics: s["hhea"].u16(34),
		hmtx: s["hmtx"], loca: s["loca"], long: s["head"].u16(50) == 1, glyf: s["glyf"],
	}
	if g.em == 0 || g.metrics == 0 || g.count == 0 || len(s["post"]) < 32 || len(s["head"]) < 54 || len(s["hhea"]) < 36 {
		return g, errors.New("the face's head is incomplete")
	}
	return g, nil
}

// advance is a glyph's width in 1/1000 em, rounded half up.
func (g glyphs) advance(id uint16) uint16 {
	return uint16((g.rawAdvance(int(id))*1000 + g.em/2) / g.em)
}

func (g glyphs) rawAdvance(id int) int { return g.hmtx.u16(4 * min(id, g.metrics-1)) }

func (g glyphs) bearing(id int) int {
	if id < g.metrics {
		return g.hmtx.u16(4*id + 2)
	}
	return g.hmtx.u16(4*g.metrics + 2*(id-g.metrics))
}

// outline is a glyph's description, empty for a blank.
func (g glyphs) outline(id int) table {
	from, to := 2*g.loca.u16(2*id), 2*g.loca.u16(2*id+2)
	if g.long {
		from, to = g.loca.u32(4*id), g.loca.u32(4*id+4)
	}
	return g.glyf.slice(from, to-from)
}
