package demo

import "maps"

// issue is a field of the life's record, an issue of a report, as it is computed
// from the history; in a rehearsal it is asked for and not there yet.
func (s *scope) issue(field string) any {
	id, _ := s.vars["id"].(string)
	if s.stage.figures == nil {
		if n := len(s.stage.asks); n == 0 || s.stage.asks[n-1].ID != id {
			fields, _ := s.vars["rec"].(mapping)
			s.stage.asks = append(s.stage.asks, Ask{ID: id, Fields: maps.Clone(fields), At: s.now})
		}
		return nil
	}
	return s.stage.figures[id][field]
}
