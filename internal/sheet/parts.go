package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// packed are the files inside a workbook, unpacked within one budget: what a part
// declares of its size is not believed.
type packed struct {
	files map[string]*zip.File
	left  int64
}

// openPacked reads the directory of a packed file.
func openPacked(data []byte) (*packed, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	p := &packed{files: make(map[string]*zip.File, len(archive.File)), left: mostUnpacked}
	for _, f := range archive.File {
		name := partName("", f.Name)
		if _, twice := p.files[name]; !twice {
			p.files[name] = f
		}
	}
	return p, nil
}

// partName is where a target named by a part in folder lies: names differ in case
// and slashes from program to program.
func partName(folder, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if !strings.HasPrefix(target, "/") {
		target = path.Join(folder, target)
	}
	return strings.ToLower(strings.TrimPrefix(path.Clean(target), "/"))
}

func (p *packed) has(name string) bool { return p.files[name] != nil }

// tokens reads a part piece by piece; nil where there is no such part.
func (p *packed) tokens(name string) (*tokens, error) {
	f := p.files[name]
	if f == nil {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return &tokens{Decoder: xml.NewDecoder(&budgeted{r, p, int64(max(smallPart, mostRatio*f.CompressedSize64))}), close: r.Close}, nil
}

// A part above smallPart bytes that unpacks to more than mostRatio times its size is
// no sheet: those shrink to a tenth or a thirtieth.
const (
	smallPart = 4 << 20
	mostRatio = 300
)

// budgeted takes what is read from the budget of all parts, and from the part's own.
type budgeted struct {
	io.Reader
	packed *packed
	own    int64
}

func (b *budgeted) Read(into []byte) (int, error) {
	n, err := b.Reader.Read(into)
	b.own -= int64(n)
	if b.packed.left -= int64(n); b.packed.left < 0 || b.own < 0 {
		return 0, ErrTooLarge
	}
	return n, err
}

// tokens are the pieces of an XML part. Names count without their namespace, which
// is another in files of the strict form and has another prefix in some programs'.
type tokens struct {
	*xml.Decoder
	close func() error
}

// each hands over a part's pieces up to its end, and demands that what was opened is
// closed: a part that breaks off between two pieces would look whole.
func (t *tokens) each(start func(xml.StartElement) error, text func([]byte), end func(string) error) error {
	defer t.close()
	depth, whole := 0, false
	for {
		piece, err := t.RawToken()
		switch {
		case errors.Is(err, io.EOF) && whole && depth == 0:
			return nil
		case errors.Is(err, ErrTooLarge):
			return ErrTooLarge
		case err != nil:
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		switch piece := piece.(type) {
		case xml.StartElement:
			depth++
			err = start(piece)
		case xml.CharData:
			if text != nil {
				text(piece)
			}
		case xml.EndElement:
			depth--
			whole = true
			if end != nil {
				err = end(piece.Name.Local)
			}
		}
		if err != nil {
			return err
		}
	}
}

// attribute is the value of an attribute, "" where there is none.
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// yes tells an attribute that is set.
func yes(value string) bool { return value == "1" || value == "true" }
