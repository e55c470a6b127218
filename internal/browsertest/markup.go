package browsertest

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"kept/internal/tooltest"
)

// rules of html-validate that judge taste and not validity, or that know less
// than the standard: a lower-case doctype, a slash in void elements, spaces at
// the end of a line, a title longer than a search engine shows, a bare & where
// it begins no reference.
const rules = `{"root": true, "extends": ["html-validate:standard"], "rules": {
	"doctype-style": "off", "void-style": "off", "no-trailing-whitespace": "off", "long-title": "off", "no-raw-characters": "off"}}`

// Invalid lists what is no valid HTML in pages below a folder.
func Invalid(t testing.TB, public string, pages []string) []string {
	t.Helper()
	dir := t.TempDir()
	fatal(t, os.WriteFile(filepath.Join(dir, "rules.json"), []byte(rules), 0o600))
	for _, page := range pages {
		data, err := os.ReadFile(filepath.Join(public, filepath.FromSlash(page)))
		fatal(t, err)
		at := filepath.Join(dir, filepath.FromSlash(page))
		fatal(t, os.MkdirAll(filepath.Dir(at), 0o755))
		fatal(t, os.WriteFile(at, []byte(closeRows(string(data))), 0o600))
	}
	program := filepath.Join(Modules(t), "html-validate", "bin", "html-validate.mjs")
	cmd := exec.CommandContext(t.Context(), tooltest.Need(t, "node"), append([]string{program, "--config", "rules.json", "--formatter", "json"}, pages...)...)
	cmd.Dir = dir
	out, err := cmd.Output() // exit 1 says that there are findings
	var files []struct {
		FilePath string
		Messages []struct {
			RuleID, Message string
			Line            int
		}
	}
	if wrong := json.Unmarshal(out, &files); wrong != nil {
		t.Fatalf("html-validate: %v %v\n%s", err, wrong, out)
	}
	var said []string
	for _, f := range files {
		for _, m := range f.Messages {
			said = append(said, fmt.Sprintf("%s:%d: %s: %s", f.FilePath, m.Line, m.RuleID, m.Message))
		}
	}
	return said
}

// closeRows writes the end tags of rows and cells that the standard lets a table
// leave out, and registers of ten thousand rows do; html-validate does not know
// of them.
func closeRows(page string) string {
	var b strings.Builder
	cell, row := "", false
	end := func(rows bool) {
		if cell != "" {
			b.WriteString("</" + cell + ">")
		}
		if cell = ""; rows && row {
			b.WriteString("</tr>")
			row = false
		}
	}
	for page != "" {
		i := strings.IndexByte(page, '<')
		if i < 0 {
			break
		}
		b.WriteString(page[:i])
		page = page[i:]
		name := strings.ToLower(page[1:max(1, strings.IndexAny(page, " >\n"))])
		switch name {
		case "td", "th":
			end(false)
			cell = name
		case "tr":
			end(true)
			row = true
		case "/td", "/th":
			cell = ""
		case "/tr":
			end(false)
			row = false
		case "/tbody", "/thead", "/table":
			end(true)
		}
		b.WriteByte('<')
		page = page[1:]
	}
	b.WriteString(page)
	return b.String()
}
