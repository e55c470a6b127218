package submit

import (
	"context"
	"strings"
	"time"
)

// Ahead is what the protected branch has on its remote that the branch at work has
// not.
type Ahead struct {
	Remote  string
	Commits bool     // there are any
	Added   []string // files, slash-separated
	Changed []string
	Mine    []string // files that commits of the branch at work add
}

// fetchPatience is how long the remote may take to say where its branch is.
const fetchPatience = 30 * time.Second

// Fetch asks the remote where its protected branch is by now and what it brought
// below a folder. It changes no branch and no file; a remote that does not answer has
// nothing new.
func Fetch(ctx context.Context, req Request, folder string) Ahead {
	g := git{dir: req.Dir, environment: req.Environment, asks: req.Asks}.plain()
	a := Ahead{Remote: g.remote(ctx, req.Protected)}
	if a.Remote == "" {
		return a
	}
	short, stop := context.WithTimeout(ctx, min(orElse(req.Patience, fetchPatience), fetchPatience))
	defer stop()
	if _, err := g.run(short, "", "fetch", "--quiet", "--no-tags", "--no-recurse-submodules", a.Remote, "refs/heads/"+req.Protected); err != nil {
		return a
	}
	there, err := g.line(ctx, "rev-parse", "--verify", "--quiet", "FETCH_HEAD")
	if err != nil {
		return a
	}
	base, err := g.line(ctx, "merge-base", "HEAD", there)
	if err != nil || base == there {
		return a
	}
	a.Commits = true
	a.Added, a.Changed = g.between(ctx, base, there, folder)
	a.Mine, _ = g.between(ctx, base, "HEAD", folder)
	return a
}

// between lists what a commit added and what it changed or took away since another.
func (g git) between(ctx context.Context, from, to, folder string) (added, changed []string) {
	out, err := g.run(ctx, "", "diff", "--name-status", "--no-renames", "-z", from, to, "--", folder)
	if err != nil {
		return nil, nil
	}
	fields := strings.Split(out, "\x00")
	for i := 0; i+1 < len(fields); i += 2 {
		if fields[i] == "A" {
			added = append(added, fields[i+1])
		} else {
			changed = append(changed, fields[i+1])
		}
	}
	return added, changed
}
