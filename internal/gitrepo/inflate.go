package gitrepo

import (
	"bytes"
	"compress/zlib"
	"errors"
	"io"
)

// errDamaged is an object whose bytes do not make sense.
const errDamaged Error = "object is damaged"

// inflater unpacks zlib streams with one reader.
type inflater struct {
	source bytes.Reader
	reader io.ReadCloser
}

// start begins a stream.
func (z *inflater) start(packed []byte) error {
	z.source.Reset(packed)
	if z.reader == nil {
		r, err := zlib.NewReader(&z.source)
		if err != nil {
			return err
		}
		z.reader = r
		return nil
	}
	resetter, ok := z.reader.(zlib.Resetter)
	if !ok {
		return errors.ErrUnsupported
	}
	return resetter.Reset(&z.source, nil)
}

// fill reads exactly size bytes, to the end of the stream and its checksum.
func (z *inflater) fill(packed []byte, size int) ([]byte, error) {
	if err := z.start(packed); err != nil {
		return nil, err
	}
	out := make([]byte, size)
	if _, err := io.ReadFull(z.reader, out); err != nil {
		return nil, err
	}
	var beyond [1]byte
	if n, err := z.reader.Read(beyond[:]); n > 0 || err != nil && !errors.Is(err, io.EOF) {
		return nil, errors.Join(errDamaged, err)
	}
	return out, nil
}
