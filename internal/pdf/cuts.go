package pdf

import (
	"slices"
	"strconv"
)

// widths says which advances a cut of a font has: PDF knows one advance for each
// character of a font, and moving what follows by hand makes readers guess blanks.
type widths uint8

const (
	plain  widths = iota
	wide          // with the gap between scripts behind
	narrow        // without the blank half
	cell          // in a cell of code
)

// widthFor is what a character's advance is like before another, or at the end of a
// line before none: there the blank half of a mark stays outside.
func widthFor(c, next char) widths {
	switch by := fitting(c, next); {
	case by > 0:
		return wide
	case by < 0, next.class == 0 && c.after() > 0:
		return narrow
	}
	return plain
}

// of is the advance of a character in a cut.
func (w widths) of(advance int) int {
	switch w {
	case wide:
		return advance + interval
	case narrow:
		return advance - advance/2
	case cell:
		return cellAdvance(advance)
	}
	return advance
}

// cutKey names one font of the file: a plane of one of the faces' files, since PDF
// codes have two bytes, with one sort of advances.
type cutKey struct {
	font  uint8 // among those of Faces
	plane uint8
	width widths
}

// name is the cut's name among the resources of pages.
func (k cutKey) name() string { return string(k.appendName(nil)) }

func (k cutKey) appendName(b []byte) []byte {
	b = strconv.AppendUint(append(b, 'K'), uint64(k.font), 10)
	b = strconv.AppendUint(append(b, 'p'), uint64(k.plane), 10)
	return append(b, [...]string{"", "w", "n", "c"}[k.width]...)
}

// usage is which characters a paper shows from which cut.
type usage struct {
	cuts []usedCut
	last int // index of the one added to last
}

type usedCut struct {
	key   cutKey
	runes *runeSet
}

func (u *usage) add(key cutKey, r rune) {
	if u.last >= len(u.cuts) || u.cuts[u.last].key != key {
		u.last = slices.IndexFunc(u.cuts, func(c usedCut) bool { return c.key == key })
		if u.last < 0 {
			u.last = len(u.cuts)
			u.cuts = append(u.cuts, usedCut{key, new(runeSet)})
		}
	}
	u.cuts[u.last].runes.add(r & (bmp - 1))
}

// sorted lists the cuts by file, plane and advances.
func (u *usage) sorted() []usedCut {
	list := slices.Clone(u.cuts)
	slices.SortFunc(list, func(a, b usedCut) int {
		rank := func(k cutKey) int { return int(k.font)<<16 | int(k.plane)<<8 | int(k.width) }
		return rank(a.key) - rank(b.key)
	})
	return list
}
