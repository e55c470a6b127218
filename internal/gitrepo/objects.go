package gitrepo

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// id is an object id in binary; the zero value stands for an object that is not
// there.
type id = objectID

// Further numbers of object types, in packs and in requests.
const (
	tagObject    objectKind = 4
	refDeltaKind objectKind = 7 // against an object named by its id
)

// maxObjectBytes bounds what is read into memory at once.
const maxObjectBytes = 256 << 20

// parseHash reads a full object id.
func parseHash(h Hash) (id, error) {
	var out id
	if len(h) != 2*len(out) {
		return out, fmt.Errorf("object id %q: %w", h, ErrUnknownRevision)
	}
	if _, err := hex.Decode(out[:], []byte(h)); err != nil {
		return out, fmt.Errorf("object id %q: %w", h, ErrUnknownRevision)
	}
	return out, nil
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
func (s *store) get(kind objectKind, h id) ([]byte, error) {
	found, data, err := s.read(h)
	if err == nil && found != kind {
		err = fmt.Errorf("object %s is of type %d, not %d", h, found, kind)
	}
	return data, err
}

// read reads an object and tells its kind. The bytes are shared.
func (s *store) read(h id) (objectKind, []byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	kind, data, err := s.locked(h, 0)
	if err != nil {
		err = fmt.Errorf("read object %s: %w", h, err)
	}
	return kind, data, err
}

// locked is read under the lock. depth counts the deltas on the way here.
func (s *store) locked(h id, depth int) (objectKind, []byte, error) {
	for i, p := range s.packs {
		offset, ok := p.find(h)
		if !ok {
			continue
		}
		if i > 0 { // the next object is likely to be in the same pack
			copy(s.packs[1:i+1], s.packs[:i])
			s.packs[0] = p
		}
		return s.packed(p, offset, depth)
	}
	return s.loose(h)
}

// loose reads an object that has its own file.
func (s *store) loose(h id) (objectKind, []byte, error) {
	at := address{id: h}
	if o, ok := s.cache.get(at); ok {
		return o.kind, o.data, nil
	}
	name := h.String()
	for _, dir := range s.dirs {
		file, err := os.ReadFile(filepath.Join(dir, name[:2], name[2:]))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		var o object
		if err == nil {
			o, err = s.zlib.loose(file)
		}
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
	kind objectKind
	data []byte
}

// kindNamed is the kind under its name in loose objects.
func kindNamed(name string) (objectKind, error) {
	switch name {
	case "commit":
		return commitObject, nil
	case "tree":
		return treeObject, nil
	case "blob":
		return blobObject, nil
	case "tag":
		return tagObject, nil
	}
	return 0, io.ErrUnexpectedEOF
}
