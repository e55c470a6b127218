package gitrepo

import (
	"bytes"
	"crypto/sha1"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/go-git/go-git/v5/plumbing"
)

// packHeader is PACK, version 2 and the number of objects.
const packHeader = 12

// header writes the head of the pack; the number of objects follows at the end.
func (p *Pack) header() error {
	p.offset = packHeader
	_, err := p.out.Write([]byte("PACK\x00\x00\x00\x02\x00\x00\x00\x00"))
	return err
}

// finish writes count and checksum of the pack, then its index of version 2,
// and gives both their names.
func (p *Pack) finish() error {
	if err := p.out.Flush(); err != nil {
		return err
	}
	if p.offset > 1<<31-1 {
		return errors.New("pack is larger than 2 GiB")
	}
	count := binary.BigEndian.AppendUint32(nil, uint32(len(p.order)))
	if _, err := p.file.WriteAt(count, 8); err != nil {
		return err
	}
	if _, err := p.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	h := sha1.New()
	if _, err := io.Copy(h, p.file); err != nil {
		return err
	}
	sum := h.Sum(nil)
	if _, err := p.file.Write(sum); err != nil {
		return err
	}
	if err := p.file.Close(); err != nil {
		return err
	}
	folder := filepath.Join(p.dir, ".git", "objects", "pack")
	name := filepath.Join(folder, "pack-"+hex.EncodeToString(sum))
	if err := os.WriteFile(name+".idx", p.index(sum), 0o444); err != nil {
		return err
	}
	if err := os.Chmod(filepath.Join(folder, "tmp_pack"), 0o444); err != nil {
		return err
	}
	return os.Rename(filepath.Join(folder, "tmp_pack"), name+".pack")
}

// index is the pack's index: fan-out, ids, checksums, offsets, both sums.
func (p *Pack) index(packSum []byte) []byte {
	ids := slices.SortedFunc(slices.Values(p.order), func(a, b plumbing.Hash) int { return bytes.Compare(a[:], b[:]) })
	b := []byte("\xfftOc\x00\x00\x00\x02")
	n := 0
	for first := range 256 {
		for n < len(ids) && int(ids[n][0]) <= first {
			n++
		}
		b = binary.BigEndian.AppendUint32(b, uint32(n))
	}
	for _, id := range ids {
		b = append(b, id[:]...)
	}
	for _, id := range ids {
		b = binary.BigEndian.AppendUint32(b, p.objects[id].sum)
	}
	for _, id := range ids {
		b = binary.BigEndian.AppendUint32(b, uint32(p.objects[id].offset))
	}
	b = append(b, packSum...)
	sum := sha1.Sum(b)
	return append(b, sum[:]...)
}
