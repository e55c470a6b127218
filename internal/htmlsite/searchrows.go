package htmlsite

import (
	"sync"

	"kept/internal/locale"
	"kept/internal/portal"
)

// keptRows are the rows of the last index of each language. A row is taken over where
// the view holds what it rests on, so that a save costs what its record costs.
type keptRows struct {
	mutex sync.Mutex
	known map[rowKey]keptRow
}

type rowKey struct {
	lang       locale.Lang
	folder, id string
}

type keptRow struct {
	ground *portal.Ground
	group  group
	row    []byte
}

// of is the row of a record and the group that it stands in.
func (k *keptRows) of(s *renderer, folder, id string) (group, []byte) {
	key := rowKey{s.view.Lang(), folder, id}
	k.mutex.Lock()
	known := k.known[key]
	k.mutex.Unlock()
	if s.view.Holds(folder, id, known.ground) {
		return known.group, known.row
	}
	rec, ground := s.view.Found(folder, id)
	g := s.groupOf(&rec)
	row := rowOf(&rec, g.Folder)
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if k.known == nil {
		k.known = map[rowKey]keptRow{}
	}
	if ground == nil {
		delete(k.known, key)
	} else {
		k.known[key] = keptRow{ground, g, row}
	}
	return g, row
}
