// Package gittest makes real git repositories for tests, with the git program
// and with nothing of the machine in them: no system or user configuration, no
// signing, fixed people and dates, UTC. The same script always gives the same
// commit ids.
//
// It is imported by tests alone.
package gittest

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Person and time of the first commits, until a script says otherwise.
const (
	firstPerson = "王磊 <wl@example.cn>"
	firstTime   = "2026-09-01T09:00:00+08:00"
)

// Repository is a repository that a test fills step by step. A step that goes
// wrong ends the test.
type Repository struct {
	Dir       string // its work tree
	t         testing.TB
	author    string
	committer string
	authored  string
	committed string
}

// New makes an empty repository on the branch main, in a folder that is removed
// when the test ends.
func New(t testing.TB) *Repository {
	t.Helper()
	r := &Repository{
		Dir: t.TempDir(), t: t,
		author: firstPerson, committer: firstPerson,
		authored: firstTime, committed: firstTime,
	}
	r.Git("init", "-q", "-b", "main")
	return r
}

// As sets who writes and commits from now on: "王磊 <wl@example.cn>".
func (r *Repository) As(person string) { r.author, r.committer = person, person }

// At sets when commits are written and committed from now on, RFC 3339 with an
// offset; the offset stays in the commit.
func (r *Repository) At(moment string) {
	r.t.Helper()
	if _, err := time.Parse(time.RFC3339, moment); err != nil {
		r.t.Fatalf("gittest: %v", err)
	}
	r.authored, r.committed = moment, moment
}

// Write puts a file into the work tree.
func (r *Repository) Write(name, body string) {
	r.t.Helper()
	path := filepath.Join(r.Dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(body), 0o644); err != nil {
		r.t.Fatal(err)
	}
}

// Read returns a file of the work tree.
func (r *Repository) Read(name string) string {
	r.t.Helper()
	data, err := os.ReadFile(filepath.Join(r.Dir, filepath.FromSlash(name)))
	if err != nil {
		r.t.Fatal(err)
	}
	return string(data)
}

// Commit commits everything in the work tree and returns the commit's id.
func (r *Repository) Commit(message string) string {
	r.t.Helper()
	r.Git("add", "-A")
	r.Git("commit", "-q", "--allow-empty", "-m", message)
	return r.Git("rev-parse", "HEAD")
}

// Git runs the git program in the work tree and returns what it prints, without
// the white space around it.
func (r *Repository) Git(args ...string) string {
	r.t.Helper()
	return strings.TrimSpace(r.Feed("", args...))
}

// Feed is [Repository.Git] with input, and with the output as it came.
func (r *Repository) Feed(input string, args ...string) string {
	r.t.Helper()
	out, err := r.Try(input, args...)
	if err != nil {
		r.t.Fatalf("gittest: git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return out
}

// Try is [Repository.Feed] for a command that may end with an error; the output
// then is what git complained about.
func (r *Repository) Try(input string, args ...string) (string, error) {
	cmd := exec.Command("git", args...)
	cmd.Dir = r.Dir
	cmd.Env = r.environment()
	cmd.Stdin = strings.NewReader(input)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return stdout.String() + stderr.String(), err
	}
	return stdout.String(), nil
}

// environment keeps the machine out of git.
func (r *Repository) environment() []string {
	author, authorMail := split(r.author)
	committer, committerMail := split(r.committer)
	return []string{
		"PATH=" + os.Getenv("PATH"),
		"HOME=" + r.Dir,
		"TZ=UTC", "LC_ALL=C",
		"GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=" + os.DevNull,
		"GIT_CEILING_DIRECTORIES=" + filepath.Dir(r.Dir),
		"GIT_TERMINAL_PROMPT=0", "GIT_EDITOR=true", "GIT_MERGE_AUTOEDIT=no",
		"GIT_CONFIG_COUNT=3",
		"GIT_CONFIG_KEY_0=protocol.file.allow", "GIT_CONFIG_VALUE_0=always",
		"GIT_CONFIG_KEY_1=gc.auto", "GIT_CONFIG_VALUE_1=0",
		"GIT_CONFIG_KEY_2=maintenance.auto", "GIT_CONFIG_VALUE_2=false", // nothing may go on behind a test's back
		"GIT_AUTHOR_NAME=" + author, "GIT_AUTHOR_EMAIL=" + authorMail, "GIT_AUTHOR_DATE=" + r.authored,
		"GIT_COMMITTER_NAME=" + committer, "GIT_COMMITTER_EMAIL=" + committerMail, "GIT_COMMITTER_DATE=" + r.committed,
	}
}

// split takes "王磊 <wl@example.cn>" apart.
func split(person string) (name, mail string) {
	name, mail, _ = strings.Cut(person, "<")
	return strings.TrimSpace(name), strings.TrimSuffix(mail, ">")
}
