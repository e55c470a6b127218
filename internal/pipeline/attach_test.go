package pipeline

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"kept/internal/config"
)

func TestIgnored(t *testing.T) {
	for ignore, want := range map[string]bool{
		"/evidence/\n": true, "evidence\n": true, "store/\n": true, "/evidence/store\n": true, "evidence/store/\n": true,
		"": false, "# evidence\n": false, "/store/\n": false, "evid*\n": false, "evidence/\n!evidence/\n": false, "evidence/other\n": false, "/\n": false,
	} {
		files := fstest.MapFS{".gitignore": &fstest.MapFile{Data: []byte(ignore)}}
		if got := ignored(files, "evidence/store"); got != want {
			t.Errorf("%q: %v", ignore, got)
		}
		if ignored(files, ".") {
			t.Errorf("%q ignores the repository itself", ignore)
		}
	}
}

// A store inside the repository is found out also behind a symbolic link, or
// where the folder is not there yet.
func TestEvidenceStore(t *testing.T) {
	top := t.TempDir()
	dir := filepath.Join(top, "ledger")
	if err := os.MkdirAll(filepath.Join(dir, "records"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(dir, filepath.Join(top, "alias")); err != nil {
		t.Fatal(err)
	}
	p := &Project{Dir: dir}
	for store, want := range map[string]error{
		"../evidence": nil, "../ledger-evidence/deep": nil, filepath.Join(top, "abs"): nil,
		"../ledger/evidence": ErrStoreInside, "../alias/evidence/deep": ErrStoreInside, "../ledger": ErrStoreInside, filepath.Join(dir, "records"): ErrStoreInside,
	} {
		s := &Snapshot{Config: config.Config{EvidenceStore: store}, files: fstest.MapFS{}}
		if got, err := p.evidenceStore(s); !errors.Is(err, want) || err == nil && !filepath.IsAbs(got) {
			t.Errorf("%s: %q, %v", store, got, err)
		}
	}
	if got, err := p.evidenceStore(&Snapshot{}); got != "" || err != nil {
		t.Errorf("without a store: %q, %v", got, err)
	}
}
