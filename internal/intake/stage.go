package intake

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
)

// fewFiles is how many texts are brought to the disk one by one; more of them are
// brought there together, which takes one wait and not thousands.
const fewFiles = 16

// mostFolders bounds the folders that are held open at once.
const mostFolders = 200

// What a staged text is called: nobody else's files look like that.
const (
	stagedPrefix = ".kept-"
	stagedSuffix = ".tmp"
)

// stage holds the folders that plans write to, each opened once: the paths of
// thousands of records need not be walked for each of them.
type stage struct {
	root    *held
	folders map[string]*held
	absent  map[string]bool // folders that were looked for in vain
	alone   bool
	many    bool
	mark    string // of the names of this stage's texts
	count   int
}

func newStage(dir string, alone bool, plans int) (*stage, error) {
	root, err := hold(os.OpenRoot(dir))
	if err != nil {
		return nil, fmt.Errorf("open %q: %w", dir, err)
	}
	return &stage{
		root: root, folders: map[string]*held{}, absent: map[string]bool{}, alone: alone, many: plans > fewFiles, mark: stagedPrefix + rand.Text(),
	}, nil
}

func (s *stage) close() {
	s.letGo()
	s.root.close()
}

func (s *stage) letGo() {
	for _, f := range s.folders {
		f.close()
	}
	clear(s.folders)
}

// folder opens a folder by its path, nil where there is none and none is to be
// made. Symbolic links on the way are refused.
func (s *stage) folder(name string, shallMake bool) (*held, error) {
	if name == "." {
		return s.root, nil
	}
	if f := s.folders[name]; f != nil {
		return f, nil
	}
	f, err := s.open(name, shallMake)
	if err != nil || f == nil {
		return nil, err
	}
	if len(s.folders) >= mostFolders {
		s.letGo()
	}
	s.folders[name] = f
	return f, nil
}

// open is [stage.folder] for a caller that closes it.
func (s *stage) open(name string, shallMake bool) (*held, error) {
	if name == "." {
		return hold(s.root.OpenRoot("."))
	}
	if s.absent[name] && !shallMake {
		return nil, nil
	}
	above, err := s.folder(path.Dir(name), shallMake)
	if err != nil || above == nil {
		return nil, err
	}
	base := path.Base(name)
	info, err := above.Lstat(base)
	switch {
	case errors.Is(err, fs.ErrNotExist) && shallMake:
		if err := above.Mkdir(base, 0o777); err != nil {
			return nil, err
		}
	case errors.Is(err, fs.ErrNotExist):
		s.absent[name] = true
		return nil, nil
	case err != nil:
		return nil, err
	case !info.IsDir():
		return nil, ErrOutside
	}
	delete(s.absent, name)
	f, err := hold(above.OpenRoot(base))
	if err != nil {
		return nil, err
	}
	if s.alone {
		s.sweep(f)
	}
	return f, nil
}

// sweep takes away what a writer that was killed had not yet put in its place.
func (s *stage) sweep(folder *held) {
	list, err := folder.Open(".")
	if err != nil {
		return
	}
	defer list.Close()
	names, _ := list.Readdirnames(-1)
	for _, name := range names {
		if strings.HasPrefix(name, stagedPrefix) && strings.HasSuffix(name, stagedSuffix) && !strings.HasPrefix(name, s.mark) {
			_ = folder.Remove(name)
		}
	}
}

// flush brings to the disk what was put and is not there yet, so that a machine
// that loses its power has no empty file under a record's name.
func (s *stage) flush() error {
	if !s.many || !flushesTogether {
		return nil
	}
	return s.root.flush()
}

// settle puts the staged text in its place by a rename, so that no reader sees
// half of it, or takes the file away.
func (s *stage) settle(p Plan, staged string) error {
	folder, err := s.folder(path.Dir(p.Path), false)
	switch {
	case err != nil:
		return err
	case folder == nil && p.After == nil:
		return nil
	case folder == nil:
		return fs.ErrNotExist
	case p.After == nil:
		return remove(folder.Root, path.Base(p.Path))
	}
	return folder.rename(staged, path.Base(p.Path))
}

// drop takes a staged text away.
func (s *stage) drop(p Plan, staged string) {
	if folder, err := s.folder(path.Dir(p.Path), false); err == nil && folder != nil {
		_ = remove(folder.Root, staged)
	}
}
