package submit

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"
)

// Why is the sort of refusal that a push met, as far as git's words tell.
type Why string

// The sorts of refusals. OtherReason is one that only git's own words describe.
const (
	OtherReason   Why = "other"
	LoginRefused  Why = "login"       // no name and password, or wrong ones; no key
	Forbidden     Why = "forbidden"   // who logs in may not write there
	NotThere      Why = "not-there"   // no repository at the address, or none that shows itself
	Unreachable   Why = "unreachable" // no connection
	MovedOn       Why = "moved-on"    // the branch there has commits that are not here
	Turned        Why = "turned"      // a hook or a rule of the forge refuses the branch
	OutOfPatience Why = "patience"    // no answer in time
)

// patience is how long a remote may take.
const patience = 5 * time.Minute

// push pushes the branch at HEAD, never by force. What git says is in English, so
// that the refusal can be told; hooks and forges speak as they like.
func (g git) push(ctx context.Context, req Request, res *Result) {
	ctx, stop := context.WithTimeout(ctx, orElse(req.Patience, patience))
	defer stop()
	for range 20 {
		out, err := g.plain().both(ctx, "push", "--set-upstream", "--porcelain", res.Remote, "HEAD:refs/heads/"+res.Branch)
		if res.Told = out; err == nil {
			res.Pushed, res.Refused, res.Why = true, "", ""
			return
		}
		res.Refused, res.Why = strings.TrimSpace(out), WhyOf(out)
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			res.Why = OutOfPatience
		}
		if res.Why != MovedOn || !res.NewBranch || !g.rename(ctx, req, res) {
			return
		}
	}
}

// rename gives a new branch the next free name, for somebody pushed one of the same
// name that was not known here.
func (g git) rename(ctx context.Context, req Request, res *Result) bool {
	for n := 2; n < 1000; n++ {
		name := req.Branch + "-" + strconv.Itoa(n)
		if number, ok := strings.CutPrefix(res.Branch, req.Branch+"-"); ok {
			if last, err := strconv.Atoi(number); err == nil && n <= last {
				continue
			}
		}
		if g.taken(ctx, name, res.Remote) {
			continue
		}
		if _, err := g.run(ctx, "", "branch", "--move", name); err != nil {
			return false
		}
		res.Branch = name
		return true
	}
	return false
}

// plain speaks English with kept.
func (g git) plain() git {
	g.environment = append(g.environment[:len(g.environment):len(g.environment)], "LC_ALL=C")
	return g
}

func orElse(given, usual time.Duration) time.Duration {
	if given > 0 {
		return given
	}
	return usual
}

// refusals are words of git, of ssh and of forges, in the order in which they are
// looked for: the first says more than what follows from it.
var refusals = []struct {
	why   Why
	words []string
}{
	{MovedOn, []string{"[rejected]"}},
	{Turned, []string{"[remote rejected]", "hook declined"}},
	{Forbidden, []string{"returned error: 403", "not allowed to push", "write access to repository not granted", "access denied"}},
	{LoginRefused, []string{"authentication failed", "could not read username", "could not read password", "permission denied (", "returned error: 401", "incorrect username or password", "host key verification failed"}},
	{NotThere, []string{"returned error: 404", "repository not found", "project you were looking for could not be found", "does not appear to be a git repository", "' not found"}},
	{Unreachable, []string{"unable to access", "could not resolve", "connection refused", "timed out", "unreachable", "connection reset", "hung up", "early eof", "unable to connect"}},
}

// WhyOf tells what git and the remote said of a push that failed.
func WhyOf(said string) Why {
	said = strings.ToLower(said)
	for _, r := range refusals {
		for _, word := range r.words {
			if strings.Contains(said, word) {
				return r.why
			}
		}
	}
	return OtherReason
}

// Reason is what is worth showing of it: the remote's own words where there are any,
// else git's.
func (r *Result) Reason() string {
	var remote, own []string
	for line := range strings.Lines(r.Refused) {
		line = strings.TrimSpace(strings.ReplaceAll(line, "\t", " "))
		if said, ok := strings.CutPrefix(line, "remote:"); ok {
			if said = strings.TrimSpace(said); said != "" {
				remote = append(remote, said)
			}
		} else if line != "" && line != "Done" && !strings.HasPrefix(line, "To ") && !strings.HasPrefix(line, "hint:") {
			own = append(own, line)
		}
	}
	if r.Why == Turned && len(remote) > 0 {
		own = nil
	}
	return strings.Join(append(remote, own...), "\n")
}

// Waiting is the branch that is checked out, other than the protected one, whose commits
// no remote has, as far as is known here: a submission that was not pushed. "" is none.
func Waiting(ctx context.Context, req Request) string {
	g := git{dir: req.Dir, environment: req.Environment}
	branch, err := g.here(ctx)
	if err != nil || branch == "" || branch == req.Protected || g.remote(ctx, req.Protected) == "" {
		return ""
	}
	count, err := g.line(ctx, "rev-list", "--count", "--max-count=1", "HEAD", "--not", "--remotes", "refs/heads/"+req.Protected)
	if err != nil || count == "0" {
		return ""
	}
	return branch
}
