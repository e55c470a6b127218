package intake

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// MaxEvidence is the size of the largest file that the store of evidence takes,
// in bytes.
const MaxEvidence = 200 << 20

// DigestField is the member that tells an attachment: the SHA-256 of its file,
// in hex (domain.md §0.11).
const DigestField = "sha256"

// Errors of the store of evidence.
var (
	ErrNotFile = errors.New("not a regular file, or reached through a symbolic link; name the file itself")
	ErrTooBig  = errors.New("larger than 200 MiB")
	ErrAltered = errors.New("the store holds another file under this name; it may have been altered")
)

// Evidence is one file as the store keeps it.
type Evidence struct {
	Digest string // SHA-256 in hex
	Name   string // in the store: the digest and the file's extension
	Size   int64
}

var plainExtension = regexp.MustCompile(`^\.[a-z0-9]{1,10}$`)

// Deposit puts a file into the folder store, which is made where it is not there,
// under a name made of its content. Nothing in the store is ever overwritten: the
// same file again is found to be there.
func Deposit(store, file string) (Evidence, error) {
	info, err := os.Lstat(file)
	switch {
	case err != nil:
		return Evidence{}, fmt.Errorf("look at %q: %w", file, err)
	case !info.Mode().IsRegular():
		return Evidence{}, fmt.Errorf("look at %q: %w", file, ErrNotFile)
	case info.Size() > MaxEvidence:
		return Evidence{}, fmt.Errorf("look at %q: %w", file, ErrTooBig)
	}
	if err := os.MkdirAll(store, 0o700); err != nil {
		return Evidence{}, fmt.Errorf("make the store %q: %w", store, err)
	}
	root, err := os.OpenRoot(store)
	if err != nil {
		return Evidence{}, fmt.Errorf("open the store %q: %w", store, err)
	}
	defer root.Close()
	temporary := ".kept-" + rand.Text() + ".tmp"
	defer func() { _ = remove(root, temporary) }()
	e, err := copyIn(root, temporary, file)
	if err != nil {
		return Evidence{}, fmt.Errorf("copy %q: %w", file, err)
	}
	if extension := strings.ToLower(filepath.Ext(file)); plainExtension.MatchString(extension) {
		e.Name += extension
	}
	return e, settleEvidence(root, temporary, e)
}

// copyIn copies a file into the store and works its digest out on the way.
func copyIn(root *os.Root, name, file string) (e Evidence, err error) {
	in, err := os.Open(file)
	if err != nil {
		return e, err
	}
	defer in.Close()
	if info, err := in.Stat(); err != nil || !info.Mode().IsRegular() {
		return e, errors.Join(err, ErrNotFile)
	}
	out, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return e, err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	digest := sha256.New()
	e.Size, err = io.Copy(io.MultiWriter(out, digest), io.LimitReader(in, MaxEvidence+1))
	if err != nil {
		return e, err
	}
	if e.Size > MaxEvidence {
		return e, ErrTooBig
	}
	e.Digest = hex.EncodeToString(digest.Sum(nil))
	e.Name = e.Digest
	return e, out.Sync()
}

// settleEvidence gives the copy its name, unless the file is there already.
func settleEvidence(root *os.Root, temporary string, e Evidence) error {
	known, err := findEvidence(root, e.Digest)
	if err != nil {
		return err
	}
	if known != "" {
		is, err := digestOf(root, known)
		if err == nil && is != e.Digest {
			err = fmt.Errorf("look at %q: %w", known, ErrAltered)
		}
		return err
	}
	// a link, other than a rename, never takes another file's place
	if err := root.Link(temporary, e.Name); err != nil {
		return fmt.Errorf("put %q into the store: %w", e.Name, err)
	}
	return nil
}

// findEvidence is the name under which the store holds a digest, "" for none.
func findEvidence(root *os.Root, digest string) (string, error) {
	names, err := storeNames(root)
	if err != nil {
		return "", err
	}
	at, _ := slices.BinarySearch(names, digest)
	if at < len(names) && strings.TrimSuffix(names[at], path.Ext(names[at])) == digest {
		return names[at], nil
	}
	return "", nil
}

// storeNames lists what lies in the store, sorted, but for copies under way.
func storeNames(root *os.Root) ([]string, error) {
	dir, err := root.Open(".")
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	names, err := dir.Readdirnames(-1)
	names = slices.DeleteFunc(names, func(name string) bool { return strings.HasPrefix(name, ".") })
	slices.Sort(names)
	return names, err
}

func digestOf(root *os.Root, name string) (string, error) {
	info, err := root.Lstat(name)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", nil
	}
	f, err := root.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	digest := sha256.New()
	if _, err := io.Copy(digest, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(digest.Sum(nil)), nil
}

// AttachRequest asks for an evidence file to be named in a record.
type AttachRequest struct {
	Record   *record.Record
	Kinds    *schema.Registry
	Field    string // of items, or an object, with a digest; "" is attachments
	Title    string
	Class    string
	Evidence Evidence
}

// defaultAttachments is the envelope's list (domain.md §3).
const defaultAttachments = "attachments"

// Attach plans the entry of a record that names a file of the store. A record
// that names it already is no plan. A signed copy that is there is not replaced.
func Attach(r AttachRequest) (Plan, bool, finding.List) {
	rec := r.Record
	if rec.Broken || rec.Kind == nil || rec.Doc == nil {
		return Plan{}, false, finding.List{refusal(rec.Path, "intake-attach", "intake.broken")}
	}
	name := r.Field
	if name == "" {
		name = defaultAttachments
	}
	field, ok := rec.Kind.Field(name)
	if !ok || strings.Contains(name, ".") || !hasDigest(field) {
		return Plan{}, false, finding.List{refusal("--field", "intake-attach", "intake.no_attachments", locale.T("kind", rec.Kind.Title), locale.A("fields", strings.Join(attachable(rec.Kind), ", ")))}
	}
	held := rec.Items(name)
	if !field.List && rec.Has(name) {
		held = []yamldoc.Object{rec.Object.Object(name)}
	}
	for _, item := range held {
		if item.Text(DigestField) == r.Evidence.Digest {
			return Plan{}, false, nil
		}
	}
	if !field.List && len(held) > 0 {
		return Plan{}, false, finding.List{refusal("--field", "intake-attach", "intake.attached", locale.T("field", field.Title))}
	}
	entry := map[string]any{DigestField: r.Evidence.Digest}
	for key, value := range map[string]string{record.TitleField: r.Title, "class": r.Class} {
		if value != "" {
			entry[key] = value
		}
	}
	return r.entered(name, field, entry)
}

// entered plans the record with the entry in it.
func (r AttachRequest) entered(name string, field schema.Field, entry map[string]any) (Plan, bool, finding.List) {
	rec := r.Record
	order := KeyOrder(rec.Kind.Fields)
	d := &draft{kind: rec.Kind, fields: map[string]any{name: entry}}
	e, err := yamldoc.NewEdit(rec.Path, rec.Source)
	if err == nil && field.List {
		items, _ := rec.Plain(name).([]any)
		d.fields[name] = append(items[:len(items):len(items)], any(entry))
	}
	if err == nil {
		err = setKey(e, rec, d, name, order)
	}
	if err != nil {
		return Plan{}, false, finding.List{refusal(rec.Path, "intake-attach", "intake.layout")}
	}
	plan := Plan{Path: rec.Path, Before: rec.Source, After: e.Bytes()}
	if found := judge(plan, r.Kinds); len(found) > 0 {
		return Plan{}, false, found
	}
	return plan, true, nil
}

// hasDigest tells a field that names evidence. The digest of a ledger's file is none:
// the file is not kept.
func hasDigest(f schema.Field) bool {
	return f.Name != record.ImportedField && slices.ContainsFunc(f.Fields, func(inner schema.Field) bool { return inner.Name == DigestField })
}

// attachable names the fields of a kind that hold attachments.
func attachable(kind *schema.Kind) []string {
	var names []string
	for _, f := range kind.Fields {
		if hasDigest(f) {
			names = append(names, f.Name)
		}
	}
	return names
}

// Rules of [CheckEvidence].
const (
	missingRule = "evidence-missing"
	alteredRule = "evidence-altered"
	unknownRule = "evidence-unknown"
)

// CheckEvidence compares the store with the records: a file that a record names
// and the store does not hold, one whose content is no longer what its name and
// the record say, and one that no record names. store "" holds nothing.
func CheckEvidence(reg *record.Register, store string) (finding.List, error) {
	var names []string
	var root *os.Root
	if store != "" {
		var err error
		if root, err = os.OpenRoot(store); err == nil {
			defer root.Close()
			names, err = storeNames(root)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("open the store %q: %w", store, err)
		}
	}
	byDigest := map[string]string{}
	for _, name := range names {
		byDigest[strings.TrimSuffix(name, path.Ext(name))] = name
	}
	var found finding.List
	named := map[string]bool{}
	verdicts := map[string]string{}
	for rec := range reg.All() {
		for _, at := range digests(rec) {
			rule, err := judgeEvidence(root, byDigest, at.digest, verdicts)
			if err != nil {
				return nil, err
			}
			named[byDigest[at.digest]] = true
			if rule != "" {
				f := evidenceFinding(rule, rec.Position(at.pointer))
				f.Record = rec.ID
				found = append(found, f)
			}
		}
	}
	for _, name := range names {
		if !named[name] {
			f := evidenceFinding(unknownRule, finding.Position{Path: name})
			f.Severity = finding.Warning
			found = append(found, f)
		}
	}
	return found.Sort(), nil
}

// Kept counts the attachments that records name by their digest.
func Kept(reg *record.Register) int {
	n := 0
	for rec := range reg.All() {
		n += len(digests(rec))
	}
	return n
}

func evidenceFinding(rule string, at finding.Position) finding.Finding {
	key := map[string]string{missingRule: "intake.evidence_missing", alteredRule: "intake.evidence_altered", unknownRule: "intake.evidence_unknown"}[rule]
	return finding.Finding{Position: at, Rule: rule, Severity: finding.Error, Key: key}
}

// judgeEvidence is the rule that a digest breaks, "" for none; each file is read
// once.
func judgeEvidence(root *os.Root, byDigest map[string]string, digest string, known map[string]string) (string, error) {
	if rule, ok := known[digest]; ok {
		return rule, nil
	}
	rule := missingRule
	if name, ok := byDigest[digest]; ok {
		is, err := digestOf(root, name)
		if err != nil {
			return "", fmt.Errorf("read the store: %w", err)
		}
		rule = ""
		if is != digest {
			rule = alteredRule
		}
	}
	known[digest] = rule
	return rule, nil
}

// located is a digest in a record.
type located struct{ digest, pointer string }

// digests lists the attachments of a record.
func digests(rec *record.Record) []located {
	if rec.Kind == nil || rec.Broken {
		return nil
	}
	var list []located
	for _, name := range attachable(rec.Kind) {
		at := "/" + name
		if digest := rec.Object.Object(name).Text(DigestField); digest != "" {
			list = append(list, located{digest, at + "/" + DigestField})
		}
		for i, item := range rec.Items(name) {
			if digest := item.Text(DigestField); digest != "" {
				list = append(list, located{digest, fmt.Sprintf("%s/%d/%s", at, i, DigestField)})
			}
		}
	}
	return list
}
