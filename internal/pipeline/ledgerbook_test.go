package pipeline

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kept/internal/ledger"
)

// book writes a workbook part by part, as spreadsheets do and no library would let
// it: cells of each type, formulas with the value that was last computed, parts that
// say what is not so. A line of its source is
//
//	sheet NAME [hidden]      1904      skip N
//	merge A1:C1   hide row 3   hide column C   show dimension A1:XFD9   filter A2:F9
//	note B3 text
//	| cell | cell |
//
// and a cell is text, or one of
//
//	#46268.5 yyyy/m/d        a number, and how it is shown
//	=B2+1 > 7                a formula and its value; of an error #N/A, of a text "x"
//	=!B2+1                   a formula without a value; =?B2+1 with an empty one
//	~投诉|时间               rich text of several runs, cut at ¦
//	?1                       true or false
//	"a\nb"                   text with escapes as in Go
type book struct {
	sheets  []*bookSheet
	formats []string
	from04  bool
}

type bookSheet struct {
	name, state string
	row         int
	hiddenRows  []int
	columns     []int
	merged      []string
	dimension   string
	filter      string
	lines       []bookLine
}

type bookLine struct {
	row   int
	cells []string
}

var mainSpace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

func newBook(t *testing.T, source string) []byte {
	t.Helper()
	b := &book{}
	for line := range strings.Lines(source) {
		if line = strings.TrimRight(line, "\n"); line != "" {
			if err := b.line(line); err != nil {
				t.Fatalf("line %q of a workbook: %v", line, err)
			}
		}
	}
	return b.bytes(t)
}

func (b *book) line(line string) error {
	word, rest, _ := strings.Cut(line, " ")
	if word == "sheet" {
		name, state, _ := strings.Cut(rest, " ")
		b.sheets = append(b.sheets, &bookSheet{name: name, state: state, row: 1})
		return nil
	}
	if word == "1904" {
		b.from04 = true
		return nil
	}
	s := b.sheets[len(b.sheets)-1]
	switch word {
	case "merge":
		s.merged = append(s.merged, rest)
	case "skip":
		n, err := strconv.Atoi(rest)
		s.row += n
		return err
	case "hide":
		if n, ok := strings.CutPrefix(rest, "row "); ok {
			row, err := strconv.Atoi(n)
			s.hiddenRows = append(s.hiddenRows, row)
			return err
		}
		a, _ := ledger.ParseArea(strings.TrimPrefix(rest, "column ") + "1")
		s.columns = append(s.columns, a.Left)
	case "dimension":
		s.dimension = rest
	case "filter":
		s.filter = rest
	case "|":
		cells := strings.Split(strings.TrimSuffix(strings.TrimSuffix(rest, " |"), "|"), " | ")
		s.lines = append(s.lines, bookLine{s.row, cells})
		s.row++
	default:
		return fmt.Errorf("unknown word %q", word)
	}
	return nil
}

var formulaCell = regexp.MustCompile(`^=(.*) > (.*)$`)

func (b *book) cell(ref, said string) string {
	said = strings.TrimSpace(said)
	escape := func(s string) string {
		var out bytes.Buffer
		_ = xml.EscapeText(&out, []byte(s))
		return out.String()
	}
	switch {
	case said == "":
		return ""
	case said[0] == '#' && len(said) > 1 && strings.ContainsRune("0123456789-.", rune(said[1])):
		number, format, _ := strings.Cut(said[1:], " ")
		return fmt.Sprintf(`<c r="%s" s="%d"><v>%s</v></c>`, ref, b.style(format), number)
	case said[0] == '=' && formulaCell.MatchString(said):
		m := formulaCell.FindStringSubmatch(said)
		kind, value := "", m[2]
		if value[0] == '#' {
			kind = ` t="e"`
		} else if text, err := strconv.Unquote(value); err == nil {
			kind, value = ` t="str"`, text
		}
		return fmt.Sprintf(`<c r="%s"%s><f>%s</f><v>%s</v></c>`, ref, kind, escape(m[1]), escape(value))
	case strings.HasPrefix(said, "=!"):
		return fmt.Sprintf(`<c r="%s"><f>%s</f></c>`, ref, escape(said[2:]))
	case strings.HasPrefix(said, "=?"):
		return fmt.Sprintf(`<c r="%s"><f>%s</f><v></v></c>`, ref, escape(said[2:]))
	case said[0] == '~':
		var runs strings.Builder
		for run := range strings.SplitSeq(said[len("~"):], "¦") {
			fmt.Fprintf(&runs, `<r><rPr><b/></rPr><t xml:space="preserve">%s</t></r>`, escape(run))
		}
		return fmt.Sprintf(`<c r="%s" t="inlineStr"><is>%s</is></c>`, ref, runs.String())
	case said[0] == '?':
		return fmt.Sprintf(`<c r="%s" t="b"><v>%s</v></c>`, ref, said[1:])
	}
	if text, err := strconv.Unquote(said); err == nil {
		said = text
	}
	return fmt.Sprintf(`<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, ref, escape(said))
}

// style is the index of a cell format; the first is General.
func (b *book) style(format string) int {
	if format == "" {
		return 0
	}
	if at := slices.Index(b.formats, format); at >= 0 {
		return at + 1
	}
	b.formats = append(b.formats, format)
	return len(b.formats)
}

func (s *bookSheet) xml(b *book) string {
	var out strings.Builder
	fmt.Fprintf(&out, `<worksheet xmlns=%q>`, mainSpace)
	if s.dimension != "" {
		fmt.Fprintf(&out, `<dimension ref=%q/>`, s.dimension)
	}
	if len(s.columns) > 0 {
		out.WriteString("<cols>")
		for _, c := range s.columns {
			fmt.Fprintf(&out, `<col min="%d" max="%d" width="9" hidden="1"/>`, c, c)
		}
		out.WriteString("</cols>")
	}
	out.WriteString("<sheetData>")
	for _, l := range s.lines {
		hidden := ""
		if slices.Contains(s.hiddenRows, l.row) {
			hidden = ` hidden="1"`
		}
		fmt.Fprintf(&out, `<row r="%d"%s>`, l.row, hidden)
		for i, c := range l.cells {
			out.WriteString(b.cell(ledger.Column(i+1)+strconv.Itoa(l.row), c))
		}
		out.WriteString("</row>")
	}
	out.WriteString("</sheetData>")
	if s.filter != "" {
		fmt.Fprintf(&out, `<autoFilter ref=%q/>`, s.filter)
	}
	if len(s.merged) > 0 {
		fmt.Fprintf(&out, `<mergeCells count="%d">`, len(s.merged))
		for _, m := range s.merged {
			fmt.Fprintf(&out, `<mergeCell ref=%q/>`, m)
		}
		out.WriteString("</mergeCells>")
	}
	out.WriteString("</worksheet>")
	return out.String()
}

// bytes is the workbook as a file.
func (b *book) bytes(t *testing.T) []byte {
	t.Helper()
	const relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	const content = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	parts := map[string]string{}
	var types, rels, list strings.Builder
	for i, s := range b.sheets {
		name := fmt.Sprintf("worksheets/sheet%d.xml", i+1)
		parts["xl/"+name] = s.xml(b)
		state := ""
		if s.state != "" {
			state = fmt.Sprintf(" state=%q", s.state)
		}
		fmt.Fprintf(&types, `<Override PartName="/xl/%s" ContentType="%sworksheet+xml"/>`, name, content)
		fmt.Fprintf(&rels, `<Relationship Id="r%d" Type="%s/worksheet" Target=%q/>`, i+1, relation, name)
		fmt.Fprintf(&list, `<sheet name=%q sheetId="%d" r:id="r%d"%s/>`, s.name, i+1, i+1, state)
	}
	var formats, cells strings.Builder
	for i, f := range b.formats {
		var code bytes.Buffer
		_ = xml.EscapeText(&code, []byte(f))
		fmt.Fprintf(&formats, `<numFmt numFmtId="%d" formatCode="%s"/>`, 164+i, code.String())
		fmt.Fprintf(&cells, `<xf numFmtId="%d" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"/>`, 164+i)
	}
	since := ""
	if b.from04 {
		since = `<workbookPr date1904="1"/>`
	}
	parts["[Content_Types].xml"] = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="` + content + `sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="` + content + `styles+xml"/>` + types.String() + `</Types>`
	parts["_rels/.rels"] = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="` + relation + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	parts["xl/_rels/workbook.xml.rels"] = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + rels.String() + `<Relationship Id="rs" Type="` + relation + `/styles" Target="styles.xml"/></Relationships>`
	parts["xl/workbook.xml"] = `<workbook xmlns="` + mainSpace + `" xmlns:r="` + relation + `">` + since + `<sheets>` + list.String() + `</sheets></workbook>`
	parts["xl/styles.xml"] = fmt.Sprintf(`<styleSheet xmlns=%q><numFmts count="%d">%s</numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="%d"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>%s</cellXfs></styleSheet>`,
		mainSpace, len(b.formats), formats.String(), len(b.formats)+1, cells.String())
	return zipped(t, parts)
}

// zipped packs parts in the order of their names.
func zipped(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	names := make([]string, 0, len(parts))
	for name := range parts {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write([]byte(parts[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
