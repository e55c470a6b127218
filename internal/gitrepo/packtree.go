package gitrepo

import (
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// Tree is the files of a commit to be written by a [Pack]. It is a value: Put
// and Remove give a new tree and leave the old one as it was, and share what
// did not change, so that branches cost nothing and a commit writes only the
// folders that changed. The zero Tree is empty.
type Tree struct {
	items []treeItem // in git's order

	id      plumbing.Hash
	written bool
	base    *Tree // the written tree that this one came from
}

// treeItem is a file or a folder.
type treeItem struct {
	name   string
	file   *blob
	folder *Tree
}

// blob is the content of a file.
type blob struct {
	data    []byte
	id      plumbing.Hash
	written bool
	base    *blob
}

// Put gives a file content; path is slash-separated and clean. A file never
// becomes a folder, nor a folder a file.
func (t *Tree) Put(path string, content []byte) *Tree {
	if t == nil {
		t = &Tree{}
	}
	name, rest, deeper := strings.Cut(path, "/")
	at, found := t.find(name, deeper)
	item := treeItem{name: name}
	switch {
	case deeper && found:
		item.folder = t.items[at].folder.Put(rest, content)
	case deeper:
		item.folder = (&Tree{}).Put(rest, content)
	case found:
		item.file = &blob{data: content, base: t.items[at].file.latest()}
	default:
		item.file = &blob{data: content}
	}
	next := t.derive(1)
	if found {
		next.items[at] = item
	} else {
		next.items = slices.Insert(next.items, at, item)
	}
	return next
}

// Remove leaves a file out, and folders that become empty with it. A path that
// is not there changes nothing.
func (t *Tree) Remove(path string) *Tree {
	name, rest, deeper := strings.Cut(path, "/")
	at, found := t.find(name, deeper)
	if !found {
		return t
	}
	next := t.derive(0)
	if deeper {
		folder := t.items[at].folder.Remove(rest)
		if folder == t.items[at].folder {
			return t
		}
		if len(folder.items) > 0 {
			next.items[at].folder = folder
			return next
		}
	}
	next.items = slices.Delete(next.items, at, at+1)
	return next
}

// Get is the content of a file, nil where there is none.
func (t *Tree) Get(path string) []byte {
	name, rest, deeper := strings.Cut(path, "/")
	at, found := t.find(name, deeper)
	switch {
	case !found:
		return nil
	case deeper:
		return t.items[at].folder.Get(rest)
	}
	return t.items[at].file.data
}

// Len counts the files below a folder, "" for all.
func (t *Tree) Len(under string) int {
	if under != "" {
		name, rest, _ := strings.Cut(under, "/")
		if at, found := t.find(name, true); found {
			return t.items[at].folder.Len(rest)
		}
		return 0
	}
	n := 0
	for _, item := range t.items {
		if item.folder == nil {
			n++
		} else {
			n += item.folder.Len("")
		}
	}
	return n
}

// derive copies the items, with room for some more.
func (t *Tree) derive(room int) *Tree {
	next := &Tree{items: make([]treeItem, len(t.items), len(t.items)+room), base: t.base}
	copy(next.items, t.items)
	if t.written {
		next.base = t
	}
	return next
}

// find looks a name up; at is where it is, or where it would go.
func (t *Tree) find(name string, folder bool) (at int, found bool) {
	want := treeItem{name: name}
	if folder {
		want.folder = t
	}
	return slices.BinarySearchFunc(t.items, want, compareItems)
}

// compareItems is git's order: folders as if their names ended in a slash.
func compareItems(a, b treeItem) int {
	if a.folder == nil && b.folder == nil {
		return strings.Compare(a.name, b.name)
	}
	return strings.Compare(a.sortName(), b.sortName())
}

func (i treeItem) sortName() string {
	if i.folder != nil {
		return i.name + "/"
	}
	return i.name
}

// latest is the version of a blob that is in the pack, or will be the nearest.
func (b *blob) latest() *blob {
	if b.written || b.base == nil {
		return b
	}
	return b.base
}
