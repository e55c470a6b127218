package schema

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"kept/internal/locale"
)

// OrganisationName stands in a text for the name of the company.
const OrganisationName = "$organisation"

// named finds what a text names in braces.
var named = regexp.MustCompile(`\{(\$?[a-z][a-z0-9_.]*)\}`)

// Fill puts values into a text of a language: value gives what stands for a name,
// "" for nothing. A line with a name that has no value is left out, and so are blank
// lines at both ends.
func (l Letter) Fill(lang locale.Lang, value func(name string) string) string {
	var lines []string
	for line := range strings.Lines(l.Body.In(lang)) {
		empty := false
		line = named.ReplaceAllStringFunc(strings.TrimRight(line, "\r\n"), func(s string) string {
			got := value(s[1 : len(s)-1])
			empty = empty || got == ""
			return got
		})
		if !empty {
			lines = append(lines, line)
		}
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// names lists what a text names, in both languages.
func (l Letter) names() []string {
	var list []string
	for _, body := range []string{l.Body.ZH, l.Body.EN} {
		for _, m := range named.FindAllStringSubmatch(body, -1) {
			if !slices.Contains(list, m[1]) {
				list = append(list, m[1])
			}
		}
	}
	return list
}

// letters demands that texts name what a record has, and stand once.
func (c *crossCheck) letters() {
	for i, l := range c.kind.Texts {
		at := "/texts/" + strconv.Itoa(i)
		if slices.ContainsFunc(c.kind.Texts[:i], func(e Letter) bool { return e.ID == l.ID }) {
			c.report(at+"/id", "kind-duplicate", "schema.kind_twice", locale.A("name", l.ID))
		}
		for _, name := range l.names() {
			if name != OrganisationName {
				c.named(at+"/text", name, true)
			}
		}
	}
}
