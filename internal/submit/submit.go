// Package submit hands changed files in with the user's own git program: a commit on
// a branch, pushed to where the protected branch comes from. Credentials, hooks and
// signing are git's business. It never forces a push, moves no other branch and
// leaves what it was not told to take as it is.
package submit

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Request says what to hand in.
type Request struct {
	Dir         string   // top of the work tree
	Environment []string // what git is called with
	Asks        bool     // git may ask on the terminal
	Protected   string   // branch that takes changes by review only
	Paths       []string // changed files, slash-separated; none pushes what was committed before
	// Branch names a new branch; a number is added where the name is taken. On a
	// branch that is neither protected nor merged, the commit is added to it instead.
	Branch  string
	Message string
	// Patience is how long the remote may take, 0 for the usual.
	Patience time.Duration
}

// Result says what was done, also where it ended halfway.
type Result struct {
	Branch    string
	NewBranch bool
	Commit    string
	Remote    string // "" for none
	RemoteURL string // as git has it
	Pushed    bool
	Refused   string // what git said where it did not push
	Why       Why    // the sort of it
	Told      string // what git and the forge said while pushing
}

// Errors of [Run] that leave everything as it was.
var (
	ErrNoGit    = errors.New("the program git is not there")
	ErrUnderWay = errors.New("a merge, a rebase or a cherry-pick is under way")
	ErrNobody   = errors.New("git does not know who commits: user.name and user.email")
	ErrBranch   = errors.New("no such name of a branch can be")
)

// CommitError says that git did not commit: a hook refused, or a signature could not
// be made. Everything is as it was.
type CommitError struct{ Said string }

// Error is what git said.
func (e *CommitError) Error() string { return "commit: " + e.Said }

// Change is one file that is not as HEAD has it.
type Change struct {
	Path    string
	New     bool // HEAD does not have it
	Deleted bool
}

// Changes lists the files of the work tree that are not as HEAD has them, but for
// those that git ignores, in the order of their paths.
func Changes(ctx context.Context, dir string, environment []string) ([]Change, error) {
	g := git{dir: dir, environment: environment}
	out, err := g.run(ctx, "", "status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames")
	if err != nil {
		return nil, err
	}
	var list []Change
	for entry := range strings.SplitSeq(out, "\x00") {
		if len(entry) < 4 {
			continue
		}
		state, path := entry[:2], entry[3:]
		if strings.Contains(state, "U") || state == "AA" || state == "DD" {
			return nil, ErrUnderWay
		}
		list = append(list, Change{Path: filepath.ToSlash(path), New: state == "??" || state[0] == 'A', Deleted: strings.Contains(state, "D")})
	}
	slices.SortFunc(list, func(a, b Change) int { return strings.Compare(a.Path, b.Path) })
	return list, nil
}

// Run commits the files and pushes the branch. An error leaves everything as it was;
// that a commit could not be pushed is no error, but told in the result.
func Run(ctx context.Context, req Request) (Result, error) {
	g := git{dir: req.Dir, environment: req.Environment, asks: req.Asks}
	if err := g.ready(ctx); err != nil {
		return Result{}, err
	}
	res := Result{}
	before, err := g.here(ctx)
	if err != nil {
		return res, err
	}
	res.Remote = g.remote(ctx, req.Protected)
	if err := g.commit(ctx, req, before, &res); err != nil {
		return res, err
	}
	if res.Remote == "" {
		return res, nil
	}
	res.RemoteURL, _ = g.line(ctx, "remote", "get-url", "--push", res.Remote)
	g.push(ctx, req, &res)
	return res, nil
}

// commit makes the branch and the commit, or finds the commit that waits.
func (g git) commit(ctx context.Context, req Request, before string, res *Result) error {
	var err error
	if len(req.Paths) == 0 {
		res.Branch = before
		res.Commit, err = g.line(ctx, "rev-parse", "HEAD")
		return err
	}
	if err := g.branch(ctx, req, before, res); err != nil {
		return err
	}
	if res.Commit, err = g.record(ctx, req); err != nil {
		return errors.Join(err, g.back(context.WithoutCancel(ctx), before, res, req.Paths))
	}
	return nil
}

// ready tells whether git can commit here.
func (g git) ready(ctx context.Context) error {
	for _, name := range []string{"MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "REBASE_HEAD"} {
		if _, err := g.line(ctx, "rev-parse", "--quiet", "--verify", name); err == nil {
			return ErrUnderWay
		} else if errors.Is(err, ErrNoGit) {
			return err
		}
	}
	if _, err := g.line(ctx, "var", "GIT_AUTHOR_IDENT"); err != nil {
		return ErrNobody
	}
	if _, err := g.line(ctx, "var", "GIT_COMMITTER_IDENT"); err != nil {
		return ErrNobody
	}
	return nil
}

// here is the branch that is checked out, "" for none.
func (g git) here(ctx context.Context) (string, error) {
	name, err := g.line(ctx, "symbolic-ref", "--quiet", "--short", "HEAD")
	var failed *gitError
	if errors.As(err, &failed) {
		return "", nil
	}
	return name, err
}

// remote is where the protected branch comes from, else the only remote, else
// origin; "" for none.
func (g git) remote(ctx context.Context, protected string) string {
	out, err := g.run(ctx, "", "remote")
	names := strings.Fields(out)
	if err != nil || len(names) == 0 {
		return ""
	}
	if of, err := g.line(ctx, "config", "branch."+protected+".remote"); err == nil && slices.Contains(names, of) {
		return of
	}
	if len(names) == 1 {
		return names[0]
	}
	if slices.Contains(names, "origin") {
		return "origin"
	}
	return ""
}

// branch makes a new branch, unless one for submissions is checked out already.
func (g git) branch(ctx context.Context, req Request, before string, res *Result) error {
	if before != "" && before != req.Protected && !g.merged(ctx, req, before, res.Remote) {
		res.Branch = before
		return nil
	}
	if _, err := g.line(ctx, "check-ref-format", "--branch", req.Branch); err != nil {
		return ErrBranch
	}
	for n := 1; ; n++ {
		name := req.Branch
		if n > 1 {
			name += "-" + strconv.Itoa(n)
		}
		if g.taken(ctx, name, res.Remote) {
			continue
		}
		if _, err := g.run(ctx, "", "switch", "--quiet", "--no-track", "--create", name); err != nil {
			return fmt.Errorf("make branch %q: %w", name, err)
		}
		res.Branch, res.NewBranch = name, true
		return nil
	}
}

// taken tells a name that a branch here, or as last fetched, has.
func (g git) taken(ctx context.Context, name, remote string) bool {
	refs := []string{"refs/heads/" + name}
	if remote != "" {
		refs = append(refs, "refs/remotes/"+remote+"/"+name)
	}
	return slices.ContainsFunc(refs, func(ref string) bool {
		_, err := g.line(ctx, "rev-parse", "--quiet", "--verify", ref)
		return err == nil
	})
}

// merged tells a branch of an earlier submission that the protected branch holds by
// now: what comes next is another submission.
func (g git) merged(ctx context.Context, req Request, branch, remote string) bool {
	if !strings.HasPrefix(branch, Prefix) {
		return false
	}
	for _, name := range []string{"refs/remotes/" + remote + "/" + req.Protected, "refs/heads/" + req.Protected} {
		if _, err := g.run(ctx, "", "merge-base", "--is-ancestor", "HEAD", name); err == nil {
			return true
		}
	}
	return false
}

// Prefix begins the names of branches that kept makes.
const Prefix = "kept/"

// record commits the files and nothing else.
func (g git) record(ctx context.Context, req Request) (string, error) {
	paths := strings.Join(req.Paths, "\x00") + "\x00"
	if _, err := g.run(ctx, paths, "add", "--all", "--pathspec-from-file=-", "--pathspec-file-nul"); err != nil {
		return "", err
	}
	out, err := g.feed(ctx, paths, "commit", "--quiet", "--only", "--cleanup=verbatim", "--message="+req.Message, "--pathspec-from-file=-", "--pathspec-file-nul")
	if err != nil {
		return "", &CommitError{Said: strings.TrimSpace(out)}
	}
	return g.line(ctx, "rev-parse", "HEAD")
}

// back undoes what came before a commit that was not made.
func (g git) back(ctx context.Context, before string, res *Result, paths []string) error {
	_, err := g.run(ctx, strings.Join(paths, "\x00")+"\x00", "reset", "--quiet", "--pathspec-from-file=-", "--pathspec-file-nul")
	if !res.NewBranch {
		return err
	}
	made := res.Branch
	res.Branch, res.NewBranch = "", false
	if before == "" {
		_, detached := g.run(ctx, "", "switch", "--quiet", "--detach")
		err = errors.Join(err, detached)
	} else {
		_, switched := g.run(ctx, "", "switch", "--quiet", before)
		err = errors.Join(err, switched)
	}
	_, deleted := g.run(ctx, "", "branch", "--quiet", "--delete", "--force", made)
	return errors.Join(err, deleted)
}
