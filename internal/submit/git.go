package submit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// git calls the user's program in one work tree.
type git struct {
	dir         string
	environment []string
	asks        bool
}

// gitError is a call that failed.
type gitError struct {
	command string
	said    string
	err     error
}

// Error is what git said.
func (e *gitError) Error() string { return fmt.Sprintf("git %s: %s", e.command, e.said) }

// Unwrap is the error of the call.
func (e *gitError) Unwrap() error { return e.err }

// run gives standard output.
func (g git) run(ctx context.Context, in string, args ...string) (string, error) {
	var out, said bytes.Buffer
	cmd := g.command(ctx, in, args)
	cmd.Stdout, cmd.Stderr = &out, &said
	err := cmd.Run()
	return out.String(), failure(args[0], err, &said)
}

// feed gives both streams as one text.
func (g git) feed(ctx context.Context, in string, args ...string) (string, error) {
	var out bytes.Buffer
	cmd := g.command(ctx, in, args)
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	return out.String(), failure(args[0], err, &out)
}

func (g git) both(ctx context.Context, args ...string) (string, error) {
	return g.feed(ctx, "", args...)
}

// line gives the one line of standard output.
func (g git) line(ctx context.Context, args ...string) (string, error) {
	out, err := g.run(ctx, "", args...)
	return strings.TrimRight(out, "\r\n"), err
}

// command prepares a call: paths mean files and no patterns, no editor opens, and
// nothing is asked where nobody sits.
func (g git) command(ctx context.Context, in string, args []string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "git", append([]string{"--literal-pathspecs", "-c", "core.editor=true"}, args...)...)
	cmd.Dir = g.dir
	cmd.Env = slices.Clone(g.environment)
	if !g.asks {
		cmd.Env = append(cmd.Env, "GIT_TERMINAL_PROMPT=0")
	}
	cmd.Stdin = strings.NewReader(in)
	cmd.Cancel = func() error {
		if err := cmd.Process.Signal(os.Interrupt); err == nil {
			return nil // git ends its helpers
		}
		return cmd.Process.Kill()
	}
	cmd.WaitDelay = 2 * time.Second
	return cmd
}

func failure(command string, err error, said *bytes.Buffer) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, exec.ErrNotFound) {
		return ErrNoGit
	}
	return &gitError{command, strings.TrimSpace(said.String()), err}
}
