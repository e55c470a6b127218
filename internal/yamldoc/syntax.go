package yamldoc

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"kept/internal/finding"
)

var (
	lineInError = regexp.MustCompile(`line ([0-9]{1,7}):`)
	wideColon   = regexp.MustCompile(`(?m)^[ ]*(?:- )?[A-Za-z_][A-Za-z0-9_-]*：`)
	tabIndent   = regexp.MustCompile(`(?m)^ *\t+[^\s#]`)
)

// syntaxFinding turns the library's complaint into one of ours. Its words are
// not passed on: they may quote the file.
func syntaxFinding(path string, text []byte, complaint string) *finding.Finding {
	line, column := 1, 0
	if m := lineInError.FindStringSubmatch(complaint); m != nil {
		line, _ = strconv.Atoi(m[1])
	}
	key := syntaxKey(complaint)
	if m := wideColon.FindIndex(text); m != nil {
		line, column, key = place(text, m[1]-len("：")), columnOf(text, m[1]-len("：")), "yamldoc.syntax_wide_colon"
	} else if m := tabIndent.FindIndex(text); m != nil {
		at := m[0] + bytes.IndexByte(text[m[0]:m[1]], '\t')
		line, column, key = place(text, at), columnOf(text, at), "yamldoc.syntax_tab"
	}
	line = min(max(line, 1), 1+bytes.Count(text, []byte("\n")))
	f := refuse(path, line, column, "yaml-syntax", key)
	return &f
}

func place(text []byte, at int) int { return 1 + bytes.Count(text[:at], []byte("\n")) }

func columnOf(text []byte, at int) int {
	return 1 + utf8.RuneCount(text[bytes.LastIndexByte(text[:at], '\n')+1:at])
}

// syntaxKey finds the message by words of the library's complaint.
func syntaxKey(complaint string) string {
	for _, c := range []struct{ words, key string }{
		{"mapping values are not allowed", "yamldoc.syntax_colon"},
		{"could not find expected ':'", "yamldoc.syntax_key"},
		{"did not find expected key", "yamldoc.syntax_indent"},
		{"did not find expected '-'", "yamldoc.syntax_indent"},
		{"did not find expected ','", "yamldoc.syntax_bracket"},
		{"unexpected end of stream", "yamldoc.syntax_quote"},
		{"cannot start any token", "yamldoc.syntax_start"},
		{"tab", "yamldoc.syntax_tab"},
		{"unknown anchor", "yamldoc.syntax_anchor"},
		{"escape", "yamldoc.syntax_escape"},
	} {
		if strings.Contains(complaint, c.words) {
			return c.key
		}
	}
	return "yamldoc.syntax"
}
