package gitrepo

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
)

// Files is the tree of a commit. Symbolic links and submodules are not there.
// Every file is dated by the commit's committer time. It implements
// [fs.ReadDirFS], [fs.ReadFileFS] and [fs.StatFS], and is safe for concurrent
// use.
func (r *Repo) Files(commit Hash) (fs.FS, error) {
	c, err := r.Commit(commit)
	if err != nil {
		return nil, err
	}
	root, err := parseHash(c.Tree)
	if err != nil {
		return nil, err
	}
	files := &treeFS{repo: r, root: root, when: c.Committer.When, dirs: map[string][]*node{}}
	if _, err := files.list(".", root); err != nil {
		return nil, err
	}
	return files, nil
}

// treeFS keeps the folders that it has opened, sorted by name.
type treeFS struct {
	repo *Repo
	root id
	when time.Time
	mu   sync.Mutex
	dirs map[string][]*node
}

// node is a file or folder; it is its own [fs.FileInfo] and [fs.DirEntry].
type node struct {
	name string
	dir  bool
	id   id
	size int64
	fsys *treeFS
}

// Name is the base name, "." for the root.
func (n *node) Name() string { return n.name }

// IsDir tells folders from files.
func (n *node) IsDir() bool { return n.dir }

// ModTime is the commit's committer time.
func (n *node) ModTime() time.Time { return n.fsys.when }

// Sys is nil.
func (n *node) Sys() any { return nil }

// Type is [fs.ModeDir] for folders, else zero.
func (n *node) Type() fs.FileMode { return n.Mode().Type() }

// Size is that of a file's content once [node.Info] has read it.
func (n *node) Size() int64 { return n.size }

// Mode is read-only: nothing can be written into a commit.
func (n *node) Mode() fs.FileMode {
	if n.dir {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

// Info adds the size, for which the file has to be read.
func (n *node) Info() (fs.FileInfo, error) {
	info := *n
	if !n.dir {
		data, err := n.fsys.blob(n)
		if err != nil {
			return nil, err
		}
		info.size = int64(len(data))
	}
	return &info, nil
}

func (f *treeFS) blob(n *node) ([]byte, error) {
	data, err := f.repo.objects.get(plumbing.BlobObject, n.id)
	return data, f.repo.explain(err)
}

// list opens a folder once.
func (f *treeFS) list(name string, tree id) ([]*node, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if nodes, ok := f.dirs[name]; ok {
		return nodes, nil
	}
	entries, err := f.repo.objects.tree(tree)
	if err != nil {
		return nil, f.repo.explain(err)
	}
	var nodes []*node
	for e, ok := entries.next(); ok; e, ok = entries.next() {
		if n := string(e.name); fs.ValidPath(n) {
			nodes = append(nodes, &node{name: n, dir: e.dir, id: e.id, fsys: f})
		}
	}
	slices.SortStableFunc(nodes, func(a, b *node) int { return strings.Compare(a.name, b.name) })
	nodes = slices.CompactFunc(nodes, func(a, b *node) bool { return a.name == b.name })
	f.dirs[name] = nodes
	return nodes, entries.err(tree)
}

// find walks to a name.
func (f *treeFS) find(op, name string) (*node, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	absent := &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
	at, folder := &node{name: ".", dir: true, id: f.root, fsys: f}, "."
	for part := range strings.SplitSeq(name, "/") {
		if part == "." {
			break
		}
		if !at.dir {
			return nil, absent
		}
		nodes, err := f.list(folder, at.id)
		if err != nil {
			return nil, &fs.PathError{Op: op, Path: name, Err: err}
		}
		i, ok := slices.BinarySearchFunc(nodes, part, func(n *node, s string) int { return strings.Compare(n.name, s) })
		if !ok {
			return nil, absent
		}
		at, folder = nodes[i], path.Join(folder, part)
	}
	return at, nil
}

// Open implements [fs.FS].
func (f *treeFS) Open(name string) (fs.File, error) {
	n, err := f.find("open", name)
	if err != nil {
		return nil, err
	}
	if n.dir {
		entries, err := f.ReadDir(name)
		return &openDir{node: n, entries: entries}, err
	}
	data, err := f.blob(n)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return &openFile{Reader: bytes.NewReader(data), node: n}, nil
}

// ReadDir implements [fs.ReadDirFS].
func (f *treeFS) ReadDir(name string) ([]fs.DirEntry, error) {
	n, err := f.find("readdir", name)
	if err != nil {
		return nil, err
	}
	if !n.dir {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrInvalid}
	}
	nodes, err := f.list(path.Clean(name), n.id)
	if err != nil {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: err}
	}
	entries := make([]fs.DirEntry, len(nodes))
	for i, n := range nodes {
		entries[i] = n
	}
	return entries, nil
}

// ReadFile implements [fs.ReadFileFS]; the bytes are the caller's.
func (f *treeFS) ReadFile(name string) ([]byte, error) {
	n, err := f.find("read", name)
	if err != nil {
		return nil, err
	}
	if n.dir {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fs.ErrInvalid}
	}
	data, err := f.blob(n)
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: name, Err: err}
	}
	return bytes.Clone(data), nil
}

// Stat implements [fs.StatFS].
func (f *treeFS) Stat(name string) (fs.FileInfo, error) {
	n, err := f.find("stat", name)
	if err != nil {
		return nil, err
	}
	return n.Info()
}

// openFile is an open blob.
type openFile struct {
	*bytes.Reader
	node *node
}

// Stat implements [fs.File].
func (o *openFile) Stat() (fs.FileInfo, error) { return o.node.Info() }

// Close implements [fs.File].
func (o *openFile) Close() error { return nil }

// openDir is an open folder.
type openDir struct {
	node    *node
	entries []fs.DirEntry
}

// Stat implements [fs.File].
func (o *openDir) Stat() (fs.FileInfo, error) { return o.node.Info() }

// Close implements [fs.File].
func (o *openDir) Close() error { return nil }

// Read is refused, as for any folder.
func (o *openDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: o.node.name, Err: fs.ErrInvalid}
}

// ReadDir implements [fs.ReadDirFile].
func (o *openDir) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 || n > len(o.entries) {
		if n > 0 && len(o.entries) == 0 {
			return nil, io.EOF
		}
		n = len(o.entries)
	}
	list := o.entries[:n]
	o.entries = o.entries[n:]
	return list, nil
}
