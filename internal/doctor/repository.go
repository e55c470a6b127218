package doctor

import (
	"path/filepath"
	"strings"

	"kept/internal/config"
	"kept/internal/locale"
)

func (f *Facts) repository() []Point {
	dir := []locale.Arg{locale.A("dir", f.Dir)}
	switch {
	case f.Unopened != "":
		return []Point{{ID: "repository", Group: Repository, Verdict: Missing, Key: "doctor.unopened", Args: append(dir, locale.A("detail", f.Unopened)), Advice: "doctor.unopened-advice", Commands: []string{"git fsck --full"}}}
	case !f.InGit && f.Records:
		return append([]Point{{ID: "repository", Group: Repository, Verdict: Missing, Key: "doctor.no-git", Args: dir, Commands: []string{f.command("git", "init", "-b", f.Branch), "git add -A", `git commit -m "…"`}}}, f.files()...)
	case !f.InGit:
		return []Point{{ID: "repository", Group: Repository, Verdict: Notice, Key: "doctor.nowhere", Args: dir, Commands: []string{"kept init my-records"}, Advice: "doctor.nowhere-advice"}}
	}
	points := []Point{{ID: "repository", Group: Repository, Verdict: Fine, Key: "doctor.repository", Args: dir}}
	if !f.Records && f.Elsewhere == "" && f.Partial == nil {
		points[0] = Point{ID: "repository", Group: Repository, Verdict: Notice, Key: "doctor.no-records", Args: dir, Commands: []string{"kept init my-records"}, Advice: "doctor.nowhere-advice"}
	}
	if f.Distrusted {
		points = append(points, Point{ID: "repository-owner", Group: Repository, Verdict: Missing, Key: "doctor.distrusted", Args: dir, Commands: []string{f.command("git", "config", "--global", "--add", "safe.directory", filepath.ToSlash(f.Dir))}})
	}
	points = append(points, f.history()...)
	points = append(points, f.remote()...)
	if f.Records {
		points = append(points, f.branch())
		points = append(points, f.files()...)
		points = append(points, f.lineEnds(), f.letters())
		if f.Hook != "" {
			points = append(points, f.hook())
		}
	}
	return points
}

func (f *Facts) history() []Point {
	var points []Point
	switch {
	case f.Cut != nil:
		points = append(points, Point{ID: "history", Group: Repository, Verdict: Missing, Key: f.Cut.Key, Args: []locale.Arg{locale.A("command", f.Cut.Mend)}, Commands: []string{f.Cut.Mend}})
	case !f.Commits && f.Elsewhere != "":
		points = append(points, Point{ID: "history", Group: Repository, Verdict: Missing, Key: "doctor.no-commit-here", Args: []locale.Arg{locale.A("branch", f.Elsewhere)}, Commands: []string{f.command("git", "switch", f.Branch)}})
	case !f.Commits:
		points = append(points, Point{ID: "history", Group: Repository, Verdict: Notice, Key: "doctor.no-commit", Commands: []string{"git add -A", `git commit -m "…"`}})
	default:
		points = append(points, Point{ID: "history", Group: Repository, Verdict: Fine, Key: "doctor.history"})
	}
	if f.Partial != nil {
		points = append(points, Point{ID: "work-tree", Group: Repository, Verdict: Missing, Key: f.Partial.Key, Args: []locale.Arg{locale.A("command", f.Partial.Mend)}, Commands: []string{f.Partial.Mend}})
	}
	return points
}

func (f *Facts) remote() []Point {
	if !f.GitFound {
		return nil
	}
	if len(f.Remotes) == 0 {
		return []Point{{ID: "remote", Group: Repository, Verdict: Notice, Key: "doctor.no-remote", Commands: []string{`git remote add origin "…"`, f.command("git", "push", "-u", "origin", f.Branch)}}}
	}
	var points []Point
	for _, r := range f.Remotes {
		p := Point{ID: "remote", Group: Repository, Verdict: Fine, Key: "doctor.remote-unknown", Args: []locale.Arg{locale.A("name", r.Name), locale.A("host", r.Host), locale.T("place", r.Place)}}
		switch {
		case r.Abroad:
			p.ID, p.Verdict, p.Key, p.Advice = "remote-abroad", Notice, "doctor.remote-abroad", "doctor.remote-abroad-advice"
		case r.Host == "":
			p.Key = "doctor.remote-folder"
		case !r.Place.IsZero():
			p.Key = "doctor.remote-inside"
		}
		points = append(points, p)
	}
	return points
}

func (f *Facts) branch() Point {
	p := Point{ID: "branch", Group: Repository, Verdict: Fine, Key: "doctor.branch", Args: []locale.Arg{locale.A("branch", f.Branch)}}
	switch {
	case !f.Commits && f.Cut == nil && f.Elsewhere == "":
		p.Key = "doctor.branch-later"
	case !f.Local && !f.Tracked && f.Named:
		p.Verdict, p.Key, p.Advice = Missing, "doctor.branch-missing", "doctor.branch-advice"
		p.Commands = []string{"git branch --all", f.command("git", "branch", f.Branch)}
	case !f.Local && !f.Tracked:
		p.Verdict, p.Key, p.Advice = Missing, "doctor.branch-unnamed", "doctor.branch-advice"
		p.Commands = []string{"git branch --all"}
	case !f.Local:
		p.Verdict, p.Key = Notice, "doctor.branch-not-here"
		p.Commands = []string{f.command("git", "branch", "--track", f.Branch, f.Remotes[0].Name+"/"+f.Branch)}
	case !f.Tracked && len(f.Remotes) > 0:
		p.Verdict, p.Key = Notice, "doctor.branch-not-there"
		p.Commands = []string{f.command("git", "fetch", f.Remotes[0].Name), f.command("git", "push", "-u", f.Remotes[0].Name, f.Branch)}
	case !f.Named:
		p.Verdict, p.Key, p.Advice = Notice, "doctor.branch-default", "doctor.branch-advice"
	}
	return p
}

// lineEnds tells whether git would change the bytes of files that it checks out.
func (f *Facts) lineEnds() Point {
	p := Point{ID: "line-ends", Group: Repository, Verdict: Fine, Key: "doctor.line-ends"}
	if auto := f.Git["core.autocrlf"]; !f.LineEnds && (truth(auto) || auto == "" && f.OS == windows) {
		p.Verdict, p.Key, p.Advice = Notice, "doctor.line-ends-change", "doctor.line-ends-advice"
		p.Commands = []string{"git config core.autocrlf false"}
	}
	return p
}

// letters tells whether git knows if the file system tells a from A.
func (f *Facts) letters() Point {
	p := Point{ID: "letter-case", Group: Repository, Verdict: Fine, Key: "doctor.letters"}
	if f.Folded {
		p.Key = "doctor.letters-folded"
	}
	if f.GitFound && truth(f.Git["core.ignorecase"]) != f.Folded {
		p.Verdict, p.Key = Notice, "doctor.letters-wrong"
		p.Commands = []string{"git config core.ignorecase false"}
		if f.Folded {
			p.Key, p.Commands = "doctor.letters-folded-wrong", []string{"git config core.ignorecase true"}
		}
	}
	return p
}

func (f *Facts) hook() Point {
	p := Point{ID: "hook", Group: Repository, Verdict: Fine, Key: "doctor.hook"}
	if !f.Hooked {
		p.Verdict, p.Key, p.Commands = Notice, "doctor.hook-off", []string{f.command("git", "config", "core.hooksPath", f.Hook)}
	}
	return p
}

// files tells whether an editor knows which schema a record follows.
func (f *Facts) files() []Point {
	if f.Unnamed == 0 && f.Editor {
		return []Point{{ID: "editor", Group: Repository, Verdict: Fine, Key: "doctor.editor"}}
	}
	var points []Point
	if f.Unnamed > 0 {
		points = append(points, Point{ID: "schema-lines", Group: Repository, Verdict: Notice, Key: "doctor.schema-lines", Args: []locale.Arg{locale.N("n", f.Unnamed)}, Commands: []string{"kept fmt"}})
	}
	if !f.Editor {
		points = append(points, Point{ID: "editor", Group: Repository, Verdict: Notice, Key: "doctor.no-editor", Advice: "doctor.update-advice", Commands: f.update(EditorFile)})
	}
	return points
}

// EditorFile tells an editor which schema a record follows.
const EditorFile = ".vscode/settings.json"

// update is how files that every new repository gets come, or come back: by name, for
// what somebody deleted stays away otherwise.
func (f *Facts) update(files ...string) []string {
	words := []string{"kept", "init", "--update"}
	if f.Forge != config.OtherForge && !f.Told {
		words = append(words, "--forge", string(f.Forge))
	}
	for _, file := range files {
		words = append(words, "--take", file)
	}
	return []string{f.command(append(words, "--dry-run")...), f.command(words...)}
}

// fresh is how settings are fetched that are not there: out of a repository that is
// made beside this one.
func (f *Facts) fresh(name string) []string {
	const dir = "../kept-fresh"
	commands := []string{f.command("kept", "init", dir)}
	if f.OS == windows {
		return append(commands, "copy "+strings.ReplaceAll(dir+"/"+name, "/", `\`)+" .")
	}
	return append(commands, f.command("cp", dir+"/"+name, "."))
}
