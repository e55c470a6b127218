package locale

import (
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/width"
)

// Narrow writes full-width letters, digits and signs as half-width ones, as
// ＡＢ１２（） becomes AB12(). Chinese marks that have no half-width twin stay.
func Narrow(s string) string {
	if strings.IndexByte(s, wideLead) < 0 && !strings.Contains(s, wideBlank) {
		return s
	}
	return width.Fold.String(s)
}

// All characters that have another width begin with one byte in UTF-8, but for the
// blank.
const (
	wideLead  = 0xEF
	wideBlank = "\u3000"
)

// DecodeGB18030 reads text in GBK or GB 18030. Bytes that are neither become
// U+FFFD.
func DecodeGB18030(data []byte) (string, error) {
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	return string(out), err
}

// DecodeUTF16 reads text in UTF-16 that begins with its byte order mark.
func DecodeUTF16(data []byte) (string, error) {
	out, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(data)
	return string(out), err
}
