package gitrepo

import (
	"bytes"
	"errors"
	"testing"

	"pgregory.net/rapid"
)

func TestPatch(t *testing.T) {
	base := []byte("abcdefghij")
	tests := []struct {
		name  string
		delta []byte
		want  string // "" is damage
	}{
		{"insert", []byte{10, 3, 3, 'x', 'y', 'z'}, "xyz"},
		{"copy", []byte{10, 4, 0x91, 2, 4}, "cdef"},
		{"copy from the start", []byte{10, 2, 0x90, 2}, "ab"},
		{"copy and insert", []byte{10, 3, 0x91, 8, 2, 1, '!'}, "ij!"},
		{"another base", []byte{9, 1, 1, 'x'}, ""},
		{"reserved command", []byte{10, 1, 0}, ""},
		{"insert beyond the end", []byte{10, 5, 5, 'x'}, ""},
		{"copy beyond the base", []byte{10, 4, 0x91, 8, 4}, ""},
		{"copy of 64 KiB", []byte{10, 1, 0x80}, ""},
		{"longer than said", []byte{10, 1, 2, 'x', 'y'}, ""},
		{"shorter than said", []byte{10, 9, 1, 'x'}, ""},
		{"cut in a command", []byte{10, 4, 0x91, 2}, ""},
		{"size without end", []byte{0x8a, 0x80}, ""},
		{"size that overflows", bytes.Repeat([]byte{0xff}, 12), ""},
		{"empty", nil, ""},
	}
	for _, tt := range tests {
		got, err := patch(base, tt.delta)
		if tt.want == "" {
			if !errors.Is(err, errDamaged) {
				t.Errorf("%s: %q, %v", tt.name, got, err)
			}
			continue
		}
		if err != nil || string(got) != tt.want {
			t.Errorf("%s: %q, %v, want %q", tt.name, got, err, tt.want)
		}
	}
}

func TestPatchRefusesTheHuge(t *testing.T) {
	if _, err := patch(nil, []byte{0, 0xff, 0xff, 0xff, 0xff, 0x7f}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("32 GiB: %v", err)
	}
}

// TestPatchUndoesDifference: what the writer of packs makes, the reader reads.
func TestPatchUndoesDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := bytes.Repeat(rapid.SliceOfN(rapid.Byte(), 1, 40).Draw(t, "before"), rapid.IntRange(1, 3000).Draw(t, "times"))
		at := rapid.IntRange(0, len(before)).Draw(t, "at")
		after := append(append(bytes.Clone(before[:at]), rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "fresh")...), before[at:]...)
		delta, small := difference(before, after)
		if !small {
			return
		}
		if got, err := patch(before, delta); err != nil || !bytes.Equal(got, after) {
			t.Errorf("read %d bytes, %v, want %d", len(got), err, len(after))
		}
	})
}

func FuzzPatch(f *testing.F) {
	f.Add([]byte("abcdefghij"), []byte{10, 3, 0x91, 8, 2, 1, '!'})
	f.Fuzz(func(_ *testing.T, base, delta []byte) {
		if size, _, ok := readSize(delta); ok && size < 1<<20 {
			_, _ = patch(base, delta)
		}
	})
}
