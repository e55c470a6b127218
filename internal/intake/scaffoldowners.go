package intake

import (
	"regexp"
	"slices"
	"strings"
)

// ownersFile is the name, on every forge, of the file of code owners.
const ownersFile = "CODEOWNERS"

// rule is a line of code owners; one that waits for somebody is a comment.
var (
	ruleLine    = regexp.MustCompile(`^([^\s#\[]\S*)((?:\s+\S+)+)$`)
	waitingLine = regexp.MustCompile(`^# (\S+) @`)
)

// ruled are the pattern and the owners of a line of code owners, none for any other.
func ruled(line string) (pattern string, owners []string) {
	if m := waitingLine.FindStringSubmatch(line); m != nil {
		return m[1], nil
	}
	if m := ruleLine.FindStringSubmatch(line); m != nil {
		return m[1], strings.Fields(m[2])
	}
	return "", nil
}

// rules are the owners of each pattern of a file; the last line of a pattern counts.
func rules(text []byte) map[string][]string {
	list := map[string][]string{}
	for line := range strings.Lines(string(text)) {
		if pattern, owners := ruled(strings.TrimRight(line, "\r\n")); pattern != "" {
			list[pattern] = owners
		}
	}
	return list
}

// ownersJoined gives the lines of code owners that all three texts have the owners of
// both changes, in all three, so that these lines are merged already.
func ownersJoined(ours, base, theirs []byte) (o, b, t []byte) {
	mine, was, kept := rules(ours), rules(base), rules(theirs)
	joined := map[string]string{}
	for line := range strings.Lines(string(theirs)) {
		line = strings.TrimRight(line, "\r\n")
		pattern, _ := ruled(line)
		if _, isMine := mine[pattern]; pattern == "" || !isMine {
			continue
		}
		if _, isOld := was[pattern]; !isOld {
			continue
		}
		owners := slices.DeleteFunc(slices.Clone(kept[pattern]), func(s string) bool {
			return slices.Contains(was[pattern], s) && !slices.Contains(mine[pattern], s)
		})
		for _, s := range mine[pattern] {
			if !slices.Contains(was[pattern], s) && !slices.Contains(owners, s) {
				owners = append(owners, s)
			}
		}
		if joined[pattern] = line; len(owners) > 0 {
			joined[pattern] = pattern + " " + strings.Join(owners, " ")
		}
	}
	as := func(text []byte) []byte {
		var out strings.Builder
		for line := range strings.Lines(string(text)) {
			bare := strings.TrimRight(line, "\r\n")
			if pattern, _ := ruled(bare); joined[pattern] != "" {
				line = joined[pattern] + line[len(bare):]
			}
			out.WriteString(line)
		}
		return []byte(out.String())
	}
	return as(ours), as(base), as(theirs)
}

// Stray is a line of code owners that does not fit the roles.
type Stray struct {
	Pattern string
	Missing []string // who hold the role
	Extra   []string // people of the records who do not
}

// Strays compares the code owners that there are with those that kept would write, in
// the order of the latter. Somebody whom the records do not know is nobody's business.
func Strays(have, want []byte, people []Founder) []Stray {
	has := rules(have)
	var list []Stray
	for line := range strings.Lines(string(want)) {
		pattern, owners := ruled(strings.TrimRight(line, "\r\n"))
		there, isThere := has[pattern]
		if pattern == "" || !isThere && len(owners) == 0 {
			continue
		}
		s := Stray{Pattern: pattern}
		for _, p := range people {
			known := func(names []string) bool {
				return slices.ContainsFunc(names, func(name string) bool {
					return p.Account != "" && strings.EqualFold(name, "@"+p.Account) || p.Email != "" && strings.EqualFold(name, p.Email)
				})
			}
			switch {
			case known(owners) && !known(there):
				s.Missing = append(s.Missing, p.ID)
			case !known(owners) && known(there):
				s.Extra = append(s.Extra, p.ID)
			}
		}
		if len(s.Missing)+len(s.Extra) > 0 {
			list = append(list, s)
		}
	}
	return list
}
