package portal

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/redact"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// sourceExtent is how much of the records behind a paper travels in it.
type sourceExtent string

// The extents. A reader gets of a record no more than its own paper says in the same
// edition, and of a register no more than its columns say: lists are handed about, and
// whoever picks columns for a reader must not hand over the rest inside.
const (
	wholeSources sourceExtent = "whole"   // the files, with what the paper may not say covered
	shownSources sourceExtent = "columns" // the entries that columns show, in the order of keys
	namedSources sourceExtent = "paths"   // where they lie and in which commit, nothing of what they say
)

// How many records a paper carries with what they say. What a matrix of clauses or the
// figures of a year rest on may be the whole repository; and 10,000 rows of the complaint
// register would take 0.4 s to say, which is most of what it takes to set them. Above the
// bound path and commit lead to each record (the extent "paths", which the provenance
// names).
const (
	mostWhole = 1000
	mostShown = 2000
)

// sourceSet is what records say behind a paper.
type sourceSet struct {
	shows sourceExtent
	list  []recordSource
}

// recordSource is one record. Its text ends in a line end where it says anything.
type recordSource struct{ path, commit, text string }

// sourcesOf reads the records in their order, each once; columns are the names that a
// register shows, nil for a paper that rests on whole records. What is in no file, or
// was deleted, is left out.
func (v *View) sourcesOf(ids, columns []string) sourceSet {
	seen := make(map[string]bool, len(ids))
	var list []*record.Record
	for _, id := range ids {
		if rec := v.src.Register.Get(id); rec != nil && rec.Path != "" && !seen[rec.Path] {
			seen[rec.Path] = true
			list = append(list, rec)
		}
	}
	s := sourceSet{shows: extentOf(len(list), columns != nil)}
	var kind *schema.Kind
	var fields []schema.Field
	s.list = make([]recordSource, len(list))
	for i, rec := range list {
		s.list[i] = recordSource{v.sourcePath(rec), v.lastCommit(rec.ID), ""}
		switch s.shows {
		case wholeSources:
			s.list[i].text = v.embedded(rec)
		case shownSources:
			if rec.Kind != kind {
				kind, fields = rec.Kind, v.entriesOf(rec.Kind, columns)
			}
			s.list[i].text = v.shownEntries(rec, fields)
		}
	}
	return s
}

// extentOf is how much of so many records a paper carries.
func extentOf(records int, byColumns bool) sourceExtent {
	switch {
	case byColumns && records <= mostShown:
		return shownSources
	case !byColumns && records <= mostWhole:
		return wholeSources
	}
	return namedSources
}

// sourcePath is the path as it may stand in a comment.
func (v *View) sourcePath(rec *record.Record) string {
	return strings.Trim(strconv.Quote(v.mask(rec.Path)), `"`)
}

// lastCommit is the mainline commit in which the record's file is as it was read.
func (v *View) lastCommit(id string) string {
	if v.src.History == nil {
		return ""
	}
	if c := v.src.History.Latest([]string{id}); c != nil {
		return string(c.Hash)[:shortHash]
	}
	return ""
}

// file is the attachment: one YAML stream, each record behind a comment with its path
// and commit.
func (s *sourceSet) file() PrintAttachment {
	var b strings.Builder
	for _, one := range s.list {
		b.WriteString("---\n# " + one.path)
		if one.commit != "" {
			b.WriteString(" @ " + one.commit)
		}
		b.WriteString("\n" + one.text)
	}
	return PrintAttachment{Name: "sources.yaml", Data: []byte(b.String())}
}

// describe adds to the provenance how much is attached and the digests. They are those
// of the text that travels: the digest of a whole file would let a reader try out what a
// few hidden digits are.
func (s *sourceSet) describe(b *strings.Builder, file PrintAttachment) {
	fmt.Fprintf(b, "sources:\n  attachment: %q\n  shows: %q\n  count: %d\n  sha256: \"%x\"\n", file.Name, s.shows, len(s.list), sha256.Sum256(file.Data))
	if s.shows == namedSources {
		return
	}
	b.WriteString("  digests:\n")
	for _, one := range s.list {
		fmt.Fprintf(b, "    \"%s\": \"%x\"\n", one.path, sha256.Sum256([]byte(one.text)))
	}
}

// embedded is a record's file as a paper may say it, as one document of a stream: a
// file that is none, because it is broken or says where documents end, is in comments.
func (v *View) embedded(rec *record.Record) string {
	text := strings.TrimPrefix(v.source(rec), "\ufeff")
	text = strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unicode.IsControl(r) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
	if !rec.Broken && !marked(text) {
		return text
	}
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString("# " + line)
	}
	return b.String()
}

// marked tells whether a line begins or ends a document, or tells the reader of YAML
// something.
func marked(text string) bool {
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "---") || strings.HasPrefix(line, "...") || strings.HasPrefix(line, "%") {
			return true
		}
	}
	return false
}

// entriesOf are the fields that columns name, behind schema, number and state. What
// columns work out (limits, times of steps, how many items a list has) is no entry.
func (v *View) entriesOf(kind *schema.Kind, columns []string) []schema.Field {
	var fields []schema.Field
	take := func(name string) {
		f, known := schema.Field{}, false
		if kind != nil {
			f, known = kind.Field(name)
		}
		if known && len(f.Fields) == 0 && !strings.Contains(name, ".") && !slices.ContainsFunc(fields, func(o schema.Field) bool { return o.Name == name }) {
			fields = append(fields, f)
		}
	}
	for _, name := range append([]string{record.SchemaField, record.IDField, record.StatusField}, columns...) {
		take(name)
		if v.Lang() == locale.English {
			take(name + "_en")
		}
	}
	return fields
}

// shownEntries is what a record says in fields, as YAML.
func (v *View) shownEntries(rec *record.Record, fields []schema.Field) string {
	if rec.Broken || rec.Kind == nil {
		return ""
	}
	v = v.saying(rec)
	said, order := map[string]any{}, make([]string, 0, len(fields))
	for _, f := range fields {
		if plain := rec.Plain(f.Name); plain != nil {
			said[f.Name], order = v.coverPlain(plain, v.hides(f.Class)), append(order, f.Name)
		}
	}
	return string(yamldoc.Write(said, order))
}

// coverPlain is a plain value as the paper may say it; an object is no value.
func (v *View) coverPlain(plain any, hidden bool) any {
	switch x := plain.(type) {
	case []any:
		list := make([]any, len(x))
		for i, one := range x {
			list[i] = v.coverPlain(one, hidden)
		}
		return list
	case map[string]any:
		return redact.Covered
	case string:
		if hidden {
			return redact.Covered
		}
		return v.hidden.secrets.Cover(v.mask(x))
	case json.Number:
		if hidden || v.mask(x.String()) != x.String() {
			return redact.Covered
		}
		return x
	default:
		if hidden {
			return redact.Covered
		}
		return plain
	}
}
