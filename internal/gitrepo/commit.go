package gitrepo

import (
	"strconv"
	"strings"
	"time"
)

// parseCommit reads a commit object. It never refuses one: git has let many odd
// ones pass, and what cannot be read is left zero.
func parseCommit(h Hash, data []byte) Commit {
	c := Commit{Hash: h}
	rest := string(data)
	var seen counts
	for rest != "" {
		line, after, _ := strings.Cut(rest, "\n")
		rest = after
		if line == "" {
			break
		}
		if strings.HasPrefix(line, "parent ") && (seen.author > 0 || seen.committer > 0) {
			seen.late++
			continue
		}
		seen.add(c.header(line))
	}
	c.findFlaws(seen)
	c.Message = strings.ToValidUTF8(strings.TrimRight(rest, "\n"), "\uFFFD")
	c.Trailers = Trailers(c.Message)
	return c
}

// counts says how often the keys stood of which there is one.
type counts struct{ tree, author, committer, late int }

func (n *counts) add(key string) {
	switch key {
	case "tree":
		n.tree++
	case "author":
		n.author++
	case "committer":
		n.committer++
	}
}

// findFlaws judges by how often each key stood.
func (c *Commit) findFlaws(seen counts) {
	for _, f := range []struct {
		flaw Flaw
		is   bool
	}{
		{SecondTree, seen.tree > 1},
		{LateParent, seen.late > 0},
		{NoAuthor, seen.author == 0},
		{SecondAuthor, seen.author > 1},
		{AuthorDate, seen.author > 0 && c.Author.When.IsZero()},
		{NoCommitter, seen.committer == 0},
		{SecondCommitter, seen.committer > 1},
		{CommitterDate, seen.committer > 0 && c.Committer.When.IsZero()},
	} {
		if f.is {
			c.Flaws = append(c.Flaws, f.flaw)
		}
	}
}

// header takes one line before the message and returns its key. Continued lines
// begin with a space and match no key.
func (c *Commit) header(line string) string {
	key, value, _ := strings.Cut(line, " ")
	switch key {
	case "tree":
		if c.Tree == "" {
			c.Tree = Hash(value)
		}
	case "parent":
		c.Parents = append(c.Parents, Hash(value))
	case "author":
		if c.Author == (Person{}) {
			c.Author = parsePerson(value)
		}
	case "committer":
		if c.Committer == (Person{}) {
			c.Committer = parsePerson(value)
		}
	case "gpgsig", "gpgsig-sha256":
		c.Signed = true
	}
	return key
}

// parsePerson reads "Name <mail> 1767000000 +0800".
func parsePerson(s string) Person {
	s = strings.ToValidUTF8(s, "\uFFFD")
	end := strings.LastIndexByte(s, '>')
	if end < 0 {
		return Person{Name: strings.TrimSpace(s)}
	}
	name, mail, _ := strings.Cut(s[:end], "<")
	return Person{Name: strings.TrimSpace(name), Email: mail, When: parseWhen(s[end+1:])}
}

// parseWhen reads seconds and zone; what is malformed is the zero time.
func parseWhen(s string) time.Time {
	fields := strings.Fields(s)
	if len(fields) == 0 {
		return time.Time{}
	}
	seconds, err := strconv.ParseInt(fields[0], 10, 64)
	if err != nil {
		return time.Time{}
	}
	zone := time.UTC
	if len(fields) > 1 {
		zone = parseZone(fields[1])
	}
	const first, last = -62135596800, 253402214400 // 0001-01-01, 9999-12-31
	if seconds <= first+86400 || seconds >= last {
		return time.Time{}
	}
	return time.Unix(seconds, 0).In(zone)
}

// parseZone reads +0800; anything else is UTC.
func parseZone(s string) *time.Location {
	if len(s) != 5 || s[0] != '+' && s[0] != '-' {
		return time.UTC
	}
	digits, err := strconv.ParseUint(s[1:], 10, 16)
	if err != nil || digits/100 >= 24 || digits%100 >= 60 {
		return time.UTC
	}
	offset := int(digits/100)*3600 + int(digits%100)*60
	if s[0] == '-' {
		offset = -offset
	}
	if offset == 0 {
		return time.UTC
	}
	return time.FixedZone("", offset)
}

// Trailers reads the last paragraph, if every line of it is "Key: value" or
// continues one. The first paragraph is the subject and holds none.
func Trailers(message string) []Trailer {
	start := strings.LastIndex(message, "\n\n")
	if start < 0 {
		return nil
	}
	var list []Trailer
	for line := range strings.Lines(message[start+2:]) {
		line = strings.TrimRight(line, "\r\n")
		if line != "" && (line[0] == ' ' || line[0] == '\t') && len(list) > 0 {
			list[len(list)-1].Value += " " + strings.TrimSpace(line)
			continue
		}
		key, value, ok := strings.Cut(line, ":")
		if !ok || !isToken(key) {
			return nil
		}
		list = append(list, Trailer{key, strings.TrimSpace(value)})
	}
	return list
}

// isToken tells the key of a trailer: letters, digits and hyphens.
func isToken(s string) bool {
	for _, c := range s {
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-') {
			return false
		}
	}
	return s != ""
}
