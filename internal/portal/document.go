package portal

import (
	"bytes"
	"cmp"
	"io/fs"
	"math/big"
	"path"
	"regexp"
	"slices"
	"strings"

	"kept/internal/locale"
	"kept/internal/markdown"
	"kept/internal/yamldoc"
)

// Documents is the page of all controlled documents.
type Documents struct {
	Page
	Items   []DocumentItem
	Records Table // the records of documents, also of those without a text here
}

// DocumentItem is one document in the list.
type DocumentItem struct {
	Number  string // "" for a text that is no controlled document
	Title   string
	Version string
	Draft   bool // below version 1.0: for reference only
	State   Cell // zero for a text that is no controlled document
	Over    bool // superseded or withdrawn
	Link    Link
	Prints  []Cell // the papers of it
}

// Document is one controlled document with its control data.
type Document struct {
	Page
	DocumentItem
	Facts        []Field
	Record       Cell // the document's record with its approvals and forms; zero for none
	Versions     Table
	Distribution Table
	Contents     []markdown.Heading // of the table of contents
	Body         *markdown.Text     // its HTML is safe
}

// docFile is one text of the content folder in the view's language.
type docFile struct {
	stem   string
	file   string // that was read: the stem with a language or without
	source []byte
	front  yamldoc.Object
}

// key names the document's page: its number, or its file.
func (d docFile) key() string { return cmp.Or(d.front.Text("number"), d.stem) }

// readDocs reads the texts of the content folder: <name>.<lang>.md before
// <name>.md, each as said by shown. What cannot be read is left out.
func readDocs(content fs.FS, lang locale.Lang, shown func([]byte) []byte) []docFile {
	if content == nil {
		return nil
	}
	names, _ := fs.Glob(content, "*.md")
	var docs []docFile
	for _, name := range names {
		stem := strings.TrimSuffix(name, ".md")
		if path.Ext(stem) != "" {
			continue
		}
		file := stem + "." + string(lang) + ".md"
		data, err := fs.ReadFile(content, file)
		if err != nil {
			file = name
			data, err = fs.ReadFile(content, file)
		}
		if err != nil {
			continue
		}
		data = shown(data)
		text, _, err := markdown.Parse(name, data, nil)
		if err != nil || text.HTML == "" {
			continue
		}
		docs = append(docs, docFile{stem: stem, file: file, source: data, front: text.Front})
	}
	slices.SortStableFunc(docs, func(a, b docFile) int {
		return cmp.Or(cmp.Compare(b.front.Text("number"), a.front.Text("number")), cmp.Compare(a.stem, b.stem))
	})
	return docs
}

// leaving covers in the text of a document what looks like personal data, where it
// leaves the company: inside it may name the company's own numbers (domain.md §10).
func (v *View) leaving(text []byte) []byte {
	if !v.src.Policy.Edition.Leaves() {
		return text
	}
	return starred.ReplaceAllFunc([]byte(v.mask(string(text))), func(run []byte) []byte {
		return bytes.ReplaceAll(run, []byte("*"), []byte("＊")) // no emphasis in Markdown
	})
}

// starred is what a mask leaves of a number or an address.
var starred = regexp.MustCompile(`[0-9A-Za-z]\*{3,}[0-9A-Za-z@]`)

// DocumentKeys lists the documents in the order of the list.
func (v *View) DocumentKeys() []string {
	var keys []string
	for _, d := range v.docs {
		keys = append(keys, d.key())
	}
	return keys
}

// Documents makes the list of documents.
func (v *View) Documents() Documents {
	page := Documents{Page: v.page(docFolder+"/index.html", v.p.Say("portal.documents"), docFolder)}
	for _, d := range v.docs {
		page.Items = append(page.Items, v.docItem(d))
	}
	page.Records = v.docTable()
	return page
}

func (v *View) docItem(d docFile) DocumentItem {
	title := locale.Text{ZH: d.front.Text("title"), EN: d.front.Text("title_en")}
	if title.IsZero() {
		title = locale.Plain(d.stem)
	}
	version := d.front.Text("version")
	item := DocumentItem{
		Number: d.front.Text("number"), Title: v.p.Text(title), Version: version,
		Draft: belowOne(version), Link: docLink(d.key()), Prints: v.printsOfDocument(d.key(), v.p.Text(title)),
	}
	if item.Number != "" {
		item.State, item.Over = v.docState(d)
	}
	return item
}

// belowOne tells whether a version is a draft's: anything under 1.0 (domain.md
// §1.1.4).
func belowOne(version string) bool {
	n, ok := new(big.Rat).SetString(strings.TrimLeft(version, "vV"))
	return ok && n.Cmp(big.NewRat(1, 1)) < 0
}

// Document makes the page of one document. It panics on a key that
// [View.DocumentKeys] does not list.
func (v *View) Document(key string) (Document, error) {
	d := v.docs[slices.IndexFunc(v.docs, func(d docFile) bool { return d.key() == key })]
	text, _, err := markdown.Parse(d.stem+".md", d.source, v.docTarget)
	if err != nil {
		return Document{}, err
	}
	item := v.docItem(d)
	crumb := Crumb{v.p.Say("portal.documents"), Link{Page: docFolder + "/index.html"}}
	page := Document{
		Page:         v.page(item.Link.Page, strings.TrimSpace(item.Number+" "+item.Title), docFolder, crumb),
		DocumentItem: item, Facts: v.docFacts(d.front), Body: text,
		Versions:     v.frontTable(d.front, "versions", v.versionColumns()),
		Distribution: v.frontTable(d.front, "distribution", v.distributionColumns()),
	}
	v.checkVersions(&page.Versions, item.Number)
	if rec := v.docRecord(item.Number); rec != nil {
		page.Record = Cell{Text: rec.ID, Link: linkTo(rec)}
	}
	page.Prints = item.Prints
	for _, h := range text.Headings {
		if h.Level <= 3 && h.Level > 1 {
			page.Contents = append(page.Contents, h)
		}
	}
	return page, nil
}

// docTarget sends a link between two texts to the other one's page.
func (v *View) docTarget(to string) string {
	file, hash, _ := strings.Cut(to, "#")
	for _, d := range v.docs {
		if d.stem+".md" == file {
			target := path.Base(docLink(d.key()).Page)
			if hash != "" {
				target += "#" + hash
			}
			return target
		}
	}
	return ""
}

func (v *View) docFacts(front yamldoc.Object) []Field {
	labels := []struct{ key, label string }{
		{"number", v.p.Say("portal.doc-number")},
		{"version", v.p.Say("portal.doc-version")},
		{"status", v.p.Say("portal.status")},
		{"effective", v.p.Say("portal.doc-effective")},
		{"owner", v.p.Say("portal.doc-owner")},
		{"confidentiality", v.p.Say("portal.doc-confidentiality")},
		{"control", v.p.Say("portal.doc-control")},
		{"review_cycle", v.p.Say("portal.doc-review")},
	}
	var facts []Field
	for _, l := range labels {
		if text := v.frontWord(l.key, front.Text(l.key)); text != "" {
			facts = append(facts, Field{Name: l.key, Label: l.label, Value: one(Cell{Text: text})})
		}
	}
	return facts
}

// frontWord says the closed vocabulary of front matter in words; other values
// stand as they are.
func (v *View) frontWord(key, value string) string {
	words := map[string]string{
		"status/draft": v.p.Say("portal.doc-draft"), "status/effective": v.p.Say("portal.doc-in-force"),
		"status/superseded": v.p.Say("portal.doc-superseded"), "control/uncontrolled": v.p.Say("portal.doc-uncontrolled"),
		"control/controlled": v.p.Say("portal.doc-controlled"), "confidentiality/internal": v.p.Say("portal.doc-internal"),
		"confidentiality/public": v.p.Say("portal.doc-public"), "review_cycle/yearly": v.p.Say("portal.yearly"),
	}
	return cmp.Or(words[key+"/"+value], value)
}

func (v *View) versionColumns() []Column {
	return []Column{
		{Key: "version", Title: v.p.Say("portal.doc-version"), Screen: true, Weight: 1},
		{Key: "author", Title: v.p.Say("portal.doc-author"), Screen: true, Weight: 1.5},
		{Key: "change", Title: v.p.Say("portal.doc-change"), Screen: true, Weight: 4},
		{Key: "date", Title: v.p.Say("portal.doc-date"), Screen: true, Weight: 1.5},
		{Key: "reviewed", Title: v.p.Say("portal.doc-reviewed"), Screen: true, Weight: 1.5},
		{Key: "approved", Title: v.p.Say("portal.doc-approved"), Screen: true, Weight: 1.5},
	}
}

func (v *View) distributionColumns() []Column {
	return []Column{
		{Key: "reader", Title: v.p.Say("portal.doc-reader"), Screen: true, Weight: 2},
		{Key: "permission", Title: v.p.Say("portal.doc-permission"), Screen: true, Weight: 1.2},
		{Key: "note", Title: v.p.Say("portal.doc-note"), Screen: true, Weight: 3},
	}
}

func (v *View) frontTable(front yamldoc.Object, key string, columns []Column) Table {
	t := Table{ID: key, Columns: columns}
	switch key {
	case "versions":
		t.Title = v.p.Say("portal.doc-versions")
	default:
		t.Title = v.p.Say("portal.doc-distribution")
	}
	for _, item := range front.Items(key) {
		row := Row{Cells: make([]Cell, len(columns))}
		for i, c := range columns {
			row.Cells[i] = Cell{Text: cmp.Or(item.Text(c.Key), noValue)}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
