package portal

import "kept/internal/locale"

// PrintLink is one paper that lies in a language's [PrintFolder].
type PrintLink struct {
	Lang  locale.Lang
	Kind  string // whose register it is, "" for a report on all KPIs
	Title string
	File  string // name of the PDF
}

// prints leads to the papers of the view's language that are about a kind, ""
// for reports.
func (v *View) prints(kind string) []Cell {
	var links []Cell
	for _, p := range v.src.Prints {
		if p.Lang == v.Lang() && p.Kind == kind {
			links = append(links, Cell{
				Text: v.p.Say("portal.print-link", locale.A("title", p.Title)),
				Link: Link{Page: PrintFolder + "/" + p.File},
			})
		}
	}
	return links
}
