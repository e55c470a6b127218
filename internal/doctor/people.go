package doctor

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"kept/internal/locale"
)

func (f *Facts) people() []Point {
	points := []Point{f.registered()}
	if f.Email != "" && f.Persons > 0 {
		points = append(points, f.me())
	}
	points = append(points, f.strangers()...)
	points = append(points, f.roles()...)
	return append(points, f.pairs()...)
}

func (f *Facts) registered() Point {
	p := Point{ID: "persons", Group: People, Verdict: Fine, Key: "doctor.persons", Args: []locale.Arg{locale.N("n", f.Persons)}}
	switch f.Persons {
	case 0:
		p.Verdict, p.Key, p.Commands = Missing, "doctor.persons-none", []string{f.newPerson(f.Email, "")}
	case 1:
		p.Verdict, p.Key, p.Commands = Notice, "doctor.persons-one", []string{f.newPerson("", "")}
	}
	return p
}

// newPerson registers somebody, with an address of commits or a role from today.
func (f *Facts) newPerson(email, role string) string {
	command := "kept new person" + f.by() + " --set id=u-… --set title=…"
	if email != "" {
		command += " --set " + Quoted(f.OS, "identities+="+email)
	}
	if role != "" {
		command += " --set " + Quoted(f.OS, `roles+:={"role":"`+role+`","from":"`+f.Now.Format(time.DateOnly)+`"}`)
	}
	return command
}

// by names who registers, where git's address does not: kept refuses what nobody does.
func (f *Facts) by() string {
	if f.Me != "" {
		return ""
	}
	return " --by u-…"
}

func (f *Facts) me() Point {
	p := Point{ID: "identity-person", Group: People, Verdict: Fine, Key: "doctor.me", Args: []locale.Arg{locale.A("email", f.Email), locale.A("person", f.Me)}}
	switch {
	case f.Robot:
		p.Key = "doctor.me-robot"
	case f.Me == "":
		p.Verdict, p.Key, p.Advice = Missing, "doctor.me-nobody", "doctor.identities-advice"
		p.Commands = []string{f.newPerson(f.Email, "")}
	}
	return p
}

// mostStrangers is how many unknown authors are told one by one.
const mostStrangers = 8

// strangers tells of authors who are nobody; whoever would commit has been told of before.
func (f *Facts) strangers() []Point {
	told := f.Persons > 0 && f.Me == ""
	others := slices.DeleteFunc(slices.Clone(f.Strangers), func(s Stranger) bool { return told && strings.EqualFold(s.Email, f.Email) })
	if len(f.Strangers) > 0 && len(others) == 0 {
		return nil
	}
	if len(others) == 0 {
		if !f.Commits {
			return nil
		}
		return []Point{{ID: "authors", Group: People, Verdict: Fine, Key: "doctor.authors"}}
	}
	var points []Point
	for i, s := range others {
		if i == mostStrangers {
			points = append(points, Point{ID: "author-unmapped", Group: People, Verdict: Missing, Key: "doctor.strangers-more", Args: []locale.Arg{locale.N("n", len(others)-i)}, Commands: []string{"kept audit"}})
			break
		}
		points = append(points, Point{
			ID: "author-unmapped", Group: People, Verdict: Missing, Key: "doctor.stranger", Advice: "doctor.identities-advice",
			Args:     []locale.Arg{locale.A("email", s.Email), locale.A("commit", s.Commit), locale.N("n", s.N)},
			Commands: []string{f.newPerson(s.Email, "")},
		})
	}
	return points
}

// roles tells which roles nobody has: one by one where a record waits for them, the
// others in one point.
func (f *Facts) roles() []Point {
	if f.Persons == 0 {
		return nil
	}
	if len(f.Unheld) == 0 {
		return []Point{{ID: "roles", Group: People, Verdict: Fine, Key: "doctor.roles"}}
	}
	var points []Point
	var idle []locale.Text
	for _, r := range f.Unheld {
		if !r.Waiting {
			idle = append(idle, withID(r))
			continue
		}
		points = append(points, Point{
			ID: "role-unheld", Group: People, Verdict: Missing, Key: "doctor.role-waited", Advice: "doctor.roles-advice",
			Args:     []locale.Arg{locale.T("role", withID(r)), locale.T("kinds", locale.Listed(r.Kinds...))},
			Commands: []string{f.newPerson("", r.ID)},
		})
	}
	if len(idle) > 0 {
		first := f.Unheld[slices.IndexFunc(f.Unheld, func(r Role) bool { return !r.Waiting })]
		points = append(points, Point{
			ID: "role-unheld", Group: People, Verdict: Notice, Key: "doctor.roles-idle", Advice: "doctor.roles-advice",
			Args:     []locale.Arg{locale.N("n", len(idle)), locale.T("roles", locale.Listed(idle...))},
			Commands: []string{f.newPerson("", first.ID)},
		})
	}
	return points
}

func withID(r Role) locale.Text {
	return locale.Text{ZH: r.Title.ZH + " " + r.ID, EN: r.Title.EN + " " + r.ID}
}

// pairs tells which steps want two people where one alone could do them.
func (f *Facts) pairs() []Point {
	var points []Point
	for _, pair := range f.Alone {
		p := Point{
			ID: "four-eyes", Group: People, Verdict: Notice, Key: "doctor.pair", Advice: "doctor.roles-advice",
			Args: []locale.Arg{locale.T("kind", pair.Kind), locale.T("first", pair.First), locale.T("second", pair.Second), locale.A("person", pair.Person)},
		}
		if pair.Waiting {
			p.Verdict = Missing
		}
		points = append(points, p)
	}
	return points
}

// asksNext is the month from which the next year's calendar is looked for: the State
// Council gives notice of its holidays in October to December.
const asksNext = time.October

// calendars tells which years are wanted and not known.
func (f *Facts) calendars() []Point {
	if !f.Limits {
		return nil
	}
	years := []int{f.Now.Year()}
	if f.Now.Month() >= asksNext {
		years = append(years, f.Now.Year()+1)
	}
	var points []Point
	for i, year := range years {
		p := Point{ID: "calendar", Group: Settings, Verdict: Fine, Key: "doctor.calendar", Args: []locale.Arg{locale.A("year", strconv.Itoa(year))}}
		if !slices.Contains(f.Calendars, year) {
			p.ID, p.Verdict, p.Key, p.Advice = "calendar-missing", Missing, "doctor.calendar-missing", "doctor.calendar-advice"
			if i > 0 {
				p.Verdict, p.Key = Notice, "doctor.calendar-next"
			}
			if !InChina(f.Zone) {
				p.Advice = "doctor.calendar-advice-elsewhere"
			}
			p.Commands = []string{f.newCalendar(year)}
			if i == 0 && f.Gone.File != "" { // its id is used, and cannot be given out again
				p.Advice, p.Commands = "doctor.calendar-restore", []string{f.command("git", "checkout", f.Gone.Commit, "--", f.Gone.File)}
			}
		}
		points = append(points, p)
	}
	return append(points, f.foreign()...)
}

// foreign tells that the calendars of China stand where the time zone is not one of
// China's. A record that is committed is not deleted but edited.
func (f *Facts) foreign() []Point {
	if InChina(f.Zone) || len(f.China) == 0 {
		return nil
	}
	p := Point{ID: "calendar-of-china", Group: Settings, Verdict: Notice, Key: "doctor.calendar-of-china", Advice: "doctor.calendar-edit"}
	p.Args = []locale.Arg{locale.A("zone", f.Zone), locale.A("ids", strings.Join(f.China, ", "))}
	if !f.Commits {
		p.Advice, p.Commands = "doctor.calendar-advice-elsewhere", ReplaceCalendars(f.OS, f.Now.Year())
	}
	return []Point{p}
}

// ReplaceCalendars are the commands that put the calendar of a year in the place of
// those of China, which are not committed yet.
func ReplaceCalendars(os string, year int) []string {
	f := Facts{OS: os, Me: "whoever makes the repository"}
	away := "rm records/calendar/CN-*.yaml"
	if os == windows {
		away = `del records\calendar\CN-*.yaml`
	}
	return []string{away, f.newCalendar(year)}
}

// InChina tells whether a time zone, by its IANA name, is one of mainland China.
func InChina(zone string) bool {
	return slices.Contains([]string{"Asia/Shanghai", "Asia/Urumqi", "Asia/Chongqing", "Asia/Chungking", "Asia/Harbin", "Asia/Kashgar", "PRC"}, zone)
}

// newCalendar registers the calendar of a year. It is refused until its days are filled
// in from the notice: a calendar with the wrong days is worse than none.
func (f *Facts) newCalendar(year int) string {
	y := strconv.Itoa(year)
	region := "CN-"
	if !InChina(f.Zone) {
		region = "…-" // the code of the country or region
	}
	return "kept new calendar" + f.by() + " " + f.command("--set", "id="+region+y, "--set", "title=…", "--set", "year:="+y, "--set", "source=…", "--set", `off:=["`+y+`-01-01",…]`, "--set", `workdays:=["`+y+`-…"]`)
}
