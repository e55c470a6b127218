package gitrepo

import "github.com/go-git/go-git/v5/plumbing"

// tree writes a tree and what is in it, children first.
func (p *Pack) tree(t *Tree) (plumbing.Hash, error) {
	if t.written {
		return t.id, nil
	}
	var raw []byte
	for _, item := range t.items {
		id, err := p.item(item)
		if err != nil {
			return id, err
		}
		mode := "100644 "
		if item.folder != nil {
			mode = "40000 "
		}
		raw = append(append(append(raw, mode...), item.name...), 0)
		raw = append(raw, id[:]...)
	}
	base := &Tree{}
	if t.base != nil {
		base = t.base
	}
	id, err := p.object(plumbing.TreeObject, raw, base.id, base.raw)
	if err != nil {
		return id, err
	}
	t.id, t.raw, t.written, t.base = id, raw, true, nil
	return id, nil
}

func (p *Pack) item(item treeItem) (plumbing.Hash, error) {
	if item.folder != nil {
		return p.tree(item.folder)
	}
	b := item.file
	if b.written {
		return b.id, nil
	}
	base := &blob{}
	if b.base != nil {
		base = b.base
	}
	id, err := p.object(plumbing.BlobObject, b.data, base.id, base.data)
	if err != nil {
		return id, err
	}
	b.id, b.written, b.base = id, true, nil
	return id, nil
}
