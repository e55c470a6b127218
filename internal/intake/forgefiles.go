package intake

import (
	"fmt"
	"io/fs"
	"path"
)

// ForgeFiles lists the files that a template has for one forge, by their paths in a
// repository.
func ForgeFiles(template fs.FS, forge string) ([]string, error) {
	from, err := fs.Sub(template, path.Join(ciFolder, forge))
	if err != nil {
		return nil, err
	}
	var names []string
	err = fs.WalkDir(from, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the files of a forge: %w", err)
	}
	return names, nil
}
