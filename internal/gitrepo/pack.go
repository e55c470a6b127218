package gitrepo

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// Pack writes a new repository as one pack file: no loose objects, no other
// tool, the same bytes for the same calls. Use it in this order: [NewPack], any
// number of [Pack.Commit] and [Pack.Ref], then [Pack.Close]. It is not safe for
// concurrent use.
type Pack struct {
	dir   string
	file  *os.File
	out   *bufio.Writer
	zip   *zlib.Writer
	entry bytes.Buffer
	body  bytes.Buffer

	offset  int64
	objects map[plumbing.Hash]location
}

// Draft is a commit to be written. Author and Committer carry the zone that the
// commit shall say; Message ends with a line feed or gets one.
type Draft struct {
	Tree              *Tree
	Parents           []Hash
	Author, Committer Person
	Message           string
}

// NewPack makes an empty repository in dir, which must be empty or not there.
func NewPack(dir string) (*Pack, error) {
	if names, err := os.ReadDir(dir); err == nil && len(names) > 0 {
		return nil, fmt.Errorf("make repository in %q: folder is not empty", dir)
	}
	git := filepath.Join(dir, ".git")
	for _, folder := range []string{"objects/pack", "objects/info", "refs/heads", "refs/tags", "info"} {
		if err := os.MkdirAll(filepath.Join(git, folder), 0o755); err != nil {
			return nil, fmt.Errorf("make repository: %w", err)
		}
	}
	config := "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n\tlogallrefupdates = true\n"
	if err := os.WriteFile(filepath.Join(git, "config"), []byte(config), 0o644); err != nil {
		return nil, fmt.Errorf("make repository: %w", err)
	}
	file, err := os.Create(filepath.Join(git, "objects", "pack", "tmp_pack"))
	if err != nil {
		return nil, fmt.Errorf("make pack: %w", err)
	}
	p := &Pack{dir: dir, file: file, out: bufio.NewWriterSize(file, 1<<20), objects: map[plumbing.Hash]location{}}
	if p.zip, err = zlib.NewWriterLevel(&p.body, zlib.BestSpeed); err != nil {
		return nil, fmt.Errorf("make pack: %w", err)
	}
	return p, p.header()
}

// Commit writes a commit with all of its tree that is not in the pack yet.
func (p *Pack) Commit(d Draft) (Hash, error) {
	if d.Tree == nil {
		d.Tree = &Tree{}
	}
	tree, err := p.tree(d.Tree)
	if err != nil {
		return "", fmt.Errorf("write tree: %w", err)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "tree %s\n", tree)
	for _, parent := range d.Parents {
		fmt.Fprintf(&b, "parent %s\n", parent)
	}
	fmt.Fprintf(&b, "author %s\ncommitter %s\n\n", signature(d.Author), signature(d.Committer))
	b.WriteString(strings.TrimRight(d.Message, "\n") + "\n")
	id, err := p.object(plumbing.CommitObject, b.Bytes(), plumbing.Hash{}, nil)
	if err != nil {
		return "", fmt.Errorf("write commit: %w", err)
	}
	return Hash(id.String()), nil
}

// Ref points a reference (refs/heads/…, refs/tags/…) at a commit.
func (p *Pack) Ref(name string, target Hash) error {
	path := filepath.Join(p.dir, ".git", filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("write reference %q: %w", name, err)
	}
	if err := os.WriteFile(path, []byte(string(target)+"\n"), 0o644); err != nil {
		return fmt.Errorf("write reference %q: %w", name, err)
	}
	return nil
}

// Close finishes the pack, makes branch (without refs/heads/) the current one at
// head, and checks tree, which must be head's, out into the work tree.
func (p *Pack) Close(branch string, head Hash, tree *Tree) error {
	if err := p.finish(); err != nil {
		return fmt.Errorf("finish pack: %w", err)
	}
	ref := "refs/heads/" + branch
	if err := p.Ref(ref, head); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(p.dir, ".git", "HEAD"), []byte("ref: "+ref+"\n"), 0o644); err != nil {
		return fmt.Errorf("write HEAD: %w", err)
	}
	return p.checkout(tree)
}

// signature is a person as the headers of a commit say it; characters that the
// format reserves are dropped.
func signature(who Person) string {
	return fmt.Sprintf("%s <%s> %d %s", strings.TrimSpace(plain(who.Name)), plain(who.Email),
		who.When.Unix(), who.When.Format("-0700"))
}

func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("<>\n\x00", r) {
			return -1
		}
		return r
	}, text)
}
