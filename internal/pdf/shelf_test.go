package pdf

import (
	"bytes"
	"sync"
	"sync/atomic"
	"testing"
)

// Many forms printed at the same time by several goroutines, each of which asks for the
// faces itself, read every file once.
func TestFacesAreParsedOnce(t *testing.T) {
	regular := faces().fonts[0].subset([]rune("一二投诉单登记表abc0123456789"))
	bold := faces().fonts[0].subset([]rune("投诉"))
	var reads atomic.Int32
	s := &shelf{parse: func(data []byte) (*font, error) {
		reads.Add(1)
		return parseFont(data)
	}}
	first, err := s.load(FaceSet{Regular: bytes.Clone(regular), Bold: bold, Fallback: [][]byte{regular}})
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for worker := range 4 {
		wait.Go(func() {
			for i := range 5 {
				f, err := s.load(FaceSet{Regular: bytes.Clone(regular), Bold: bytes.Clone(bold), Fallback: [][]byte{regular}})
				if err != nil || f != first {
					t.Errorf("the faces are others, or %v", err)
					return
				}
				if _, _, err := Print(f, filled(t, worker*5+i)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	if n := reads.Load(); n != 3 {
		t.Errorf("%d faces were read, want 3: regular, bundled, bold", n)
	}
}

// Whoever asks first, at once with others, parses for all.
func TestShelfParsesForAll(t *testing.T) {
	small := faces().fonts[0]
	var reads atomic.Int32
	s := &shelf{parse: func([]byte) (*font, error) {
		reads.Add(1)
		return small, nil
	}}
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if _, err := s.load(FaceSet{}); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if n := reads.Load(); n != 1 {
		t.Errorf("the face was read %d times", n)
	}
}

// Sets of other files are other faces, a place of its own for each file; a set that is
// refused is refused again, and the shelf holds few.
func TestShelfTellsSetsApart(t *testing.T) {
	a, b := faces().fonts[0].subset([]rune("一")), faces().fonts[0].subset([]rune("二"))
	s := &shelf{parse: parseFont}
	seen := map[*Faces]bool{}
	for _, set := range []FaceSet{{}, {Regular: a}, {Bold: a}, {Fallback: [][]byte{a}}, {Fallback: [][]byte{b}}, {Fallback: [][]byte{a, b}}} {
		f, err := s.load(set)
		if err != nil {
			t.Fatal(err)
		}
		seen[f] = true
		if len(s.sets) > mostSets {
			t.Errorf("the shelf holds %d sets", len(s.sets))
		}
	}
	if len(seen) != 6 {
		t.Errorf("%d faces of 6 sets", len(seen))
	}
	for range 2 {
		if _, err := s.load(FaceSet{Regular: []byte("no face")}); err == nil {
			t.Error("a file that is no face is loaded")
		}
	}
}
