package schema

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/yamldoc"
)

// Validate checks a document against the kind's schema. Each finding stands at
// the value it is about: a missing key at its parent, an unknown key at itself
// with the nearest known name. Values are not quoted.
func (k *Kind) Validate(d *yamldoc.Document) finding.List {
	if k.shape == nil {
		return nil
	}
	shape, err := k.shape()
	if err != nil {
		return nil
	}
	all := shape.breaches(d.Plain())
	if len(all) == 0 {
		return nil
	}
	stem := strings.TrimSuffix(path.Base(d.Path()), path.Ext(d.Path()))
	t := teller{doc: d, record: stem, example: k.IDs.ID(2026, 1), field: k.fieldAtPointer}
	return t.tell(all)
}

// checkAgainst is [checkMeta] for a meta-schema that is compiled when it is needed.
func checkAgainst(meta func() (validator, error), file string, value any, open func() (*yamldoc.Document, finding.List)) finding.List {
	shape, err := meta()
	if err != nil {
		return finding.List{{
			Position: finding.Position{Path: file, Line: 1, Column: 1}, Rule: "schema-file", Severity: finding.Error, Key: "schema.meta",
		}}
	}
	return checkMeta(shape, value, open)
}

// checkMeta checks a kind or schema file. Its document is asked for only where
// something is wrong.
func checkMeta(meta validator, value any, open func() (*yamldoc.Document, finding.List)) finding.List {
	all := meta.breaches(value)
	if len(all) == 0 {
		return nil
	}
	doc, found := open()
	if doc == nil {
		return found
	}
	t := teller{doc: doc, field: metaField}
	return append(found, t.tell(all)...)
}

// fieldAtPointer is the field that a pointer leads to, or the last on the way.
func (k *Kind) fieldAtPointer(pointer string) Field {
	field := Field{Title: k.Title}
	fields := k.Fields
	for token := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		if _, err := strconv.Atoi(token); err == nil {
			continue
		}
		i := slices.IndexFunc(fields, func(f Field) bool { return f.Name == token })
		if i < 0 {
			break
		}
		if title := field.Title; fields[i].Title.IsZero() {
			field = fields[i]
			field.Title = title
		} else {
			field = fields[i]
		}
		fields = field.Fields
	}
	return field
}

// metaField labels a value of a kind or schema file by its key.
func metaField(pointer string) Field {
	tokens := strings.Split(pointer, "/")
	slices.Reverse(tokens)
	for _, token := range tokens {
		if _, err := strconv.Atoi(token); err != nil && token != "" {
			return Field{Title: locale.Plain(token)}
		}
	}
	return Field{Title: locale.Plain("/")}
}
