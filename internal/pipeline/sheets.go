package pipeline

import (
	"kept/internal/portal"
	"kept/internal/sheet"
)

// sheets writes the register of a paper as a workbook and as text beside it, and
// gives their names.
func (b *builder) sheets(view *portal.View, paper *Paper) ([]string, error) {
	s := view.Sheet(paper.drawn)
	book, err := sheet.XLSX(s)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, file := range []struct {
		name string
		data []byte
	}{{s.Name + ".xlsx", book}, {s.Name + ".csv", sheet.CSV(s)}} {
		names = append(names, file.name)
		if err := b.stage.Write(string(s.Lang)+"/"+portal.SheetFolder+"/"+file.name, file.data); err != nil {
			return nil, err
		}
	}
	return names, nil
}
