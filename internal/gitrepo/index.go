package gitrepo

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/format/idxfile"
)

// openPack is one pack file, open, with its index in memory.
type openPack struct {
	index  *idxfile.MemoryIndex
	file   *os.File
	size   int64
	window []byte // the bytes read last
	start  int64  // where they lie in the file
}

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
			if errors.Is(err, fs.ErrNotExist) {
				continue // as git does: what was only there is missing
			}
			if err != nil {
				return fmt.Errorf("open pack %q: %w", base, err)
			}
			s.packs = append(s.packs, p)
		}
	}
	return nil
}

func openPackFile(base string) (*openPack, error) {
	index, err := readIndex(base + ".idx")
	if err != nil {
		return nil, err
	}
	p := &openPack{index: index}
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

// readIndex leaves the format to go-git, which compares the counts with the size
// of the file before it asks for memory, and checks the sum at the end.
func readIndex(name string) (*idxfile.MemoryIndex, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var first [1]byte
	if n, _ := f.ReadAt(first[:], 0); n == 1 && first[0] == 0 { // a count, not the mark of version 2
		return nil, fmt.Errorf("read index %q: %w: of version 1: run git -c pack.indexVersion=2 repack -ad", name, ErrFormat)
	}
	index := idxfile.NewMemoryIndex()
	err = idxfile.NewDecoder(f).Decode(index)
	if errors.Is(err, idxfile.ErrUnsupportedVersion) {
		return nil, fmt.Errorf("read index: %w: %w: run git index-pack on the pack", ErrFormat, err)
	}
	if err != nil {
		return nil, &damagedError{err: fmt.Errorf("read index: %w: %w", ErrFormat, err)}
	}
	return index, nil
}

// names are the sorted ids that begin with a byte, and the number of their table;
// negative where there are none.
func (p *openPack) names(first byte) (names []byte, table int) {
	table = p.index.FanoutMapping[first]
	if table < 0 {
		return nil, table
	}
	return p.index.Names[table], table
}

// find says where in the pack an object lies. [idxfile.MemoryIndex.FindOffset]
// would note every id that was asked for: 50 MB for half a million.
func (p *openPack) find(h id) (offset int64, ok bool) {
	names, table := p.names(h[0])
	name := func(i int) []byte { return names[i*idSize : (i+1)*idSize] }
	n := len(names) / idSize
	i := sort.Search(n, func(i int) bool { return bytes.Compare(name(i), h[:]) >= 0 })
	if i == n || !bytes.Equal(name(i), h[:]) {
		return 0, false
	}
	short := binary.BigEndian.Uint32(p.index.Offset32[table][4*i:])
	if short&0x80000000 == 0 {
		return int64(short), true
	}
	long := 8 * int(short&0x7fffffff)
	if long+8 > len(p.index.Offset64) {
		return 0, false
	}
	return int64(binary.BigEndian.Uint64(p.index.Offset64[long:])), true
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
	names, _ := p.names(first[0])
	for name := range slices.Chunk(names, idSize) {
		if strings.HasPrefix(hex.EncodeToString(name), digits) {
			found = append(found, id(name))
		}
	}
	return found
}
