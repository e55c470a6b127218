package pdf

import (
	"bytes"
	"fmt"
)

// writer writes a file, object by object.
type writer struct {
	out     bytes.Buffer
	offsets []int // by the number of the object, 0 for one not written yet
	packer  *packer
}

// newWriter begins a file of about so many bytes, whose objects below a number are put
// one by one.
func newWriter(next, size int) *writer {
	w := &writer{offsets: make([]int, next, next+32), packer: packers.Get().(*packer)}
	w.out.Grow(size)
	w.out.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n") // the second line says that bytes follow
	return w
}

// close gives back what the writer borrowed.
func (w *writer) close() { packers.Put(w.packer) }

// put writes an object with a number of its own.
func (w *writer) put(number int, body []byte) {
	w.begin(number)
	w.out.Write(body)
	w.end()
}

func (w *writer) begin(number int) {
	w.offsets[number] = w.out.Len()
	fmt.Fprintf(&w.out, "%d 0 obj\n", number)
}

func (w *writer) end() { w.out.WriteString("\nendobj\n") }

// next is the number of a new object.
func (w *writer) next() int {
	w.offsets = append(w.offsets, 0)
	return len(w.offsets) - 1
}

// object writes a new object and returns its number.
func (w *writer) object(body []byte) int {
	n := w.next()
	w.put(n, body)
	return n
}

// stream writes a new stream as it is.
func (w *writer) stream(dictionary string, data []byte) int {
	n := w.next()
	w.streamAt(n, dictionary, data)
	return n
}

func (w *writer) streamAt(number int, dictionary string, data []byte) {
	w.begin(number)
	fmt.Fprintf(&w.out, "<< %s /Length %d >>\nstream\n", dictionary, len(data))
	w.out.Write(data)
	w.out.WriteString("\nendstream")
	w.end()
}

// pack writes a new stream, compressed.
func (w *writer) pack(dictionary string, data []byte) int {
	n := w.next()
	w.packed(n, dictionary, data)
	return n
}

// packed writes a stream of the parts, compressed, with a number of its own.
func (w *writer) packed(number int, dictionary string, parts ...[]byte) {
	w.streamAt(number, dictionary+" /Filter /FlateDecode", w.packer.pack(parts...))
}

// finish writes the cross-reference table and the trailer, and returns the file.
func (w *writer) finish(f frame) []byte {
	at := w.out.Len()
	fmt.Fprintf(&w.out, "xref\n0 %d\n0000000000 65535 f \n", len(w.offsets))
	for _, o := range w.offsets[1:] {
		fmt.Fprintf(&w.out, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&w.out, "trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(w.offsets), f.root, f.info, at)
	return w.out.Bytes()
}
