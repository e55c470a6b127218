package pdftest

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"testing"
)

// Box is a word with the rectangle that it takes on its page, in points from the
// upper left corner, and the size of the page.
type Box struct {
	Page                     int // from one
	Text                     string
	Left, Top, Right, Bottom float64
	Width, Height            float64
}

// TextBoxes are all words in their order.
func TextBoxes(t testing.TB, pdf []byte) []Box {
	t.Helper()
	data := run(t, "pdftotext", "-bbox", "-enc", "UTF-8", save(t, pdf), "-")
	boxes, err := readBoxes(data)
	if err != nil {
		t.Fatalf("read boxes: %v", err)
	}
	return boxes
}

func readBoxes(data []byte) ([]Box, error) {
	var boxes []Box
	var page, word Box
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return boxes, nil
		}
		if err != nil {
			return nil, err
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "page":
				page = Box{Page: page.Page + 1, Width: number(e, "width"), Height: number(e, "height")}
			case "word":
				word = page
				word.Left, word.Top, word.Right, word.Bottom = number(e, "xMin"), number(e, "yMin"), number(e, "xMax"), number(e, "yMax")
			}
		case xml.CharData:
			word.Text += string(e)
		case xml.EndElement:
			if e.Name.Local == "word" {
				boxes = append(boxes, word)
			}
			word = Box{}
		}
	}
}

// number is an attribute's value, 0 where there is none.
func number(e xml.StartElement, name string) float64 {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			v, _ := strconv.ParseFloat(a.Value, 64)
			return v
		}
	}
	return 0
}
