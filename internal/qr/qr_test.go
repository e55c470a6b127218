package qr

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestEncode(t *testing.T) {
	const text = "COMPLAINT-REGISTER.2026-09.0123456789AB.0123456789"
	squares, err := Encode(text)
	if err != nil {
		t.Fatal(err)
	}
	if len(squares) != 29 {
		t.Errorf("a usual code has %d rows, want 29 (version 3)", len(squares))
	}
	for _, row := range squares {
		if len(row) != len(squares) {
			t.Fatalf("a row has %d squares of %d", len(row), len(squares))
		}
	}
	// The three finders: a dark frame of seven squares with a dark core of three.
	n := len(squares)
	for _, corner := range [][2]int{{0, 0}, {0, n - 7}, {n - 7, 0}} {
		for i := range 7 {
			if !squares[corner[0]][corner[1]+i] || !squares[corner[0]+i][corner[1]] || squares[corner[0]+1][corner[1]+3] || !squares[corner[0]+3][corner[1]+3] {
				t.Errorf("no finder at %v", corner)
				break
			}
		}
	}
	again, _ := Encode(text)
	if !slices.EqualFunc(squares, again, func(a, b []bool) bool { return slices.Equal(a, b) }) {
		t.Error("the same text gives other squares")
	}
	if other, _ := Encode(text[:49] + "8"); fmt.Sprint(other) == fmt.Sprint(squares) {
		t.Error("another text gives the same squares")
	}
	if lower, _ := Encode(strings.ToLower(text)); len(lower) <= n {
		t.Errorf("small letters take %d rows, capitals %d", len(lower), n)
	}
}

func TestEncodeRefuses(t *testing.T) {
	for _, text := range []string{"", strings.Repeat("A", longest+1)} {
		if s, err := Encode(text); err == nil || s != nil {
			t.Errorf("%d bytes are encoded", len(text))
		}
	}
}
