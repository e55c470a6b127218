package doctor

import (
	"path"
	"slices"
	"strings"

	"kept/internal/config"
	"kept/internal/locale"
)

func (f *Facts) forge() []Point {
	if f.Forge == config.OtherForge {
		if len(f.Remotes) == 0 || !slices.ContainsFunc(f.Remotes, func(r Remote) bool { return r.Host != "" }) {
			return nil // nothing is on a forge yet
		}
		return []Point{{ID: "forge", Group: Forge, Verdict: Notice, Key: "doctor.forge-unknown", Advice: "doctor.forge-line"}}
	}
	name := []locale.Arg{locale.A("forge", string(f.Forge))}
	var rules, ci []string
	for _, file := range f.Files {
		if path.Base(file) == CodeOwners {
			rules = append(rules, file)
		} else {
			ci = append(ci, file)
		}
	}
	owners := Point{ID: "code-owners", Group: Forge, Verdict: Fine, Key: "doctor.owners", Args: name}
	switch {
	case !f.Rules:
		owners.Verdict, owners.Key, owners.Advice = Notice, "doctor.owners-missing", "doctor.update-advice"
		owners.Commands = f.update(rules...)
	case !f.Owned:
		owners.Verdict, owners.Key, owners.Advice = Notice, "doctor.owners-nobody", "doctor.owners-advice"
	case len(f.Strays) > 0:
		s := f.Strays[0]
		owners.Verdict, owners.Key, owners.Advice = Notice, "doctor.owners-stray", "doctor.owners-stray-advice"
		owners.Args = []locale.Arg{
			locale.N("n", len(f.Strays)), locale.A("line", s.Pattern), locale.A("missing", orDash(s.Missing)), locale.A("extra", orDash(s.Extra)),
		}
		owners.Commands = f.update()
	}
	check := Point{ID: "ci", Group: Forge, Verdict: Fine, Key: "doctor.ci", Args: name}
	if len(ci) > 0 {
		check.Verdict, check.Key, check.Advice = Notice, "doctor.ci-missing", "doctor.update-advice"
		check.Args = append(check.Args, locale.A("files", strings.Join(ci, ", ")))
		check.Commands = f.update(ci...)
	}
	return []Point{owners, check, {ID: "protection", Group: Forge, Verdict: Fine, Key: "doctor.protection", Args: []locale.Arg{locale.A("branch", f.Branch)}}}
}

// CodeOwners is the file that says whose review a change needs.
const CodeOwners = "CODEOWNERS"

// orDash is a list in words, a hyphen for none.
func orDash(list []string) string {
	if len(list) == 0 {
		return "-"
	}
	return strings.Join(list, ", ")
}
