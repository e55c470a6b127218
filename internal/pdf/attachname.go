package pdf

import "strings"

// attachmentName is the name of a file inside the file, as a reader saves it: without a
// folder, without what Windows takes for more than a letter, not hidden.
func attachmentName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || inert(r) || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, fit(oneLine(s), 120))
	if s = strings.Trim(s, " ."); s == "" {
		return "source"
	}
	return s
}

// plainName is the name for readers that know no other than ASCII, inside parentheses.
func plainName(s string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r > '~' || strings.ContainsRune("()", r) {
			return '_'
		}
		return r
	}, s)
}
