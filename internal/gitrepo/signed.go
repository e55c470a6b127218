package gitrepo

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// Signed is what a signature was made over, and the signature, both as git hands
// them to the program that verifies: nobody has checked them here.
type Signed struct {
	Payload   []byte // the object without its signature
	Signature []byte // in its armour; nil where there is none
	// Several tells that the object carries more than one, of which a reader cannot
	// know which one another reader takes.
	Several bool
}

// Signature reads the signature of a commit.
func (r *Repo) Signature(commit Hash) (Signed, error) {
	data, err := r.object(plumbing.CommitObject, commit)
	if err != nil {
		return Signed{}, err
	}
	return splitCommit(data), nil
}

// splitCommit takes the headers gpgsig and gpgsig-sha256 out of a commit, with the
// lines that continue them. That of the other object format signs other bytes and
// is no signature of these.
func splitCommit(data []byte) Signed {
	head, message := data, []byte(nil)
	if end := bytes.Index(data, []byte("\n\n")); end >= 0 {
		head, message = data[:end+1], data[end+1:]
	}
	s := Signed{Payload: make([]byte, 0, len(data))}
	signatures, at := 0, ""
	for line := range bytes.Lines(head) {
		if line[0] != ' ' {
			key, _, _ := strings.Cut(string(line[:min(len(line), 16)]), " ")
			at = strings.TrimSuffix(key, "\n")
			if at == "gpgsig" {
				signatures++
			}
		}
		switch at {
		case "gpgsig":
			s.Signature = append(s.Signature, bytes.TrimPrefix(bytes.TrimPrefix(line, []byte("gpgsig ")), []byte(" "))...)
		case "gpgsig-sha256":
		default:
			s.Payload = append(s.Payload, line...)
		}
	}
	s.Payload, s.Several = append(s.Payload, message...), signatures > 1
	return s
}

// Tag is an annotated tag.
type Tag struct {
	Name    string // as the object says, which should be that of the reference
	Hash    Hash
	Object  Hash // what is tagged
	Tagger  Person
	Message string // without the signature
	Signed  Signed
}

// Tag reads an annotated tag by its name below refs/tags. Where there is no such
// tag, or a bare one that only points at a commit, the error is
// [ErrUnknownRevision].
func (r *Repo) Tag(name string) (Tag, error) {
	h := r.reference("refs/tags/" + name)
	if h == "" {
		return Tag{}, fmt.Errorf("read tag %q: %w", name, ErrUnknownRevision)
	}
	object, err := parseHash(h)
	if err != nil {
		return Tag{}, err
	}
	kind, data, err := r.objects.read(object)
	switch {
	case err != nil:
		return Tag{}, r.explain(err)
	case kind != plumbing.TagObject:
		return Tag{}, fmt.Errorf("read tag %q: it is not annotated: %w", name, ErrUnknownRevision)
	}
	return parseTag(h, data), nil
}

func parseTag(h Hash, data []byte) Tag {
	t := Tag{Hash: h, Signed: splitTag(data)}
	head, message, _ := strings.Cut(string(t.Signed.Payload), "\n\n")
	t.Message = strings.ToValidUTF8(strings.TrimRight(message, "\n"), "\uFFFD")
	for line := range strings.SplitSeq(head, "\n") {
		key, value, _ := strings.Cut(line, " ")
		switch {
		case key == "object" && t.Object == "":
			t.Object = Hash(value)
		case key == "tag" && t.Name == "":
			t.Name = strings.ToValidUTF8(value, "\uFFFD")
		case key == "tagger" && t.Tagger == (Person{}):
			t.Tagger = parsePerson(value)
		}
	}
	return t
}

// splitTag finds the signature at the end of a tag: what begins with the last
// line that opens one.
func splitTag(data []byte) Signed {
	at, cut := 0, -1
	for line := range bytes.Lines(data) {
		for _, head := range []string{"-----BEGIN PGP SIGNATURE-----", "-----BEGIN PGP MESSAGE-----", "-----BEGIN SSH SIGNATURE-----", "-----BEGIN SIGNED MESSAGE-----"} {
			if bytes.HasPrefix(line, []byte(head)) {
				cut = at
			}
		}
		at += len(line)
	}
	if cut < 0 {
		return Signed{Payload: data}
	}
	return Signed{Payload: data[:cut:cut], Signature: data[cut:]}
}

// Lookup names the objects at the top of a commit's tree by their names, "" where
// there is no such file or folder.
func (r *Repo) Lookup(commit Hash, names ...string) ([]Hash, error) {
	c, err := r.Commit(commit)
	if err != nil {
		return nil, err
	}
	root, err := parseHash(c.Tree)
	if err != nil {
		return nil, err
	}
	list, err := r.objects.tree(root)
	if err != nil {
		return nil, r.explain(err)
	}
	found := make([]Hash, len(names))
	for {
		e, ok := list.next()
		if !ok {
			return found, list.err(root)
		}
		for i, name := range names {
			if string(e.name) == name {
				found[i] = Hash(e.id.String())
			}
		}
	}
}

// BlobID is the id that git gives to a file of this content.
func BlobID(data []byte) Hash {
	return Hash(plumbing.ComputeHash(plumbing.BlobObject, data).String())
}
