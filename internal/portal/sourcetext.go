package portal

import (
	"bytes"
	"maps"
	"strings"

	"kept/internal/record"
	"kept/internal/redact"
	"kept/internal/schema"
)

// SourceLine is one line of a record's YAML with its number in the file.
type SourceLine struct {
	Number int
	Text   string
}

// source is a record's YAML as it may be shown, as one text.
func (v *View) source(rec *record.Record) string {
	var b strings.Builder
	b.Grow(len(rec.Source))
	for _, line := range v.sourceLines(rec) {
		b.WriteString(line.Text)
		b.WriteByte('\n')
	}
	return b.String()
}

// sourceLines is a record's YAML as it may be shown: values of fields whose class
// hides them, and of fields that the kind does not know, are covered line by
// line, together with the deeper lines below them, which are left out. It covers
// rather too much than too little: it reads lines, not YAML, so that broken files
// are safe too.
func (v *View) sourceLines(rec *record.Record) []SourceLine {
	v = v.of(rec.ID)
	secrets, more := v.hidden.secrets, escaped(rec)
	if rec.Kind != nil && v.hidden.few {
		more = append(more, quoted(rec.Kind.Fields)...)
	}
	names := v.names[record.KindOf(rec.Path)].with(more)
	leaves := v.src.Policy.Edition.Leaves() || v.src.Policy.Paper // what no paper says
	if leaves && names == nil {
		return []SourceLine{{1, redact.Covered}}
	}
	var out []SourceLine
	n, cover, item := 0, -1, false // indentation of the covered key, -1 for none; whether it stands behind a dash
	for line := range strings.Lines(strings.ToValidUTF8(string(rec.Source), "\ufffd")) {
		n++
		line = strings.TrimRight(line, "\r\n")
		indent := indentOf(line)
		below := indent > cover || strings.TrimSpace(line) == "" || indent == cover && !item && isItem(line)
		if cover >= 0 && below {
			continue
		}
		cover = -1
		if leaves {
			line = withoutComment(line)
		}
		shown, hidden := names.coverLine(line)
		if hidden {
			cover, item = indent, isItem(line)
		}
		out = append(out, SourceLine{n, secrets.Cover(v.mask(shown))})
	}
	return out
}

// indentOf counts leading spaces; dashes of list items belong to them.
func indentOf(line string) int {
	return len(line) - len(strings.TrimLeft(line, " \t"))
}

// isItem tells whether a line begins an item of a list.
func isItem(line string) bool {
	rest := strings.TrimLeft(line, " \t")
	return rest == "-" || strings.HasPrefix(rest, "- ")
}

// withoutComment covers what a line says behind a #. The line that names the
// schema for editors stays.
func withoutComment(line string) string {
	if strings.HasPrefix(line, "# yaml-language-server:") {
		return line
	}
	if i := strings.Index(" "+line, " #"); i >= 0 {
		return line[:i] + "# " + redact.Covered
	}
	return line
}

// escaped names the fields in which personal data stand that a reader of lines
// does not see, because YAML writes them in another way.
func escaped(rec *record.Record) []string {
	var names []string
	var look func(name string, plain any)
	look = func(name string, plain any) {
		switch x := plain.(type) {
		case string:
			for _, h := range redact.Scan(x) {
				if !bytes.Contains(rec.Source, []byte(x[h.Start:h.End])) {
					names = append(names, name)
					return
				}
			}
		case []any:
			for _, one := range x {
				look(name, one)
			}
		case map[string]any:
			for key, one := range x {
				look(key, one)
			}
		}
	}
	for key, one := range rec.Fields() {
		look(key, one)
	}
	return names
}

// fieldSet tells for each field name, at whatever depth, whether any field of
// that name is hidden.
type fieldSet map[string]bool

func fieldNames(kind *schema.Kind, p redact.Policy) fieldSet {
	set := fieldSet{}
	set.add(kind.Fields, p, false)
	return set
}

func (s fieldSet) add(fields []schema.Field, p redact.Policy, hidden bool) {
	for _, f := range fields {
		h := hidden || p.Hides(f.Class)
		s[f.Name] = s[f.Name] || h
		s.add(f.Fields, p, h)
	}
}

// with hides more fields, in a set of its own.
func (s fieldSet) with(names []string) fieldSet {
	if len(names) == 0 || s == nil {
		return s
	}
	more := maps.Clone(s)
	for _, name := range names {
		more[name] = true
	}
	return more
}

// coverLine covers what follows the first key of a line that must be hidden, to
// the end of the line.
func (s fieldSet) coverLine(line string) (string, bool) {
	if s == nil || strings.HasPrefix(strings.TrimSpace(line), "#") {
		return line, false
	}
	if t := strings.TrimSpace(line); strings.HasPrefix(t, "? ") || t == "?" {
		return line[:indentOf(line)] + redact.Covered, true
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
			return line[:at+1] + " " + redact.Covered, true
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
