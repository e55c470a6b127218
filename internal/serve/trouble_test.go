package serve

import (
	"path/filepath"
	"strings"
	"testing"
)

// A history that cannot be read is said in the language of the page, with the
// command that mends it.
func TestTroubleSpeaksThePagesLanguage(t *testing.T) {
	dir := repository(t)
	git(t, dir, "commit", "-q", "--allow-empty", "-m", "second")
	shallow := filepath.Join(t.TempDir(), "shallow")
	git(t, "", "clone", "-q", "--depth", "1", "file://"+dir, shallow)
	h := open(t, shallow)
	body := h.until("/zh-CN/index.html", "浅克隆")
	if !strings.Contains(body, "git fetch --unshallow") || strings.Contains(body, "history is incomplete") {
		t.Errorf("the banner is not in the page's language:\n%s", body)
	}
}
