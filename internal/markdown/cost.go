package markdown

import (
	"bytes"
	"errors"
)

// The library takes time that grows with the square of what nests or pairs, so
// both are counted before it is called.
const (
	maxNesting = 64      // quotes and lists inside each other on one line
	maxPairing = 1 << 26 // squares of the delimiters of each block, added up
)

var errCostly = errors.New("quotes, lists, links or emphasis are nested too deeply to be read")

// affordable refuses a text that would take the library very long.
func affordable(body []byte) error {
	total, inBlock := 0, 0
	for line := range bytes.Lines(body) {
		if nesting(line) > maxNesting {
			return errCostly
		}
		if len(bytes.TrimSpace(line)) == 0 {
			inBlock = 0
			continue
		}
		n := inBlock
		for _, c := range line {
			if bytes.IndexByte([]byte("[]()*_`<~&!"), c) >= 0 {
				n++
			}
		}
		total += n*n - inBlock*inBlock
		inBlock = n
		if total > maxPairing {
			return errCostly
		}
	}
	return nil
}

// nesting counts the quotes and list items that a line opens.
func nesting(line []byte) int {
	for n := 0; ; n++ {
		line = bytes.TrimLeft(line, " \t")
		rest := bytes.TrimLeft(line, "0123456789")
		switch {
		case len(rest) == 0:
			return n
		case len(rest) == len(line) && rest[0] == '>':
			line = rest[1:]
		case len(rest) > 1 && (rest[1] == ' ' || rest[1] == '\t') && opens(rest[0], len(rest) < len(line)):
			line = rest[2:]
		default:
			return n
		}
	}
}

func opens(c byte, numbered bool) bool {
	if numbered {
		return c == '.' || c == ')'
	}
	return c == '-' || c == '*' || c == '+'
}
