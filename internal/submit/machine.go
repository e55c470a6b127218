package submit

import (
	"context"
	"errors"
	"strings"
)

// Machine is what the user's git says of itself and of one folder.
type Machine struct {
	Version string // as "2.39.2"
	// Settings are all that hold in the folder, by their name in small letters; of
	// several values the last.
	Settings   map[string]string
	Remotes    []Remote
	Distrusted bool // git refuses the folder, for it belongs to another user
}

// Remote is where a repository's branches come from.
type Remote struct{ Name, URL string }

// Look asks git what it is and what it would do in a folder, which need not be in a
// repository. It changes nothing and calls no network. Without the program git the
// error is [ErrNoGit].
func Look(ctx context.Context, dir string, environment []string) (Machine, error) {
	g := git{dir: dir, environment: append(environment[:len(environment):len(environment)], "GIT_OPTIONAL_LOCKS=0", "LC_ALL=C")}
	said, err := g.line(ctx, "version")
	if err != nil {
		return Machine{}, err
	}
	m := Machine{Version: strings.TrimPrefix(said, "git version "), Settings: map[string]string{}}
	_, err = g.line(ctx, "rev-parse", "--git-dir")
	var refused *gitError
	if errors.As(err, &refused) && strings.Contains(refused.said, "safe.directory") {
		m.Distrusted = true
	}
	list, err := g.run(ctx, "", "config", "--list", "-z")
	if err != nil && !errors.As(err, &refused) {
		return m, err
	}
	for entry := range strings.SplitSeq(list, "\x00") {
		if name, value, _ := strings.Cut(entry, "\n"); name != "" {
			m.Settings[strings.ToLower(name)] = value
		}
	}
	remotes, _ := g.run(ctx, "", "remote", "-v")
	for line := range strings.Lines(remotes) {
		name, rest, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if address, push := strings.CutSuffix(rest, " (push)"); push {
			m.Remotes = append(m.Remotes, Remote{name, address})
		}
	}
	return m, nil
}
