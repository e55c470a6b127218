package portal

import (
	"strings"

	"kept/internal/record"
	"kept/internal/schema"
)

// covered stands in place of a value that may not be shown.
const covered = "▇▇▇"

// source is a record's YAML as it may be shown: values of fields whose class
// hides them, and of fields that the kind does not know, are covered line by
// line, together with the deeper lines below them. It covers rather too much
// than too little: it reads lines, not YAML, so that broken files are safe too.
func (v *View) source(rec *record.Record) string {
	names := v.names[record.KindOf(rec.Path)]
	var b strings.Builder
	b.Grow(len(rec.Source))
	cover := -1 // indentation of the covered key, -1 for none
	for line := range strings.Lines(strings.ToValidUTF8(string(rec.Source), "\ufffd")) {
		line = strings.TrimRight(line, "\r\n")
		indent := indentOf(line)
		if cover >= 0 && (indent > cover || strings.TrimSpace(line) == "") {
			continue
		}
		cover = -1
		shown, hidden := names.coverLine(line)
		if hidden {
			cover = indent
		}
		b.WriteString(maskText(shown))
		b.WriteByte('\n')
	}
	return b.String()
}

// indentOf counts leading spaces; dashes of list items belong to them.
func indentOf(line string) int {
	return len(line) - len(strings.TrimLeft(line, " \t"))
}

// fieldSet tells for each field name, at whatever depth, whether any field of
// that name is hidden.
type fieldSet map[string]bool

func fieldNames(kind *schema.Kind) fieldSet {
	set := fieldSet{}
	set.add(kind.Fields, false)
	return set
}

func (s fieldSet) add(fields []schema.Field, hidden bool) {
	for _, f := range fields {
		h := hidden || hides(f.Class)
		s[f.Name] = s[f.Name] || h
		s.add(f.Fields, h)
	}
}

// coverLine covers what follows the first key of a line that must be hidden, to
// the end of the line.
func (s fieldSet) coverLine(line string) (string, bool) {
	if s == nil || strings.HasPrefix(strings.TrimSpace(line), "#") {
		return line, false
	}
	if t := strings.TrimSpace(line); strings.HasPrefix(t, "? ") || t == "?" {
		return line[:indentOf(line)] + covered, true
	}
	start := 0
	for start < len(line) {
		colon := strings.IndexByte(line[start:], ':')
		if colon < 0 {
			return line, false
		}
		at := start + colon
		start = at + 1
		if start < len(line) && line[start] != ' ' && line[start] != '\t' {
			continue
		}
		name, head := keyBefore(line[:at])
		if name == "" {
			continue
		}
		if hidden, known := s[name]; hidden || !known && head {
			return line[:at+1] + " " + covered, true
		}
	}
	return line, false
}

// keyBefore is the key that ends a piece of a line, and whether it is the first
// thing on it but for dashes; "" where the piece ends in no key.
func keyBefore(piece string) (name string, head bool) {
	i := strings.LastIndexAny(piece, "{,")
	name = strings.Trim(piece[i+1:], " \t-\"'")
	if strings.ContainsAny(name, " :\"'[]}") {
		return "", false
	}
	return name, i < 0 || strings.HasSuffix(piece[:i+1], "{")
}
