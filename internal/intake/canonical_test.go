package intake_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"

	"kept/internal/intake"
	"kept/internal/schema"
	"kept/schemas"
	"kept/templates"
)

// TestOwnRecordsAreCanonical formats the repository's records and those that a
// new repository begins with: kept fmt has nothing to do in either.
func TestOwnRecordsAreCanonical(t *testing.T) {
	kinds, _ := schema.Load(schemas.FS)
	starters, err := fs.Sub(templates.FS, "init")
	if err != nil {
		t.Fatal(err)
	}
	for name, files := range map[string]fs.FS{"own": os.DirFS("../.."), "starters": starters} {
		seen := 0
		err := fs.WalkDir(files, "records", func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || !strings.HasSuffix(path, ".yaml") {
				return err
			}
			seen++
			data, err := fs.ReadFile(files, path)
			if err != nil {
				return err
			}
			if _, changed, found := intake.Format(path, data, kinds); changed || len(found) > 0 {
				t.Errorf("%s: %s is not canonical (%d findings)", name, path, len(found))
			}
			return nil
		})
		if err != nil || seen < 50 {
			t.Errorf("%s: %d records, %v", name, seen, err)
		}
	}
}
