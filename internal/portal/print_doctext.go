package portal

import (
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/markdown"
)

// docText turns the blocks of one document into those of its paper.
type docText struct {
	view     *View
	file     string
	title    string
	headings int
	files    []string // pictures that it shows
	found    finding.List
}

func (t *docText) blocks(list []markdown.Block) []PrintBlock {
	if len(list) > 0 && list[0].Kind == markdown.Title && list[0].Level == 1 && plainRuns(list[0].Runs) == t.title {
		list = list[1:] // the cover and every head say it
	}
	var blocks []PrintBlock
	for i := range list {
		blocks = append(blocks, t.block(&list[i])...)
	}
	t.headings = numberHeadings(blocks)
	return blocks
}

// block is a block, and after it the pictures that stand among its words.
func (t *docText) block(b *markdown.Block) []PrintBlock {
	p := PrintBlock{
		Kind: PrintBlockKind(b.Kind), Level: b.Depth, Quoted: b.Quoted, ID: b.ID, Marker: b.Marker,
		Runs: t.runs(b.Runs), Lines: b.Lines, Head: t.cells(b.Head),
	}
	if p.Kind == PrintHeading {
		p.Level = b.Level
	}
	for _, row := range b.Rows {
		p.Rows = append(p.Rows, t.cells(row))
	}
	if b.Image != nil {
		t.picture(&p, b.Image)
	}
	blocks := []PrintBlock{p}
	for _, r := range b.Runs {
		if r.Image != nil {
			shown := PrintBlock{Kind: PrintImage, Level: b.Depth, Quoted: b.Quoted}
			if t.picture(&shown, r.Image); shown.Image != nil {
				blocks = append(blocks, shown)
			}
		}
	}
	return blocks
}

// picture puts an image into a block or, where it cannot be shown, its description
// and a finding.
func (t *docText) picture(p *PrintBlock, image *markdown.Image) {
	picture, file, problem := readPicture(t.view.src.Content, image.Target)
	if problem == "" {
		picture.Alt = image.Alt
		p.Image, t.files = picture, append(t.files, file)
		return
	}
	p.Kind, p.Runs = PrintParagraph, []PrintRun{{Text: t.view.p.Say("portal.doc-picture-missing", locale.A("alt", image.Alt))}}
	t.found = append(t.found, pictureFinding(t.file, image.Line, problem))
}

func (t *docText) cells(list []markdown.Cell) []PrintGridCell {
	var cells []PrintGridCell
	for _, c := range list {
		cells = append(cells, PrintGridCell{Runs: t.runs(c.Runs), Align: Align(c.Align)})
	}
	return cells
}

func (t *docText) runs(list []markdown.Run) []PrintRun {
	var runs []PrintRun
	for _, r := range list {
		run := PrintRun{Text: r.Text, Strong: r.Strong, Stress: r.Stress, Code: r.Code, Struck: r.Struck}
		if to, ok := strings.CutPrefix(r.Link, "#"); ok {
			run.To = to
		} else {
			run.Link = r.Link
		}
		runs = append(runs, run)
		if address := strings.TrimPrefix(run.Link, "mailto:"); address != "" && address != r.Text {
			run.Text = t.view.p.Say("portal.doc-address", locale.A("address", address))
			runs = append(runs, run)
		}
	}
	return runs
}

func plainRuns(runs []markdown.Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	return b.String()
}
