package ledger

import (
	"slices"
	"strconv"
	"strings"

	"kept/internal/locale"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// digestMember is the member by which an evidence file is named.
const digestMember = "sha256"

// more reads what a mapping says beside columns and presets.
func (r *mappingReader) more(o yamldoc.Object, m *Mapping) {
	a := o.Object("answers")
	m.Asking = Asking{Headings: map[string][]string{}, Missing: a.Texts("missing"), None: a.Texts("none"), Codes: words(a.Object("codes")), Cut: a.Text("cut"), First: 1}
	if n, ok := a.Number("first"); ok {
		m.Asking.First = int(n.Num().Int64())
	}
	headings := a.Object("headings")
	for _, key := range headings.Keys() {
		m.Asking.Headings[key] = headings.Texts(key)
	}
	sets, _ := o.Plain("key").([]any)
	for i, set := range sets {
		m.Key = append(m.Key, yamldoc.NewObject(map[string]any{"of": set}).Texts("of"))
		for j, path := range m.Key[i] {
			r.target(path, "/key/"+strconv.Itoa(i)+"/"+strconv.Itoa(j))
		}
	}
	for i, k := range o.Items("known") {
		m.Known = append(m.Known, KnownTool{k.Texts("headings"), words(k.Object("preset"))})
		for path, word := range m.Known[i].Preset {
			at := yamldoc.Pointer("/known/"+strconv.Itoa(i)+"/preset", path)
			r.option(r.target(path, at), word, at)
		}
	}
	for i, f := range o.Items("fill") {
		m.Fills = append(m.Fills, Fill{f.Text("from"), f.Text("list"), words(f.Object("match")), words(f.Object("take"))})
		r.fill(m.Fills[i], "/fill/"+strconv.Itoa(i))
	}
	r.marks(o.Object("marks"), m)
}

// fill demands the fields of this kind that a fill reads and sets; the list is one of
// another kind.
func (r *mappingReader) fill(f Fill, at string) {
	r.target(f.From, at+"/from")
	for member, path := range f.Match {
		r.target(path, yamldoc.Pointer(at+"/match", member))
	}
	for member, path := range f.Take {
		r.target(path, yamldoc.Pointer(at+"/take", member))
	}
}

func (r *mappingReader) marks(o yamldoc.Object, m *Mapping) {
	m.Marks.Counts = words(o.Object("counts"))
	for path := range m.Marks.Counts {
		r.target(path, yamldoc.Pointer("/marks/counts", path))
	}
	for i, item := range o.Items("list") {
		mark := Mark{
			Set: words(item.Object("set")), When: item.Text("when"), Same: item.Texts("same"),
			Within: item.Text("within"), Minutes: whole(item, "minutes"), Alike: item.Text("alike"), Least: whole(item, "least"),
		}
		at := "/marks/list/" + strconv.Itoa(i)
		for path, word := range mark.Set {
			f := r.target(path, yamldoc.Pointer(at+"/set", path))
			if word != "" && word[0] != '$' {
				r.option(f, word, yamldoc.Pointer(at+"/set", path))
			}
		}
		for j, path := range mark.Same {
			r.target(path, at+"/same/"+strconv.Itoa(j))
		}
		if mark.Within != "" {
			r.target(mark.Within, at+"/within")
		}
		if mark.Alike != "" {
			r.member(mark.Alike, at+"/alike")
		}
		m.Marks.List = append(m.Marks.List, mark)
	}
}

// member demands a list of this kind and a member of its items.
func (r *mappingReader) member(path, pointer string) {
	list, name, _ := strings.Cut(path, ".")
	f, ok := field(r.kind, list)
	if !ok || !f.List || !slices.ContainsFunc(f.Fields, func(f schema.Field) bool { return f.Name == name }) {
		r.fault(pointer, "ledger.mapping-field", locale.A("name", path), locale.T("kind", r.kind.Title))
	}
}

// fileField demands a field that names evidence by its digest.
func (r *mappingReader) fileField(name, pointer string) {
	f, ok := field(r.kind, name)
	if !ok || !slices.ContainsFunc(f.Fields, func(f schema.Field) bool { return f.Name == digestMember }) {
		r.fault(pointer, "ledger.mapping-field", locale.A("name", name), locale.T("kind", r.kind.Title))
	}
}

// words are the texts of an object by their keys.
func words(o yamldoc.Object) map[string]string {
	m := map[string]string{}
	for _, key := range o.Keys() {
		m[key] = o.Text(key)
	}
	return m
}

func whole(o yamldoc.Object, key string) int {
	n, ok := o.Number(key)
	if !ok || !n.IsInt() {
		return 0
	}
	return int(n.Num().Int64())
}
