package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Scan is the SHA-256 of an evidence file that a ledger names, in hex, and its path
// below the folder. A key of the catalogue says why it cannot be taken: the name
// leads out of the folder or through a link, or there is no file that holds anything.
func Scan(folder, name string) (digest, file, key string) {
	name = strings.ReplaceAll(strings.TrimSpace(name), `\`, "/")
	if !filepath.IsLocal(filepath.FromSlash(name)) || path.Clean(name) != name || strings.ContainsAny(name, ":\x00") {
		return "", "", "intake.scan-outside"
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return "", "", "intake.scan-folder"
	}
	defer root.Close()
	parts := strings.Split(name, "/")
	for i := range parts {
		info, err := root.Lstat(path.Join(parts[:i+1]...))
		last := i == len(parts)-1
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return "", "", "intake.scan-missing"
		case err != nil:
			return "", "", "intake.scan-unreadable"
		case info.Mode()&fs.ModeSymlink != 0, last && !info.Mode().IsRegular(), !last && !info.IsDir():
			return "", "", "intake.scan-link"
		case last && info.Size() == 0:
			return "", "", "intake.scan-empty"
		case last && info.Size() > MaxEvidence:
			return "", "", "intake.scan-big"
		}
	}
	f, err := root.Open(name)
	if err != nil {
		return "", "", "intake.scan-unreadable"
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", "", "intake.scan-unreadable"
	}
	return hex.EncodeToString(sum.Sum(nil)), filepath.Join(folder, filepath.FromSlash(name)), ""
}
