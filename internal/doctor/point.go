// Package doctor judges what was found on a machine and in a repository: what is
// there, what to look at, what is missing, each with the commands that mend it. It
// reads nothing itself; whoever asks brings the [Facts].
package doctor

import (
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
)

// Verdict is how a point stands.
type Verdict string

// The verdicts, mildest first.
const (
	Fine    Verdict = "fine"
	Notice  Verdict = "notice"  // works, and somebody should look at it
	Missing Verdict = "missing" // something will fail, or prove nothing
)

// Group is what a point is about.
type Group string

// Groups lists the groups in the order in which people are told.
func Groups() []Group { return []Group{Machine, Repository, Settings, People, Forge} }

// The groups.
const (
	Machine    Group = "machine"
	Repository Group = "repository"
	Settings   Group = "settings"
	People     Group = "people"
	Forge      Group = "forge"
)

// Point is one thing that was looked at.
type Point struct {
	ID      string // stable, as "git-identity"; several points may share one
	Group   Group
	Verdict Verdict
	Key     string // message that tells how it is
	Args    []locale.Arg
	// Advice is a message for what no command can do, "" for none. It has Args, too.
	Advice   string
	Commands []string // to be run in this order at the top of the repository
	// Found is what a rule says of the settings, told after the message; nil for none.
	Found *finding.Finding
}

// Counted is how many points have a verdict.
func Counted(points []Point, v Verdict) int {
	n := 0
	for _, p := range points {
		if p.Verdict == v {
			n++
		}
	}
	return n
}

// Examine judges the facts. Points stand by group, in a fixed order.
func Examine(f Facts) []Point {
	points := append(f.machine(), f.repository()...)
	points = append(points, f.settings()...)
	if f.Records {
		points = append(points, f.people()...)
		points = append(points, f.forge()...)
	}
	return points
}

// Quoted is one argument of a command as the shell of an operating system, one of
// runtime.GOOS, reads it: on Windows that of cmd.
func Quoted(system, s string) string {
	plain := func(r rune) bool {
		return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || strings.ContainsRune("@%+=:,./_-", r) || r > 0x2e80
	}
	if system == windows {
		// A percent sign stands for a variable even inside quotes.
		if s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !plain(r) && r != '\\' || r == '%' || r == ',' || r == '=' }) {
			return s
		}
		return `"` + strings.NewReplacer(`"`, `\"`, "%", "").Replace(s) + `"`
	}
	if s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !plain(r) }) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

const (
	windows = "windows"
	darwin  = "darwin"
)

// command joins arguments to a line that can be copied.
func (f *Facts) command(words ...string) string {
	for i, w := range words {
		words[i] = Quoted(f.OS, w)
	}
	return strings.Join(words, " ")
}
