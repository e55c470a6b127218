package pdf

import (
	"slices"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/portal"
	"kept/internal/qr"
)

// The measures of a page in millimetres (domain.md §9.1).
const (
	marginSide   = 15.0
	marginTop    = 10.0
	marginBottom = 22.0 // the foot stands in it
)

// sizes are the sizes of paper, upright, by their names in layouts.
var sizes = map[string][2]float64{
	"": {210, 297}, "a3": {297, 420}, "a4": {210, 297}, "a5": {148, 210}, "letter": {215.9, 279.4},
}

// paper is one print being laid out: pages are filled from top to bottom.
type paper struct {
	faces    *Faces
	face     *face // of ordinary text
	strong   *face // of what page.bold writes
	print    *portal.Print
	code     string     // of the print; it digests all of the content
	squares  qr.Squares // of the code; none where it is too long for them
	pages    []*page
	used     usage
	marks    []bookmark
	anchors  map[string]place
	refs     map[string]int      // pages of headings that words lead to, by their ids
	pictures map[string]*picture // by digest, nil where it is none
	shown    []*picture          // by number, from one
	stamps   [][]byte            // what many pages show, see [page.stamp]
	front    int                 // how many pages stand before the contents
	findings finding.List

	width, height float64
	head          headLayout
	y             float64 // where the next thing goes, on the last page
	tail          float64 // height of what must stand below the end of this section, mm
}

type bookmark struct {
	text  string
	level int
	place
}

func newPaper(f *Faces, p *portal.Print) *paper {
	code := p.Content().Code()
	d := &paper{faces: f, face: f.body, strong: f.strong, print: p, code: code.String()}
	d.squares, _ = qr.Encode(code.QR())
	size, known := sizes[p.Size]
	if !known {
		size = sizes[""]
	}
	d.width, d.height = size[0], size[1]
	if p.Landscape {
		d.width, d.height = d.height, d.width
	}
	d.head = d.layHead()
	if p.Cover == nil {
		d.newPage()
	} else {
		d.barePage()
	}
	return d
}

// inner is the width between the margins.
func (d *paper) inner() float64 { return d.width - 2*marginSide }

// bottom is where the text area ends.
func (d *paper) bottom() float64 { return d.height - marginBottom }

// fresh is the height of the text area of an empty page.
func (d *paper) fresh() float64 { return d.bottom() - d.head.bottom }

// room is what is left on the page.
func (d *paper) room() float64 { return d.bottom() - d.y }

func (d *paper) page() *page { return d.pages[len(d.pages)-1] }

func (d *paper) newPage() {
	d.barePage()
	d.drawHead()
	d.y = d.head.bottom
}

// barePage begins a page without a head.
func (d *paper) barePage() {
	d.pages = append(d.pages, &page{height: d.height, faces: d.faces, used: &d.used, buf: make([]byte, 0, 16<<10)})
	d.watermark()
	d.y = marginTop
}

// need begins a new page where h millimetres are not left on this one, unless
// nothing stands on it yet.
func (d *paper) need(h float64) {
	if d.room() < h && d.y > d.head.bottom {
		d.newPage()
	}
}

// clean makes a text printable; what could not be printed becomes a finding
// about the record, "" for the paper itself.
func (d *paper) clean(s, record string) string { return d.cleanField(s, record, "") }

// cleanField is clean for a field of a record, by its name on the paper; "" for none.
func (d *paper) cleanField(s, record, field string) string {
	return d.face.clean(s, func(r rune) {
		f := finding.Finding{
			Rule: "pdf-glyph", Severity: finding.Warning, Record: record,
			Key: "pdf.glyph", Args: []locale.Arg{locale.A("char", codePoint(r))},
		}
		if field != "" {
			f.Key, f.Args = "pdf.glyph-in", append(f.Args, locale.A("field", fit(d.face.clean(oneLine(field), func(rune) {}), longestLabel)))
		}
		d.findings = append(d.findings, f)
	})
}

// units converts a width in mm to 1/1000 em at a size in points.
func units(mm, size float64) int { return int(mm * points / size * 1000) }

// extent is the width of a cleaned line in mm.
func (d *paper) extent(s string, size float64) float64 {
	return float64(d.face.measureText(s)) / 1000 * size / points
}

// leading is the distance of lines in mm at a size in points.
func leading(size float64) float64 { return size * 1.42 / points }

// baseline is the distance from the top of a line to its baseline in mm.
func baseline(size float64) float64 { return leading(size)/2 + 0.36*size/points }

// mark adds a bookmark at the present place, which the contents list, too. Level 0
// is the paper itself; no level is left out on the way down.
func (d *paper) mark(text string, level int) {
	if text == "" {
		return
	}
	if n := len(d.marks); n == 0 {
		level = 0
	} else {
		level = min(level, d.marks[n-1].level+1)
	}
	d.marks = append(d.marks, bookmark{fit(text, 200), level, place{d.page(), d.y}})
}

// paragraph sets text over the whole width: black justified, notes ragged.
func (d *paper) paragraph(s string, size float64, ink shade) {
	if ink == black {
		d.runs([]portal.PrintRun{{Text: s}}, marginSide, d.inner(), size, 0)
		return
	}
	for _, l := range d.face.wrap(d.clean(s, ""), units(d.inner(), size)) {
		d.need(leading(size))
		d.page().in(ink)
		d.page().text(marginSide, d.y+baseline(size), size, l)
		d.y += leading(size)
	}
	d.page().in(black)
}

// reported is the list of findings in order, each said once.
func (d *paper) reported() finding.List { return slices.Clone(d.findings).Sort() }
