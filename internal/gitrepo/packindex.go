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

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/idxfile"
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
	count := binary.BigEndian.AppendUint32(nil, uint32(len(p.objects)))
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
	if err := p.index(name+".idx", plumbing.Hash(sum)); err != nil {
		return err
	}
	if err := os.Chmod(filepath.Join(folder, "tmp_pack"), 0o444); err != nil {
		return err
	}
	return os.Rename(filepath.Join(folder, "tmp_pack"), name+".pack")
}

// index writes the pack's index, which names the pack's own sum.
func (p *Pack) index(name string, sum plumbing.Hash) error {
	w := &idxfile.Writer{}
	if err := w.OnHeader(uint32(len(p.objects))); err != nil {
		return err
	}
	for id, at := range p.objects { // the writer sorts them
		w.Add(id, uint64(at.offset), at.sum)
	}
	p.objects = nil
	if err := w.OnFooter(sum); err != nil {
		return err
	}
	index, err := w.Index()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if _, err := idxfile.NewEncoder(&b).Encode(index); err != nil {
		return err
	}
	return os.WriteFile(name, b.Bytes(), 0o444)
}
