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

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/cache"
	"github.com/go-git/go-git/v5/plumbing/format/objfile"
)

// id is an object id in binary.
type id = plumbing.Hash

type objectType = plumbing.ObjectType

const (
	typeCommit = plumbing.CommitObject
	typeTree   = plumbing.TreeObject
	typeBlob   = plumbing.BlobObject
	typeTag    = plumbing.TagObject
	typeAny    = plumbing.AnyObject
)

const (
	cacheBytes     = 64 << 20
	maxObjectBytes = 256 << 20
)

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

// store reads objects from a repository's object folder and its alternates.
type store struct {
	mu    sync.Mutex // the pack readers are not safe for concurrent use
	dirs  []string
	packs []*openPack
	cache cache.Object
}

func openStore(common string) (*store, error) {
	s := &store{cache: cache.NewObjectLRU(cacheBytes)}
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
		if err := s.addDir(within(dir, line), depth+1); err != nil {
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
		all = errors.Join(all, p.close())
	}
	s.packs = nil
	return all
}

// get reads an object, which must be of the type unless that is [typeAny].
func (s *store) get(t objectType, h id) ([]byte, error) {
	_, data, err := s.read(t, h)
	return data, err
}

// read reads an object and its type. A damaged object is an error, also where
// the library would panic.
func (s *store) read(t objectType, h id) (found objectType, data []byte, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer func() {
		if damage := recover(); damage != nil {
			err = fmt.Errorf("object %s is damaged: %v", h, damage)
		}
	}()
	obj, err := s.encoded(h)
	if err != nil {
		return 0, nil, err
	}
	if t != typeAny && obj.Type() != t {
		return 0, nil, fmt.Errorf("object %s is a %s, not a %s", h, obj.Type(), t)
	}
	data, err = contents(obj)
	return obj.Type(), data, err
}

func (s *store) encoded(h id) (plumbing.EncodedObject, error) {
	if obj, ok := s.cache.Get(h); ok {
		return obj, nil
	}
	if obj, err := s.packed(h); obj != nil || err != nil {
		return obj, err
	}
	return s.loose(h)
}

// loose reads an object that has its own file.
func (s *store) loose(h id) (plumbing.EncodedObject, error) {
	name := h.String()
	for _, dir := range s.dirs {
		f, err := os.Open(filepath.Join(dir, name[:2], name[2:]))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		} else if err != nil {
			return nil, err
		}
		obj, err := inflate(f)
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("read object %s: %w", h, err)
		}
		s.cache.Put(obj)
		return obj, nil
	}
	return nil, &missingError{h}
}

func inflate(f *os.File) (plumbing.EncodedObject, error) {
	r, err := objfile.NewReader(f)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	t, size, err := r.Header()
	if err != nil {
		return nil, err
	}
	if size > maxObjectBytes {
		return nil, ErrTooLarge
	}
	obj := new(plumbing.MemoryObject)
	obj.SetType(t)
	if _, err = io.Copy(obj, r); err != nil {
		return nil, err
	}
	if obj.Size() != size {
		return nil, io.ErrUnexpectedEOF
	}
	return obj, nil
}

// contents lends the bytes of an object in memory, without a copy.
func contents(obj plumbing.EncodedObject) ([]byte, error) {
	r, err := obj.Reader()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	if w, ok := r.(io.WriterTo); ok {
		var b borrowed
		_, err = w.WriteTo(&b)
		return b.bytes, err
	}
	return io.ReadAll(r)
}

// borrowed keeps the slice that it is asked to write.
type borrowed struct{ bytes []byte }

func (b *borrowed) Write(p []byte) (int, error) {
	b.bytes = p
	return len(p), nil
}
