package htmlsite

import (
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"

	"kept/site"
)

// budget is what style sheets and scripts may weigh together, as they are
// written: nothing shrinks them.
const budget = 40_000

func TestAssetsAreSmallAndReadable(t *testing.T) {
	total := 0
	forbidden := regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|https?:`)
	err := fs.WalkDir(folder(t, site.FS, "assets"), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".css" && path.Ext(name) != ".js" {
			return err
		}
		data, err := site.FS.ReadFile("assets/" + name)
		must(t, err)
		total += len(data)
		if found := forbidden.FindString(string(data)); found != "" {
			t.Errorf("%s has %q: what comes out of data is text, and nothing comes from another host", name, found)
		}
		if longest := longestLine(string(data)); longest > 320 {
			t.Errorf("%s has a line of %d characters", name, longest)
		}
		return nil
	})
	must(t, err)
	if total >= budget {
		t.Errorf("style sheets and scripts have %d bytes together, want less than %d", total, budget)
	}
}

func longestLine(s string) int {
	longest := 0
	for line := range strings.Lines(s) {
		longest = max(longest, len([]rune(line)))
	}
	return longest
}
