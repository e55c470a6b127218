package ledger

import (
	"encoding/binary"
	"strings"
	"unicode/utf8"
)

// byteOrder is the mark at the beginning of a text; programs that join files leave it
// inside, too.
const byteOrder = "\ufeff"

// wideText decodes UTF-32 without its mark.
func wideText(data []byte, order binary.ByteOrder) (string, error) {
	if len(data)%4 != 0 {
		return "", ErrEncoding
	}
	var b strings.Builder
	for ; len(data) > 0; data = data[4:] {
		r := order.Uint32(data)
		if r > utf8.MaxRune || !utf8.ValidRune(rune(r)) {
			return "", ErrEncoding
		}
		b.WriteRune(rune(r))
	}
	return b.String(), nil
}

// Of the texts in two-byte encodings: fewer characters than these prove nothing.
const leastPairs = 4

// looksBig5 tells a text in Big5, most of which would be read as other characters of
// GBK: there a common character ends in a high byte, in Big5 every third ends in a low
// one, and nearly all common ones begin with 0xA4 to 0xC6.
func looksBig5(data []byte) bool {
	pairs, low, common := 0, 0, 0
	for i := 0; i < len(data); i++ {
		if data[i] < utf8.RuneSelf {
			continue
		}
		if i+1 == len(data) {
			return false
		}
		lead, trail := data[i], data[i+1]
		i++
		isLow := trail >= 0x40 && trail <= 0x7e
		if lead < 0xa1 || lead > 0xf9 || !isLow && (trail < 0xa1 || trail == 0xff) {
			return false
		}
		pairs++
		if isLow {
			low++
		}
		if lead >= 0xa1 && lead <= 0xc6 {
			common++
		}
	}
	return pairs >= leastPairs && low*5 >= pairs && common*10 >= pairs*8
}
