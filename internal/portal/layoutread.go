package portal

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"kept/internal/calendar"
	"kept/internal/expr"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// LayoutFolder is where a repository keeps its layouts; findings name files in it.
const LayoutFolder = "templates/print"

// layoutRule is the rule of what a layout names that is not there.
const layoutRule = "print-layout"

// ReadLayouts reads every *.yaml of fsys, in the order of ids; the file's stem is the
// id. A layout of the company (own) that is wrong is broken, with findings; of one that
// the program carries, what does not fit the company's kinds is left out.
func ReadLayouts(fsys fs.FS, own func(name string) bool, kinds *schema.Registry) (LayoutSet, error) {
	var set LayoutSet
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return set, fmt.Errorf("list print layouts: %w", err)
	}
	slices.Sort(names)
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return set, fmt.Errorf("read print layout %q: %w", name, err)
		}
		r := &layoutReader{kinds: kinds, own: own(name)}
		l, fits := r.read(name, data)
		switch {
		case len(r.found) > 0:
			set.Broken = append(set.Broken, BrokenLayout{ID: l.ID, Of: l.Of, Shape: l.Shape, Found: r.found.Sort()})
		case fits:
			set.List = append(set.List, l)
		}
	}
	return set, nil
}

// layoutReader reads one layout.
type layoutReader struct {
	kinds *schema.Registry
	own   bool
	doc   *yamldoc.Document
	kind  *schema.Kind // that it is of, nil for none
	types expr.Types
	unfit bool // what is carried does not fit the company's kinds as a whole
	found finding.List
}

// fault is something wrong with the company's layout; with a carried one it tells
// that the place is left out.
func (r *layoutReader) fault(pointer, key string, args ...locale.Arg) bool {
	if r.own {
		r.found = append(r.found, finding.Finding{
			Position: r.doc.Position(pointer), Rule: layoutRule, Severity: finding.Error, Key: key, Args: args,
		})
	}
	return false
}

func (r *layoutReader) read(name string, data []byte) (Layout, bool) {
	l := Layout{ID: strings.TrimSuffix(path.Base(name), ".yaml"), Shape: RegisterShape}
	r.doc, r.found = yamldoc.Parse(path.Join(LayoutFolder, name), data)
	if r.doc == nil {
		return l, false
	}
	o := r.doc.Root()
	l.Of = o.Text("of")
	if o.Text("shape") != "" {
		l.Shape = Shape(o.Text("shape"))
	}
	if r.own {
		r.found = append(r.found, schema.CheckPrint(r.doc)...)
	}
	if len(r.found) > 0 {
		return l, false
	}
	if r.kind = r.kinds.Kind(l.Of); r.kind != nil {
		r.types = record.Types(r.kind, r.kinds)
	} else if l.Of != "" {
		near := schema.Nearest(l.Of, r.kindIDs())
		r.fault("/of", "portal.layout-kind", locale.A("name", l.Of), locale.A("near", orDash(near)))
		return l, false
	}
	r.look(&l, o)
	r.register(&l, o)
	r.form(&l, o)
	return l, !r.unfit
}

func (r *layoutReader) kindIDs() []string {
	var ids []string
	for k := range r.kinds.All() {
		ids = append(ids, k.ID)
	}
	return ids
}

// orDash is a name, or a dash where none is near.
func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

// look reads what every paper has.
func (r *layoutReader) look(l *Layout, o yamldoc.Object) {
	l.Title, l.Head, l.Foot = textOf(o.Object("title")), textOf(o.Object("head")), textOf(o.Object("foot"))
	l.Introduction, l.Note = textOf(o.Object("introduction")), textOf(o.Object("note"))
	l.FormNo, l.Version, l.Classification = o.Text("form_no"), o.Text("version"), o.Text("classification")
	l.Size, l.Landscape = o.Text("size"), o.Text("paper") == "landscape"
	l.Grain, l.Content = calendar.Grain(o.Text("grain")), Content(o.Text("content"))
	for _, lang := range o.Texts("languages") {
		l.Languages = append(l.Languages, locale.Lang(lang))
	}
	if l.Content != "" && !slices.Contains(contents(), string(l.Content)) {
		r.fault("/content", "portal.layout-content", locale.A("name", string(l.Content)), locale.A("known", strings.Join(contents(), ", ")))
	}
	if r.kind != nil && l.Content != "" {
		r.fault("/content", "portal.layout-both")
	}
	_, listed := o.Plain("signatures").([]any)
	l.Unsigned, l.Untitled = listed && len(o.Items("signatures")) == 0, o.Plain("heading") == false
	for i, s := range o.Items("signatures") {
		at := fmt.Sprintf("/signatures/%d", i)
		one := LayoutSignature{Title: textOf(s), By: s.Text("by"), At: s.Text("at")}
		if one.By != "" && !r.knows(at+"/by", one.By) {
			one.By = ""
		}
		if one.At != "" && !r.knows(at+"/at", one.At) {
			one.At = ""
		}
		l.Signatures = append(l.Signatures, one)
	}
}

// The keys of one shape alone.
var (
	registerKeys = [...]string{"dated", "filter", "each", "columns", "sort", "group", "totals", "introduction", "note"}
	formKeys     = [...]string{"grid", "blocks", "steps", "heading"}
)

// idle reports the keys that a layout of this shape does not read.
func (r *layoutReader) idle(l *Layout, o yamldoc.Object) {
	idle := formKeys[:]
	switch {
	case r.kind == nil:
		idle = slices.Concat(registerKeys[:], formKeys[:])
	case l.Shape == FormShape:
		idle = registerKeys[:]
	}
	for _, key := range idle {
		if o.Has(key) {
			r.fault("/"+key, "portal.layout-idle", locale.A("key", key), locale.A("shape", string(l.Shape)))
		}
	}
	if r.kind == nil && l.Shape == FormShape {
		r.fault("/shape", "portal.layout-no-kind")
	}
}

// condition compiles an expression about a record of the kind; nil where it cannot
// be used.
func (r *layoutReader) condition(pointer, source string) *expr.Program {
	if source == "" || r.kind == nil {
		return nil
	}
	program, err := expr.Compile(source, r.types)
	if err != nil {
		r.unfit = true
		r.fault(pointer, "portal.layout-expression", locale.A("reason", err.Error()))
		return nil
	}
	return program
}

func textOf(o yamldoc.Object) locale.Text {
	return locale.Text{ZH: o.Text(string(locale.Chinese)), EN: o.Text(string(locale.English))}
}
