package schema

import "regexp"

// itemIDs are the patterns of ids that a fixed prefix and a number make.
var itemIDs = regexp.MustCompile(`^\^([A-Z][A-Z-]{0,9})\[0-9\](?:\+|\{1,[1-9]\})\$$`)

// ItemPrefix is what the ids of a list's items begin with, by the pattern of the
// items' id field: "R" for "^R[0-9]{1,3}$"; "A" where it says none.
func (f Field) ItemPrefix() string {
	if m := itemIDs.FindStringSubmatch(f.Bounds.Pattern); m != nil {
		return m[1]
	}
	return "A"
}
