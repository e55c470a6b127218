package portal

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"path"
	"slices"
	"strings"

	"kept/internal/markdown"
	"kept/internal/redact"
)

// provideText adds the Markdown of a document, as its paper may say it, to what travels
// in the paper, and names it in the provenance with the SHA-256 of what travels.
func (v *View) provideText(s *PrintStamp, d docFile) {
	data := fmt.Appendf(slices.Clone(s.Attachment.Data), "document: %q\n", contentFolder+d.file)
	if text, ok := v.textSource(d); ok {
		s.Sources = append(s.Sources, PrintAttachment{Name: path.Base(d.file), Type: "text/markdown", Data: text})
		data = fmt.Appendf(data, "sha256: \"%x\"\n", sha256.Sum256(text))
	} else {
		data = append(data, "attached: false # what looks personal shows only when the text is set\n"...)
	}
	s.Attachment.Data = data
}

// textSource is the Markdown with what looks personal covered; comments of the front
// matter are no part of the paper. It is false where something would still look
// personal to whoever reads the text as Markdown: a number may be written with
// emphasis or entities inside, and then nothing of the text travels.
func (v *View) textSource(d docFile) ([]byte, bool) {
	if v.secret() {
		return d.source, true
	}
	var b bytes.Buffer
	fences := 0
	for line := range strings.Lines(strings.ToValidUTF8(string(d.source), "\ufffd")) {
		if strings.TrimRight(line, " \t\r\n") == "---" {
			fences++
		}
		if fences == 1 {
			line = strings.TrimRight(withoutComment(strings.TrimRight(line, "\r\n")), " ") + "\n"
		}
		b.WriteString(v.mask(line))
	}
	text := b.Bytes()
	list, err := markdown.Blocks(contentFolder+d.file, text, d.inside)
	if err != nil {
		return nil, false
	}
	of := &docText{view: v, file: d.file}
	for _, block := range of.blocks(list) {
		if personalIn(&block) {
			return nil, false
		}
	}
	front := markdown.Matter(contentFolder+d.file, text)
	if front == nil {
		return text, len(d.front.Fields()) == 0 // else what is covered made it unreadable
	}
	return text, !personal(front.Front.Fields())
}

// personalIn tells whether a block says what looks personal.
func personalIn(b *PrintBlock) bool {
	texts := append([]string{textOfRuns(b.Runs)}, b.Lines...)
	for _, r := range b.Runs {
		texts = append(texts, r.Link)
	}
	for _, row := range append([][]PrintGridCell{b.Head}, b.Rows...) {
		for _, c := range row {
			texts = append(texts, textOfRuns(c.Runs))
			for _, r := range c.Runs {
				texts = append(texts, r.Link)
			}
		}
	}
	if b.Image != nil {
		texts = append(texts, b.Image.Alt)
	}
	return slices.ContainsFunc(texts, func(s string) bool { return len(redact.Scan(s)) > 0 })
}

// personal tells whether a plain value holds what looks personal.
func personal(plain any) bool {
	switch x := plain.(type) {
	case string:
		return len(redact.Scan(x)) > 0
	case []any:
		return slices.ContainsFunc(x, personal)
	case map[string]any:
		for key, one := range x {
			if personal(key) || personal(one) {
				return true
			}
		}
	}
	return false
}
