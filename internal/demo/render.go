package demo

import (
	"strings"

	"kept/internal/intake"
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

// order is the order in which kept writes a kind's keys.
func (s *stage) order(kind *schema.Kind) []string {
	if _, ok := s.orders[kind.ID]; !ok {
		s.orders[kind.ID] = intake.KeyOrder(kind.Fields)
	}
	return s.orders[kind.ID]
}
