package pdf

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/color"
	"image/draw"
	_ "image/gif" // a kind of image that documents hold
	"image/jpeg"
	"image/png"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/portal"
)

// picture is an image that has been decoded and can be placed.
type picture struct {
	w, h   float64 // its natural size in mm
	kind   string  // PNG or JPEG
	data   []byte
	number int // in the order in which pictures are placed first, 0 for none yet
}

// placed is a picture on a page, in mm.
type placed struct {
	*picture
	x, y, w, h float64
}

// The most that an image may hold, so that none fills the memory.
const (
	mostPixels = 40_000_000
	screenDPI  = 96
)

// picture decodes an image. One that is none, or too large, is a finding about the
// paper, and false.
func (d *paper) picture(p *portal.PrintPicture) (*picture, bool) {
	sum := sha256.Sum256(p.Data)
	name := hex.EncodeToString(sum[:])
	if pic, known := d.pictures[name]; known {
		return pic, pic != nil
	}
	pic := decodePicture(p.Data)
	if pic == nil {
		d.findings = append(d.findings, finding.Finding{
			Rule: "pdf-image", Severity: finding.Warning, Key: "pdf.image", Args: []locale.Arg{locale.A("image", fit(oneLine(p.Alt), 60))},
		})
	}
	if d.pictures == nil {
		d.pictures = map[string]*picture{}
	}
	d.pictures[name] = pic
	return pic, pic != nil
}

// decodePicture reads an image, nil where it cannot. Photographs stay as they are;
// everything else is flattened on white and written anew, as PDF has it.
func decodePicture(data []byte) *picture {
	c, kind, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || c.Width <= 0 || c.Height <= 0 || c.Width > mostPixels/c.Height {
		return nil
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	const mm = 25.4 / screenDPI
	pic := &picture{w: float64(c.Width) * mm, h: float64(c.Height) * mm, kind: "JPEG", data: data}
	if kind == "jpeg" && (c.ColorModel == color.YCbCrModel || c.ColorModel == color.GrayModel) {
		return pic
	}
	var out bytes.Buffer
	if kind == "jpeg" {
		err = jpeg.Encode(&out, flat(img), &jpeg.Options{Quality: 92})
	} else {
		pic.kind, err = "PNG", png.Encode(&out, flat(img))
	}
	if err != nil {
		return nil
	}
	pic.data = out.Bytes()
	return pic
}

func flat(img image.Image) image.Image {
	to := image.NewRGBA(image.Rect(0, 0, img.Bounds().Dx(), img.Bounds().Dy()))
	draw.Draw(to, to.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(to, to.Bounds(), img, img.Bounds().Min, draw.Over)
	return to
}

// place puts a picture on the present page.
func (d *paper) place(pic *picture, x, y, w, h float64) {
	if pic.number == 0 {
		d.shown = append(d.shown, pic)
		pic.number = len(d.shown)
	}
	d.page().images = append(d.page().images, placed{pic, x, y, w, h})
}

// pictured draws the pictures of the page above what it holds.
func (p *page) pictured() {
	for _, i := range p.images {
		p.buf = append(p.buf, "q "...)
		p.num(i.w * points)
		p.buf = append(p.buf, "0 0 "...)
		p.num(i.h * points)
		p.point(i.x, i.y+i.h)
		p.buf = append(p.buf, "cm /"...)
		p.buf = append(p.buf, pictureName(i.number)...)
		p.buf = append(p.buf, " Do Q\n"...)
	}
}
