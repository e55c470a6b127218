package record

import (
	"slices"
	"strings"
)

// Portable tells whether a file of an id can lie on any system that people use: on
// Windows some names stand for devices, some characters for something else, and a dot
// or blank at the end is lost.
// (learn.microsoft.com, "Naming Files, Paths, and Namespaces")
func Portable(id string) bool {
	if strings.ContainsAny(id, "<>:\"|?*\\/") || strings.ContainsFunc(id, func(r rune) bool { return r < ' ' }) || strings.HasSuffix(id, ".") || strings.HasSuffix(id, " ") {
		return false
	}
	stem, _, _ := strings.Cut(strings.ToLower(id), ".")
	stem = strings.TrimRight(stem, " ")
	if slices.Contains([]string{"con", "prn", "aux", "nul"}, stem) {
		return false
	}
	for _, device := range []string{"com", "lpt"} {
		if n, ok := strings.CutPrefix(stem, device); ok && slices.Contains([]string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "¹", "²", "³"}, n) {
			return false
		}
	}
	return true
}
