package gitrepo

import (
	"bytes"
	"compress/zlib"
	"crypto/sha1"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/idxfile"
)

func TestCacheForgetsTheOldest(t *testing.T) {
	c := newCache()
	body := make([]byte, cacheBytes/10)
	for i := range 12 {
		c.put(address{offset: int64(i)}, object{plumbing.BlobObject, body})
		c.get(address{offset: 0}) // asked for all the time
	}
	for i, want := range map[int64]bool{0: true, 1: false, 2: false, 3: true, 11: true} {
		if _, ok := c.get(address{offset: i}); ok != want {
			t.Errorf("object %d is kept: %v, want %v", i, ok, want)
		}
	}
	c.put(address{offset: 99}, object{plumbing.BlobObject, make([]byte, cacheBytes)})
	if _, ok := c.get(address{offset: 99}); ok {
		t.Error("an object as large as the cache pushed out the rest")
	}
}

func packed(data string) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	fmt.Fprint(w, data)
	w.Close()
	return b.Bytes()
}

func TestLooseObjects(t *testing.T) {
	tests := []struct {
		file []byte
		kind plumbing.ObjectType
		data string
	}{
		{packed("blob 3\x00abc"), plumbing.BlobObject, "abc"},
		{packed("tag 0\x00"), plumbing.TagObject, ""},
		{packed("blob 4\x00abc"), 0, ""},
		{packed("blob -1\x00"), 0, ""},
		{packed("blob 9223372036854775807\x00"), 0, ""},
		{packed("blob " + strings.Repeat("1", 4<<20)), 0, ""},
		{packed(strings.Repeat("x", 4<<20)), 0, ""},
		{packed("blob 3 abc"), 0, ""},
		{packed("thing 3\x00abc"), 0, ""},
		{packed("blob 3\x00abc")[:8], 0, ""},
		{[]byte("no zlib"), 0, ""},
		{nil, 0, ""},
	}
	for _, tt := range tests {
		o, err := readLoose(bytes.NewReader(tt.file), plumbing.ComputeHash(tt.kind, []byte(tt.data)))
		if tt.kind == 0 {
			if err == nil {
				t.Errorf("%q was read as %v", tt.file, o)
			}
			continue
		}
		if err != nil || o.kind != tt.kind || string(o.data) != tt.data {
			t.Errorf("%q: %v, %v", tt.file, o, err)
		}
	}
}

// writePack makes a pack of one entry at offset 12, with an index that names it.
func writePack(t *testing.T, name id, entry []byte) *store {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "objects")
	if err := os.MkdirAll(filepath.Join(dir, "pack"), 0o755); err != nil {
		t.Fatal(err)
	}
	index := indexOf(t, name)
	base := filepath.Join(dir, "pack", "pack-1")
	for suffix, data := range map[string][]byte{".idx": index, ".pack": append([]byte("PACK\x00\x00\x00\x02\x00\x00\x00\x01"), entry...)} {
		if err := os.WriteFile(base+suffix, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s, err := openStore(filepath.Dir(dir))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.close() })
	return s
}

// indexOf is the index of a pack that holds one object, at offset 12.
func indexOf(t testing.TB, name id) []byte {
	t.Helper()
	w := &idxfile.Writer{}
	w.Add(name, 12, 0)
	if err := w.OnFooter(id{}); err != nil {
		t.Fatal(err)
	}
	index, err := w.Index()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := idxfile.NewEncoder(&b).Encode(index); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestHostilePacks: entries that lie about their size, and deltas that stand on
// themselves, end with an error.
func TestHostilePacks(t *testing.T) {
	name := plumbing.ComputeHash(plumbing.BlobObject, []byte("abc"))
	refDelta := append(append([]byte{0x73}, name[:]...), packed("\x00\x00")...)
	tests := []struct {
		name  string
		entry []byte
		ok    bool
	}{
		{"sound", append([]byte{0x33}, packed("abc")...), true},
		{"another object", append([]byte{0x33}, packed("abd")...), false},
		{"another kind", append([]byte{0x13}, packed("abc")...), false},
		{"longer than said", append([]byte{0x32}, packed("abc")...), false},
		{"shorter than said", append([]byte{0x34}, packed("abc")...), false},
		{"a size of 2^59", append([]byte{0xb3, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f}, packed("abc")...), false},
		{"a size without end", bytes.Repeat([]byte{0xff}, 80), false},
		{"a delta on itself", refDelta, false},
		{"a delta before the pack", append([]byte{0x62, 0x7f}, packed("\x00\x00")...), false},
		{"a delta at no distance", append([]byte{0x62, 0x00}, packed("\x00\x00")...), false},
		{"an unknown type", append([]byte{0x53}, packed("abc")...), false},
		{"nothing", nil, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, data, err := writePack(t, name, tt.entry).read(name)
			if (err == nil) != tt.ok {
				t.Errorf("%q, %v", data, err)
			}
		})
	}
}

func TestIndexIsChecked(t *testing.T) {
	good := indexOf(t, id{})
	change := func(at int, value byte) []byte {
		b := bytes.Clone(good)
		b[at] = value
		return b
	}
	tests := []struct {
		name  string
		index []byte
		want  bool
	}{
		{"sound", good, true},
		{"counts that fall", change(8+4*200+3, 0), false},
		{"a count of four thousand millions", change(8+4*255, 0xff), false},
		{"another id than summed up", change(8+4*256, 1), false},
		{"cut", good[:len(good)-1], false},
		{"version 1", good[8:], false},
		{"empty", nil, false},
	}
	for _, tt := range tests {
		name := filepath.Join(t.TempDir(), "pack-1.idx")
		if err := os.WriteFile(name, tt.index, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := readIndex(name); (err == nil) != tt.want {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

// FuzzIndex: whatever lies in the place of an index, no object is found beyond
// it and nothing panics.
func FuzzIndex(f *testing.F) {
	good := indexOf(f, id{0xab})
	f.Add(good, uint16(8), byte(1))
	f.Add(good[:1060], uint16(1057), byte(0x80))
	f.Fuzz(func(t *testing.T, index []byte, at uint16, value byte) {
		if len(index) == 0 {
			return
		}
		index = bytes.Clone(index)
		index[int(at)%len(index)] = value
		if len(index) > 20 { // a sum that fits, so that the rest is looked at
			sum := sha1.Sum(index[:len(index)-20])
			copy(index[len(index)-20:], sum[:])
		}
		name := filepath.Join(t.TempDir(), "pack-1.idx")
		if err := os.WriteFile(name, index, 0o644); err != nil {
			t.Fatal(err)
		}
		found, err := readIndex(name)
		if err != nil {
			return
		}
		p := &openPack{index: found}
		p.find(id{0xab})
		p.withPrefix("ab")
	})
}

func TestChainOfAlternatesEnds(t *testing.T) {
	root := t.TempDir()
	for i := range 10 {
		info := filepath.Join(root, fmt.Sprint(i), "objects", "info")
		if err := os.MkdirAll(info, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(info, "alternates"), fmt.Appendf(nil, "../../%d/objects\n", i+1), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := openStore(filepath.Join(root, "0")); err == nil || errors.Is(err, os.ErrNotExist) {
		t.Errorf("ten links: %v", err)
	}
}
