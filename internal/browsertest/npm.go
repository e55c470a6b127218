package browsertest

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"kept/internal/tooltest"
)

// lists name the exact packages of the checks with the digest of each; npm
// refuses a package that has another.
//
//go:embed testdata/npm
var lists embed.FS

// Modules is the folder of the npm packages that check pages: axe-core and
// html-validate. The first test of a machine installs them into the user's
// cache, without running a script of theirs.
func Modules(t testing.TB) string {
	t.Helper()
	files := map[string][]byte{}
	sum := sha256.New()
	for _, name := range []string{"package.json", "package-lock.json"} {
		data, err := lists.ReadFile("testdata/npm/" + name)
		fatal(t, err)
		files[name] = data
		sum.Write(data)
	}
	cache, err := os.UserCacheDir()
	fatal(t, err)
	at := filepath.Join(cache, "kept-page-checks", hex.EncodeToString(sum.Sum(nil))[:16])
	if _, err := os.Stat(at); err != nil {
		install(t, at, files)
	}
	return filepath.Join(at, "node_modules")
}

// install puts the packages beside their place and moves them there whole, for
// two test processes may come at once.
func install(t testing.TB, at string, files map[string][]byte) {
	t.Helper()
	fatal(t, os.MkdirAll(filepath.Dir(at), 0o755))
	fresh, err := os.MkdirTemp(filepath.Dir(at), "new-")
	fatal(t, err)
	for name, data := range files {
		fatal(t, os.WriteFile(filepath.Join(fresh, name), data, 0o600))
	}
	tooltest.Run(t, fresh, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	if err := os.Rename(fresh, at); err != nil {
		_ = os.RemoveAll(fresh)
		_, err = os.Stat(at)
		fatal(t, err)
	}
}

func fatal(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
