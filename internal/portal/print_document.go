package portal

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"kept/internal/evidence"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/locale"
	"kept/internal/markdown"
	"kept/internal/record"
)

// Revision is one change of a file of the content folder on the mainline.
type Revision struct {
	Position int             // of the mainline commit, from zero
	Commit   *gitrepo.Commit // of the mainline
	By       *gitrepo.Commit // that made it: of the branch, where a merge brought it in
	Version  string          // that the front matter names then; "" for none
}

// contentFolder is where documents lie in the repository.
const contentFolder = "site/content/"

// FindDocument finds the key of the document that an id names: its number, its file
// or the name of its paper, case ignored.
func (v *View) FindDocument(id string) (key string, found bool) {
	for _, d := range v.docs {
		if strings.EqualFold(d.key(), id) || strings.EqualFold(d.stem, id) || strings.EqualFold(pageName(d.key()), id) {
			return d.key(), true
		}
	}
	return "", false
}

// DocumentOf is the key of the document that a record is about, false where its text
// is not here.
func (v *View) DocumentOf(rec *record.Record) (key string, found bool) {
	if record.KindOf(rec.Path) != record.DocumentKind || rec.Text("number") == "" {
		return "", false
	}
	for _, d := range v.docs {
		if d.front.Text("number") == rec.Text("number") && v.docRecord(d.front.Text("number")) == rec {
			return d.key(), true
		}
	}
	return "", false
}

// contentsFrom is how many headings a text has that is worth a table of contents.
const contentsFrom = 6

// DocumentPrint is the paper of a text of the content folder: of a controlled
// document with its cover, its distribution and its versions (domain.md §9.1). The
// findings are about its pictures. It panics on a key that [View.DocumentKeys] does
// not list.
func (v *View) DocumentPrint(key string) (*Print, finding.List, error) {
	d := v.docs[slices.IndexFunc(v.docs, func(d docFile) bool { return d.key() == key })]
	list, err := markdown.Blocks(contentFolder+d.file, d.source, d.inside)
	if err != nil {
		return nil, nil, err
	}
	c := v.controlOf(d)
	text := &docText{view: v, file: d.file, title: c.title}
	blocks := text.blocks(list)
	paper := v.paper(Layout{
		ID: pageName(d.key()), Title: locale.Plain(c.title), FormNo: d.front.Text("number"), Version: c.version,
		Classification: c.class, Unsigned: true,
	}, noPeriod(), v.docStamp(d, c.record, text.files))
	paper.Organisation = cmp.Or(d.front.Text("organisation"), paper.Organisation)
	paper.System = cmp.Or(d.front.Text("system"), paper.System)
	paper.Contents = text.headings >= contentsFrom
	if d.front.Text("number") != "" {
		paper.Cover, paper.Watermark, paper.Signatures = v.docCover(d, c), v.watermark(c), c.signatures(v)
	}
	paper.Sections = []PrintSection{{Text: blocks}}
	return paper, text.found, nil
}

// PlacesInDocument are the lines of a document's text that hold the character which a
// finding names; the file alone where none does.
func (v *View) PlacesInDocument(key string, f finding.Finding) []finding.Position {
	d := v.docs[slices.IndexFunc(v.docs, func(d docFile) bool { return d.key() == key })]
	if places := PlacesOf(contentFolder+d.file, d.source, f); len(places) > 0 {
		return places
	}
	return []finding.Position{{Path: contentFolder + d.file}}
}

// PlacesOf are the lines of a file that hold the character which the argument char of
// a finding names, as U+20BB7, each by its first place; none where it does not stand
// there as it is.
func PlacesOf(file string, source []byte, f finding.Finding) []finding.Position {
	at := slices.IndexFunc(f.Args, func(a locale.Arg) bool { return a.Name == "char" })
	if at < 0 {
		return nil
	}
	code, err := strconv.ParseUint(strings.TrimPrefix(f.Args[at].Value.ZH, "U+"), 16, 32)
	if err != nil || !utf8.ValidRune(rune(code)) {
		return nil
	}
	var places []finding.Position
	line := 0
	for text := range bytes.SplitSeq(source, []byte("\n")) {
		line++
		if n := bytes.IndexRune(text, rune(code)); n >= 0 {
			places = append(places, finding.Position{Path: file, Line: line, Column: utf8.RuneCount(text[:n]) + 1})
		}
	}
	return places
}

// inside keeps the links of a text to itself: to another text no paper can lead.
func (d *docFile) inside(to string) string {
	file, hash, _ := strings.Cut(to, "#")
	if hash != "" && (file == d.file || file == d.stem+".md") {
		return "#" + hash
	}
	return ""
}

// watermark is what stands across the pages: that a draft is for reference only
// (domain.md §1.1.4), that an old version is kept for the record, and by default that
// nobody keeps this copy up to date.
func (v *View) watermark(c docControl) string {
	switch {
	case c.over:
		return v.p.Say("portal.doc-mark-over")
	case belowOne(c.version):
		return v.p.Say("portal.doc-mark-draft")
	}
	return v.p.Say("portal.doc-mark-copy")
}

// docStamp ties the paper to the newest commit that touched its text, its pictures,
// its record or what that names.
func (v *View) docStamp(d docFile, rec *record.Record, files []string) PrintStamp {
	s := PrintStamp{Commit: string(v.src.Commit), Created: v.src.AsOf}
	if v.src.Judged {
		s.AsOf = v.src.AsOf
	}
	if v.src.History == nil {
		return s
	}
	var ids, all []string
	if rec != nil {
		ids, all = []string{rec.ID}, []string{rec.ID}
		for _, ref := range v.src.Register.From(rec.ID) {
			all = append(all, ref.To)
		}
	}
	latest, at := v.src.History.Latest(all), -1
	if latest != nil {
		at, _ = evidence.Position(v.src.History, latest.Hash)
	}
	for _, file := range append([]string{d.file}, files...) {
		if r := v.revisions(file); len(r) > 0 && r[len(r)-1].Position > at {
			latest, at = r[len(r)-1].Commit, r[len(r)-1].Position
		}
	}
	if latest != nil {
		s.Commit, s.Created = string(latest.Hash), latest.Committer.When
	}
	v.provide(&s, ids, nil)
	v.provideText(&s, d)
	return s
}

func (v *View) revisions(file string) []Revision {
	if v.src.Revisions == nil {
		return nil
	}
	return v.src.Revisions(file)
}
