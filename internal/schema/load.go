package schema

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path"
	"slices"
	"strings"
	"sync"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/yamldoc"
	"kept/schemas"
)

// Folder is where the kinds lie in a repository; findings name files below it.
const Folder = "schemas"

const (
	kindSuffix   = ".kind.yaml"
	schemaSuffix = ".schema.json"
)

// Load reads every kind of fsys (the schemas/ folder): pairs of
// <kind>.schema.json and <kind>.kind.yaml, each checked against its meta-schema,
// which belongs to this program and not to the folder. A kind that cannot be
// used is a finding and is left out; one that names a field or a state that is
// not there is a finding and stays.
func Load(fsys fs.FS) (*Registry, finding.List) {
	l := open(fsys, schemas.FS)
	if l.unread {
		return l.load()
	}
	return loads.get(l.key(), l.load)
}

// open reads the files of a folder, once.
func open(fsys, trusted fs.FS) *loader {
	l := &loader{fsys: fsys, trusted: trusted, files: map[string][]byte{}}
	l.ids = l.list()
	for _, id := range l.ids {
		for _, name := range []string{id + schemaSuffix, id + kindSuffix} {
			data, err := fs.ReadFile(fsys, name)
			switch {
			case err == nil:
				l.files[name] = data
			case errors.Is(err, fs.ErrNotExist):
				l.report(name, "kind-missing-half", "schema.missing_half")
			default:
				l.report(name, "schema-file", "schema.unreadable")
				l.unread = true
			}
		}
	}
	return l
}

// load makes the kinds of the files that were read. It trusts files that are byte for
// byte those of trusted: a test holds them against the meta-schemas, and their
// schemas are compiled when first needed.
func (l *loader) load() (*Registry, finding.List) {
	l.registry, l.docs = &Registry{kinds: map[string]*Kind{}}, map[string]*yamldoc.Document{}
	for _, id := range l.ids {
		if kind := l.kind(id); kind != nil {
			l.registry.kinds[id] = kind
			l.registry.order = append(l.registry.order, id)
		} else {
			l.registry.refused = append(l.registry.refused, id)
		}
	}
	for kind := range l.registry.All() {
		l.others(kind)
	}
	return l.registry, l.found.Sort()
}

// All yields the kinds in the order of their ids.
func (r *Registry) All() iter.Seq[*Kind] {
	return func(yield func(*Kind) bool) {
		for _, id := range r.order {
			if !yield(r.kinds[id]) {
				return
			}
		}
	}
}

// The meta-schemas, compiled when a file that is not trusted asks for them.
var (
	kindMeta   = sync.OnceValues(func() (validator, error) { return meta("meta/kind.schema.json") })
	schemaMeta = sync.OnceValues(func() (validator, error) { return meta("meta/schema.schema.json") })
)

func meta(name string) (validator, error) {
	data, err := fs.ReadFile(schemas.FS, name)
	if err != nil {
		return validator{}, fmt.Errorf("read meta-schema: %w", err)
	}
	return compile(name, data)
}

// loader gathers kinds and findings.
type loader struct {
	fsys, trusted fs.FS
	ids           []string          // of the kinds that have at least one file
	files         map[string][]byte // those that could be read
	unread        bool              // one could not
	registry      *Registry
	docs          map[string]*yamldoc.Document // kind files, by the kind they say they are
	found         finding.List
}

func (l *loader) report(file, rule, key string, args ...locale.Arg) {
	l.found = append(l.found, finding.Finding{
		Position: finding.Position{Path: path.Join(Folder, file), Line: 1, Column: 1},
		Rule:     rule, Severity: finding.Error, Key: key, Args: args,
	})
}

// list names the kinds that have at least one of the two files.
func (l *loader) list() []string {
	var ids []string
	for _, suffix := range []string{kindSuffix, schemaSuffix} {
		names, err := fs.Glob(l.fsys, "*"+suffix)
		if err != nil {
			l.report("", "schema-file", "schema.unreadable")
			l.unread = true
		}
		for _, name := range names {
			ids = append(ids, strings.TrimSuffix(name, suffix))
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// kind reads one pair, nil where it cannot be used.
func (l *loader) kind(id string) *Kind {
	data, okSchema := l.files[id+schemaSuffix]
	life, okLife := l.files[id+kindSuffix]
	if !okSchema || !okLife {
		return nil
	}
	schema, okSchema := l.schema(id+schemaSuffix, data)
	doc, okLife := l.life(id+kindSuffix, life)
	if !okSchema || !okLife {
		return nil
	}
	shape := sync.OnceValues(func() (validator, error) { return compile(id+schemaSuffix, data) })
	if !l.trusts(id+schemaSuffix, data) {
		if _, err := shape(); err != nil {
			l.report(id+schemaSuffix, "schema-file", "schema.compile")
			return nil
		}
	}
	kind, err := decode(doc.Root())
	if err != nil {
		l.report(id+kindSuffix, "kind-pattern", "schema.kind_pattern")
		return nil
	}
	kind.shape, kind.Fields = shape, fieldsOf(schema)
	l.docs[kind.ID] = doc
	c := crossCheck{kind: kind, doc: doc, schema: schema, file: id}
	l.found = append(l.found, c.run()...)
	kind.nameStates()
	return kind
}

// nameStates gives the field that says in which state a record was imported the
// states of its kind as options, so that whoever shows it shows their titles.
func (k *Kind) nameStates() {
	options := make([]Option, len(k.States))
	for i, s := range k.States {
		options[i] = Option{Value: s.ID, Title: s.Title}
	}
	for i := range k.Fields {
		for n := range k.Fields[i].Fields {
			if f := &k.Fields[i].Fields[n]; k.Fields[i].Name == "imported_from" && f.Name == "state" {
				f.Type, f.Options = EnumField, options
			}
		}
	}
}

func (l *loader) trusts(name string, data []byte) bool {
	own, err := fs.ReadFile(l.trusted, name)
	return err == nil && bytes.Equal(own, data)
}

// schema reads a schema file and checks it against its meta-schema.
func (l *loader) schema(name string, data []byte) (*tree, bool) {
	where := path.Join(Folder, name)
	t, err := readTree(data)
	if err != nil {
		_, found := yamldoc.Parse(where, data)
		if len(found) == 0 {
			l.report(name, "schema-file", "schema.json")
		}
		l.found = append(l.found, found...)
		return nil, false
	}
	if l.trusts(name, data) {
		return t, true
	}
	found := checkAgainst(schemaMeta, where, t.plain, func() (*yamldoc.Document, finding.List) { return yamldoc.Parse(where, data) })
	l.found = append(l.found, found...)
	return t, len(found) == 0
}

// life reads a kind file and checks it against its meta-schema.
func (l *loader) life(name string, data []byte) (*yamldoc.Document, bool) {
	doc, found := yamldoc.Parse(path.Join(Folder, name), data)
	if doc != nil && !l.trusts(name, data) {
		found = append(found, checkAgainst(kindMeta, path.Join(Folder, name), doc.Plain(), func() (*yamldoc.Document, finding.List) { return doc, nil })...)
	}
	l.found = append(l.found, found...)
	return doc, len(found) == 0
}
