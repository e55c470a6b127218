package gitrepo

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/format/index"
)

// staged is one file of the work tree as git's index lists it.
type staged struct {
	path string
	file *blob
}

// checkout writes the files of a tree and git's index of them. Stat data in the
// index is zero, so that its bytes depend on nothing but the tree; git looks at
// the files once and then remembers.
func (p *Pack) checkout(t *Tree) error {
	files := listFiles(nil, "", t)
	slices.SortFunc(files, func(a, b staged) int { return strings.Compare(a.path, b.path) })
	folder := ""
	for _, f := range files {
		path := filepath.Join(p.dir, filepath.FromSlash(f.path))
		if d := filepath.Dir(path); d != folder {
			folder = d
			if err := os.MkdirAll(folder, 0o755); err != nil {
				return fmt.Errorf("check out: %w", err)
			}
		}
		if err := os.WriteFile(path, f.file.data, 0o644); err != nil {
			return fmt.Errorf("check out: %w", err)
		}
	}
	var b bytes.Buffer
	if err := index.NewEncoder(&b).Encode(stage(files)); err != nil {
		return fmt.Errorf("encode index: %w", err)
	}
	if err := os.WriteFile(filepath.Join(p.dir, ".git", "index"), b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write index: %w", err)
	}
	return nil
}

func listFiles(files []staged, under string, t *Tree) []staged {
	for _, item := range t.items {
		if item.folder != nil {
			files = listFiles(files, under+item.name+"/", item.folder)
		} else {
			files = append(files, staged{path: under + item.name, file: item.file})
		}
	}
	return files
}

// stage is git's index of version 2.
func stage(files []staged) *index.Index {
	all := &index.Index{Version: 2}
	for _, f := range files {
		all.Entries = append(all.Entries, &index.Entry{
			Hash: f.file.id, Name: f.path, Mode: filemode.Regular, Size: uint32(len(f.file.data)),
		})
	}
	return all
}
