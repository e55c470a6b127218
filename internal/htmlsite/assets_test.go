package htmlsite

import (
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"

	"kept/site"
)

// readingBudget is what the styles and scripts of reading weigh together, and
// writingBudget those that write records: form.js and yaml.js on pages with a form,
// hand.js on the pages of records that lead to one; importBudget is that of import.js,
// which the pages that import a ledger load alone. Bytes as they are written:
// nothing shrinks them. No page of the portal but a form loads more than the first.
const (
	readingBudget = 40_000
	writingBudget = 22_500
	importBudget  = 9_500
)

// writers are the scripts of the second budget, with the one template that may
// load each.
var writers = map[string]string{"form.js": "form.html", "yaml.js": "form.html", "hand.js": "record.html", "import.js": "import.html"}

func TestAssetsAreSmallAndReadable(t *testing.T) {
	reading, writing, importing := 0, 0, 0
	forbidden := regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|https?:|\burl\(`)
	err := fs.WalkDir(folder(t, site.FS, "assets"), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".css" && path.Ext(name) != ".js" {
			return err
		}
		data, err := site.FS.ReadFile("assets/" + name)
		must(t, err)
		if name == "import.js" {
			importing = len(data)
		} else if writers[name] != "" {
			writing += len(data)
		} else {
			reading += len(data)
		}
		if found := forbidden.FindString(string(data)); found != "" {
			t.Errorf("%s has %q: what comes out of data is text, and nothing comes from another host", name, found)
		}
		if longest := longestLine(string(data)); longest > 320 {
			t.Errorf("%s has a line of %d characters", name, longest)
		}
		return nil
	})
	must(t, err)
	if reading >= readingBudget {
		t.Errorf("style sheets and scripts of reading have %d bytes together, want less than %d", reading, readingBudget)
	}
	if importing == 0 || importing >= importBudget {
		t.Errorf("the script that imports has %d bytes, want less than %d", importing, importBudget)
	}
	if writing >= writingBudget {
		t.Errorf("scripts that write records have %d bytes together, want less than %d", writing, writingBudget)
	}
}

// Only the templates of forms load what writes records.
func TestFormsAloneLoadTheWriter(t *testing.T) {
	loaded := map[string]bool{}
	templates := pageTemplates(t)
	must(t, fs.WalkDir(templates, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(templates, name)
		must(t, err)
		for script, owner := range writers {
			if !strings.Contains(string(data), "assets/"+script) {
				continue
			}
			loaded[script] = true
			if path.Base(name) != owner {
				t.Errorf("%s loads %s, want it in %s alone", name, script, owner)
			}
		}
		return nil
	}))
	for script, owner := range writers {
		if !loaded[script] {
			t.Errorf("%s does not load %s", owner, script)
		}
	}
}

func longestLine(s string) int {
	longest := 0
	for line := range strings.Lines(s) {
		longest = max(longest, len([]rune(line)))
	}
	return longest
}
