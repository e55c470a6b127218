package cli

import (
	"fmt"
	"runtime"
	"strings"

	"kept/internal/annotate"
	"kept/internal/doctor"
	"kept/internal/locale"
	"kept/internal/pipeline"
)

// farewell is what init has to say at its end.
type farewell struct {
	founding          *founding
	request           pipeline.InitRequest
	made              bool   // git was set up, it was not there before
	committed, hooked bool   // the first commit is made, the hook runs
	unnamed           bool   // git knows nobody, or somebody who is none of the people
	trouble           string // what git could not do, said
}

// farewell says what was made, what is still missing, and the commands that come
// next, in their order.
func (a *app) farewell(end farewell) {
	r := end.request
	tell := func(key string, args ...locale.Arg) {
		fmt.Fprintln(a.Err, annotate.Safe(a.say(key, args...)))
	}
	tell("init.done", locale.A("dir", r.Dir))
	for _, p := range r.People {
		email := p.Email
		if email == "" {
			email = a.say("init.no-email")
		}
		tell("init.person", locale.A("id", p.ID), locale.A("name", p.Name), locale.A("email", email), locale.A("roles", strings.Join(p.Roles, ", ")))
	}
	if r.Forge == "" {
		tell("init.forge-hint")
	} else {
		tell("init.forge-done")
	}
	if end.trouble != "" {
		fmt.Fprintln(a.Err, annotate.Safe(end.trouble))
	}
	if end.hooked {
		tell("init.hooked")
	}
	if !doctor.InChina(r.Zone.String()) {
		key := "init.calendars"
		if end.committed {
			key = "init.calendars-committed"
		}
		tell(key, locale.A("zone", r.Zone.String()))
	}
	fmt.Fprintln(a.Err)
	tell("init.next")
	for _, line := range a.next(end) {
		fmt.Fprintln(a.Err, annotate.Safe("  "+line))
	}
	fmt.Fprintln(a.Err)
	if len(r.People) < 2 {
		tell("init.second-person")
	}
	tell("init.guide", locale.A("file", "docs/quick-start."+string(r.Languages[0])+".md"))
}

// next are the commands that come next, to be copied.
func (a *app) next(end farewell) []string {
	r := end.request
	lines := []string{"cd " + forShell(r.Dir)}
	said := func(command, key string) { lines = append(lines, command+"   # "+a.say(key)) }
	if end.trouble != "" && !end.made {
		lines = append(lines, "git init -b "+r.Branch)
	}
	if first := r.People[0]; end.unnamed {
		lines = append(lines, "git config user.name "+forShell(first.Name))
		if first.Email == "" {
			said("git config user.email …@…", "init.next-identity")
		} else {
			said("git config user.email "+forShell(first.Email), "init.next-identity")
		}
	}
	if !end.committed && !doctor.InChina(r.Zone.String()) {
		lines = append(lines, doctor.ReplaceCalendars(runtime.GOOS, r.Now.In(r.Zone).Year())...)
	}
	if !end.hooked {
		said("git config core.hooksPath .githooks", "init.next-hook")
	}
	if !end.committed {
		lines = append(lines, "git add -A", `git commit -m "`+a.say("init.first-message")+`"`)
	}
	said("kept check", "init.next-check")
	if len(r.People) < 2 {
		said("kept new person --set id=u-… --set title=… --set identities+=…@… --set 'roles+:={\"role\":\"process_owner\",\"from\":\""+r.Now.In(r.Zone).Format("2006-01-02")+"\"}'", "init.next-second")
	}
	if r.Forge != "" {
		said("git remote add origin …", "init.next-remote")
		lines = append(lines, "git push -u origin "+r.Branch)
	}
	said("kept serve --open", "init.next-serve")
	return lines
}

// forShell is a path as one word of a command: in double quotes, which every shell
// knows, where it has more than plain characters.
func forShell(path string) string {
	plain := func(r rune) bool {
		return r > 0x7f || strings.ContainsRune("._-/\\:+@,", r) || '0' <= r && r <= '9' || 'a' <= r|0x20 && r|0x20 <= 'z'
	}
	if path != "" && strings.IndexFunc(path, func(r rune) bool { return !plain(r) }) < 0 {
		return path
	}
	if strings.ContainsAny(path, "\"$`!") {
		return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
	}
	return `"` + path + `"`
}
