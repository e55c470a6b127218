package gitrepo

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
)

// WorkTree is the files on disk, without .git, symbolic links and what leads
// outside; of a bare repository it is empty.
func (r *Repo) WorkTree() fs.FS {
	r.work.Do(func() { r.workTree = openDisk(r.worktree) })
	return r.workTree
}

// Folder is the files on disk below dir as [Repo.WorkTree] shows them, for a
// folder that is not in a repository. It stays open while the program runs.
func Folder(dir string) fs.FS { return openDisk(dir) }

// diskFS shows only folders and regular files that are reached without a
// symbolic link. The [os.Root] below it is a second fence: nothing outside can
// be opened whatever changes on the disk meanwhile.
type diskFS struct {
	root  *os.Root // nil shows nothing
	mu    sync.Mutex
	plain map[string]bool // folders known to be reached without a link
}

func openDisk(dir string) *diskFS {
	f := &diskFS{plain: map[string]bool{".": true}}
	if dir == "" {
		return f
	}
	if root, err := os.OpenRoot(dir); err == nil {
		f.root = root
	}
	return f
}

func (f *diskFS) close() {
	if f.root != nil {
		f.root.Close()
	}
}

// look says what lies at name, as if symbolic links and .git were not there.
func (f *diskFS) look(op, name string) (fs.FileInfo, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	absent := &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
	if f.root == nil || !f.reachable(path.Dir(name)) || hidden(path.Base(name)) {
		return nil, absent
	}
	info, err := f.root.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !shown(info.Mode()) {
		return nil, absent
	}
	return info, nil
}

// reachable tells a folder to which no symbolic link leads.
func (f *diskFS) reachable(dir string) bool {
	f.mu.Lock()
	known := f.plain[dir]
	f.mu.Unlock()
	if known {
		return true
	}
	if hidden(path.Base(dir)) || !f.reachable(path.Dir(dir)) {
		return false
	}
	info, err := f.root.Lstat(dir)
	if err != nil || !info.IsDir() {
		return false
	}
	f.mu.Lock()
	f.plain[dir] = true
	f.mu.Unlock()
	return true
}

func hidden(base string) bool { return strings.EqualFold(base, ".git") }

func shown(m fs.FileMode) bool { return m.IsDir() || m.IsRegular() }

// Open implements [fs.FS].
func (f *diskFS) Open(name string) (fs.File, error) {
	info, err := f.look("open", name)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		entries, err := f.ReadDir(name)
		return &openFolder{info: info, openDir: openDir{entries: entries}}, err
	}
	return f.root.Open(name)
}

// ReadFile implements [fs.ReadFileFS].
func (f *diskFS) ReadFile(name string) ([]byte, error) {
	info, err := f.look("read", name)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fs.ErrInvalid}
	}
	return f.root.ReadFile(name)
}

// Stat implements [fs.StatFS].
func (f *diskFS) Stat(name string) (fs.FileInfo, error) { return f.look("stat", name) }

// ReadDir implements [fs.ReadDirFS]; the entries are sorted by name.
func (f *diskFS) ReadDir(name string) ([]fs.DirEntry, error) {
	if _, err := f.look("readdir", name); err != nil {
		return nil, err
	}
	dir, err := f.root.Open(name)
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	entries, err := dir.ReadDir(-1)
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool {
		return hidden(e.Name()) || !shown(e.Type())
	})
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, err
}

// openFolder is an open folder on disk, its entries already filtered.
type openFolder struct {
	openDir
	info fs.FileInfo
}

// Stat implements [fs.File].
func (o *openFolder) Stat() (fs.FileInfo, error) { return o.info, nil }

// Read is refused, as for any folder.
func (o *openFolder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: o.info.Name(), Err: fs.ErrInvalid}
}
