package doctor

import (
	"slices"
	"strings"
	"testing"
	"time"

	"kept/internal/config"
	"kept/internal/locale"
)

// well is a machine and a repository of which nothing is to be said.
func well() Facts {
	now := time.Date(2026, 9, 1, 9, 0, 0, 0, time.UTC)
	return Facts{
		OS: "linux", Now: now, GitFound: true, GitVersion: "2.39.5", Git: map[string]string{"core.longpaths": "true"}, Name: "王磊", Email: "wangl@example.cn",
		Dir: "/r", Records: true, InGit: true, Commits: true, Newest: now.Add(-time.Hour), Tolerance: 5 * time.Minute, Branch: "main", Named: true, Local: true, Tracked: true,
		Remotes: []Remote{{Name: "origin", Host: "gitee.com", Place: locale.Plain("gitee.com")}}, LineEnds: true, Hook: ".githooks", Hooked: true, Editor: true,
		Config: true, Zone: "Asia/Shanghai", Store: Store{Name: "../evidence"}, Contacts: Contacts{Name: "../c.yaml"},
		Persons: 2, Me: "u-wangl", Calendars: []int{2026}, Limits: true, Forge: config.Gitee, Told: true, Owned: true, Rules: true,
	}
}

// Nothing is told of what is well, on any system.
func TestNothingIsTold(t *testing.T) {
	for _, system := range []string{"linux", darwin, windows} {
		f := well()
		f.OS = system
		for _, p := range Examine(f) {
			if p.Verdict != Fine || len(p.Commands) > 0 || p.Advice != "" {
				t.Errorf("on %s it says %+v", system, p)
			}
		}
	}
}

// Each harm alone changes one point, into what is written here, with these commands.
func TestEachHarmIsTold(t *testing.T) {
	for _, tc := range []struct {
		harm     func(*Facts)
		id       string
		verdict  Verdict
		key      string
		commands string // separated by |
	}{
		{func(f *Facts) { f.GitFound, f.Packager = false, "apt-get" }, "git", Missing, "doctor.git-missing", "sudo apt-get update|sudo apt-get install -y git"},
		{func(f *Facts) { f.GitFound, f.OS = false, windows }, "git", Missing, "doctor.git-missing", "winget install --id Git.Git -e"},
		{func(f *Facts) { f.GitFound, f.OS = false, darwin }, "git", Missing, "doctor.git-missing", "xcode-select --install"},
		{func(f *Facts) { f.GitVersion, f.OS, f.Packager = "2.25.9", darwin, "brew" }, "git", Missing, "doctor.git-old", "brew install git"},
		{func(f *Facts) { f.Git, f.OS = nil, windows }, "git-long-paths", Notice, "doctor.long-paths-off", "git config --global core.longpaths true"},
		{func(f *Facts) { f.Newest = f.Now.Add(f.Tolerance + 1) }, "clock", Missing, "doctor.clock-behind", "sudo timedatectl set-ntp true"},
		{func(f *Facts) { f.Newest, f.OS = f.Now.Add(time.Hour), windows }, "clock", Missing, "doctor.clock-behind", "w32tm /resync"},
		{func(f *Facts) { f.Newest, f.OS = f.Now.Add(time.Hour), darwin }, "clock", Missing, "doctor.clock-behind", "sudo systemsetup -setusingnetworktime on"},
		{func(f *Facts) { f.Newest = f.Now.AddDate(-1, 0, -2) }, "clock", Notice, "doctor.clock-ahead", ""},
		{func(f *Facts) { f.Unopened = "permission denied" }, "repository", Missing, "doctor.unopened", "git fsck --full"},
		{func(f *Facts) { f.Cut = &Trouble{"gitrepo.shallow", "git fetch --unshallow"} }, "history", Missing, "gitrepo.shallow", "git fetch --unshallow"},
		{func(f *Facts) { f.Partial = &Trouble{"gitrepo.partial", "git fetch --refetch"} }, "work-tree", Missing, "gitrepo.partial", "git fetch --refetch"},
		{func(f *Facts) { f.Commits, f.Elsewhere = false, "origin/main" }, "history", Missing, "doctor.no-commit-here", "git switch main"},
		{func(f *Facts) { f.Distrusted, f.Dir = true, "/a b" }, "repository-owner", Missing, "doctor.distrusted", "git config --global --add safe.directory '/a b'"},
		{func(f *Facts) { f.Local, f.Tracked = false, false }, "branch", Missing, "doctor.branch-missing", "git branch --all|git branch main"},
		{func(f *Facts) { f.Named, f.Local, f.Tracked = false, false, false }, "branch", Missing, "doctor.branch-unnamed", "git branch --all"},
		{func(f *Facts) { f.Named = false }, "branch", Notice, "doctor.branch-default", ""},
		{func(f *Facts) { f.Local = false }, "branch", Notice, "doctor.branch-not-here", "git branch --track main origin/main"},
		{func(f *Facts) { f.Tracked = false }, "branch", Notice, "doctor.branch-not-there", "git fetch origin|git push -u origin main"},
		{func(f *Facts) { f.Remotes[0].Abroad = true }, "remote-abroad", Notice, "doctor.remote-abroad", ""},
		{func(f *Facts) { f.Records = false }, "repository", Notice, "doctor.no-records", "kept init my-records"},
		{func(f *Facts) { f.OS, f.LineEnds = windows, false }, "line-ends", Notice, "doctor.line-ends-change", "git config core.autocrlf false"},
		{func(f *Facts) { f.Folded = true }, "letter-case", Notice, "doctor.letters-folded-wrong", "git config core.ignorecase true"},
		{func(f *Facts) { f.Hooked = false }, "hook", Notice, "doctor.hook-off", "git config core.hooksPath .githooks"},
		{func(f *Facts) { f.Editor = false }, "editor", Notice, "doctor.no-editor", "kept init --update --take .vscode/settings.json --dry-run|kept init --update --take .vscode/settings.json"},
		{func(f *Facts) { f.Config = false }, "settings", Notice, "doctor.no-settings", "kept init ../kept-fresh|cp ../kept-fresh/kept.yaml ."},
		{func(f *Facts) { f.Config, f.OS = false, windows }, "settings", Notice, "doctor.no-settings", `kept init ../kept-fresh|copy ..\kept-fresh\kept.yaml .`},
		{func(f *Facts) { f.Calendars = []int{2025} }, "calendar-missing", Missing, "doctor.calendar-missing", `kept new calendar --set id=CN-2026 --set 'title=…' --set year:=2026 --set 'source=…' --set 'off:=["2026-01-01",…]' --set 'workdays:=["2026-…"]'`},
		{func(f *Facts) { f.Calendars, f.Gone = nil, Gone{"records/calendar/CN-2026.yaml", "abc"} }, "calendar-missing", Missing, "doctor.calendar-missing", "git checkout abc -- records/calendar/CN-2026.yaml"},
		{func(f *Facts) { f.China, f.Zone = []string{"CN-2026"}, "Europe/London" }, "calendar-of-china", Notice, "doctor.calendar-of-china", ""},
		{func(f *Facts) { f.FontsErr = "x" }, "fonts", Missing, "doctor.fonts-broken", `sha256sum "…"`},
		{func(f *Facts) { f.FontsErr, f.OS = "x", windows }, "fonts", Missing, "doctor.fonts-broken", `certutil -hashfile "…" SHA256`},
		{func(f *Facts) { f.FontsErr, f.OS = "x", darwin }, "fonts", Missing, "doctor.fonts-broken", `shasum -a 256 "…"`},
		{func(f *Facts) { f.Store.ReadOnly = true }, "evidence-store", Missing, "doctor.store-read-only", "chmod u+w ../evidence"},
		{func(f *Facts) { f.Store.ReadOnly, f.OS = true, windows }, "evidence-store", Missing, "doctor.store-read-only", `attrib -r ..\evidence`},
		{func(f *Facts) { f.Store.Missing, f.OS = true, windows }, "evidence-store", Notice, "doctor.store-missing", `mkdir ..\evidence`},
		{func(f *Facts) { f.Store.Missing, f.Store.Kept = true, 3 }, "evidence-store", Missing, "doctor.store-away", "kept check --evidence"},
		{func(f *Facts) { f.Contacts.Unreadable = true }, "contacts", Missing, "doctor.contacts-unreadable", ""},
		{func(f *Facts) { f.Contacts.Open = true }, "contacts", Notice, "doctor.contacts-open", "chmod 600 ../c.yaml"},
		{func(f *Facts) { f.Me = "" }, "identity-person", Missing, "doctor.me-nobody", "kept new person --by u-… --set id=u-… --set title=… --set identities+=wangl@example.cn"},
		{func(f *Facts) { f.Me, f.Strangers = "", []Stranger{{f.Email, "abc", 2}} }, "identity-person", Missing, "doctor.me-nobody", "kept new person --by u-… --set id=u-… --set title=… --set identities+=wangl@example.cn"},
		{func(f *Facts) { f.Strangers = []Stranger{{"x@example.cn", "abc", 2}} }, "author-unmapped", Missing, "doctor.stranger", "kept new person --set id=u-… --set title=… --set identities+=x@example.cn"},
		{func(f *Facts) { f.Unheld = []Role{{ID: "brm", Waiting: true}} }, "role-unheld", Missing, "doctor.role-waited", `kept new person --set id=u-… --set title=… --set 'roles+:={"role":"brm","from":"2026-09-01"}'`},
		{func(f *Facts) { f.OS, f.Unheld = windows, []Role{{ID: "brm"}} }, "role-unheld", Notice, "doctor.roles-idle", `kept new person --set id=u-… --set title=… --set "roles+:={\"role\":\"brm\",\"from\":\"2026-09-01\"}"`},
		{func(f *Facts) { f.Strays = []Stray{{Pattern: "kept.yaml"}} }, "code-owners", Notice, "doctor.owners-stray", "kept init --update --dry-run|kept init --update"},
		{func(f *Facts) { f.Alone = []Pair{{Person: "王磊 u-wangl"}} }, "four-eyes", Notice, "doctor.pair", ""},
		{func(f *Facts) { f.Alone = []Pair{{Person: "王磊 u-wangl", Waiting: true}} }, "four-eyes", Missing, "doctor.pair", ""},
		{func(f *Facts) { f.Forge = config.OtherForge }, "forge", Notice, "doctor.forge-unknown", ""},
		{func(f *Facts) { f.Rules, f.Told, f.Files = false, false, []string{".gitee/CODEOWNERS"} }, "code-owners", Notice, "doctor.owners-missing", "kept init --update --forge gitee --take .gitee/CODEOWNERS --dry-run|kept init --update --forge gitee --take .gitee/CODEOWNERS"},
		{func(f *Facts) { f.Owned = false }, "code-owners", Notice, "doctor.owners-nobody", ""},
		{func(f *Facts) { f.Files = []string{".gitee/CODEOWNERS", ".gitee/ci.yaml"} }, "ci", Notice, "doctor.ci-missing", "kept init --update --take .gitee/ci.yaml --dry-run|kept init --update --take .gitee/ci.yaml"},
	} {
		f := well()
		tc.harm(&f)
		told := slices.DeleteFunc(Examine(f), func(p Point) bool { return p.Verdict == Fine })
		if len(told) != 1 || told[0].ID != tc.id || told[0].Verdict != tc.verdict || told[0].Key != tc.key || strings.Join(told[0].Commands, "|") != tc.commands {
			t.Errorf("%s: it tells %+v", tc.key, told)
		}
		if len(told) == 1 && told[0].Verdict != Fine && tc.commands == "" && told[0].Advice == "" && tc.key != "doctor.clock-ahead" {
			t.Errorf("%s: neither a command nor advice", tc.key)
		}
	}
}

// The calendar of the next year is asked for from October, when the notice of its
// holidays is given; elsewhere without China's code.
func TestCalendarOfTheNextYear(t *testing.T) {
	f := well()
	for _, tc := range []struct {
		month time.Month
		zone  string
		want  string
	}{
		{time.September, "Asia/Shanghai", ""},
		{time.October, "Asia/Shanghai", "doctor.calendar-next doctor.calendar-advice CN-2027"},
		{time.December, "Europe/London", "doctor.calendar-next doctor.calendar-advice-elsewhere …-2027"},
	} {
		f.Now, f.Zone = time.Date(2026, tc.month, 1, 0, 0, 0, 0, time.UTC), tc.zone
		f.Newest = f.Now
		got := ""
		for _, p := range Examine(f) {
			if p.ID == "calendar-missing" {
				_, id, _ := strings.Cut(p.Commands[0], "id=")
				id, _, _ = strings.Cut(strings.Trim(id, "'"), " ")
				got = p.Key + " " + p.Advice + " " + strings.Trim(id, "'")
			}
		}
		if got != tc.want {
			t.Errorf("in %s of %s: %q, want %q", tc.month, tc.zone, got, tc.want)
		}
	}
	if got := ReplaceCalendars(windows, 2026)[0]; got != `del records\calendar\CN-*.yaml` {
		t.Errorf("on Windows calendars go by %q", got)
	}
}

// Of many unknown authors the first are told, the others counted.
func TestManyStrangers(t *testing.T) {
	f := well()
	f.Strangers = make([]Stranger, mostStrangers+3)
	told := slices.DeleteFunc(Examine(f), func(p Point) bool { return p.ID != "author-unmapped" })
	if last := told[len(told)-1]; len(told) != mostStrangers+1 || last.Key != "doctor.strangers-more" || last.Args[0] != locale.N("n", 3) {
		t.Errorf("%d points, the last %+v", len(told), told[len(told)-1])
	}
}
