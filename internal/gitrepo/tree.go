package gitrepo

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// entry is one line of a tree object. Its name lies in the object's bytes.
type entry struct {
	name []byte
	dir  bool // else a regular file
	id   id
}

// compare orders entries as git does: a folder as if its name ended in a slash.
func (e entry) compare(o entry) int {
	n := min(len(e.name), len(o.name))
	if c := bytes.Compare(e.name[:n], o.name[:n]); c != 0 {
		return c
	}
	return int(e.byteAt(n)) - int(o.byteAt(n))
}

func (e entry) byteAt(n int) byte {
	switch {
	case n < len(e.name):
		return e.name[n]
	case e.dir && n == len(e.name):
		return '/'
	}
	return 0
}

// entries reads a tree object one entry at a time, leaving out symbolic links,
// submodules and names that no file may have.
type entries struct {
	rest []byte
	bad  bool
}

// next returns the next entry; false at the end or where the tree is malformed.
func (e *entries) next() (entry, bool) {
	for len(e.rest) > 0 {
		space := bytes.IndexByte(e.rest, ' ')
		end := bytes.IndexByte(e.rest, 0)
		if space < 0 || end < space || len(e.rest) < end+1+len(id{}) {
			e.bad = true
			return entry{}, false
		}
		mode := e.rest[:space]
		found := entry{name: e.rest[space+1 : end], id: id(e.rest[end+1 : end+1+len(id{})])}
		e.rest = e.rest[end+1+len(id{}):]
		found.dir = string(mode) == "40000"
		if (found.dir || bytes.HasPrefix(mode, []byte("100"))) && usable(found.name) {
			return found, true
		}
	}
	return entry{}, false
}

// usable refuses names that could lead out of the tree or into .git.
func usable(name []byte) bool {
	switch {
	case len(name) == 0, len(name) <= 2 && strings.Trim(string(name), ".") == "":
		return false
	case len(name) == 4 && bytes.EqualFold(name, []byte(".git")):
		return false
	}
	return bytes.IndexByte(name, '/') < 0
}

// subtree descends from a commit's tree to the folder at a slash-separated
// path; zero where there is no such folder.
func (s *store) subtree(root id, path string) (id, error) {
	at := root
	for name := range strings.SplitSeq(path, "/") {
		if name == "" {
			continue
		}
		var err error
		if at, err = s.child(at, name); err != nil || at == (id{}) {
			return id{}, err
		}
	}
	return at, nil
}

// child finds a folder inside a tree.
func (s *store) child(tree id, name string) (id, error) {
	list, err := s.tree(tree)
	if err != nil {
		return id{}, err
	}
	for {
		e, ok := list.next()
		if !ok {
			return id{}, list.err(tree)
		}
		if e.dir && string(e.name) == name {
			return e.id, nil
		}
	}
}

// tree opens a tree object; the zero id is the empty tree.
func (s *store) tree(h id) (*entries, error) {
	if h == (id{}) {
		return &entries{}, nil
	}
	data, err := s.get(plumbing.TreeObject, h)
	return &entries{rest: data}, err
}

func (e *entries) err(tree id) error {
	if e.bad {
		return fmt.Errorf("tree %s is malformed", tree)
	}
	return nil
}
