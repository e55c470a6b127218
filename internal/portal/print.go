package portal

import (
	"time"

	"kept/internal/chart"
	"kept/internal/evidence"
	"kept/internal/locale"
)

// Print is one paper: what a printed register or report shows, as finished text
// in one language (domain.md §9). The renderer adds nothing but page numbers.
type Print struct {
	ID             string // stable, ASCII: complaint-register
	Title          string
	Organisation   string
	System         string    // 信息技术服务管理体系
	DocumentNo     string    // of the form or the governing procedure
	Version        string    // of the form
	Period         string    // in words: 2026年9月; "" where the paper has none
	PeriodKey      string    // ASCII: 2026-09; "" where the paper has none
	AsOf           string    // in words
	Judged         time.Time // what AsOf says; zero where it says nothing
	DataVersion    string    // newest mainline commit behind the content
	Edition        string    // internal or audit
	Tool           string    // version of kept
	Classification string    // 内部
	Head           string    // at the left of each page's head; "" for the organisation
	Foot           string    // in the foot, behind the classification
	Created        time.Time
	Lang           locale.Lang
	Landscape      bool
	Size           string           // a4 (also ""), a3, a5, letter
	Cover          *PrintCover      // nil for none
	Contents       bool             // a table of contents with page numbers, after the cover
	Watermark      string           // across each page: 草案·仅供参考; "" for none
	Signatures     []PrintSignature // the signature bar; none for no bar
	Sample         bool             // says 示例 on each page
	WorkTree       bool             // of files that no commit holds
	Words          PrintWords
	Sections       []PrintSection
	Attachment     PrintAttachment   // the provenance
	Sources        []PrintAttachment // what it was made from, as the paper may say it
}

// PrintSection is one part of a paper, drawn in the order of its fields. Each of
// them may be missing.
type PrintSection struct {
	Heading    string // also a bookmark
	Level      int    // of the heading and its bookmark, from 1; 0 is 1
	PageBreak  bool   // begins a page
	Paragraphs []string
	Figures    []PrintFigure
	Table      *Table
	Numbered   bool // the table gets a column 序号 before its own
	Chart      *chart.Trend
	Bars       *PrintBars
	Form       *PrintForm
	Text       []PrintBlock
	Notes      []string // small, below
}

// PrintFigure is one labelled value.
type PrintFigure struct {
	Label string
	Value string
	Note  string
	Tone  Tone
}

// PrintAttachment is a file that travels inside the PDF.
type PrintAttachment struct {
	Name string // file name without a folder, may be Chinese; "" for no attachment
	Type string // of media; "" for YAML
	Data []byte
}

// PrintFolder is where a language's prints lie, below the language's folder.
const PrintFolder = "pdf"

// shortHash is the number of characters of a commit id in print.
const shortHash = 12

// Commit is the data version as it is printed, 12 characters, or a dash where
// the content is in no commit.
func (p *Print) Commit() string {
	if p.DataVersion == "" {
		return "-"
	}
	return p.DataVersion[:min(shortHash, len(p.DataVersion))]
}

// Content is everything the paper says, in the order of reading. The attachment
// and the program's version are left out.
func (p *Print) Content() evidence.Content {
	c := evidence.Content{Print: p.ID, Lang: string(p.Lang), Edition: p.Edition, Period: p.PeriodKey, Commit: p.DataVersion, Lines: make([]evidence.Line, 0, p.said())}
	add := func(part string, texts ...string) {
		for _, t := range texts {
			if t != "" {
				c.Lines = append(c.Lines, evidence.Line{Part: part, Text: t})
			}
		}
	}
	add("title", p.Title)
	add("organisation", p.Organisation)
	add("system", p.System)
	add("number", p.DocumentNo)
	add("version", p.Version)
	add("period", p.Period)
	add("as_of", p.AsOf)
	add("classification", p.Classification)
	add("head", p.Head)
	add("foot", p.Foot)
	if p.Sample {
		add("sample", p.Words.Sample)
	}
	add("watermark", p.Watermark)
	if p.Cover != nil {
		p.Cover.content(add)
	}
	for i := range p.Sections {
		p.Sections[i].content(add)
	}
	for _, s := range p.Signatures {
		add("signature", s.Title, s.Name, s.Date)
	}
	return c
}

// said is about how many texts the paper has.
func (p *Print) said() int {
	n := 32
	for i := range p.Sections {
		if t := p.Sections[i].Table; t != nil {
			n += (len(t.Rows) + 1) * (len(t.Columns) + 1)
		}
	}
	return n
}

func (s *PrintSection) content(add func(part string, texts ...string)) {
	add("heading", s.Heading)
	add("paragraph", s.Paragraphs...)
	for _, f := range s.Figures {
		add("figure", f.Label, f.Value, f.Note)
	}
	if s.Table != nil {
		s.Table.content(add)
	}
	if s.Chart != nil {
		for _, point := range s.Chart.Points {
			add("point", point.Text)
		}
	}
	if s.Bars != nil {
		add("bars", s.Bars.Title)
		for _, b := range s.Bars.Bars {
			add("bar", b.Name, b.Text, b.Cumulative)
		}
	}
	if s.Form != nil {
		s.Form.content(add)
	}
	for i := range s.Text {
		s.Text[i].content(add)
	}
	add("note", s.Notes...)
}

// content is the cells that are printed, the empty ones among them, so that no
// text can change its column.
func (r *Row) content(columns []Column, add func(part string, texts ...string)) {
	add("row", r.ID)
	add("head", r.Head)
	part := "cell"
	if r.Kind != PlainRow {
		part = "total" // of no record
	}
	for i, cell := range r.Cells {
		if i < len(columns) && columns[i].Weight > 0 {
			add(part, columns[i].Key+"="+cell.Text)
		}
	}
}

// Code is what identifies the paper on each page.
func (p *Print) Code() string { return p.Content().Code().String() }

// FileName is the PDF's name: <print-id>_<period>.pdf, ASCII.
func (p *Print) FileName() string {
	if p.PeriodKey == "" {
		return p.ID + ".pdf"
	}
	return p.ID + "_" + p.PeriodKey + ".pdf"
}
