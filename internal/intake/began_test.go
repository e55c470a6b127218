package intake_test

import (
	"io/fs"
	"path"
	"strings"
	"testing"

	"kept/internal/intake"
	"kept/templates"
)

// TestObligationsBeginWithTheCompany holds every starter obligation to the day
// that is given, and every other starter record to its own bytes.
func TestObligationsBeginWithTheCompany(t *testing.T) {
	seen := 0
	err := fs.WalkDir(templates.FS, "init/records", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(templates.FS, name)
		if err != nil {
			return err
		}
		got := string(intake.Begun(strings.TrimPrefix(name, "init/"), data, "2026-11-25"))
		if path.Base(path.Dir(name)) != "obligation" {
			if got != string(data) {
				t.Errorf("%s changed", name)
			}
			return nil
		}
		seen++
		if strings.Count(got, "\nfrom: \"2026-11-25\"\n") != 1 {
			t.Errorf("%s does not begin on the day:\n%s", name, got)
		}
		return nil
	})
	if err != nil || seen < 20 {
		t.Errorf("%d obligations, %v", seen, err)
	}
}
