package sheet

import "github.com/xuri/excelize/v2"

// about explains the columns below where the register comes from.
func (b *book) about() error {
	s, w := b.sheet, b.sheet.Words
	head, err := b.style(look{format: headStyle})
	if err != nil {
		return err
	}
	wrap, err := b.style(look{format: wrapStyle})
	if err != nil {
		return err
	}
	row := 0
	put := func(style int, texts ...string) error {
		row++
		for i, text := range texts {
			at, err := excelize.CoordinatesToCellName(i+1, row)
			if err != nil {
				return err
			}
			if err := b.file.SetCellStr(w.About, at, text); err != nil {
				return err
			}
			if err := b.file.SetCellStyle(w.About, at, at, style); err != nil {
				return err
			}
		}
		return nil
	}
	for _, f := range s.Facts {
		if err := put(wrap, f.Label, f.Text); err != nil {
			return err
		}
	}
	row++
	if err := put(head, w.Column, w.Key, w.Type, w.Meaning); err != nil {
		return err
	}
	for _, c := range s.Table.Columns {
		if err := put(wrap, c.Title, c.Key, w.Types[c.Type], c.Help); err != nil {
			return err
		}
	}
	for column, width := range map[string]float64{"A": 22, "B": 44, "C": 12, "D": 60} {
		if err := b.file.SetColWidth(w.About, column, column, width); err != nil {
			return err
		}
	}
	return nil
}
