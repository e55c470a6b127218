package pdf

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"kept/internal/pdftest"
	"kept/internal/portal"
)

// Pictures of one size stand in one order, and each shows itself where it was placed.
func TestPicturesShow(t *testing.T) {
	ink := []color.RGBA{{200, 30, 30, 255}, {30, 160, 30, 255}, {30, 30, 200, 255}, {90, 90, 90, 255}}
	made := func() []byte {
		d := newPaper(faces(), register(t, 0))
		for i, c := range ink {
			d.place(pictured(t, d, c, i), 20+30*float64(i), 60, 20, 20)
			d.place(pictured(t, d, c, i), 20+30*float64(i), 90, 20, 20)
		}
		return mustFile(t, d)
	}
	data := made()
	for range 8 {
		if !bytes.Equal(made(), data) {
			t.Fatal("the same pictures have other bytes")
		}
	}
	pdftest.Check(t, data)
	page := rendered(t, data, "50")
	for i, c := range ink {
		for _, y := range []float64{70, 100} {
			got := color.RGBAModel.Convert(page.At(int((30+30*float64(i))/25.4*50), int(y/25.4*50))).(color.RGBA)
			if far(got.R, c.R) || far(got.G, c.G) || far(got.B, c.B) {
				t.Errorf("picture %d is %v, want %v", i, got, c)
			}
		}
	}
}

// far tells whether two shades differ by more than a photograph's blur.
func far(a, b uint8) bool { return max(a, b)-min(a, b) > 8 }

// pictured is a square of one colour, of a kind that changes with i.
func pictured(t *testing.T, d *paper, c color.RGBA, i int) *picture {
	t.Helper()
	var img draw.Image = image.NewRGBA(image.Rect(0, 0, 40, 40))
	if i == 3 {
		img = image.NewGray(img.Bounds())
	}
	draw.Draw(img, img.Bounds(), image.NewUniform(c), image.Point{}, draw.Src)
	var b bytes.Buffer
	err := png.Encode(&b, img)
	if i%2 == 1 {
		b.Reset()
		err = jpeg.Encode(&b, img, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	pic, ok := d.picture(&portal.PrintPicture{Data: b.Bytes()})
	if !ok {
		t.Fatalf("picture %d cannot be printed", i)
	}
	return pic
}

// rendered is the first page as a picture.
func rendered(t *testing.T, data []byte, dpi string) image.Image {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "p.pdf"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("pdftoppm", "-png", "-r", dpi, "-singlefile", "p.pdf", "p")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("pdftoppm: %v\n%s", err, out)
	}
	f, err := os.Open(filepath.Join(dir, "p.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	page, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return page
}
