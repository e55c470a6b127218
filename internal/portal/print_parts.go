package portal

import (
	"crypto/sha256"
	"encoding/hex"
)

// PrintCover is the first page of a controlled document or a report, before its
// text (domain.md §9.1): what it is, and who may have it.
type PrintCover struct {
	Subtitle string
	Facts    []PrintFact    // number, version, classification, control state, dates, who approved
	Parts    []PrintSection // tables below the facts or on pages of their own: 分发控制, 文件版本信息
	Notice   string         // copyright and the like, at the foot of the cover
}

// PrintFact is a label and what it says.
type PrintFact struct{ Label, Value string }

// PrintSignature is one place of the signature bar: a title with what is known of
// who signed. An empty name or date leaves room to write by hand.
type PrintSignature struct{ Title, Name, Date string }

// PrintForm is a bordered grid of labels and values, in blocks like the paper form
// (domain.md §9.1): each cell takes Span of the grid's columns, cells fill row after
// row, and a last cell takes what is left of its row.
type PrintForm struct {
	Columns int // label and value together count as one column; at least 1
	Blocks  []PrintFormBlock
	Blank   bool   // to be filled in by hand: what is empty stays empty
	ID      string // of the record, "" for none
}

// PrintFormBlock is one titled part of a form.
type PrintFormBlock struct {
	Title string
	Cells []PrintFormCell
}

// PrintFormCell is one label with its value. Lines is the least room for the value,
// in lines of text: what a blank form leaves to write in.
type PrintFormCell struct {
	Label string
	Value string
	Ticks []PrintTick // boxes to tick, after the value
	Span  int         // of the form's columns; 0 is 1
	Lines int
	Table *Table // a list inside the form, over the whole width
	Tone  Tone
	// ToFill leaves what is empty to be filled in by hand, also in a filled form.
	ToFill bool
}

// PrintTick is a box with its words.
type PrintTick struct {
	Text string
	On   bool
}

// PrintBlockKind is what a block of running text is.
type PrintBlockKind string

// The blocks of running text.
const (
	PrintParagraph PrintBlockKind = "paragraph"
	PrintHeading   PrintBlockKind = "heading" // Level 1 to 6
	PrintItem      PrintBlockKind = "item"    // of a list, with its Marker
	PrintQuote     PrintBlockKind = "quote"   // a note
	PrintCode      PrintBlockKind = "code"    // lines as they stand
	PrintGrid      PrintBlockKind = "table"
	PrintImage     PrintBlockKind = "image"
	PrintRule      PrintBlockKind = "rule"
)

// PrintBlock is one block of running text, as a controlled document has them.
type PrintBlock struct {
	Kind   PrintBlockKind
	Level  int        // of a heading, from 1; of others the lists and quotes around it
	Quoted int        // the Level of the innermost quote around it, 0 for none
	Number string     // of a heading: 5.1.2; it stands before the words
	ID     string     // of a heading: where links inside the document lead
	Marker string     // of an item: 1. or a bullet, "" where it goes on
	Runs   []PrintRun // the words
	Lines  []string   // of code
	Head   []PrintGridCell
	Rows   [][]PrintGridCell
	Image  *PrintPicture
}

// PrintGridCell is one cell of a table in running text.
type PrintGridCell struct {
	Runs  []PrintRun
	Align Align
}

// PrintRun is a piece of text in one manner of writing.
type PrintRun struct {
	Text   string
	Strong bool
	Stress bool // emphasis; shown by weight or a mark, Chinese has no italics
	Code   bool
	Struck bool
	Link   string // an address of the web or of mail, shown and clickable
	To     string // the ID of a heading in the same document
}

// PrintPicture is an image, PNG, JPEG or GIF as it stands in the file.
type PrintPicture struct {
	Data []byte
	Type string // png, jpeg, gif
	Alt  string
}

// PrintBars is a bar chart with the cumulated share beside it (Pareto), most
// frequent first.
type PrintBars struct {
	Title string // says what is shown, for who cannot see it
	Bars  []PrintBar
}

// PrintBar is one bar.
type PrintBar struct {
	Name       string
	Count      int
	Text       string // the count as it is printed
	Cumulative string // 66.7%; "" for none
	Share      float64
}

func (c *PrintCover) content(add func(part string, texts ...string)) {
	add("subtitle", c.Subtitle)
	for _, f := range c.Facts {
		add("fact", f.Label, f.Value)
	}
	for i := range c.Parts {
		c.Parts[i].content(add)
	}
	add("notice", c.Notice)
}

func (f *PrintForm) content(add func(part string, texts ...string)) {
	add("row", f.ID)
	for _, b := range f.Blocks {
		add("block", b.Title)
		for _, c := range b.Cells {
			add("cell", c.Label+"="+c.Value)
			for _, t := range c.Ticks {
				mark := " "
				if t.On {
					mark = "x"
				}
				add("tick", mark+t.Text)
			}
			if c.Table != nil {
				c.Table.content(add)
			}
		}
	}
}

func (t *Table) content(add func(part string, texts ...string)) {
	for _, c := range t.Columns {
		add("column", c.Title)
	}
	for i := range t.Rows {
		t.Rows[i].content(t.Columns, add)
	}
	if len(t.Rows) == 0 {
		add("empty", t.Empty)
	}
}

func (b *PrintBlock) content(add func(part string, texts ...string)) {
	add(string(b.Kind), b.Number, b.Marker, textOfRuns(b.Runs))
	addLinks(b.Runs, add)
	add("line", b.Lines...)
	for _, row := range append([][]PrintGridCell{b.Head}, b.Rows...) {
		for _, c := range row {
			add("cell", "="+textOfRuns(c.Runs))
			addLinks(c.Runs, add)
		}
	}
	if b.Image != nil {
		add("image", b.Image.Alt, b.Image.digest())
	}
}

// addLinks says where words lead.
func addLinks(runs []PrintRun, add func(part string, texts ...string)) {
	for _, r := range runs {
		add("link", r.Link)
	}
}

func textOfRuns(runs []PrintRun) string {
	text := ""
	for _, r := range runs {
		text += r.Text
	}
	return text
}

// digest names an image in what a code digests.
func (p *PrintPicture) digest() string {
	sum := sha256.Sum256(p.Data)
	return hex.EncodeToString(sum[:])
}
