package schema

import (
	"crypto/sha256"
	"encoding/binary"
	"io/fs"
	"slices"
	"sync"

	"kept/internal/finding"
)

// loads keeps what the last folders gave, for the same kinds are read several times
// in one run: of the work tree, of its commit, of the base of a change. Kinds do not
// change once they are read.
var loads memo

// mostLoads bounds what is kept, as kinds may change with each save under a serve.
const mostLoads = 8

type memo struct {
	sync.Mutex
	kept []loaded // the latest last
}

type loaded struct {
	key      [sha256.Size]byte
	registry *Registry
	found    finding.List
}

// get is what make gives, or has given for a folder of the same bytes.
func (m *memo) get(key [sha256.Size]byte, load func() (*Registry, finding.List)) (*Registry, finding.List) {
	m.Lock()
	defer m.Unlock()
	i := slices.IndexFunc(m.kept, func(l loaded) bool { return l.key == key })
	if i < 0 {
		registry, found := load()
		i = len(m.kept)
		m.kept = append(m.kept, loaded{key, registry, found})
	}
	l := m.kept[i]
	m.kept = append(slices.Delete(m.kept, i, i+1), l)
	if len(m.kept) > mostLoads {
		m.kept = slices.Delete(m.kept, 0, 1)
	}
	return l.registry, slices.Clone(l.found)
}

// keyOf is a digest of all that load reads; ok is false where a file cannot be read.
func (l *loader) keyOf() (key [sha256.Size]byte, ok bool) {
	h := sha256.New()
	for _, id := range l.ids() {
		for _, suffix := range []string{schemaSuffix, kindSuffix} {
			if _, err := fs.Stat(l.fsys, id+suffix); err != nil {
				continue // half a kind: the name of the other half tells
			}
			data, err := fs.ReadFile(l.fsys, id+suffix)
			if err != nil {
				return key, false
			}
			h.Write([]byte(id + suffix + "\x00"))
			h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(data))))
			h.Write(data)
		}
	}
	return [sha256.Size]byte(h.Sum(nil)), len(l.found) == 0
}
