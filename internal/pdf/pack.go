package pdf

import (
	"bytes"
	"compress/zlib"
	"sync"
)

// packer compresses streams one after the other. Its bytes are the same whatever it
// compressed before.
type packer struct {
	out     bytes.Buffer
	w       *zlib.Writer
	scratch []byte // of what is compressed next
}

// packers are kept between papers and shared by goroutines: a new one takes nearly a
// megabyte, which is many times what a paper of one page takes.
var packers = sync.Pool{New: func() any {
	p := new(packer)
	p.w, _ = zlib.NewWriterLevel(&p.out, zlib.BestSpeed) // the level exists
	return p
}}

// pack compresses the parts as one. Its result holds until the next call.
func (p *packer) pack(parts ...[]byte) []byte {
	p.out.Reset()
	p.w.Reset(&p.out)
	for _, data := range parts {
		_, _ = p.w.Write(data) // a Buffer never fails
	}
	_ = p.w.Close()
	return p.out.Bytes()
}
