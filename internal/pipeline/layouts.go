package pipeline

import (
	"io/fs"
	"path"

	"kept/internal/finding"
	"kept/internal/portal"
)

// readLayouts reads the print layouts of the snapshot's tree over those that the
// program carries.
func (s *Snapshot) readLayouts() (portal.LayoutSet, error) {
	files, err := printLayouts(s.files)
	if err != nil {
		return portal.LayoutSet{}, err
	}
	own := func(name string) bool {
		_, err := fs.Stat(s.files, path.Join(portal.LayoutFolder, name))
		return err == nil
	}
	return portal.ReadLayouts(files, own, s.Kinds)
}

// layoutFindings says what is wrong with the company's layouts.
func (s *Snapshot) layoutFindings() finding.List {
	set, err := s.layouts()
	if err != nil {
		return nil // a folder that cannot be read stops the print itself
	}
	return set.Found()
}

// BrokenPrintError says that a paper is not made, since its layout is wrong.
type BrokenPrintError struct {
	ID    string
	Found finding.List
}

// Error names the print in English.
func (e *BrokenPrintError) Error() string { return "read the layout of print " + e.ID }
