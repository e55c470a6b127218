package gitrepo

import "github.com/go-git/go-git/v5/plumbing"

// tree writes a tree and what is in it, children first.
func (p *Pack) tree(t *Tree) (plumbing.Hash, error) {
	if t.written {
		return t.id, nil
	}
	for _, item := range t.items {
		if err := p.item(item); err != nil {
			return plumbing.ZeroHash, err
		}
	}
	base := &Tree{}
	if t.base != nil {
		base = t.base
	}
	id, err := p.object(plumbing.TreeObject, t.raw(), base.id, base.raw())
	if err != nil {
		return id, err
	}
	t.id, t.written, t.base = id, true, nil
	return id, nil
}

// raw is the tree object, once all in it is written. It is made each time it is
// needed: kept, those of all branches would fill the memory.
func (t *Tree) raw() []byte {
	var raw []byte
	for _, item := range t.items {
		mode, id := "40000 ", plumbing.ZeroHash
		if item.folder != nil {
			id = item.folder.id
		} else {
			mode, id = "100644 ", item.file.id
		}
		raw = append(append(append(raw, mode...), item.name...), 0)
		raw = append(raw, id[:]...)
	}
	return raw
}

func (p *Pack) item(item treeItem) error {
	if item.folder != nil {
		_, err := p.tree(item.folder)
		return err
	}
	b := item.file
	if b.written {
		return nil
	}
	base := &blob{}
	if b.base != nil {
		base = b.base
	}
	id, err := p.object(plumbing.BlobObject, b.data, base.id, base.data)
	if err != nil {
		return err
	}
	b.id, b.written, b.base = id, true, nil
	return nil
}
