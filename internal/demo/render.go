package demo

import (
	"slices"
	"strings"

	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// object is scenario data read by typed accessors.
type object = yamldoc.Object

// edit is one file as a commit leaves it; data is nil where it is gone.
type edit struct {
	path string
	data []byte
}

// render writes a record's file, with the line that tells editors its schema.
func (s *stage) render(kind *schema.Kind, path string, fields mapping) edit {
	up := strings.Repeat("../", strings.Count(path, "/"))
	head := "# yaml-language-server: $schema=" + up + "schemas/" + kind.ID + ".schema.json\n"
	return edit{path, append([]byte(head), yamldoc.Write(fields, s.order(kind))...)}
}

// order is the order of a kind's keys, one that suits its own fields and those
// inside them alike.
func (s *stage) order(kind *schema.Kind) []string {
	if _, ok := s.orders[kind.ID]; !ok {
		s.orders[kind.ID] = merge(sequences(nil, kind.Fields))
	}
	return s.orders[kind.ID]
}

// sequences lists the names of fields, then those inside each of them.
func sequences(all [][]string, fields []schema.Field) [][]string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name
	}
	all = append(all, names)
	for _, f := range fields {
		if len(f.Fields) > 0 {
			all = sequences(all, f.Fields)
		}
	}
	return all
}

// merge makes one sequence in which each of the given ones keeps its order, as
// far as they agree; the earlier ones come first.
func merge(all [][]string) []string {
	var out []string
	for {
		next, free := "", false
		for _, list := range all {
			if len(list) > 0 && (next == "" || !free && !waits(all, list[0])) {
				next, free = list[0], !waits(all, list[0])
			}
		}
		if next == "" {
			return out
		}
		out = append(out, next)
		for i, list := range all {
			if at := slices.Index(list, next); at >= 0 {
				all[i] = slices.Delete(slices.Clone(list), at, at+1)
			}
		}
	}
}

// waits tells whether a name stands behind another in some sequence.
func waits(all [][]string, name string) bool {
	for _, list := range all {
		if slices.Index(list, name) > 0 {
			return true
		}
	}
	return false
}
