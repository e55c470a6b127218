package record

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync/atomic"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// Load reads every *.yaml below records/ of fsys. Findings are those of reading
// and of the schema, of ids that do not fit their file, folder or kind, and of
// ids that stand twice. The error is fsys's own. A missing folder is an empty
// register.
func Load(fsys fs.FS, kinds *schema.Registry) (*Register, finding.List, error) {
	return Loading{}.Load(fsys, kinds)
}

// Loading is how records are read.
type Loading struct {
	// Known gives what [Parse] made of the same bytes at the same path with the same
	// kinds, which is taken over. Nil knows nothing.
	Known func(path string) (*Record, finding.List)
	// Told hears how many files are read, from several goroutines. Nil hears nothing.
	Told func(done, total int)
}

// Load is [Load].
func (l Loading) Load(fsys fs.FS, kinds *schema.Registry) (*Register, finding.List, error) {
	paths, err := files(fsys)
	if err != nil {
		return nil, nil, fmt.Errorf("list records: %w", err)
	}
	loaded := make([]loadedFile, len(paths))
	var done atomic.Int64
	if err := inOrder(paths, loaded, func(p string) (loadedFile, error) {
		if l.Told != nil {
			defer func() { l.Told(int(done.Add(1)), len(paths)) }()
		}
		if l.Known != nil {
			if rec, found := l.Known(p); rec != nil {
				return loadedFile{rec, found}, nil
			}
		}
		return readFile(fsys, p, kinds)
	}); err != nil {
		return nil, nil, err
	}
	var found finding.List
	records := make([]*Record, len(loaded))
	for i, l := range loaded {
		found = append(found, l.found...)
		records[i] = l.record
	}
	reg, doubled := Gather(records, kinds)
	return reg, append(found, doubled...).Sort(), nil
}

// Gather makes the register of records that [Parse] read with the same kinds, in
// the order of their paths; they may belong to other registers, too. Findings are
// those of ids that stand twice.
func Gather(records []*Record, kinds *schema.Registry) (*Register, finding.List) {
	reg := &Register{kinds: kinds, byID: make(map[string]*Record, len(records))}
	var found finding.List
	for _, rec := range records {
		found = append(found, reg.add(rec)...)
	}
	slices.SortFunc(reg.sorted, func(a, b *Record) int {
		return cmp.Or(cmp.Compare(a.folder(), b.folder()), cmp.Compare(a.ID, b.ID))
	})
	reg.join()
	reg.dispose()
	return reg, found
}

type loadedFile struct {
	record *Record
	found  finding.List
}

// files lists the YAML files of the records folder in path order.
func files(fsys fs.FS) ([]string, error) {
	var paths []string
	err := fs.WalkDir(fsys, Folder, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && p == Folder:
			return fs.SkipAll
		case err != nil:
			return err
		case d.Type().IsRegular() && path.Ext(p) == ".yaml":
			paths = append(paths, p)
		}
		return nil
	})
	slices.Sort(paths)
	return paths, err
}

func readFile(fsys fs.FS, p string, kinds *schema.Registry) (loadedFile, error) {
	data, err := fs.ReadFile(fsys, p)
	if err != nil {
		return loadedFile{}, fmt.Errorf("read record %q: %w", p, err)
	}
	rec, found := Parse(p, data, kinds)
	return loadedFile{rec, found}, nil
}

// Parse reads one record file. The record is never nil.
func Parse(p string, data []byte, kinds *schema.Registry) (*Record, finding.List) {
	doc, found := yamldoc.Parse(p, data)
	return recordOf(p, data, doc, found, kinds)
}

// Make writes a new record file, head and then the fields in the given order of
// keys, and gives what [Parse] makes of it; the text is in its Source.
func Make(p, head string, fields map[string]any, order yamldoc.Order, kinds *schema.Registry) (*Record, finding.List) {
	text, doc := yamldoc.Make(p, head, fields, order)
	if doc == nil {
		return Parse(p, text, kinds)
	}
	return recordOf(p, text, doc, nil, kinds)
}

func recordOf(p string, data []byte, doc *yamldoc.Document, found finding.List, kinds *schema.Registry) (*Record, finding.List) {
	rec := &Record{ID: StemOf(p), Path: p, Source: data}
	if kind := kinds.Kind(rec.folder()); kind != nil {
		rec.Kind = kind
	}
	if doc == nil {
		rec.Broken = true
	} else {
		rec.Doc = doc
		rec.Object = doc.Root()
		rec.steps = TransitionsOf(rec.Object)
		found = append(found, rec.checkIdentity(kinds.Refused(rec.folder()))...)
		if rec.Kind != nil {
			found = append(found, rec.Kind.Validate(doc)...)
			rec.refs = rec.references()
		}
	}
	for i := range found {
		found[i].Record = rec.ID
	}
	return rec, found
}

// StemOf is the record id that a path stands for: the file's name without its
// extension.
func StemOf(p string) string { return strings.TrimSuffix(path.Base(p), path.Ext(p)) }

// KindOf is the kind id that a path stands for: the folder below records/, ""
// where the path lies elsewhere.
func KindOf(p string) string {
	below, ours := strings.CutPrefix(p, Folder+"/")
	kind, _, deeper := strings.Cut(below, "/")
	if !ours || !deeper {
		return ""
	}
	return kind
}

func (r *Record) folder() string { return KindOf(r.Path) }

// checkIdentity compares the id with the file, the folder and the kind's
// pattern. A kind that was refused has been reported at its own files.
func (r *Record) checkIdentity(refused bool) finding.List {
	var found finding.List
	report := func(pos finding.Position, rule, key string, args ...locale.Arg) {
		found = append(found, finding.Finding{Position: pos, Rule: rule, Severity: finding.Error, Record: r.ID, Key: key, Args: args})
	}
	if r.Kind == nil && refused {
		return nil
	}
	if r.Kind == nil {
		report(finding.Position{Path: r.Path, Line: 1, Column: 1}, "kind-unknown", "record.kind-unknown", locale.A("kind", r.folder()), locale.A("kinds", "schemas/"))
		return found
	}
	if id := r.Text(IDField); id != "" && id != r.ID {
		report(r.Doc.Position("/"+IDField), "id-file", "record.id-file", locale.A("file", path.Base(r.Path)), locale.A("stem", r.ID))
	}
	if re := r.Kind.IDs.Pattern; re != nil && !re.MatchString(r.ID) {
		report(r.Doc.Position("/"+IDField), "id-pattern", "record.id-pattern", locale.T("kind", r.Kind.Title), locale.A("pattern", re.String()))
	} else if !Portable(r.ID) {
		report(r.Doc.Position("/"+IDField), "id-pattern", "record.id-reserved", locale.A("id", r.ID))
	}
	if !r.inPlace() {
		report(finding.Position{Path: r.Path, Line: 1, Column: 1}, "path", "record.path", locale.A("want", r.wantedPath()))
	}
	return found
}

// inPlace tells whether the file lies where its kind wants it (domain.md §0.1).
func (r *Record) inPlace() bool {
	parts := strings.Split(r.Path, "/")
	if !r.Kind.Dated {
		return len(parts) == 3
	}
	return len(parts) == 5 && isNumber(parts[2], 4) && isNumber(parts[3], 2)
}

func (r *Record) wantedPath() string {
	if r.Kind.Dated {
		return path.Join(Folder, r.Kind.ID, "YYYY", "MM", r.ID+".yaml")
	}
	return path.Join(Folder, r.Kind.ID, r.ID+".yaml")
}

func isNumber(s string, digits int) bool {
	return len(s) == digits && strings.Trim(s, "0123456789") == ""
}
