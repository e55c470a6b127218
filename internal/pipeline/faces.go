package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"kept/internal/config"
	"kept/internal/pdf"
)

// largestFont bounds a file of a face; the largest Chinese ones hold some 30 MB.
const largestFont = 128 << 20

// faces reads the faces that kept.yaml names, the bundled one where it names none.
// A file that is missing or has another digest is an error: a paper in another face
// would have other bytes for the same commit.
func (p *Project) faces(c config.Config) (*pdf.Faces, error) {
	var set pdf.FaceSet
	var err error
	one := func(f *config.Font) []byte {
		if f == nil || err != nil {
			return nil
		}
		var data []byte
		data, err = p.font(*f)
		return data
	}
	set.Regular, set.Bold = one(c.Fonts.Regular), one(c.Fonts.Bold)
	for i := range c.Fonts.Fallback {
		set.Fallback = append(set.Fallback, one(&c.Fonts.Fallback[i]))
	}
	if err != nil {
		return nil, err
	}
	faces, err := pdf.LoadFaces(set)
	if err != nil {
		return nil, fmt.Errorf("read faces of %q: %w", config.File, err)
	}
	return faces, nil
}

func (p *Project) font(f config.Font) ([]byte, error) {
	name := filepath.FromSlash(f.Path)
	if !filepath.IsAbs(name) {
		name = filepath.Join(p.Dir, name)
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read face %q of %q: %w", f.Path, config.File, err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, largestFont+1))
	if err != nil {
		return nil, fmt.Errorf("read face %q of %q: %w", f.Path, config.File, err)
	}
	sum := sha256.Sum256(data)
	if got := hex.EncodeToString(sum[:]); got != f.SHA256 {
		return nil, fmt.Errorf("read face %q of %q: the file has the digest %s", f.Path, config.File, got)
	}
	return data, nil
}
