package gittest

import (
	"bytes"
	"compress/zlib"
	"crypto/sha1"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// Objects gathers git objects in memory, for histories of which there are many or
// that git's own commands would not make. [Repository.Take] brings them in as one
// pack. The zero value is empty.
type Objects struct {
	body   bytes.Buffer
	n      uint32
	known  map[string]bool
	packer *zlib.Writer
}

// Add takes an object of a kind, as blob or commit, and returns its id.
func (o *Objects) Add(kind string, data []byte) string {
	h := sha1.New()
	fmt.Fprintf(h, "%s %d\x00", kind, len(data))
	h.Write(data)
	raw := h.Sum(nil)
	id := hex.EncodeToString(raw)
	if o.known[id] {
		return id
	}
	if o.known == nil {
		o.known = map[string]bool{}
	}
	o.known[id] = true
	o.n++
	size := len(data)
	b := byte(map[string]int{"commit": 1, "tree": 2, "blob": 3, "tag": 4}[kind]<<4 | size&15)
	for size >>= 4; size > 0; size >>= 7 {
		o.body.WriteByte(b | 0x80)
		b = byte(size & 0x7f)
	}
	o.body.WriteByte(b)
	if o.packer == nil {
		o.packer, _ = zlib.NewWriterLevel(nil, zlib.BestSpeed)
	}
	o.packer.Reset(&o.body)
	_, _ = o.packer.Write(data) // into memory
	_ = o.packer.Close()
	return id
}

// Tree adds a tree of files by path and returns its id. A path may begin with a
// mode and a blank, as "120000 records/x.yaml" for a link; of a submodule, mode
// 160000, the content is the commit's id.
func (o *Objects) Tree(files map[string]string) string {
	type entry struct{ mode, name, id string }
	var entries []entry
	folders := map[string]map[string]string{}
	for path, content := range files {
		mode, rest, ok := strings.Cut(path, " ")
		if !ok {
			mode, rest = "100644", path
		}
		name, below, deeper := strings.Cut(rest, "/")
		switch {
		case deeper && folders[name] == nil:
			folders[name] = map[string]string{mode + " " + below: content}
		case deeper:
			folders[name][mode+" "+below] = content
		case mode == "160000":
			entries = append(entries, entry{mode, name, content})
		default:
			entries = append(entries, entry{mode, name, o.Add("blob", []byte(content))})
		}
	}
	for name, below := range folders {
		entries = append(entries, entry{"40000", name, o.Tree(below)})
	}
	sortName := func(e entry) string {
		if e.mode == "40000" {
			return e.name + "/"
		}
		return e.name
	}
	slices.SortFunc(entries, func(a, b entry) int { return strings.Compare(sortName(a), sortName(b)) })
	var raw []byte
	for _, e := range entries {
		id, _ := hex.DecodeString(e.id)
		raw = append(append(raw, e.mode+" "+e.name+"\x00"...), id...)
	}
	return o.Add("tree", raw)
}

// Take brings the objects into the repository. References are the test's to write.
func (r *Repository) Take(o *Objects) {
	r.t.Helper()
	pack := append([]byte("PACK\x00\x00\x00\x02"), binary.BigEndian.AppendUint32(nil, o.n)...)
	pack = append(pack, o.body.Bytes()...)
	sum := sha1.Sum(pack)
	r.Feed(string(append(pack, sum[:]...)), "index-pack", "--stdin")
}
