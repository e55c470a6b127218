package pipeline

import (
	"io/fs"
	"slices"
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/portal"
	"kept/internal/record"
)

// placed gives findings about what a record says on paper their lines: of the record's
// file or, where the paper shows what another record says, of that. What stands there
// in another form, as an escape does, keeps the name of its field. A paper of a single
// record has that record's id.
func (p *press) placed(found finding.List, paper string) finding.List {
	var out finding.List
	for _, f := range found {
		rec := p.recordOf(f.Record)
		if f.Record == "" {
			rec = p.recordOfPaper(paper)
		}
		if f.Position.Path != "" || rec == nil {
			out = append(out, f)
			continue
		}
		out = append(out, p.linesOf(f, rec)...)
	}
	return out.Sort()
}

func (p *press) recordOf(id string) *record.Record {
	if id == "" {
		return nil
	}
	return p.snapshot.Register.Get(id)
}

// recordOfPaper is the record that a paper has its name from, nil where it is another.
// What controls a document is not what the document says.
func (p *press) recordOfPaper(id string) *record.Record {
	rec := p.recordOf(strings.ToUpper(id))
	if rec == nil {
		rec = p.recordOf(id)
	}
	if rec == nil || record.KindOf(rec.Path) == record.DocumentKind {
		return nil
	}
	return rec
}

// linesOf is a finding about a record at each line that it is about.
func (p *press) linesOf(f finding.Finding, rec *record.Record) finding.List {
	near := []*record.Record{rec}
	for _, ref := range p.snapshot.Register.From(rec.ID) {
		if to := p.recordOf(ref.To); to != nil && !slices.Contains(near, to) {
			near = append(near, to)
		}
	}
	for _, one := range near {
		source, err := fs.ReadFile(p.snapshot.files, one.Path)
		if err != nil {
			continue // the record was read from there; it may be gone by now
		}
		var out finding.List
		for _, place := range portal.PlacesOf(one.Path, source, f) {
			g := f
			g.Position, g.Record, g.Key = place, one.ID, "pdf.glyph"
			g.Args = slices.DeleteFunc(slices.Clone(f.Args), func(a locale.Arg) bool { return a.Name == "field" })
			out = append(out, g)
		}
		if len(out) > 0 {
			return out
		}
	}
	f.Position.Path, f.Record = rec.Path, rec.ID
	return finding.List{f}
}
