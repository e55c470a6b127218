package pipeline

import (
	"errors"
	"os"
	"path/filepath"

	"kept/internal/redact"
	"kept/internal/yamldoc"
)

// Errors of the contacts file. None of them says what the file holds or where it
// is.
var (
	ErrNoContacts         = errors.New("kept.yaml names no contacts file")
	ErrContactsInside     = errors.New("the contacts file lies inside the repository")
	ErrContactsUnreadable = errors.New("the contacts file cannot be read")
)

// maxContacts bounds the contacts file, in bytes.
const maxContacts = 16 << 20

// Contacts reads the contacts file that the snapshot's kept.yaml names. Nothing but
// a print with contacts asks for it (domain.md §10).
func (p *Project) Contacts(s *Snapshot) (redact.Contacts, error) {
	name := s.Config.Contacts
	if name == "" {
		return nil, ErrNoContacts
	}
	if !filepath.IsAbs(name) {
		name = filepath.Join(p.Dir, filepath.FromSlash(name))
	}
	if p.Inside(name) {
		return nil, ErrContactsInside
	}
	info, err := os.Stat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxContacts {
		return nil, ErrContactsUnreadable
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, ErrContactsUnreadable
	}
	return parseContacts(data)
}

func parseContacts(data []byte) (redact.Contacts, error) {
	doc, found := yamldoc.Parse("contacts", data)
	if doc == nil || len(found) > 0 {
		return nil, ErrContactsUnreadable
	}
	root := doc.Root()
	if root.Has("contacts") {
		root = root.Object("contacts")
	}
	contacts := redact.Contacts{}
	for _, ref := range root.Keys() {
		o := root.Object(ref)
		contacts[ref] = redact.ContactEntry{Name: o.Text("name"), Phone: o.Text("phone"), Email: o.Text("email")}
	}
	return contacts, nil
}

// Inside tells whether a path lies in the project's folder, links followed. What
// cannot be told counts as inside.
func (p *Project) Inside(path string) bool {
	top, err := filepath.EvalSymlinks(p.Dir)
	if err != nil {
		return true
	}
	if top, err = filepath.Abs(top); err != nil {
		return true
	}
	if path, err = filepath.Abs(path); err != nil {
		return true
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	} else if folder, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		path = filepath.Join(folder, filepath.Base(path))
	} else {
		return true
	}
	rel, err := filepath.Rel(top, path)
	return err != nil || filepath.IsLocal(rel)
}

// WritePrivate writes a paper that only its owner may read.
func WritePrivate(name string, data []byte) error {
	if err := WriteFile(name, data); err != nil {
		return err
	}
	return os.Chmod(name, 0o600)
}
