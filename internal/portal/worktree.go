package portal

// MarkWorkTree says on a paper that it is of a work tree and that no commit proves it:
// across each page, in its code, which names no commit, and by leaving provenance and
// sources out.
func (v *View) MarkWorkTree(paper *Print) {
	mark := v.p.Say("portal.print-work-tree")
	if paper.Watermark != "" {
		mark += " · " + paper.Watermark
	}
	paper.Watermark, paper.DataVersion, paper.WorkTree = mark, "", true
	paper.Attachment, paper.Sources = PrintAttachment{}, nil
}
