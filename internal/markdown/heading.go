package markdown

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
)

// mark gives every heading an id and lists them.
func mark(root ast.Node, source []byte) []Heading {
	var list []Heading
	used := map[string]int{}
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		h, ok := n.(*ast.Heading)
		if !ok {
			continue
		}
		words := plain(h, source)
		id := headingID(words)
		used[id]++
		if k := used[id]; k > 1 {
			id += "_" + strconv.Itoa(k)
		}
		h.SetAttributeString("id", []byte(id))
		list = append(list, Heading{Level: h.Level, ID: id, Text: words})
	}
	return list
}

// headingID is s5.1 for a heading that begins with a number, so that rewording
// breaks no link, else its letters and digits with dashes between.
func headingID(words string) string {
	if n := number(words); n != "" {
		return "s" + n
	}
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(words) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte('-')
			gap = false
		}
		b.WriteRune(r)
	}
	if b.Len() == 0 {
		return "section"
	}
	return "h-" + b.String()
}

// number is the dotted number at the beginning: 5.1 of "5.1. 投诉处理".
func number(words string) string {
	end := strings.IndexFunc(words, func(r rune) bool { return r != '.' && (r < '0' || r > '9') })
	if end < 0 {
		end = len(words)
	}
	return strings.Trim(words[:end], ".")
}
