package demo

import (
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

// order is the order of a kind's keys: its fields', then those inside them.
func (s *stage) order(kind *schema.Kind) []string {
	if _, ok := s.orders[kind.ID]; !ok {
		s.orders[kind.ID] = fieldNames(nil, kind.Fields)
	}
	return s.orders[kind.ID]
}

func fieldNames(names []string, fields []schema.Field) []string {
	for _, f := range fields {
		if !contains(names, f.Name) {
			names = append(names, f.Name)
		}
	}
	for _, f := range fields {
		names = fieldNames(names, f.Fields)
	}
	return names
}
