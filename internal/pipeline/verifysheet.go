package pipeline

import (
	"bytes"
	"errors"
	"path/filepath"
	"strings"
	"time"

	"kept/internal/evidence"
	"kept/internal/locale"
	"kept/internal/portal"
	"kept/internal/sheet"
)

// isSheet tells a workbook or a text file by its name: their bytes tell less.
func isSheet(name string) bool { return isBook(name) || strings.EqualFold(filepath.Ext(name), ".csv") }

func isBook(name string) bool { return strings.EqualFold(filepath.Ext(name), ".xlsx") }

// bySheet makes the register of a workbook or a text file again, as its code says,
// and compares the bytes, then the cells.
func (c *prover) bySheet(name string, data []byte) (*Verdict, evidence.Code, error) {
	read, draw, codeless := sheet.ReadCSV, textOf, "evidence.verify.csv-code"
	if isBook(name) {
		read, draw, codeless = sheet.ReadXLSX, sheet.XLSX, "evidence.verify.xlsx-code"
	}
	file, bad := read(data)
	switch {
	case file.Code == (evidence.Code{}) && bad != nil && !errors.Is(bad, sheet.ErrEncoding):
		return verdict(Cannot, "evidence.verify.sheet-broken"), file.Code, nil
	case file.Code == (evidence.Code{}):
		v, err := c.byMetadata(name, data)
		if v == nil && err == nil {
			v = verdict(Cannot, codeless)
		}
		return v, file.Code, err
	}
	paper := evidence.PaperFile{Code: file.Code}
	if !c.request.AsOf.IsZero() {
		paper.AsOf = c.request.AsOf.Format(time.RFC3339)
	}
	v, err := c.byPrinting(paper, nil)
	if err != nil || v.Outcome != Proven || c.alike == nil {
		return v, file.Code, err
	}
	if len(c.alike.drawn.Sections) != 1 || c.alike.drawn.Sections[0].Table == nil {
		return verdict(Cannot, "evidence.verify.unknown-print", locale.A("id", file.Code.Print)), file.Code, nil
	}
	again, err := draw(c.alike.view.Sheet(c.alike.drawn))
	if err != nil {
		return nil, file.Code, err
	}
	commit := locale.A("commit", file.Code.Commit)
	switch {
	case bytes.Equal(again, data):
		v.Said[0] = Said{"evidence.verify.sheet-same", []locale.Arg{commit}}
		return v, file.Code, nil
	case errors.Is(bad, sheet.ErrEncoding):
		return verdict(Cannot, "evidence.verify.sheet-encoding"), file.Code, nil
	case bad != nil:
		return verdict(Cannot, "evidence.verify.sheet-broken"), file.Code, nil
	}
	want, err := read(again)
	if err != nil {
		return nil, file.Code, err
	}
	return unlikeSheet(file.Cells, want.Cells, commit), file.Code, nil
}

func textOf(s *portal.Sheet) ([]byte, error) { return sheet.CSV(s), nil }

// unlikeSheet says in which cells a file differs, or that it only was saved anew.
func unlikeSheet(have, want [][]string, commit locale.Arg) *Verdict {
	line := func(list [][]string, row int) []string {
		if row < len(list) {
			return list[row]
		}
		return nil
	}
	at := func(list [][]string, row, column int) string {
		if cells := line(list, row); column < len(cells) {
			return cells[column]
		}
		return ""
	}
	v := verdict(Differs, "evidence.verify.sheet-altered", commit)
	differ := 0
	for row := range max(len(have), len(want)) {
		for column := range max(len(line(have, row)), len(line(want, row))) {
			file, repository := at(have, row, column), at(want, row, column)
			if file == repository {
				continue
			}
			if differ++; differ <= mostChanges {
				v.say("evidence.verify.cell", locale.N("row", row+1), locale.A("column", at(want, 0, column)), locale.A("file", dash(file)), locale.A("repository", dash(repository)))
			}
		}
	}
	if differ == 0 {
		return verdict(Differs, "evidence.verify.sheet-bytes", commit)
	}
	if differ > mostChanges {
		v.say("evidence.verify.more-cells", locale.N("n", differ-mostChanges))
	}
	return v
}
