package yamldoc

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"kept/internal/finding"
	"kept/internal/locale"
)

// bom is the byte order mark.
const bom = "\ufeff"

// admit looks at the bytes before anything is parsed, and takes the byte order
// mark off.
func admit(path string, data []byte) ([]byte, *finding.Finding) {
	if len(data) > MaxSize {
		f := refuse(path, 0, 0, "yaml-limit", "yamldoc.size", locale.N("limit", MaxSize>>10))
		return nil, &f
	}
	text := bytes.TrimPrefix(data, []byte(bom))
	if i := firstStranger(text); i >= 0 {
		f := strange(path, text, i)
		return nil, &f
	}
	return text, nil
}

// firstStranger is the offset of the first byte that may not stand in a file,
// -1 where there is none.
func firstStranger(text []byte) int {
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			if c < ' ' && c != '\n' && c != '\t' && (c != '\r' || i+1 == len(text) || text[i+1] != '\n') || c == 0x7f {
				return i
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && n == 1 || invisible(r) {
			return i
		}
		i += n
	}
	return -1
}

// invisible tells the characters that YAML takes for line ends and editors do
// not, and those that YAML does not allow: a line number must mean one line. It
// tells those, too, that turn the direction of what follows: a reader would see
// another text than the one that is kept.
func invisible(r rune) bool {
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r >= 0x80 && r < 0xa0 || r == 0x2028 || r == 0x2029 || r == 0xfeff || r == 0xfffe || r == 0xffff
}

func strange(path string, text []byte, at int) finding.Finding {
	line := 1 + bytes.Count(text[:at], []byte("\n"))
	column := 1 + utf8.RuneCount(text[bytes.LastIndexByte(text[:at], '\n')+1:at])
	r, n := utf8.DecodeRune(text[at:])
	switch {
	case r == utf8.RuneError && n == 1 && looksGBK(text):
		return refuse(path, line, column, "yaml-encoding", "yamldoc.gbk")
	case r == utf8.RuneError && n == 1:
		return refuse(path, line, column, "yaml-encoding", "yamldoc.encoding")
	}
	return refuse(path, line, column, "yaml-character", "yamldoc.character", locale.A("code", fmt.Sprintf("U+%04X", r)))
}

// looksGBK tells whether every byte beyond ASCII is part of a GBK pair.
func looksGBK(text []byte) bool {
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c < 0x80:
		case c == 0x80 || c == 0xff || i+1 == len(text):
			return false
		default:
			i++
			if t := text[i]; t < 0x40 || t == 0x7f || t == 0xff {
				return false
			}
		}
	}
	return true
}

func refuse(path string, line, column int, rule, key string, args ...locale.Arg) finding.Finding {
	return finding.Finding{
		Position: finding.Position{Path: path, Line: line, Column: column},
		Rule:     rule, Severity: finding.Error, Key: key, Args: args,
	}
}
