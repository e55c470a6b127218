package intake

import (
	"bytes"
	"crypto/sha1" //nolint:gosec // git names its objects so
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"kept/internal/config"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

const (
	// WrittenFile says what kept wrote beside the records, so that it can tell its own
	// texts from those that somebody has changed since.
	WrittenFile = writtenFolder + "/written"
	// writtenFolder holds, beside it, what kept would have written where a file has
	// changes of both, and always for code owners, which are filled in by hand, perhaps
	// before the first commit.
	writtenFolder = ".kept-init"
	baseFolder    = writtenFolder + "/base"
)

// Written is what a [WrittenFile] says.
type Written struct {
	People []Founder         // id and account, in the order of the founding
	Blobs  map[string]string // id of the text by its path, as git names it
}

var (
	writtenPerson = regexp.MustCompile(`^person (\S+)(?: (\S+))?$`)
	writtenBlob   = regexp.MustCompile(`^([0-9a-f]{40}) (.+)$`)
)

// ReadWritten reads a [WrittenFile]; what is no line of it says nothing.
func ReadWritten(data []byte) Written {
	w := Written{Blobs: map[string]string{}}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\r\n")
		if p := writtenPerson.FindStringSubmatch(line); p != nil {
			w.People = append(w.People, Founder{ID: p[1], Account: p[2]})
		}
		if b := writtenBlob.FindStringSubmatch(line); b != nil {
			w.Blobs[b[2]] = b[1]
		}
	}
	return w
}

// text is the file again.
func (w Written) text(lang locale.Lang, head [2]string) []byte {
	var b bytes.Buffer
	if lang == locale.English {
		head[0] = head[1]
	}
	fmt.Fprintf(&b, "# %s\n", head[0])
	for _, p := range w.People {
		fmt.Fprintln(&b, strings.TrimSpace("person "+p.ID+" "+p.Account))
	}
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for name := range w.Blobs {
			if !yield(name) {
				return
			}
		}
	}) {
		fmt.Fprintf(&b, "%s %s\n", w.Blobs[name], name)
	}
	return b.Bytes()
}

// BlobID is how git names a text.
func BlobID(text []byte) string {
	sum := sha1.Sum(fmt.Appendf(nil, "blob %d\x00%s", len(text), text)) //nolint:gosec // as above
	return hex.EncodeToString(sum[:])
}

// Scaffold plans what [Init] writes beside the records: guides, hook, the editor's
// settings and the forge's files, for the kinds and the people that there are.
func Scaffold(r InitRequest, kinds *schema.Registry) ([]Plan, error) {
	r.Languages = r.spoken()
	copied, err := r.copied()
	if err != nil {
		return nil, err
	}
	editor, err := editorPlans(kinds)
	if err != nil {
		return nil, err
	}
	ci, err := r.forge()
	return beside(slices.Concat(copied, editor, ci)), err
}

// beside are the plans of files that are neither records nor rule them.
func beside(plans []Plan) []Plan {
	return slices.DeleteFunc(slices.Clone(plans), func(p Plan) bool {
		top, _, _ := strings.Cut(p.Path, "/")
		return slices.Contains([]string{record.Folder, schema.Folder, config.File, writtenFolder}, top)
	})
}

// written plans the [WrittenFile] after these plans are carried out, and what stands
// beside it.
func (r InitRequest) written(plans []Plan) ([]Plan, error) {
	w := Written{Blobs: map[string]string{}, People: r.People}
	var list []Plan
	for _, p := range beside(plans) {
		w.Blobs[p.Path] = BlobID(p.After)
		if path.Base(p.Path) == ownersFile {
			list = append(list, Plan{Path: path.Join(baseFolder, p.Path), After: p.After})
		}
	}
	head, err := r.writtenHead()
	return append(list, Plan{Path: WrittenFile, After: w.text(r.Languages[0], head)}), err
}

// writtenHead is the remark at the head of a [WrittenFile], in both languages.
func (r InitRequest) writtenHead() (head [2]string, err error) {
	data, err := fs.ReadFile(r.Template, "written.txt")
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	if err == nil && len(lines) != len(head) {
		err = errors.New("read the template of a repository: written.txt has other lines than two")
	}
	copy(head[:], lines)
	return head, err
}

// Fate is what becomes of a file when a repository's files are made anew.
type Fate int

// The fates. Contested is what both changed in the same lines; of a file that is
// Yours kept has nothing new; one that is Gone was taken away by somebody and stays
// away; one that is Left belongs to another forge and has changes of somebody's.
const (
	Same Fate = iota
	Added
	Renewed
	Merged
	Taken
	Dropped
	Yours
	Gone
	Left
	Contested
)

// Writes tells whether the fate changes the file.
func (f Fate) Writes() bool { return f >= Added && f <= Dropped }

// Renewal is one file and its fate: the text that is there, that which will be, and
// that which kept would write.
type Renewal struct {
	Path              string
	Fate              Fate
	Now, After, Fresh []byte
}

// Renewing makes a repository's files anew.
type Renewing struct {
	Request    InitRequest
	Kinds      *schema.Registry
	Files      fs.FS // of the repository
	Written    Written
	Take, Keep []string // paths that shall be as kept writes them, or stay as they are
	// Blob is a text that kept wrote once; Merge joins two changes of one.
	Blob  func(id string) ([]byte, error)
	Merge func(ours, base, theirs []byte) (text []byte, clean bool, err error)
}

// Plan tells the fate of each file, by path, and plans what is to be written.
func (n Renewing) Plan() ([]Renewal, []Plan, error) {
	n.Request.Languages = n.Request.spoken()
	fresh, err := Scaffold(n.Request, n.Kinds)
	if err != nil {
		return nil, nil, err
	}
	var list []Renewal
	next := Written{People: n.Request.People, Blobs: map[string]string{}}
	var plans []Plan
	for _, p := range fresh {
		r, err := n.renewal(p)
		if err != nil {
			return nil, nil, err
		}
		list = append(list, r)
		plans = append(plans, n.settle(r, &next)...)
	}
	for name, id := range n.Written.Blobs {
		if slices.ContainsFunc(fresh, func(p Plan) bool { return p.Path == name }) {
			continue
		}
		if now, err := fs.ReadFile(n.Files, name); err == nil && !slices.Contains(n.Keep, name) {
			r := Renewal{Path: name, Fate: Left, Now: now, After: now}
			if BlobID(now) == id || slices.Contains(n.Take, name) {
				r.Fate, r.After = Dropped, nil
				plans = append(plans, Plan{Path: name, Before: now})
			} else {
				next.Blobs[name] = id
			}
			list = append(list, r)
		}
	}
	slices.SortFunc(list, func(a, b Renewal) int { return strings.Compare(a.Path, b.Path) })
	head, err := n.Request.writtenHead()
	if err != nil {
		return nil, nil, err
	}
	return list, n.replace(plans, WrittenFile, next.text(n.Request.Languages[0], head)), nil
}

// renewal is the fate of one file.
func (n Renewing) renewal(p Plan) (Renewal, error) {
	r := Renewal{Path: p.Path, Fresh: p.After, After: p.After}
	now, err := fs.ReadFile(n.Files, p.Path)
	id := n.Written.Blobs[p.Path]
	switch {
	case errors.Is(err, fs.ErrNotExist):
		r.Fate = Added
		if id != "" && !slices.Contains(n.Take, p.Path) {
			r.Fate, r.After = Gone, nil
		}
		return r, nil
	case err != nil:
		return r, err
	}
	r.Now = now
	switch {
	case bytes.Equal(now, p.After):
		r.Fate = Same
	case slices.Contains(n.Take, p.Path):
		r.Fate = Taken
	case BlobID(now) == id:
		r.Fate = Renewed
	case id == BlobID(p.After), slices.Contains(n.Keep, p.Path):
		r.Fate, r.After = Yours, now
	default:
		return n.joined(r, id)
	}
	return r, nil
}

// joined is a file that somebody and kept have changed.
func (n Renewing) joined(r Renewal, id string) (Renewal, error) {
	mine := r.After
	r.Fate, r.After = Contested, r.Now
	base, err := fs.ReadFile(n.Files, path.Join(baseFolder, r.Path))
	if err != nil || BlobID(base) != id {
		if id == "" {
			return r, nil // kept has not written it
		}
		if base, err = n.Blob(id); err != nil {
			return r, nil // nobody knows any more what it was
		}
	}
	ours := r.Now
	if path.Base(r.Path) == ownersFile {
		ours, base, mine = ownersJoined(ours, base, mine)
	}
	text, clean, err := n.Merge(ours, base, mine)
	if err != nil || !clean {
		return r, err
	}
	if r.Fate, r.After = Merged, text; bytes.Equal(text, r.Now) {
		r.Fate = Yours
	}
	return r, nil
}

// settle plans what a fate asks for, and notes what kept has written.
func (n Renewing) settle(r Renewal, next *Written) []Plan {
	base := path.Join(baseFolder, r.Path)
	if r.Fate == Contested {
		if id := n.Written.Blobs[r.Path]; id != "" {
			next.Blobs[r.Path] = id
		}
		return nil
	}
	next.Blobs[r.Path] = BlobID(r.Fresh)
	var plans []Plan
	if r.Fate.Writes() {
		plans = append(plans, Plan{Path: r.Path, Before: r.Now, After: r.After})
	}
	switch {
	case r.Fate == Gone:
		return plans
	case r.Fate == Merged, r.Fate == Yours, path.Base(r.Path) == ownersFile:
		return n.replace(plans, base, r.Fresh)
	}
	return n.replace(plans, base, nil)
}

// replace adds the plan of a file that shall have a text, none where it has it.
func (n Renewing) replace(plans []Plan, name string, text []byte) []Plan {
	now, err := fs.ReadFile(n.Files, name)
	if err != nil {
		now = nil
	}
	if bytes.Equal(now, text) {
		return plans
	}
	return append(plans, Plan{Path: name, Before: now, After: text})
}
