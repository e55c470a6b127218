package intake_test

import (
	"os"
	"path/filepath"
	"testing"

	"kept/internal/intake"
)

// Where one file cannot be put in its place, those before it are as they were,
// new ones are gone and nothing half-written stays. Here the second plan makes a
// folder of what the first would write.
func TestApplyIsAllOrNothing(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "old"), "was")
	put(t, filepath.Join(dir, "gone"), "here")
	err := intake.Apply(dir,
		intake.Plan{Path: "old", Before: []byte("was"), After: []byte("is")},
		intake.Plan{Path: "gone", Before: []byte("here")},
		intake.Plan{Path: "new/file", After: []byte("x")},
		intake.Plan{Path: "a", After: []byte("x")},
		intake.Plan{Path: "a/b", After: []byte("x")},
	)
	if err == nil {
		t.Fatal("no error")
	}
	for name, want := range map[string]string{"old": "was", "gone": "here"} {
		if data, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(data) != want {
			t.Errorf("%s: %q, %v", name, data, err)
		}
	}
	left := 0
	if err := filepath.WalkDir(dir, func(_ string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			left++
		}
		return err
	}); err != nil || left != 2 {
		t.Errorf("%d files, %v", left, err)
	}
}

// A folder that cannot be written to leaves everything as it was.
func TestApplyToAReadOnlyFolder(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("nothing is read-only to root")
	}
	dir := t.TempDir()
	put(t, filepath.Join(dir, "old"), "was")
	if err := os.Mkdir(filepath.Join(dir, "closed"), 0o500); err != nil {
		t.Fatal(err)
	}
	if err := intake.Apply(dir, intake.Plan{Path: "old", Before: []byte("was"), After: []byte("is")}, intake.Plan{Path: "closed/x", After: []byte("x")}); err == nil {
		t.Error("no error")
	}
	if data, _ := os.ReadFile(filepath.Join(dir, "old")); string(data) != "was" {
		t.Errorf("%s", data)
	}
}
