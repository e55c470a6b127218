package portal

import "kept/internal/locale"

// PrintLink is one paper that lies in a language's [PrintFolder].
type PrintLink struct {
	Lang locale.Lang
	Kind string // whose register it is, "" for what is about no single kind
	// Content is what a paper of no single kind shows.
	Content Content
	Record  string // the record that it is of, "" for none
	Title   string
	File    string // name of the PDF
}

// prints leads to the papers of the view's language that are about a kind.
func (v *View) prints(kind string) []Cell {
	return v.printsThat(func(p *PrintLink) bool { return p.Kind == kind && p.Record == "" })
}

// printsOf leads to those about no single kind.
func (v *View) printsOf(c Content) []Cell {
	return v.printsThat(func(p *PrintLink) bool { return p.Kind == "" && p.Content == c && p.Record == "" })
}

// printsOfRecord leads to those of one record.
func (v *View) printsOfRecord(id string) []Cell {
	return v.printsThat(func(p *PrintLink) bool { return p.Record == id })
}

func (v *View) printsThat(holds func(*PrintLink) bool) []Cell {
	var links []Cell
	for i := range v.src.Prints {
		p := &v.src.Prints[i]
		if p.Lang == v.Lang() && holds(p) {
			links = append(links, Cell{
				Text: v.p.Say("portal.print-link", locale.A("title", p.Title)),
				Link: Link{Page: PrintFolder + "/" + p.File},
			})
		}
	}
	return links
}
