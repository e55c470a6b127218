package pipeline

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"kept/internal/evidence"
	"kept/internal/intake"
)

// OverwriteError refuses to replace a file that kept did not write.
type OverwriteError struct {
	Name string // of the file
	Is   string // what lies there, in English
}

// Error names the file and what it is in English.
func (e *OverwriteError) Error() string {
	return fmt.Sprintf("write %q: what is there is %s; name another file or take it away", e.Name, e.Is)
}

// WriteFile writes one PDF as a whole or not at all, in place of an earlier paper of
// kept only: a PDF that bears a code of kept. Else it is an [*OverwriteError].
func WriteFile(name string, data []byte) error {
	return replace(name, data, func(before []byte) error {
		if bytes.Equal(before, data) {
			return nil
		}
		switch _, fault := evidence.ReadPaper(before); {
		case fault == evidence.Whole:
			return nil
		case len(before) == 0:
			return &OverwriteError{name, "an empty file"}
		case fault == evidence.NoPDF:
			return &OverwriteError{name, fmt.Sprintf("no PDF (%d bytes)", len(before))}
		case fault == evidence.Foreign:
			return &OverwriteError{name, fmt.Sprintf("a PDF that kept did not write (%d bytes)", len(before))}
		default:
			return &OverwriteError{name, fmt.Sprintf("a PDF that cannot be read as a paper of kept (%d bytes)", len(before))}
		}
	})
}

// replace writes one output file; the one that is there must be one that may go.
func replace(name string, data []byte, mayGo func(before []byte) error) error {
	dir, base := filepath.Split(name)
	if dir == "" {
		dir = "."
	}
	before, err := fs.ReadFile(localFiles(dir), base)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read earlier %q: %w", name, err)
	}
	if before != nil {
		if err := mayGo(before); err != nil {
			var foreign *OverwriteError
			if errors.As(err, &foreign) {
				return err // which names the file
			}
			return fmt.Errorf("write %q: %w", name, err)
		}
	}
	return intake.Apply(dir, intake.Plan{Path: base, Before: before, After: data})
}
