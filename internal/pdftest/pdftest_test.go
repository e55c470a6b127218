package pdftest

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/jung-kurt/gofpdf"
)

// sample is a PDF of two pages with one attachment, by gofpdf alone.
func sample(t *testing.T) []byte {
	t.Helper()
	f := gofpdf.New("P", "mm", "A4", "")
	f.SetTitle("Sample", false)
	f.SetFont("Helvetica", "", 12)
	f.SetAttachments([]gofpdf.Attachment{{Content: []byte("a: 1\n"), Filename: "source.yaml"}})
	for _, s := range []string{"first page", "second page"} {
		f.AddPage()
		f.Text(20, 20, s)
	}
	var out bytes.Buffer
	if err := f.Output(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestReading(t *testing.T) {
	data := sample(t)
	Check(t, data)
	if n := PageCount(t, data); n != 2 {
		t.Errorf("%d pages, want 2", n)
	}
	pages := Pages(t, data)
	if len(pages) != 2 || strings.TrimSpace(pages[0]) != "first page" || strings.TrimSpace(pages[1]) != "second page" {
		t.Errorf("the pages read %q", pages)
	}
	if text := Layout(t, data); strings.Count(text, "page") != 2 {
		t.Errorf("laid out, the pages read %q", text)
	}
	if got := Info(t, data)["Title"]; got != "Sample" {
		t.Errorf("the title is %q", got)
	}
	if got := string(Attachments(t, data)["source.yaml"]); got != "a: 1\n" {
		t.Errorf("the attachment holds %q", got)
	}
	boxes := TextBoxes(t, data)
	if len(boxes) != 4 || boxes[3].Page != 2 || boxes[2].Text != "second" || boxes[2].Left < 56 || boxes[2].Left > 57.5 || boxes[2].Bottom > 70 {
		t.Errorf("the words stand at %+v", boxes)
	}
	fonts := Fonts(t, data)
	if len(fonts) != 1 || fonts[0].Name != "Helvetica" || fonts[0].Type != "Type 1" || fonts[0].Embedded || fonts[0].Unicode {
		t.Errorf("fonts are %+v, want Helvetica, not embedded", fonts)
	}
	if !bytes.Contains(JSON(t, data), []byte(`"/Type": "/Catalog"`)) {
		t.Error("the structure has no catalogue")
	}
	if got := Metadata(t, data); strings.Contains(got, "xmpmeta") {
		t.Errorf("gofpdf alone links no XMP, yet there is %q", got)
	}
}

func TestSqueeze(t *testing.T) {
	for s, want := range map[string]string{"": "", " a\tb\n\fc\u3000d ": "abcd", "投诉\u00a0台账": "投诉台账"} {
		if got := Squeeze(s); got != want {
			t.Errorf("Squeeze(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestPackages(t *testing.T) {
	for tool, want := range map[string]string{"qpdf": "qpdf", "pdftotext": "poppler-utils", "pdfinfo": "poppler-utils"} {
		if got := packageOf(tool); got != want {
			t.Errorf("%s comes with %q, want %q", tool, got, want)
		}
	}
}

// recorder notes that a test has failed where a real one would end.
type recorder struct {
	testing.TB
	said string
}

func (r *recorder) Helper()         {}
func (r *recorder) TempDir() string { return r.TB.TempDir() }
func (r *recorder) Fatalf(format string, args ...any) {
	r.said = format
	panic(r)
}

// failure is what check says where it fails, "" where it does not.
func failure(t *testing.T, check func(testing.TB)) (said string) {
	t.Helper()
	r := &recorder{TB: t}
	defer func() {
		if recover() != nil {
			said = r.said
		}
	}()
	check(r)
	return ""
}

// A damaged file and a missing tool fail the test that asks.
func TestFailures(t *testing.T) {
	data := sample(t)
	damaged := bytes.Replace(bytes.Clone(data), []byte("/Root"), []byte("/Rood"), 1)
	if said := failure(t, func(r testing.TB) { Check(r, damaged) }); said == "" {
		t.Error("a damaged file passes")
	}
	if said := failure(t, func(r testing.TB) { Check(r, data) }); said != "" {
		t.Errorf("a whole file fails: %s", said)
	}
	if said := failure(t, func(r testing.TB) { Text(r, []byte("no PDF")) }); said == "" {
		t.Error("a text passes as a PDF")
	}
	t.Setenv("PATH", os.DevNull)
	if said := failure(t, func(r testing.TB) { Text(r, data) }); !strings.Contains(said, "apt-get install") {
		t.Errorf("a missing tool says %q", said)
	}
}
