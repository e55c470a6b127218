package doctor

import (
	"regexp"
	"strconv"
	"time"

	"kept/internal/locale"
)

// oldestGit is the version that knows what kept submit asks of git: "git add
// --pathspec-from-file".
var oldestGit = [2]int{2, 26}

func (f *Facts) machine() []Point {
	points := []Point{f.program()}
	if f.GitFound {
		points = append(points, f.identity())
	}
	if f.OS == windows && f.GitFound {
		points = append(points, f.longPaths())
	}
	return append(points, f.clock())
}

func (f *Facts) program() Point {
	p := Point{ID: "git", Group: Machine, Verdict: Fine, Key: "doctor.git", Args: []locale.Arg{locale.A("version", f.GitVersion)}}
	switch {
	case !f.GitFound:
		p.Verdict, p.Key, p.Commands = Missing, "doctor.git-missing", f.install()
	case older(f.GitVersion):
		p.Verdict, p.Key, p.Commands = Missing, "doctor.git-old", f.install()
		p.Args = append(p.Args, locale.A("wanted", strconv.Itoa(oldestGit[0])+"."+strconv.Itoa(oldestGit[1])))
	}
	if p.Verdict == Missing && len(p.Commands) == 0 {
		p.Advice = "doctor.git-by-hand"
	}
	return p
}

var versionPattern = regexp.MustCompile(`^(\d+)\.(\d+)`)

// older tells whether a version of git is too old; one that cannot be read is not.
func older(version string) bool {
	part := versionPattern.FindStringSubmatch(version)
	if part == nil {
		return false
	}
	major, _ := strconv.Atoi(part[1])
	minor, _ := strconv.Atoi(part[2])
	return major < oldestGit[0] || major == oldestGit[0] && minor < oldestGit[1]
}

// install is how git is installed, or brought up to date.
func (f *Facts) install() []string {
	switch f.OS {
	case windows:
		return []string{"winget install --id Git.Git -e"}
	case darwin:
		if f.Packager == "brew" {
			return []string{"brew install git"}
		}
		return []string{"xcode-select --install"}
	}
	return map[string][]string{
		"apt-get": {"sudo apt-get update", "sudo apt-get install -y git"},
		"dnf":     {"sudo dnf install -y git"},
		"yum":     {"sudo yum install -y git"},
		"zypper":  {"sudo zypper install -y git"},
		"pacman":  {"sudo pacman -S git"},
		"apk":     {"sudo apk add git"},
	}[f.Packager]
}

// Packagers are the programs that install others, in the order in which they are
// looked for.
func Packagers() []string {
	return []string{"apt-get", "dnf", "yum", "zypper", "pacman", "apk", "brew"}
}

func (f *Facts) identity() Point {
	p := Point{ID: "git-identity", Group: Machine, Verdict: Fine, Key: "doctor.identity", Args: []locale.Arg{locale.A("name", f.Name), locale.A("email", f.Email)}}
	if f.Name == "" {
		p.Commands = append(p.Commands, `git config --global user.name "…"`)
	}
	if f.Email == "" {
		p.Commands = append(p.Commands, `git config --global user.email "…"`)
	}
	if len(p.Commands) > 0 {
		p.Verdict, p.Key, p.Advice = Missing, "doctor.identity-missing", "doctor.identity-advice"
	}
	return p
}

func (f *Facts) longPaths() Point {
	p := Point{ID: "git-long-paths", Group: Machine, Verdict: Fine, Key: "doctor.long-paths"}
	if !truth(f.Git["core.longpaths"]) {
		p.Verdict, p.Key = Notice, "doctor.long-paths-off"
		p.Commands = []string{"git config --global core.longpaths true"}
	}
	return p
}

// truth reads a setting of git: a name without a value is true.
func truth(s string) bool {
	switch s {
	case "true", "yes", "on", "1":
		return true
	}
	return false
}

// farAhead is how long after the newest commit a clock is asked about: a company that
// keeps records commits more often.
const farAhead = 366 * 24 * time.Hour

func (f *Facts) clock() Point {
	p := Point{ID: "clock", Group: Machine, Verdict: Fine, Key: "doctor.clock", Args: []locale.Arg{locale.A("now", moment(f.Now)), locale.A("newest", moment(f.Newest))}}
	switch {
	case f.Newest.IsZero():
		p.Key = "doctor.clock-alone"
	case f.Newest.Sub(f.Now) > f.Tolerance:
		p.Verdict, p.Key, p.Commands, p.Advice = Missing, "doctor.clock-behind", f.setClock(), "doctor.clock-advice"
	case f.Now.Sub(f.Newest) > farAhead:
		p.Verdict, p.Key = Notice, "doctor.clock-ahead"
	}
	return p
}

func moment(t time.Time) string { return t.Format("2006-01-02 15:04 -07:00") }

func (f *Facts) setClock() []string {
	switch f.OS {
	case windows:
		return []string{"w32tm /resync"}
	case darwin:
		return []string{"sudo systemsetup -setusingnetworktime on"}
	}
	return []string{"sudo timedatectl set-ntp true"}
}
