// Package qr turns a short text into the squares of a QR code (ISO/IEC 18004),
// for renderers to draw. It is the only door to the encoder.
package qr

import (
	"fmt"

	"github.com/skip2/go-qrcode"
)

// longest is the number of characters that stay readable on a small square.
const longest = 200

// Squares is a code by rows from the top: true is dark. It is square, and has no
// quiet border: whoever draws it leaves four squares free on each side.
type Squares [][]bool

// Encode makes the code of a text with correction level M, which stands the loss
// of an eighth of it. The same text gives the same squares. Text of capitals,
// digits and "-." takes the fewest.
func Encode(text string) (Squares, error) {
	if text == "" || len(text) > longest {
		return nil, fmt.Errorf("encode %d bytes as QR: want 1 to %d", len(text), longest)
	}
	code, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		return nil, fmt.Errorf("encode as QR: %w", err)
	}
	code.DisableBorder = true
	return code.Bitmap(), nil
}
