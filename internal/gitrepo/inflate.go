package gitrepo

import (
	"bytes"
	"compress/zlib"
	"errors"
	"io"
	"strconv"
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

// loose reads the file of one object: its kind and size, a zero byte, content.
func (z *inflater) loose(file []byte) (object, error) {
	if err := z.start(file); err != nil {
		return object{}, err
	}
	all, err := io.ReadAll(io.LimitReader(z.reader, maxObjectBytes))
	if err != nil {
		return object{}, err
	}
	head, data, ok := bytes.Cut(all, []byte{0})
	name, digits, _ := bytes.Cut(head, []byte(" "))
	size, err := strconv.Atoi(string(digits))
	switch {
	case !ok || err != nil:
		return object{}, errDamaged
	case size > len(data) && len(all) == maxObjectBytes:
		return object{}, ErrTooLarge
	case size != len(data):
		return object{}, errDamaged
	}
	kind, err := kindNamed(string(name))
	return object{kind, data}, err
}
