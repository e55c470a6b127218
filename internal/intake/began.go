package intake

import (
	"path"
	"regexp"

	"kept/internal/record"
)

// began is the line of an obligation that says since when it is owed.
var began = regexp.MustCompile(`(?m)^from: "[0-9]{4}-[0-9]{2}-[0-9]{2}"$`)

// Begun is a starter record for a company that begins on a day, as 2026-11-25:
// its obligations are owed from then on, not from a day on which there were no
// records. Other files stay as they are.
func Begun(name string, data []byte, day string) []byte {
	if path.Dir(name) != record.Folder+"/"+record.ObligationKind {
		return data
	}
	return began.ReplaceAll(data, []byte(`from: "`+day+`"`))
}
