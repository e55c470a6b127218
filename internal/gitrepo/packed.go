package gitrepo

import (
	"errors"
	"io"

	"github.com/go-git/go-git/v5/plumbing"
)

const (
	windowBytes = 32 << 10
	// maxChain bounds a chain of deltas; git's own packs stay below 4096.
	maxChain = 10_000
)

// packed reads the object at an offset of a pack.
func (s *store) packed(p *openPack, offset int64, depth int) (plumbing.ObjectType, []byte, error) {
	at := address{pack: p, offset: offset}
	if o, ok := s.cache.get(at); ok {
		return o.kind, o.data, nil
	}
	if depth > maxChain {
		return 0, nil, errDamaged
	}
	h, err := p.header(offset)
	if err != nil {
		return 0, nil, err
	}
	o := object{kind: h.kind}
	var base []byte
	switch h.kind {
	case plumbing.CommitObject, plumbing.TreeObject, plumbing.BlobObject, plumbing.TagObject:
		if o.data, err = s.content(p, h); err != nil {
			return 0, nil, err
		}
		s.cache.put(at, o)
		return o.kind, o.data, nil
	case plumbing.OFSDeltaObject:
		o.kind, base, err = s.packed(p, h.base, depth+1)
	case plumbing.REFDeltaObject:
		o.kind, base, err = s.locked(h.baseID, depth+1)
	default:
		err = errDamaged
	}
	if err != nil {
		return 0, nil, err
	}
	delta, err := s.content(p, h)
	if err != nil {
		return 0, nil, err
	}
	if o.data, err = patch(base, delta); err != nil {
		return 0, nil, err
	}
	s.cache.put(at, o)
	return o.kind, o.data, nil
}

// header is what stands before an object's packed bytes.
type header struct {
	kind   plumbing.ObjectType
	size   int   // of the content, or of the delta
	body   int64 // where the packed bytes begin
	base   int64 // of a delta: where its base lies
	baseID id    // of a delta: its base, by id
}

// header reads type and size, then for a delta what it starts from.
func (p *openPack) header(offset int64) (header, error) {
	if offset < 12 || offset >= p.size {
		return header{}, errDamaged
	}
	data, err := p.bytes(offset, 64)
	if err != nil {
		return header{}, err
	}
	at := 0
	next := func() byte {
		if at++; at > len(data) {
			return 0
		}
		return data[at-1]
	}
	c := next()
	h := header{kind: plumbing.ObjectType(c >> 4 & 7), size: int(c & 15)}
	for shift := 4; c&0x80 != 0 && shift < 56; shift += 7 {
		c = next()
		h.size |= int(c&0x7f) << shift
	}
	switch h.kind {
	case plumbing.OFSDeltaObject:
		c = next()
		back := int64(c & 0x7f)
		for c&0x80 != 0 && back < 1<<48 {
			c = next()
			back = (back+1)<<7 | int64(c&0x7f)
		}
		if back <= 0 || back > offset {
			return header{}, errDamaged
		}
		h.base = offset - back
	case plumbing.REFDeltaObject:
		if len(data) < at+idSize {
			return header{}, errDamaged
		}
		at += copy(h.baseID[:], data[at:])
	}
	h.body = offset + int64(at)
	return h, nil
}

// content unpacks what follows a header. How long the packed bytes are is not
// written anywhere: more are read until they are enough.
func (s *store) content(p *openPack, h header) ([]byte, error) {
	if h.size > maxObjectBytes {
		return nil, ErrTooLarge
	}
	for guess := h.size + h.size/8 + 256; ; guess *= 2 {
		packed, err := p.bytes(h.body, guess)
		if err != nil {
			return nil, err
		}
		out, err := s.zlib.fill(packed, h.size)
		whole := h.body+int64(len(packed)) >= p.size
		if !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) || whole {
			return out, err
		}
	}
}

// bytes lends n bytes at an offset, or as many as the file has. They hold until
// the next call.
func (p *openPack) bytes(offset int64, n int) ([]byte, error) {
	if offset >= p.size {
		return nil, io.ErrUnexpectedEOF
	}
	n = int(min(int64(n), p.size-offset))
	if offset < p.start || offset+int64(n) > p.start+int64(len(p.window)) {
		size := int(min(int64(max(n, windowBytes)), p.size-offset))
		if cap(p.window) < size {
			p.window = make([]byte, size)
		}
		p.window, p.start = p.window[:size], offset
		if _, err := p.file.ReadAt(p.window, offset); err != nil {
			p.window = p.window[:0]
			return nil, err
		}
	}
	at := int(offset - p.start)
	return p.window[at : at+n], nil
}
