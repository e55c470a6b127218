package portal

import (
	"path"

	"kept/internal/locale"
	"kept/internal/record"
)

// PrintLink is one paper that lies in a language's [PrintFolder].
type PrintLink struct {
	Lang locale.Lang
	Kind string // whose register it is, "" for what is about no single kind
	// Content is what a paper of no single kind shows.
	Content Content
	Blank   bool   // it is the kind's form, to be filled in by hand
	Record  string // the record that it is of, "" for none
	// Document is the key of the controlled document that it is, "" for none.
	Document string
	Period   string // that it covers, as in addresses; "" for none
	Title    string
	File     string // name of the PDF
	// Sheets are the names of the same register's files in [SheetFolder].
	Sheets []string
}

// registerFiles leads to the papers about a kind, each followed by its sheets. On the
// register's own page the format of a single one says enough.
func (v *View) registerFiles(kind string, own bool) []Cell {
	var papers []*PrintLink
	for i := range v.src.Prints {
		if p := &v.src.Prints[i]; p.Lang == v.Lang() && p.Kind == kind && p.Record == "" && !p.Blank {
			papers = append(papers, p)
		}
	}
	var links []Cell
	add := func(p *PrintLink, format, file string) {
		c := Cell{Text: format, Link: Link{Page: file}}
		if !own || len(papers) > 1 {
			c.Text = v.p.Say("portal.sheet-link", locale.A("title", p.Title), locale.A("format", format))
		}
		links = append(links, c)
	}
	for _, p := range papers {
		add(p, "PDF", PrintFolder+"/"+p.File)
		for _, name := range p.Sheets {
			add(p, sheetFormats[path.Ext(name)], SheetFolder+"/"+name)
		}
	}
	return links
}

// sheetFormats are the names of formats in every language.
var sheetFormats = map[string]string{".xlsx": "Excel", ".csv": "CSV"}

// printsOf leads to those about no single kind.
func (v *View) printsOf(c Content) []Cell {
	return v.printsThat(func(p *PrintLink) bool {
		return p.Kind == "" && p.Content == c && p.Record == "" && p.Document == ""
	})
}

// printsOfRecord leads to those of one record. A served portal draws that of every
// record that can be read, when it is asked for.
func (v *View) printsOfRecord(id string) []Cell {
	if v.src.Live != nil {
		rec := v.src.Register.Get(id)
		if rec == nil || rec.Broken || rec.Kind == nil {
			return nil
		}
		title := v.p.Text(rec.Kind.Title) + " " + id
		if rec.Kind.ID == record.PublicationKind {
			title = v.title(rec)
		}
		return []Cell{v.printLink(&PrintLink{Title: title, File: pageName(id) + ".pdf"})}
	}
	return v.printsThat(func(p *PrintLink) bool { return p.Record == id })
}

// printsOfDocument leads to those of one controlled document.
func (v *View) printsOfDocument(key, title string) []Cell {
	if v.src.Live != nil {
		return []Cell{v.printLink(&PrintLink{Title: title, File: pageName(key) + ".pdf"})}
	}
	return v.printsThat(func(p *PrintLink) bool { return p.Document == key })
}

func (v *View) printsThat(holds func(*PrintLink) bool) []Cell {
	var links []Cell
	for i := range v.src.Prints {
		p := &v.src.Prints[i]
		if p.Lang == v.Lang() && holds(p) {
			links = append(links, v.printLink(p))
		}
	}
	return links
}

func (v *View) printLink(p *PrintLink) Cell {
	return Cell{Text: v.p.Say("portal.print-link", locale.A("title", p.Title)), Link: Link{Page: PrintFolder + "/" + p.File}}
}
