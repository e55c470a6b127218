package pdf

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"strconv"
)

// pictureName is a picture's name among the resources of pages.
func pictureName(number int) string { return "I" + strconv.Itoa(number) }

// picture writes a picture as an object of the file.
func (w *writer) picture(p *picture) int {
	c, _, _ := image.DecodeConfig(bytes.NewReader(p.data)) // decoded or encoded by us before
	head := fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8", c.Width, c.Height)
	if p.kind == "PNG" {
		return w.stream(fmt.Sprintf("%s /ColorSpace /DeviceRGB /Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors 3 /BitsPerComponent 8 /Columns %d >>",
			head, c.Width), pngData(p.data))
	}
	space := "/DeviceRGB"
	if c.ColorModel == color.GrayModel {
		space = "/DeviceGray"
	}
	return w.stream(head+" /ColorSpace "+space+" /Filter /DCTDecode", p.data)
}

// pngData joins the chunks of a PNG that hold its lines; they are compressed as PDF
// has it, too.
func pngData(file []byte) []byte {
	var out []byte
	for rest := file[min(8, len(file)):]; len(rest) >= 12; {
		n := int(binary.BigEndian.Uint32(rest))
		if n > len(rest)-12 {
			break
		}
		if string(rest[4:8]) == "IDAT" {
			out = append(out, rest[8:8+n]...)
		}
		rest = rest[12+n:]
	}
	return out
}
