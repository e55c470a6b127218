package portal

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"

	"kept/internal/chart"
	"kept/internal/locale"
)

// Print is one paper: what a printed register or report shows, as finished text
// in one language (domain.md §9). The renderer adds nothing but page numbers.
type Print struct {
	ID             string // stable, ASCII: complaint-register
	Title          string
	Organisation   string
	System         string // 信息技术服务管理体系
	DocumentNo     string // of the form or the governing procedure
	Version        string // of the form
	Period         string // in words: 2026年9月; "" where the paper has none
	PeriodKey      string // ASCII: 2026-09; "" where the paper has none
	AsOf           string // in words
	DataVersion    string // newest mainline commit behind the content
	Classification string // 内部
	Created        time.Time
	Lang           locale.Lang
	Landscape      bool
	Signatures     []string // titles of the signature bar; none for no bar
	Sample         bool     // says 示例 on each page
	Words          PrintWords
	Sections       []PrintSection
	Attachment     PrintAttachment
}

// PrintSection is one part of a paper, drawn in the order of its fields. Each of
// them may be missing.
type PrintSection struct {
	Heading    string // also a bookmark
	Paragraphs []string
	Figures    []PrintFigure
	Table      *Table
	Numbered   bool // the table gets a column 序号 before its own
	Chart      *chart.Trend
	Notes      []string // small, below
}

// PrintFigure is one labelled value.
type PrintFigure struct {
	Label string
	Value string
	Note  string
	Tone  Tone
}

// PrintAttachment is the file that travels inside the PDF: the sources and the
// provenance of what is printed.
type PrintAttachment struct {
	Name string // file name, may be Chinese; "" for no attachment
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

// Digest is the SHA-256 of everything the paper says, in hexadecimal. The
// attachment is left out, because it may name the code.
func (p *Print) Digest() string {
	content := *p
	content.Attachment = PrintAttachment{}
	content.Created = p.Created.UTC()
	data, err := json.Marshal(content)
	if err != nil {
		// Only a number that is none can do this; it is told apart from all content.
		data = []byte(err.Error())
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// Code is what identifies the paper on each page: print id, period, 12
// characters of the data version, 10 of the digest.
func (p *Print) Code() string {
	parts := []string{p.ID}
	if p.PeriodKey != "" {
		parts = append(parts, p.PeriodKey)
	}
	return strings.Join(append(parts, p.Commit(), p.Digest()[:10]), ".")
}

// FileName is the PDF's name: <print-id>_<period>.pdf, ASCII.
func (p *Print) FileName() string {
	if p.PeriodKey == "" {
		return p.ID + ".pdf"
	}
	return p.ID + "_" + p.PeriodKey + ".pdf"
}
