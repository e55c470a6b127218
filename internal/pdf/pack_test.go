package pdf

import (
	"bytes"
	"compress/zlib"
	"io"
	"testing"
)

// A packer that was used before writes what a new one writes, and all of it.
func TestPackerForgets(t *testing.T) {
	texts := [][]byte{bytes.Repeat([]byte("投诉台账 (0) Tj\n"), 9000), nil, []byte("投诉台账 (0) Tj\n"), {}}
	for i := range 70_000 {
		texts[1] = append(texts[1], byte(i*i>>7))
	}
	used := packers.New().(*packer)
	for round := range 3 {
		for i, s := range texts {
			got := used.pack(s[:len(s)/2], s[len(s)/2:])
			if !bytes.Equal(got, packers.New().(*packer).pack(s[:len(s)/2], s[len(s)/2:])) {
				t.Errorf("round %d, text %d: other bytes", round, i)
			}
			r, err := zlib.NewReader(bytes.NewReader(got))
			if err != nil {
				t.Fatal(err)
			}
			if back, err := io.ReadAll(r); err != nil || !bytes.Equal(back, s) {
				t.Errorf("round %d, text %d: %d bytes of %d come back: %v", round, i, len(back), len(s), err)
			}
		}
	}
}
