package pipeline

import (
	"errors"
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/submit"
)

// Said is what happened and what comes next, line by line.
func (d *Submitted) Said(p *locale.Printer) []string {
	var lines []string
	say := func(key string, args ...locale.Arg) { lines = append(lines, p.Say(key, args...)) }
	if key, args := d.problem(); key != "" {
		say(key, args...)
		return lines
	}
	if n := d.Findings.Count(finding.Error); n > 0 {
		key := "submit.errors"
		if len(d.Files) == 0 {
			key = "submit.errors-committed"
		}
		say(key, locale.N("n", n), d.again())
		return lines
	}
	if d.Dry {
		say("submit.would", locale.N("n", len(d.Files)))
		return lines
	}
	switch {
	case d.Push:
		say("submit.pushing", locale.A("branch", d.Branch), locale.A("commit", d.Commit.Short()))
	case len(d.Files) == 0:
		say("submit.waited", locale.A("branch", d.Branch), locale.A("commit", d.Commit.Short()))
	case d.NewBranch:
		say("submit.made", locale.N("n", len(d.Files)), locale.A("branch", d.Branch), locale.A("commit", d.Commit.Short()))
	default:
		say("submit.added", locale.N("n", len(d.Files)), locale.A("branch", d.Branch), locale.A("commit", d.Commit.Short()))
	}
	lines = append(lines, d.next(p)...)
	if d.Passed != "" {
		say("submit.passed", locale.A("passed", d.Passed), locale.A("branch", d.Branch), locale.A("first", record.StemOf(d.Files[0].Path)))
	}
	if len(d.Left) > 0 {
		say("submit.left", locale.N("n", len(d.Left)))
	}
	if d.Elsewhere > 0 {
		say("submit.elsewhere", locale.N("n", d.Elsewhere))
	}
	return lines
}

// next is what became of the push, and what comes next.
func (d *Submitted) next(p *locale.Printer) []string {
	var lines []string
	say := func(key string, args ...locale.Arg) { lines = append(lines, p.Say(key, args...)) }
	branch, remote, into := locale.A("branch", d.Branch), locale.A("remote", d.Remote), locale.A("into", d.Into)
	switch {
	case d.Remote == "":
		say("submit.no-remote", branch, into)
		return lines
	case !d.Pushed:
		say("submit.not-pushed", remote, branch)
		say(d.refusalKey(), remote, branch, into, d.again())
		for line := range strings.Lines(d.Reason()) {
			lines = append(lines, "  "+strings.TrimSpace(line))
		}
		return lines
	}
	say("submit.pushed", remote)
	switch {
	case d.Open:
		say("submit.is-open", into, locale.A("url", d.URL))
	case d.URL != "":
		say("submit.open", into, locale.A("url", d.URL))
	case d.Web != "":
		say("submit.open-there", branch, into, locale.A("web", d.Web))
	default:
		say("submit.open-somewhere", branch, into)
	}
	if !d.Open && !d.NewBranch {
		say("submit.may-be-open")
	}
	merge := locale.A("command", "git merge "+d.Remote+"/"+d.Into)
	if len(d.Doubled) > 0 {
		say("submit.doubled", into, merge, locale.A("records", strings.Join(d.Doubled, ", ")), locale.A("first", d.Doubled[0]))
	} else if len(d.Touched) > 0 {
		say("submit.touched", into, merge, locale.A("records", strings.Join(d.Touched, ", ")))
	}
	return lines
}

// again is what hands it in once more.
func (d *Submitted) again() locale.Arg {
	key := "submit.again"
	if d.Page {
		key = "submit.again-page"
	}
	return locale.T("again", d.messages.Message(key))
}

// refusalKey is the message of a push that was refused.
func (d *Submitted) refusalKey() string {
	switch d.Why {
	case submit.LoginRefused:
		if d.Page {
			return "submit.why-login-page"
		}
		return "submit.why-login"
	case submit.Forbidden:
		return "submit.why-forbidden"
	case submit.NotThere:
		return "submit.why-not-there"
	case submit.Unreachable:
		return "submit.why-unreachable"
	case submit.MovedOn:
		return "submit.why-moved-on"
	case submit.Turned:
		return "submit.why-turned"
	case submit.OutOfPatience:
		return "submit.why-patience"
	}
	return "submit.why-other"
}

// problem is the message of what kept it from being handed in, "" for nothing.
func (d *Submitted) problem() (string, []locale.Arg) {
	var refused *submit.CommitError
	var taken *TakenError
	var unknown *unknownError
	switch {
	case d.Problem == nil:
		return "", nil
	case errors.Is(d.Problem, ErrNothing):
		return "submit.nothing", nil
	case errors.As(d.Problem, &unknown):
		return "submit.unknown", []locale.Arg{locale.A("names", strings.Join(unknown.Names, ", "))}
	case errors.Is(d.Problem, ErrPushed):
		return "submit.none-waits", nil
	case errors.Is(d.Problem, ErrPersonal):
		return "submit.personal", nil
	case errors.Is(d.Problem, submit.ErrNoGit):
		return "submit.no-git", nil
	case errors.Is(d.Problem, submit.ErrUnderWay):
		return "submit.under-way", nil
	case errors.Is(d.Problem, submit.ErrNobody):
		return "submit.nobody", nil
	case errors.As(d.Problem, &taken):
		return "submit.taken", []locale.Arg{locale.A("into", d.Into), locale.A("records", strings.Join(taken.IDs, ", ")), locale.A("first", taken.IDs[0])}
	case errors.As(d.Problem, &refused):
		return "submit.refused", []locale.Arg{locale.A("reason", refused.Said)}
	}
	return "submit.trouble", []locale.Arg{locale.T("reason", Explain(d.messages, d.Problem))}
}
