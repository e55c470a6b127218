package gitrepo

import (
	"crypto/sha1"
	"encoding/binary"
	"fmt"
	"hash/adler32"
	"hash/crc32"

	"github.com/go-git/go-git/v5/plumbing"
)

// location is where an object lies in the pack.
type location struct {
	offset int64
	sum    uint32 // CRC-32 of the packed bytes
	depth  int    // length of the chain of deltas below
}

// maxDepth bounds a chain of deltas, as git does by default.
const maxDepth = 50

// identify computes the id that git gives to an object. Half a million are to be
// named, of content made here: the plain SHA-1 takes half the time of go-git's,
// which looks for forged collisions.
func identify(kind plumbing.ObjectType, data []byte) plumbing.Hash {
	h := sha1.New()
	fmt.Fprintf(h, "%s %d\x00", kind, len(data))
	h.Write(data)
	return plumbing.Hash(h.Sum(nil))
}

// object writes an object unless the pack holds it already. Where base, with
// the content before, is in the pack, only the difference is written if that is
// clearly smaller.
func (p *Pack) object(kind plumbing.ObjectType, data []byte, base plumbing.Hash, before []byte) (plumbing.Hash, error) {
	id := identify(kind, data)
	if _, ok := p.objects[id]; ok {
		return id, nil
	}
	at := location{offset: p.offset}
	p.entry.Reset()
	from, ok := p.objects[base]
	delta, small := []byte(nil), false
	if ok && from.depth < maxDepth {
		delta, small = difference(before, data)
	}
	if small {
		at.depth = from.depth + 1
		p.entryHeader(plumbing.OFSDeltaObject, len(delta))
		p.distance(p.offset - from.offset)
		data = delta
	} else {
		p.entryHeader(kind, len(data))
	}
	if err := p.deflate(data); err != nil {
		return id, err
	}
	at.sum = crc32.ChecksumIEEE(p.entry.Bytes())
	if _, err := p.out.Write(p.entry.Bytes()); err != nil {
		return id, err
	}
	p.offset += int64(p.entry.Len())
	p.objects[id] = at
	return id, nil
}

// smallest is the size from which compressing is worth its time: what is
// shorter is mostly ids, which do not shrink.
const smallest = 120

// store appends data to the entry as zlib's stored block.
func (p *Pack) store(data []byte) {
	n := uint16(len(data))
	p.entry.Write([]byte{0x78, 0x01, 1, byte(n), byte(n >> 8), byte(^n), byte(^n >> 8)})
	p.entry.Write(data)
	p.entry.Write(binary.BigEndian.AppendUint32(nil, adler32.Checksum(data)))
}

// deflate appends data, compressed, to the entry.
func (p *Pack) deflate(data []byte) error {
	if len(data) < smallest {
		p.store(data)
		return nil
	}
	p.body.Reset()
	p.zip.Reset(&p.body)
	if _, err := p.zip.Write(data); err != nil {
		return err
	}
	if err := p.zip.Close(); err != nil {
		return err
	}
	p.entry.Write(p.body.Bytes())
	return nil
}

// entryHeader writes type and size: four bits of the size beside the type, then
// seven in each byte, lowest first.
func (p *Pack) entryHeader(kind plumbing.ObjectType, size int) {
	b := byte(kind)<<4 | byte(size&0x0f)
	for size >>= 4; size > 0; size >>= 7 {
		p.entry.WriteByte(b | 0x80)
		b = byte(size & 0x7f)
	}
	p.entry.WriteByte(b)
}

// distance writes how far back the base of a delta lies: seven bits in each
// byte, highest first, each continuation counting one more.
func (p *Pack) distance(n int64) {
	var b [10]byte
	i := len(b) - 1
	b[i] = byte(n & 0x7f)
	for n >>= 7; n > 0; n >>= 7 {
		n--
		i--
		b[i] = 0x80 | byte(n&0x7f)
	}
	p.entry.Write(b[i:])
}
