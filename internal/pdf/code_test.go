package pdf

import (
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"kept/internal/pdftest"
	"kept/internal/qr"
)

// Each page bears the squares of its code: the picture of the page is dark and
// light where the code is, with four free squares around.
func TestFootHoldsTheSquaresOfTheCode(t *testing.T) {
	p := register(t, 40)
	data := mustPrint(t, p)
	dir := t.TempDir()
	file := filepath.Join(dir, "p.pdf")
	if err := os.WriteFile(file, data, 0o666); err != nil {
		t.Fatal(err)
	}
	const dpi = 200
	if out, err := exec.Command("pdftoppm", "-png", "-gray", "-r", "200", file, filepath.Join(dir, "p")).CombinedOutput(); err != nil {
		t.Fatalf("pdftoppm: %v\n%s", err, out)
	}
	want, err := qr.Encode(p.Content().Code().QR())
	if err != nil || len(want) == 0 {
		t.Fatal(err)
	}
	pictures, _ := filepath.Glob(filepath.Join(dir, "p*.png"))
	if len(pictures) != pdftest.PageCount(t, data) || len(pictures) < 2 {
		t.Fatalf("%d pictures", len(pictures))
	}
	d := newPaper(faces(), p)
	size := codeWidth / float64(len(want))
	left, top := d.width-marginSide-codeWidth, d.bottom()+footRule+codeBorder
	for _, name := range pictures {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		page, err := png.Decode(f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		for row := -3; row < len(want)+3; row++ {
			for col := -3; col < len(want)+3; col++ {
				inside := row >= 0 && col >= 0 && row < len(want) && col < len(want)
				x, y := left+(float64(col)+0.5)*size, top+(float64(row)+0.5)*size
				red, _, _, _ := page.At(int(x/25.4*dpi), int(y/25.4*dpi)).RGBA()
				if dark := red < 0x8000; dark != (inside && want[row][col]) {
					t.Fatalf("%s: square %d/%d is dark: %v", filepath.Base(name), row, col, dark)
				}
			}
		}
	}
}

// The foot names data version and program; the program is no part of the code.
func TestFootNamesTheProgram(t *testing.T) {
	p := register(t, 1)
	code := p.Code()
	p.Tool = "1.2.3 (test)"
	if p.Code() != code {
		t.Error("the version of the program changes the code")
	}
	data := mustPrint(t, p)
	if text := pdftest.Text(t, data); !strings.Contains(text, "kept 1.2.3 (test)") || !strings.Contains(text, code) {
		t.Errorf("the foot lacks program or code:\n%s", text)
	}
	if meta := pdftest.Metadata(t, data); !strings.Contains(meta, "kept 1.2.3 (test)") {
		t.Errorf("XMP does not name the program:\n%s", meta)
	}
}
