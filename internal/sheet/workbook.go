package sheet

import (
	"encoding/xml"
	"errors"
	"fmt"
	"path"
	"strings"

	"kept/internal/ledger"
)

// errOpenDocument says that a packed file is one of OpenDocument.
var errOpenDocument = errors.New("file of OpenDocument")

// workbook is an Office Open XML workbook while it is read.
type workbook struct {
	*packed
	targets map[string]string // of relationships, by id
	sheets  []sheetPart
	texts   []string // the shared ones
	formats *formats
	from04  bool
	budget  budget
}

type sheetPart struct{ name, id, state string }

// readWorkbook reads every sheet of a workbook.
func readWorkbook(data []byte) ([]ledger.Page, error) {
	p, err := openPacked(data)
	if err != nil {
		return nil, err
	}
	w := &workbook{packed: p, targets: map[string]string{}, formats: newFormats(), budget: budget{cells: mostCells, bytes: mostUnpacked}}
	defer w.formats.close()
	main, err := w.mainPart()
	if errors.Is(err, errOpenDocument) {
		return readOpenDocument(p)
	}
	if err != nil {
		return nil, err
	}
	if err := w.readBook(main); err != nil {
		return nil, err
	}
	pages := make([]ledger.Page, 0, len(w.sheets))
	for _, s := range w.sheets {
		page := ledger.Page{Name: s.name, Hidden: s.state == "hidden" || s.state == "veryHidden", From1904: w.from04}
		if err := w.readSheet(w.targets[s.id], &page); err != nil {
			return nil, fmt.Errorf("read sheet %q: %w", s.name, err)
		}
		pages = append(pages, page)
	}
	return pages, nil
}

// mainPart is the part that lists the sheets.
func (w *workbook) mainPart() (string, error) {
	if err := w.relate("_rels/.rels", ""); err != nil {
		return "", err
	}
	for _, target := range w.targets {
		if base := path.Base(target); strings.HasSuffix(base, "workbook.xml") && w.has(target) {
			clear(w.targets)
			return target, nil
		}
	}
	if w.has("xl/workbook.xml") {
		return "xl/workbook.xml", nil
	}
	switch {
	case w.has("xl/workbook.bin"):
		return "", ErrBinaryWorkbook
	case w.has("content.xml") && w.has("mimetype"):
		return "", errOpenDocument
	}
	return "", ErrNoWorkbook
}

// relate reads the relationships of a part that lies in folder.
func (w *workbook) relate(name, folder string) error {
	t, err := w.tokens(name)
	if t == nil {
		return err
	}
	return t.each(func(e xml.StartElement) error {
		if e.Name.Local == "Relationship" && attribute(e, "TargetMode") != "External" {
			w.targets[attribute(e, "Id")] = partName(folder, attribute(e, "Target"))
		}
		return nil
	}, nil, nil)
}

// readBook reads the list of sheets, and the texts and formats that they share.
func (w *workbook) readBook(main string) error {
	folder, base := path.Split(main)
	if err := w.relate(folder+"_rels/"+base+".rels", folder); err != nil {
		return err
	}
	t, err := w.tokens(main)
	if err != nil {
		return err
	}
	err = t.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			w.from04 = yes(attribute(e, "date1904"))
		case "sheet":
			w.sheets = append(w.sheets, sheetPart{attribute(e, "name"), attribute(e, "id"), attribute(e, "state")})
		}
		return nil
	}, nil, nil)
	if err != nil {
		return err
	}
	for _, target := range w.targets {
		switch path.Base(target) {
		case "sharedstrings.xml":
			err = w.readTexts(target)
		case "styles.xml":
			err = w.readFormats(target)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// readTexts reads the texts that cells share.
func (w *workbook) readTexts(name string) error {
	t, err := w.tokens(name)
	if t == nil {
		return err
	}
	var said said
	return t.each(func(e xml.StartElement) error {
		said.start(e.Name.Local)
		return nil
	}, said.text, func(name string) error {
		said.end(name)
		if name == "si" {
			w.texts = append(w.texts, said.take())
		}
		return nil
	})
}

// readFormats reads how numbers are shown.
func (w *workbook) readFormats(name string) error {
	t, err := w.tokens(name)
	if t == nil {
		return err
	}
	inside := false
	return t.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			w.formats.name(attribute(e, "numFmtId"), attribute(e, "formatCode"))
		case "cellXfs":
			inside = true
		case "xf":
			if inside {
				w.formats.style(attribute(e, "numFmtId"))
			}
		}
		return nil
	}, nil, func(name string) error {
		inside = inside && name != "cellXfs"
		return nil
	})
}
