package history

import (
	"kept/internal/gitrepo"
	"kept/internal/yamldoc"
)

// recent is how many parsed blobs are kept: a version is asked for by the side
// commit that wrote it, the next one, and the merge, which are close together.
const recent = 1024

// blobs parses blobs, each once while it is recent.
type blobs struct {
	repo  *gitrepo.Repo
	texts *yamldoc.Versions
	flat  *flattener
	known map[gitrepo.Hash]parsed
	ring  [recent]gitrepo.Hash
	next  int
	lent  map[gitrepo.Hash][]byte // texts that no object holds
}

// parsed is what a blob says; not ok where its YAML does not parse.
type parsed struct {
	version version
	ok      bool
}

func newBlobs(repo *gitrepo.Repo) *blobs {
	return &blobs{repo: repo, texts: yamldoc.NewVersions(), flat: newFlattener(), known: make(map[gitrepo.Hash]parsed, recent)}
}

// version reads a blob; that of the empty id is empty. What earlier, another
// version of the file, says in the same lines is not parsed again.
func (b *blobs) version(h gitrepo.Hash, earlier version) (version, bool, error) {
	if h == "" {
		return nil, true, nil
	}
	if p, ok := b.known[h]; ok {
		return p.version, p.ok, nil
	}
	data, lent := b.lent[h]
	if !lent {
		var err error
		if data, err = b.repo.Blob(h); err != nil {
			return nil, false, err
		}
	}
	var p parsed
	if parts, ok := b.texts.Parts(data, earlier.parts()); ok {
		p = parsed{b.flat.flatten(parts, earlier), true}
	}
	delete(b.known, b.ring[b.next])
	b.ring[b.next] = h
	b.next = (b.next + 1) % recent
	b.known[h] = p
	return p.version, p.ok, nil
}
