package gitrepo

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-git/go-billy/v5"
	"github.com/go-git/go-billy/v5/osfs"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/idxfile"
	"github.com/go-git/go-git/v5/plumbing/format/packfile"
)

// openPack is one pack file with its index. It stays open: the library would
// otherwise open it anew for every object (performance.md).
type openPack struct {
	index *idxfile.MemoryIndex
	file  billy.File
	pack  *packfile.Packfile
}

// addPacks opens every pack of every object folder.
func (s *store) addPacks() error {
	for _, dir := range s.dirs {
		names, err := filepath.Glob(filepath.Join(escapeGlob(dir), "pack", "pack-*.idx"))
		if err != nil {
			return err
		}
		for _, name := range names {
			p, err := s.openPack(name)
			if err != nil {
				return fmt.Errorf("open pack %q: %w", filepath.Base(name), err)
			}
			s.packs = append(s.packs, p)
		}
	}
	return nil
}

// escapeGlob keeps a folder's name from being a pattern.
func escapeGlob(dir string) string {
	return strings.NewReplacer(`[`, `[[]`, `*`, `[*]`, `?`, `[?]`).Replace(dir)
}

func (s *store) openPack(idxName string) (*openPack, error) {
	f, err := os.Open(idxName)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	index := idxfile.NewMemoryIndex()
	if err := idxfile.NewDecoder(bufio.NewReader(f)).Decode(index); err != nil {
		return nil, err
	}
	dir, base := filepath.Split(idxName)
	file, err := osfs.New(dir, osfs.WithBoundOS()).Open(strings.TrimSuffix(base, ".idx") + ".pack")
	if err != nil {
		return nil, err
	}
	// Without a file system the library reads objects into memory.
	pack := packfile.NewPackfileWithCache(index, nil, file, s.cache, 0)
	return &openPack{index: index, file: file, pack: pack}, nil
}

func (p *openPack) close() error { return p.file.Close() }

// packed reads an object from a pack; nil where no pack holds it. The pack that
// held the last object is asked first.
func (s *store) packed(h id) (plumbing.EncodedObject, error) {
	for i, p := range s.packs {
		if _, err := p.index.FindOffset(h); err != nil {
			continue
		}
		if i > 0 {
			copy(s.packs[1:i+1], s.packs[:i])
			s.packs[0] = p
		}
		obj, err := p.pack.Get(h)
		if errors.Is(err, plumbing.ErrObjectNotFound) {
			return nil, fmt.Errorf("object %s is damaged", h)
		}
		return obj, err
	}
	return nil, nil
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
	if err != nil || first[0] > 0 && p.index.Fanout[first[0]] == p.index.Fanout[first[0]-1] {
		return nil
	}
	bucket := p.index.FanoutMapping[first[0]]
	if bucket < 0 || bucket >= len(p.index.Names) {
		return nil
	}
	var found []id
	for h := range slices.Chunk(p.index.Names[bucket], len(id{})) {
		if strings.HasPrefix(hex.EncodeToString(h), digits) {
			found = append(found, id(h))
		}
	}
	return found
}
