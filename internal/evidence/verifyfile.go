package evidence

import (
	"bytes"
	"compress/zlib"
	"html"
	"io"
	"regexp"
	"strings"
	"unicode/utf16"
)

// FileFault says why a file cannot be a paper of kept, or cannot be read as one.
type FileFault string

// The faults, also keys of messages behind "evidence.fault.".
const (
	Whole     FileFault = ""
	NoPDF     FileFault = "no-pdf"
	CutOff    FileFault = "cut-off"
	Encrypted FileFault = "encrypted"
	Foreign   FileFault = "foreign" // a PDF without a code of kept
)

// PaperFile is what a PDF says of itself.
type PaperFile struct {
	Code    Code
	Tool    string // the version of kept that printed it, "" where it does not say
	Lang    string
	Edition string
	AsOf    string // the moment it says it is judged by, RFC 3339; "" for none
	Commit  string // the full data version
	// Contacts tells that it holds names and numbers from outside of the repository.
	Contacts bool
	// Provenance is the YAML that travels in it, nil for none.
	Provenance []byte
	Texts      []string
}

// The file's own statements, as package pdf writes them: those of the metadata are
// uncompressed, those of the provenance are searched for in it.
var (
	xmpCode     = regexp.MustCompile(`<dc:identifier>([^<]{1,1000})</dc:identifier>`)
	xmpLang     = regexp.MustCompile(`<dc:language><rdf:Bag><rdf:li>([A-Za-z-]{1,20})</rdf:li>`)
	xmpTool     = regexp.MustCompile(`<xmp:CreatorTool>kept ([^<]{1,200})</xmp:CreatorTool>`)
	xmpSource   = regexp.MustCompile(`<dc:source>git:([0-9a-f]{40})</dc:source>`)
	xmpDate     = regexp.MustCompile(`<dc:date><rdf:Seq><rdf:li>([0-9T:Z+-]{1,40})</rdf:li>`)
	contactFlag = regexp.MustCompile(`(?m)^contacts: true$`)
	yamlEdition = regexp.MustCompile(`(?m)^edition: "([a-z]{1,20})"$`)
)

// ReadPaper reads a PDF's statements about itself and the texts of its pages. It
// trusts neither: what they are worth is found by printing the paper again.
func ReadPaper(data []byte) (PaperFile, FileFault) {
	if !bytes.HasPrefix(data, []byte("%PDF-")) {
		return PaperFile{}, NoPDF
	}
	tail := data[max(0, len(data)-1024):]
	if !bytes.Contains(tail, []byte("%%EOF")) {
		return PaperFile{}, CutOff
	}
	code, ok := ParseCode(html.UnescapeString(last(xmpCode, data)))
	if !ok {
		if at := bytes.LastIndex(data, []byte("trailer")); bytes.Contains(data[max(0, at):], []byte("/Encrypt")) {
			return PaperFile{}, Encrypted
		}
		return PaperFile{}, Foreign
	}
	in := contentsOf(data)
	return PaperFile{
		Provenance: in.provenance, Contacts: contactFlag.Match(in.provenance),
		Code: code, Tool: html.UnescapeString(last(xmpTool, data)), Lang: last(xmpLang, data), Commit: last(xmpSource, data),
		AsOf: last(xmpDate, data), Edition: last(yamlEdition, in.provenance), Texts: in.texts,
	}, Whole
}

// last is the first group of the last match, since an update of a PDF stands at
// its end.
func last(re *regexp.Regexp, data []byte) string {
	all := re.FindAllSubmatch(data, -1)
	if len(all) == 0 {
		return ""
	}
	return string(all[len(all)-1][1])
}

// Bounds on what a file may unfold into.
const (
	maxStream  = 8 << 20
	maxStreams = 20_000
	maxUnfold  = 256 << 20 // all streams together
)

// fileContents is what the streams of a file hold: the lines of text on its pages, in
// the order of drawing, and the provenance, nil where there is none.
type fileContents struct {
	texts      []string
	provenance []byte
}

// provenanceHead begins the provenance of every paper, which earlier versions of kept
// did not compress.
var provenanceHead = []byte("data_version: ")

// lookBehind is how many bytes before a stream its dictionary may begin.
const lookBehind = 256

func contentsOf(data []byte) fileContents {
	var in fileContents
	unfolded, from := 0, 0
	for range maxStreams {
		start := bytes.Index(data[from:], []byte("stream\n"))
		if start < 0 {
			return in
		}
		start += from
		body := data[start+len("stream\n"):]
		end := bytes.Index(body, []byte("endstream"))
		if end < 0 {
			return in
		}
		attached := bytes.Contains(dictionary(data[:start]), []byte("/EmbeddedFile"))
		text, packed := unpacked(body[:end])
		unfolded += len(text)
		switch {
		case attached && bytes.HasPrefix(text, provenanceHead):
			in.provenance = text
		case packed && !attached:
			in.texts = append(in.texts, shown(text)...)
		}
		if unfolded > maxUnfold {
			return in
		}
		from = start + len("stream\n") + end + len("endstream")
	}
	return in
}

// unpacked is what a stream holds, and whether it was compressed.
func unpacked(body []byte) ([]byte, bool) {
	in, err := zlib.NewReader(bytes.NewReader(body))
	if err != nil {
		return body, false
	}
	text, _ := io.ReadAll(io.LimitReader(in, maxStream))
	return text, true
}

// dictionary is what stands before a stream, from its object's beginning.
func dictionary(before []byte) []byte {
	before = before[max(0, len(before)-lookBehind):]
	return before[max(0, bytes.LastIndex(before, []byte(" obj"))):]
}

// shown are the texts that a page's drawing shows: strings of two bytes for each
// character before the operator Tj.
func shown(page []byte) []string {
	var list []string
	for {
		start := bytes.Index(page, []byte("Tm ("))
		if start < 0 {
			return list
		}
		page = page[start+len("Tm ("):]
		text, rest, ok := stringOf(page)
		if !ok {
			return list
		}
		page = rest
		if bytes.HasPrefix(rest, []byte("Tj")) {
			list = append(list, text)
		}
	}
}

// stringOf reads a PDF string whose parenthesis is open.
func stringOf(in []byte) (string, []byte, bool) {
	var raw []byte
	for i := 0; i < len(in); i++ {
		switch b := in[i]; {
		case b == '\\' && i+1 < len(in):
			i++
			if b = in[i]; b == 'r' {
				b = '\r'
			}
			raw = append(raw, b)
		case b == ')':
			units := make([]uint16, len(raw)/2)
			for k := range units {
				units[k] = uint16(raw[2*k])<<8 | uint16(raw[2*k+1])
			}
			return strings.TrimSpace(string(utf16.Decode(units))), in[i+1:], true
		default:
			raw = append(raw, b)
		}
	}
	return "", nil, false
}
