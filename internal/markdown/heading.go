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

// Section is a heading with the words below it, up to the next heading.
type Section struct {
	ID    string // of the heading; "" for what stands before the first
	Title string
	Text  string // blocks parted by spaces
}

func sections(root ast.Node, source []byte, headings []Heading) []Section {
	list, texts := []Section{{}}, []string(nil)
	end := func() {
		list[len(list)-1].Text, texts = strings.Join(texts, " "), nil
	}
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if _, ok := n.(*ast.Heading); ok {
			end()
			h := headings[0]
			headings = headings[1:]
			list = append(list, Section{ID: h.ID, Title: h.Text})
			continue
		}
		texts = blockTexts(texts, n, source)
	}
	end()
	return list
}

// blockTexts gathers the words of each block that holds words, so that cells and
// items do not run into one another.
func blockTexts(texts []string, n ast.Node, source []byte) []string {
	first := n.FirstChild()
	if first == nil || first.Type() == ast.TypeInline {
		if words := strings.TrimSpace(plain(n, source)); words != "" {
			texts = append(texts, words)
		}
		return texts
	}
	for ; first != nil; first = first.NextSibling() {
		texts = blockTexts(texts, first, source)
	}
	return texts
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
