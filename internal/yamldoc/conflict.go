package yamldoc

import (
	"bytes"
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
)

// ConflictRule names findings about what a merge left in a file.
const ConflictRule = "yaml-conflict"

// The lines that git puts into a file in which two branches changed the same place.
const (
	oursMark, baseMark, middleMark, theirsMark = "<<<<<<< ", "||||||| ", "=======", ">>>>>>> "
)

// conflicts lists the places that git left to whoever merges, each with its first and
// last line and the names of both sides; marks that are left over one by one. No
// record can hold such a line where one begins: text of several lines is indented.
func conflicts(path string, text []byte) finding.List {
	var found finding.List
	from, ours := 0, ""
	for n, line := range bytes.Split(text, []byte("\n")) {
		line := strings.TrimSuffix(string(line), "\r")
		switch {
		case strings.HasPrefix(line, oursMark):
			if from > 0 {
				found = append(found, stray(path, from))
			}
			from, ours = n+1, side(line)
		case strings.HasPrefix(line, theirsMark) && from > 0:
			found = append(found, refuse(path, from, 1, ConflictRule, "yamldoc.conflict",
				locale.N("from", from), locale.N("to", n+1), locale.A("ours", ours), locale.A("theirs", side(line)), locale.A("file", path)))
			from = 0
		case strings.HasPrefix(line, theirsMark), from == 0 && (line == middleMark || strings.HasPrefix(line, baseMark)):
			found = append(found, stray(path, n+1))
		}
	}
	if from > 0 {
		found = append(found, stray(path, from))
	}
	return found[:min(len(found), MaxFindings)]
}

func stray(path string, line int) finding.Finding {
	return refuse(path, line, 1, ConflictRule, "yamldoc.conflict_mark")
}

// side is the name that a mark has behind it, no longer than a line of a message.
func side(line string) string {
	name := strings.TrimSpace(line[len(oursMark):])
	return locale.Shorten(name, 60)
}
