package portal

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// Layout is one paper as data, from templates/print/<id>.yaml: what it is of and
// how it looks. It holds no content.
type Layout struct {
	ID             string // stable, ASCII: complaint-register
	Title          locale.Text
	Of             string // the kind whose register it prints; "" for what Content says
	Content        Content
	FormNo         string // "" takes the kind's form number or the governing document
	Version        string
	Landscape      bool
	Classification string // public, internal, confidential, secret (domain.md §0.7)
	Signatures     []locale.Text
	// Grain is the period that a paper covers and that its file is named after;
	// "" for a paper of all records.
	Grain calendar.Grain
	// Sort is the key of the column that orders the rows; "" for the ids' order.
	Sort string
}

// Content is what a paper shows that is no register of one kind.
type Content string

// The contents.
const (
	ContentFigures     Content = ""            // the KPIs of a period
	ContentClauses     Content = "clauses"     // the matrix of the clauses
	ContentObligations Content = "obligations" // what is owed and what was done
	ContentForms       Content = "forms"       // the list of records: the forms of the documents
)

// Layouts reads every *.yaml of fsys, in the order of ids. The file's stem is
// the id.
func Layouts(fsys fs.FS) ([]Layout, error) {
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list print layouts: %w", err)
	}
	slices.Sort(names)
	var list []Layout
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("read print layout %q: %w", name, err)
		}
		l, err := parseLayout(name, data)
		if err != nil {
			return nil, err
		}
		list = append(list, l)
	}
	return list, nil
}

// layoutKeys are the keys a layout may have.
var layoutKeys = [...]string{"title", "of", "form_no", "version", "paper", "classification", "signatures", "grain", "sort", "content"}

func parseLayout(name string, data []byte) (Layout, error) {
	doc, found := yamldoc.Parse(name, data)
	if doc == nil || len(found) > 0 {
		return Layout{}, fmt.Errorf("print layout %q is not readable YAML", name)
	}
	o := doc.Root()
	for _, key := range o.Keys() {
		if !slices.Contains(layoutKeys[:], key) {
			return Layout{}, fmt.Errorf("print layout %q has unknown key %q", name, key)
		}
	}
	l := Layout{
		ID: strings.TrimSuffix(path.Base(name), ".yaml"), Title: textOf(o.Object("title")), Of: o.Text("of"),
		FormNo: o.Text("form_no"), Version: o.Text("version"), Landscape: o.Text("paper") == "landscape",
		Classification: o.Text("classification"), Grain: calendar.Grain(o.Text("grain")), Sort: o.Text("sort"),
		Content: Content(o.Text("content")),
	}
	for _, s := range o.Items("signatures") {
		l.Signatures = append(l.Signatures, textOf(s))
	}
	if l.Title.IsZero() {
		return l, fmt.Errorf("print layout %q has no title", name)
	}
	if !slices.Contains([]Content{ContentFigures, ContentClauses, ContentObligations, ContentForms}, l.Content) {
		return l, fmt.Errorf("print layout %q has unknown content %q", name, l.Content)
	}
	if l.Grain != "" && !l.Grain.Fits(calendar.FullYear) {
		return l, fmt.Errorf("print layout %q has unknown grain %q", name, l.Grain)
	}
	return l, nil
}

func textOf(o yamldoc.Object) locale.Text {
	return locale.Text{ZH: o.Text(string(locale.Chinese)), EN: o.Text(string(locale.English))}
}

// LayoutOf finds the layout of a kind's register, or makes one from the kind, so
// that a new kind prints without further files.
func LayoutOf(list []Layout, kind *schema.Kind) Layout {
	for _, l := range list {
		if l.Of == kind.ID {
			return l
		}
	}
	l := Layout{ID: kind.PrintID, Title: kind.Register, Of: kind.ID, Landscape: true, Classification: "internal"}
	if l.ID == "" {
		l.ID = kind.ID + "-register"
	}
	if l.Title.IsZero() {
		l.Title = kind.Title
	}
	return l
}
