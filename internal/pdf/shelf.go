package pdf

import (
	"crypto/sha256"
	"sync"
)

// parsed are the faces of this process.
var parsed = shelf{parse: parseFont}

// shelf keeps parsed faces, which are immutable: a build prints thousands of papers and
// `kept serve` one at a time, all in the same few faces. It is safe for concurrent use,
// and whoever comes while a set is parsed waits for it.
type shelf struct {
	parse func([]byte) (*font, error)
	mu    sync.Mutex
	sets  map[string]*Faces // by the digests of their files
}

// mostSets bounds a shelf: settings name other files now and then.
const mostSets = 4

func (s *shelf) load(set FaceSet) (*Faces, error) {
	own, err := bundled()
	if err != nil {
		return nil, err
	}
	var files [][]byte
	if set.Regular != nil {
		files = append(files, set.Regular)
	}
	files = append(append(files, set.Fallback...), own)
	key := keyOf(set)
	s.mu.Lock()
	defer s.mu.Unlock()
	if f := s.sets[key]; f != nil {
		return f, nil
	}
	f, err := newFaces(files, set.Bold, s.parse)
	if err != nil {
		return nil, err
	}
	if s.sets == nil || len(s.sets) == mostSets {
		s.sets = map[string]*Faces{}
	}
	s.sets[key] = f
	return f, nil
}

// keyOf tells sets of other files, or of files in other places, apart.
func keyOf(set FaceSet) string {
	var key []byte
	for _, data := range append([][]byte{set.Regular, set.Bold}, set.Fallback...) {
		sum := sha256.Sum256(data)
		key = append(key, sum[:]...)
		if data == nil {
			key = append(key, '-') // not the same as an empty file, which is refused
		}
	}
	return string(key)
}
