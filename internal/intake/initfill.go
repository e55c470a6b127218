package intake

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"kept/internal/locale"
)

// The places that a template leaves open: {{organisation}}, {{branch}}, {{person}}
// (id of the founder), {{name ROLE}} (who holds a role), {{TEXT|TEXT}} (in Chinese and
// in English, without braces or bars); and at the end of a line {{owner ROLE}} and
// {{account ROLE NOBODY}}, those who hold a role as the forge knows them: by account or
// e-mail address, or by account alone.
var (
	openPlace     = regexp.MustCompile(`\{\{(?:([a-z]+)(?: ([a-z_]+))?|([^\s{}|][^{}|]*)\|([^{}|]*))\}\}`)
	ownedLine     = regexp.MustCompile(`(?m)^(.*) \{\{(owner|account) ([a-z_]+)(?: (\S+))?\}\}$`)
	languagesLine = regexp.MustCompile(`(?m)^languages: \[[^\]]*\](.*)$`)
)

// plainly and quoted are how a file wants the name of a branch.
func plainly(s string) string { return s }

func quoted(s string) string {
	data, _ := json.Marshal(s) // a string always can be
	return string(data)
}

// fill writes the request's answers into a text of the template, in one pass, so
// that an answer which looks like a place stays as it is.
func (r InitRequest) fill(text []byte, branch func(string) string) []byte {
	var out []byte
	for line := range strings.Lines(string(text)) {
		bare := strings.TrimSuffix(line, "\n")
		if part := ownedLine.FindStringSubmatch(bare); part != nil {
			out = append(out, r.owned(part[1], part[2] == "account", part[3], part[4])+"\n"...)
			continue
		}
		out = append(out, openPlace.ReplaceAllStringFunc(line, func(place string) string {
			part := openPlace.FindStringSubmatch(place)
			switch part[1] {
			case "organisation":
				return inMarkdown(r.Organisation.In(r.Languages[0]))
			case "branch":
				return branch(r.Branch)
			case "person":
				return r.People[0].ID
			case "name":
				return r.holder(part[2])
			case "":
				return r.first(part[3], part[4])
			}
			return place
		})...)
	}
	return out
}

// first is the text in the language that comes first.
func (r InitRequest) first(chinese, english string) string {
	if r.Languages[0] == locale.English {
		return english
	}
	return chinese
}

// owned is a line of code owners. One whose owners the forge cannot know is left as
// a comment that says who is meant.
func (r InitRequest) owned(line string, accountsOnly bool, role, nobody string) string {
	var owners []string
	for _, p := range r.People {
		switch {
		case !slices.Contains(p.Roles, role):
		case p.Account != "":
			owners = append(owners, "@"+p.Account)
		case !accountsOnly && address.MatchString(p.Email):
			owners = append(owners, p.Email)
		}
	}
	switch {
	case len(owners) > 0:
		return line + " " + strings.Join(owners, " ")
	case nobody != "":
		return "# " + line + " " + nobody
	}
	return "# " + line + " @ " + r.holder(role)
}

// holder names a role and those who hold it.
func (r InitRequest) holder(role string) string {
	var names []string
	for _, p := range r.People {
		if slices.Contains(p.Roles, role) {
			names = append(names, strings.Join(strings.Fields(p.Name+" "+p.ID), " "))
		}
	}
	if len(names) == 0 {
		return role
	}
	return role + ": " + strings.Join(names, ", ")
}

// markdownSigns are the characters that may mean something in Markdown.
var markdownSigns = regexp.MustCompile("[\\\\`*_{}\\[\\]<>()#+.!|~&-]")

// inMarkdown is a text that reads in Markdown as it was typed.
func inMarkdown(s string) string {
	return markdownSigns.ReplaceAllString(s, `\$0`)
}
