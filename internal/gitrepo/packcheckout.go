package gitrepo

import (
	"crypto/sha1"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
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
	if err := os.WriteFile(filepath.Join(p.dir, ".git", "index"), stage(files), 0o644); err != nil {
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
func stage(files []staged) []byte {
	b := []byte("DIRC\x00\x00\x00\x02")
	b = binary.BigEndian.AppendUint32(b, uint32(len(files)))
	for _, f := range files {
		start := len(b)
		b = append(b, make([]byte, 24)...) // ctime, mtime, dev, ino
		b = binary.BigEndian.AppendUint32(b, 0o100644)
		b = append(b, make([]byte, 8)...) // uid, gid
		b = binary.BigEndian.AppendUint32(b, uint32(len(f.file.data)))
		b = append(b, f.file.id[:]...)
		b = binary.BigEndian.AppendUint16(b, uint16(min(len(f.path), 0xfff)))
		b = append(b, f.path...)
		b = append(b, make([]byte, 8-(len(b)-start)%8)...)
	}
	sum := sha1.Sum(b)
	return append(b, sum[:]...)
}
