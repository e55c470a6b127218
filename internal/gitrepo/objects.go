package gitrepo

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/objfile"
)

// id is an object id in binary; the zero value stands for an object that is not
// there.
type id = plumbing.Hash

const idSize = len(id{})

// maxObjectBytes bounds what is read into memory at once.
const maxObjectBytes = 256 << 20

// parseHash reads a full object id.
func parseHash(h Hash) (id, error) {
	if !plumbing.IsHash(string(h)) {
		return id{}, fmt.Errorf("object id %q: %w", h, ErrUnknownRevision)
	}
	return plumbing.NewHash(string(h)), nil
}

// store reads objects from a repository's object folder and its alternates:
// packs directly, each with its index in memory, and loose objects.
type store struct {
	mu    sync.Mutex // guards what follows
	dirs  []string
	packs []*openPack
	cache *cache
	zlib  inflater
}

func openStore(common string) (*store, error) {
	s := &store{cache: newCache()}
	if err := s.addDir(filepath.Join(common, "objects"), 0); err != nil {
		return nil, err
	}
	return s, s.addPacks()
}

// addDir adds an object folder and, as git does, at most five further links.
func (s *store) addDir(dir string, depth int) error {
	if depth > 5 {
		return errors.New("chain of alternates too long")
	}
	for _, known := range s.dirs {
		if known == dir {
			return nil
		}
	}
	s.dirs = append(s.dirs, dir)
	data, err := os.ReadFile(filepath.Join(dir, "info", "alternates"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		if plain, err := strconv.Unquote(line); err == nil && line[0] == '"' {
			line = plain
		}
		if err := s.addDir(beside(dir, line), depth+1); err != nil {
			return err
		}
	}
	return nil
}

func (s *store) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all error
	for _, p := range s.packs {
		all = errors.Join(all, p.file.Close())
	}
	s.packs = nil
	return all
}

// get reads an object, which must be of the kind.
func (s *store) get(kind plumbing.ObjectType, h id) ([]byte, error) {
	found, data, err := s.read(h)
	if err == nil && found != kind {
		err = fmt.Errorf("object %s is a %s, not a %s", h, found, kind)
	}
	return data, err
}

// read reads an object and tells its kind. The bytes are shared.
func (s *store) read(h id) (plumbing.ObjectType, []byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	kind, data, err := s.locked(h, 0)
	var missing *missingError
	switch {
	case errors.As(err, &missing), errors.Is(err, ErrTooLarge):
		return 0, nil, fmt.Errorf("read object %s: %w", h, err)
	case err != nil:
		return 0, nil, &damagedError{h, err}
	}
	return kind, data, nil
}

// locked is read under the lock. depth counts the deltas on the way here.
func (s *store) locked(h id, depth int) (plumbing.ObjectType, []byte, error) {
	for i, p := range s.packs {
		offset, ok := p.find(h)
		if !ok {
			continue
		}
		if i > 0 { // the next object is likely to be in the same pack
			copy(s.packs[1:i+1], s.packs[:i])
			s.packs[0] = p
		}
		kind, data, err := s.packed(p, offset, depth)
		if err == nil && depth == 0 {
			err = s.sound(address{pack: p, offset: offset}, h, kind, data)
		}
		return kind, data, err
	}
	return s.loose(h)
}

// sound compares an object out of a pack with its id, as git does not: whoever can
// write a pack's index could show other bytes under an id. What is in the cache is
// compared once.
func (s *store) sound(at address, h id, kind plumbing.ObjectType, data []byte) error {
	entry := s.cache.entry(at)
	if entry != nil && entry.sound == h {
		return nil
	}
	if plumbing.ComputeHash(kind, data) != h {
		return errDamaged
	}
	if entry != nil {
		entry.sound = h
	}
	return nil
}

// loose reads an object that has its own file.
func (s *store) loose(h id) (plumbing.ObjectType, []byte, error) {
	at := address{id: h}
	if o, ok := s.cache.get(at); ok {
		return o.kind, o.data, nil
	}
	name := h.String()
	for _, dir := range s.dirs {
		file, err := os.Open(filepath.Join(dir, name[:2], name[2:]))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		} else if err != nil {
			return 0, nil, err
		}
		o, err := readLoose(file, h)
		file.Close()
		if err != nil {
			return 0, nil, err
		}
		s.cache.put(at, o)
		return o.kind, o.data, nil
	}
	return 0, nil, &missingError{h}
}

// object is an object's kind and content.
type object struct {
	kind plumbing.ObjectType
	data []byte
}

// headBytes bounds what of a file is looked at for an object's kind and size, so
// that a stream without end cannot fill the memory with them.
const headBytes = 64 << 10

// readLoose reads the file of one object, whose content must be that of its id.
func readLoose(file io.Reader, h id) (object, error) {
	limited := &io.LimitedReader{R: file, N: headBytes}
	r, err := objfile.NewReader(limited)
	if err != nil {
		return object{}, err
	}
	defer r.Close()
	kind, size, err := r.Header()
	switch {
	case err != nil:
		return object{}, err
	case size > maxObjectBytes:
		return object{}, ErrTooLarge
	}
	limited.N = math.MaxInt64
	data, err := io.ReadAll(io.LimitReader(r, size+1))
	if err != nil {
		return object{}, err
	}
	if int64(len(data)) != size || r.Hash() != h {
		return object{}, errDamaged
	}
	return object{kind, data}, nil
}
