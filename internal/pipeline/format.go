package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"kept/internal/finding"
	"kept/internal/intake"
	"kept/internal/record"
	"kept/internal/schema"
)

// ErrNoRecords is a path below which no record lies.
var ErrNoRecords = errors.New("no record lies there")

// Format plans the canonical form of every record at or below the paths, all of
// records/ where there are none, in the order of paths. Findings are about files
// that are left alone.
func (p *Project) Format(paths []string) ([]intake.Plan, finding.List, error) {
	files := p.workTree()
	kinds, found := schema.Load(kindFiles(files))
	if len(found) > 0 {
		return nil, found, nil
	}
	names, err := recordFiles(files, paths)
	if err != nil {
		return nil, nil, err
	}
	var plans []intake.Plan
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, nil, fmt.Errorf("read record %q: %w", name, err)
		}
		plan, changed, more := intake.Format(name, data, kinds)
		found = append(found, more...)
		if changed {
			plans = append(plans, plan)
		}
	}
	return plans, found, nil
}

// Rewrite writes what [Project.Format] planned.
func (p *Project) Rewrite(plans []intake.Plan) error { return p.apply(plans...) }

// recordFiles lists the record files at or below the paths.
func recordFiles(files fs.FS, paths []string) ([]string, error) {
	if len(paths) == 0 {
		paths = []string{record.Folder}
	}
	var names []string
	for _, at := range paths {
		at = path.Clean(filepath.ToSlash(at))
		if at == "." {
			at = record.Folder
		}
		if at != record.Folder && !strings.HasPrefix(at, record.Folder+"/") {
			return nil, fmt.Errorf("look at %q: %w", at, ErrNoRecords)
		}
		err := fs.WalkDir(files, at, func(name string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() && path.Ext(name) == ".yaml" {
				names = append(names, name)
			}
			return err
		})
		if errors.Is(err, fs.ErrNotExist) && at == record.Folder {
			continue
		}
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("look at %q: %w", at, ErrNoRecords)
		}
		if err != nil {
			return nil, fmt.Errorf("list records: %w", err)
		}
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}
