package schema

import (
	"crypto/sha256"
	"encoding/binary"
	"maps"
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

// get is what load gives, or has given for a folder of the same bytes.
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

// key is a digest of all that was read.
func (l *loader) key() [sha256.Size]byte {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(l.files)) {
		h.Write([]byte(name + "\x00"))
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(l.files[name]))))
		h.Write(l.files[name])
	}
	return [sha256.Size]byte(h.Sum(nil))
}
