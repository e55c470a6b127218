package pipeline

import (
	"bytes"
	"cmp"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"kept/internal/config"
	"kept/internal/gitrepo"
	"kept/internal/intake"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
	"kept/templates"
)

// Suggestion is a word that may stand at a place of a command line.
type Suggestion struct {
	Word  string
	Title locale.Text // what it means, on one line
}

// Suggestions knows the words for a command line out of the files of a folder. It
// reads little and checks nothing, so that it answers while somebody types; what is
// broken gives no words.
type Suggestions struct {
	files, kinds fs.FS
	mutex        sync.Mutex
	known        map[string]*schema.Kind // lives that were read, nil where they cannot be
}

// NewSuggestions looks at the repository that holds a folder.
func NewSuggestions(dir string) *Suggestions {
	files := gitrepo.Folder(top(dir))
	return &Suggestions{files: files, kinds: kindFiles(files), known: map[string]*schema.Kind{}}
}

// top is the nearest folder, here or above, that holds kept.yaml or git's own; else the
// folder itself.
func top(dir string) string {
	at, err := filepath.Abs(dir)
	if err != nil {
		return dir
	}
	if found, ok := nearest(at, ".git", config.File); ok {
		return found
	}
	return dir
}

// wordPattern is what may be put on a command line without quotes, by any shell.
var wordPattern = regexp.MustCompile(`^[\pL\pN][\pL\pN._/-]*$`)

// longestTitle bounds a title, in characters.
const longestTitle = 60

// suggested makes a suggestion whose word and title are harmless on a terminal; ok is
// false for a word that no shell should be given.
func suggested(word string, title locale.Text) (Suggestion, bool) {
	return Suggestion{word, locale.Text{ZH: oneLine(title.ZH), EN: oneLine(title.EN)}}, wordPattern.MatchString(word)
}

// oneLine is a text without control characters and line breaks, of bearable length.
func oneLine(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar
	}), " ")
	return locale.Shorten(s, longestTitle)
}

type suggestionList []Suggestion

func (l *suggestionList) add(word string, title locale.Text) {
	if s, ok := suggested(word, title); ok {
		*l = append(*l, s)
	}
}

// kind is the life of a kind, nil where it cannot be read.
func (s *Suggestions) kind(id string) *schema.Kind {
	s.mutex.Lock()
	k, ok := s.known[id]
	s.mutex.Unlock()
	if !ok {
		k = schema.Sketch(s.kinds, id)
		s.mutex.Lock()
		s.known[id] = k
		s.mutex.Unlock()
	}
	return k
}

// prepare reads the lives of several kinds side by side.
func (s *Suggestions) prepare(ids []string) {
	var group sync.WaitGroup
	for half := range 2 {
		group.Go(func() {
			for i := half; i < len(ids); i += 2 {
				s.kind(ids[i])
			}
		})
	}
	group.Wait()
}

// Kinds are the kinds of records.
func (s *Suggestions) Kinds() []Suggestion {
	ids := schema.Sketched(s.kinds)
	s.prepare(ids)
	var list suggestionList
	for _, id := range ids {
		if k := s.kind(id); k != nil {
			list.add(id, k.Title)
		}
	}
	return list
}

// mostSuggested bounds a list: nobody reads more.
const mostSuggested = 400

// Records are the records whose id begins with a prefix, of the named kinds or, with
// none, of all; only those that somebody still has to act on where open is set.
func (s *Suggestions) Records(prefix string, open bool, kinds ...string) []Suggestion {
	type found struct{ id, kind, path string }
	var all []found
	if len(kinds) == 0 {
		kinds = s.folders()
	}
	for _, kind := range kinds {
		_ = fs.WalkDir(s.files, path.Join(record.Folder, kind), func(p string, entry fs.DirEntry, err error) error {
			if err == nil && entry.Type().IsRegular() && path.Ext(p) == ".yaml" && len(record.StemOf(p)) >= len(prefix) && strings.EqualFold(record.StemOf(p)[:len(prefix)], prefix) {
				all = append(all, found{record.StemOf(p), kind, p})
			}
			return nil
		})
	}
	if open {
		var ids []string
		for _, f := range all {
			ids = append(ids, f.kind)
		}
		slices.Sort(ids)
		s.prepare(slices.Compact(ids))
	}
	var list suggestionList
	for _, f := range all {
		status, title := s.glance(f.path)
		if k := s.kind(f.kind); open && (k == nil || !waits(k, status)) {
			continue
		}
		if list.add(f.id, title); len(list) == mostSuggested {
			break
		}
	}
	slices.SortFunc(list, func(a, b Suggestion) int { return cmp.Compare(a.Word, b.Word) })
	return list
}

// folders are the kinds of which there are records.
func (s *Suggestions) folders() []string {
	entries, _ := fs.ReadDir(s.files, record.Folder)
	var kinds []string
	for _, e := range entries {
		if e.IsDir() {
			kinds = append(kinds, e.Name())
		}
	}
	return kinds
}

// waits tells whether something may be done to a record in a state.
func waits(k *schema.Kind, status string) bool {
	state, ok := k.State(status)
	return ok && (state.Phase == schema.Open || state.Phase == schema.Draft)
}

// glance reads status and title at the beginning of a record, without reading the
// whole.
func (s *Suggestions) glance(p string) (status string, title locale.Text) {
	file, err := s.files.Open(p)
	if err != nil {
		return "", title
	}
	defer file.Close()
	data := make([]byte, glanced)
	n, _ := file.Read(data)
	values := map[string]string{}
	for line := range bytes.Lines(data[:n]) {
		for _, key := range []string{record.StatusField, record.TitleField, titleEnglish} {
			if !bytes.HasPrefix(line, []byte(key+":")) {
				continue
			}
			if doc, _ := yamldoc.Parse(p, line); doc != nil {
				values[key] = doc.Root().Text(key)
			}
		}
	}
	title = locale.Plain(values[record.TitleField])
	if en := values[titleEnglish]; en != "" {
		title.EN = en
	}
	return values[record.StatusField], title
}

// titleEnglish is the field of a title in English.
const titleEnglish = record.TitleField + "_en"

// glanced is how much of a record is read for its title, in bytes.
const glanced = 4096

// find is the record of an id: its kind with fields, and its state.
func (s *Suggestions) find(id string) (*schema.Kind, string) {
	for _, folder := range s.folders() {
		var at string
		_ = fs.WalkDir(s.files, path.Join(record.Folder, folder), func(p string, entry fs.DirEntry, err error) error {
			if err == nil && entry.Type().IsRegular() && record.StemOf(p) == id {
				at = p
				return fs.SkipAll
			}
			return nil
		})
		if at != "" {
			status, _ := s.glance(at)
			return schema.SketchFields(s.kinds, folder), status
		}
	}
	return nil, ""
}

// Next are the states and operations that may follow for a record.
func (s *Suggestions) Next(id string) []Suggestion {
	kind, status := s.find(id)
	if kind == nil {
		return nil
	}
	var list suggestionList
	if len(kind.Steps) == 0 {
		for _, state := range kind.States {
			if state.ID != status {
				list.add(state.ID, state.Title)
			}
		}
	}
	for _, step := range kind.StepsFrom(status) {
		list.add(step.To, step.Title)
	}
	state, _ := kind.State(status)
	for _, op := range intake.OperationsIn(kind, state) {
		list.add(op.ID, op.Title)
	}
	return list
}

// Fields are the fields of a record at which a file may be attached.
func (s *Suggestions) Fields(id string) []Suggestion {
	var list suggestionList
	for _, f := range s.attachable(id) {
		list.add(f.Name, f.Title)
	}
	return list
}

// Classes are the classes that a file attached to a record may have.
func (s *Suggestions) Classes(id string) []Suggestion {
	for _, f := range s.attachable(id) {
		for _, inner := range f.Fields {
			if inner.Name == classField {
				return s.values(inner, "")
			}
		}
	}
	return nil
}

// classField is the member of an attachment that says who may see it.
const classField = "class"

// attachable are the fields of a record that hold a digest.
func (s *Suggestions) attachable(id string) []schema.Field {
	kind, _ := s.find(id)
	if kind == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(kind.Fields), func(f schema.Field) bool {
		return f.Name == record.ImportedField || !slices.ContainsFunc(f.Fields, func(inner schema.Field) bool { return inner.Name == intake.DigestField })
	})
}

// Values are the options of a field of a kind.
func (s *Suggestions) Values(kind, field string) []Suggestion {
	k := schema.SketchFields(s.kinds, kind)
	if k == nil {
		return nil
	}
	f, _ := k.Field(field)
	return s.values(f, "")
}

// Papers are what "kept print" knows beside records: layouts, registers of kinds and
// numbers of documents.
func (s *Suggestions) Papers() []Suggestion {
	var list suggestionList
	if layouts, err := printLayouts(s.files); err == nil {
		names, _ := fs.ReadDir(layouts, ".")
		for _, e := range names {
			id := strings.TrimSuffix(e.Name(), ".yaml")
			data, err := fs.ReadFile(layouts, e.Name())
			if err != nil || id == e.Name() {
				continue
			}
			if doc, _ := yamldoc.Parse(e.Name(), data); doc != nil {
				title := doc.Root().Object("title")
				list.add(id, locale.Text{ZH: title.Text("zh-CN"), EN: title.Text("en")})
			}
		}
	}
	ids := s.folders()
	s.prepare(ids)
	for _, id := range ids {
		if k := s.kind(id); k != nil && k.PrintID != "" && !slices.ContainsFunc(list, func(o Suggestion) bool { return o.Word == k.PrintID }) {
			list.add(k.PrintID, k.Register)
		}
	}
	return list
}

// Forges are those for which kept has CI, and none.
func (s *Suggestions) Forges() []Suggestion {
	template, err := fs.Sub(templates.FS, "init")
	if err != nil {
		return nil
	}
	names, err := intake.Forges(template)
	if err != nil {
		return nil
	}
	var list suggestionList
	for _, name := range append(names, "none") {
		list.add(name, locale.Text{})
	}
	return list
}
