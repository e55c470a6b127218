package gitrepo

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
)

// openPack is one pack file, open, with its index in memory.
//
// The index (version 2) holds, after a signature, 256 running counts by the
// first byte of the ids, the sorted ids, their checksums, and their offsets,
// of which one with the top bit set points into a table of long ones.
type openPack struct {
	index  []byte
	count  int
	file   *os.File
	size   int64
	window []byte // the bytes read last
	start  int64  // where they lie in the file
}

const (
	indexSignature = "\xfftOc\x00\x00\x00\x02"
	indexCounts    = len(indexSignature)
	indexNames     = indexCounts + 256*4
	idSize         = len(id{})
)

// addPacks opens every pack of every object folder.
func (s *store) addPacks() error {
	for _, dir := range s.dirs {
		entries, err := os.ReadDir(filepath.Join(dir, "pack"))
		if err != nil && !os.IsNotExist(err) {
			return err
		}
		for _, e := range entries {
			base, ok := strings.CutSuffix(e.Name(), ".idx")
			if !ok || !strings.HasPrefix(base, "pack-") {
				continue
			}
			p, err := openPackFile(filepath.Join(dir, "pack", base))
			if err != nil {
				return fmt.Errorf("open pack %q: %w", base, err)
			}
			s.packs = append(s.packs, p)
		}
	}
	return nil
}

func openPackFile(base string) (*openPack, error) {
	index, err := os.ReadFile(base + ".idx")
	if err != nil {
		return nil, err
	}
	p := &openPack{index: index}
	if !p.wellFormed() {
		return nil, fmt.Errorf("index: %w", ErrFormat)
	}
	if p.file, err = os.Open(base + ".pack"); err != nil {
		return nil, err
	}
	info, err := p.file.Stat()
	if err != nil {
		return nil, err
	}
	p.size = info.Size()
	return p, nil
}

// wellFormed checks all that later reading relies on.
func (p *openPack) wellFormed() bool {
	if len(p.index) < indexNames || string(p.index[:indexCounts]) != indexSignature {
		return false
	}
	last := 0
	for b := range 256 {
		n := p.upTo(b)
		if n < last {
			return false
		}
		last = n
	}
	p.count = last
	return len(p.index)-indexNames >= p.count*(idSize+8)
}

// upTo counts the ids whose first byte is at most b.
func (p *openPack) upTo(b int) int {
	return int(binary.BigEndian.Uint32(p.index[indexCounts+4*b:]))
}

func (p *openPack) name(i int) []byte {
	at := indexNames + i*idSize
	return p.index[at : at+idSize]
}

// bucket is the range of ids that begin with a byte.
func (p *openPack) bucket(b byte) (from, to int) {
	if b > 0 {
		from = p.upTo(int(b) - 1)
	}
	return from, p.upTo(int(b))
}

// find says where in the pack an object lies.
func (p *openPack) find(h id) (offset int64, ok bool) {
	from, to := p.bucket(h[0])
	i := from + sort.Search(to-from, func(i int) bool { return bytes.Compare(p.name(from+i), h[:]) >= 0 })
	if i == to || !bytes.Equal(p.name(i), h[:]) {
		return 0, false
	}
	offsets := indexNames + p.count*(idSize+4)
	short := binary.BigEndian.Uint32(p.index[offsets+4*i:])
	if short&0x80000000 == 0 {
		return int64(short), true
	}
	long := offsets + p.count*4 + 8*int(short&0x7fffffff)
	if long+8 > len(p.index) {
		return 0, false
	}
	return int64(binary.BigEndian.Uint64(p.index[long:])), true
}

// withPrefix lists the objects whose id begins with the hexadecimal digits, of
// which there are at least two.
func (s *store) withPrefix(digits string) []id {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []id
	for _, p := range s.packs {
		found = append(found, p.withPrefix(digits)...)
	}
	for _, dir := range s.dirs {
		entries, _ := os.ReadDir(filepath.Join(dir, digits[:2]))
		for _, e := range entries {
			if h, err := parseHash(Hash(digits[:2] + e.Name())); err == nil && strings.HasPrefix(h.String(), digits) {
				found = append(found, h)
			}
		}
	}
	slices.SortFunc(found, func(a, b id) int { return bytes.Compare(a[:], b[:]) })
	return slices.Compact(found)
}

func (p *openPack) withPrefix(digits string) []id {
	first, err := hex.DecodeString(digits[:2])
	if err != nil {
		return nil
	}
	var found []id
	for i, to := p.bucket(first[0]); i < to; i++ {
		if strings.HasPrefix(hex.EncodeToString(p.name(i)), digits) {
			found = append(found, id(p.name(i)))
		}
	}
	return found
}
