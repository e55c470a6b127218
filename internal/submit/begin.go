package submit

import (
	"context"
	"errors"
	"strings"
)

// BeginRequest says how a new folder becomes a repository.
type BeginRequest struct {
	Dir         string
	Environment []string // what git is called with
	Branch      string   // first branch of a new repository
	Programs    []string // files that git holds as programs, also where the system knows none
	Hooks       string   // folder whose hooks git shall run, "" for none
	Message     string   // of the first commit, "" for none
}

// Begin makes a repository of the folder where it is none yet, and the first commit
// where there is a message. Made tells whether the repository is new: a .git that
// was there keeps its branch and its history. Errors are those of [Run]; what was
// done before one stays.
func Begin(ctx context.Context, req BeginRequest) (made bool, err error) {
	g := git{dir: req.Dir, environment: req.Environment}
	if _, err := g.line(ctx, "rev-parse", "--resolve-git-dir", ".git"); err != nil {
		if errors.Is(err, ErrNoGit) {
			return false, err
		}
		if _, err := g.line(ctx, "init", "--quiet", "--initial-branch="+req.Branch); err != nil {
			return false, err
		}
		made = true
	}
	for _, file := range req.Programs {
		if _, err := g.line(ctx, "update-index", "--add", "--chmod=+x", file); err != nil {
			return made, err
		}
	}
	if req.Hooks != "" {
		if _, err := g.line(ctx, "config", "core.hooksPath", req.Hooks); err != nil {
			return made, err
		}
	}
	if req.Message == "" {
		return made, nil
	}
	if _, err := g.line(ctx, "var", "GIT_COMMITTER_IDENT"); err != nil {
		return made, ErrNobody
	}
	if _, err := g.line(ctx, "add", "--all"); err != nil {
		return made, err
	}
	if said, err := g.both(ctx, "commit", "--quiet", "--message", req.Message); err != nil {
		return made, &CommitError{strings.TrimSpace(said)}
	}
	return made, nil
}

// Setting is a value of git's settings, as user.email, "" where there is none or no
// git.
func Setting(ctx context.Context, environment []string, name string) string {
	value, err := (git{environment: environment}).line(ctx, "config", "--get", name)
	if err != nil {
		return ""
	}
	return value
}
