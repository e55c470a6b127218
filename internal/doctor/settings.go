package doctor

import (
	"path"
	"strings"

	"kept/internal/locale"
)

// mostFound is how many findings of settings and kinds are told one by one.
const mostFound = 5

func (f *Facts) settings() []Point {
	var points []Point
	if !f.Records {
		return nil
	}
	for i, found := range f.Found {
		if i == mostFound {
			points = append(points, Point{ID: "settings", Group: Settings, Verdict: Missing, Key: "doctor.settings-more", Args: []locale.Arg{locale.N("n", len(f.Found)-i)}, Commands: []string{"kept check"}})
			break
		}
		points = append(points, Point{ID: "settings", Group: Settings, Verdict: Missing, Key: "doctor.settings-broken", Args: []locale.Arg{locale.A("place", found.Position.String())}, Found: &found, Commands: []string{"kept check"}})
	}
	switch {
	case len(f.Found) > 0:
	case !f.Config:
		points = append(points, Point{ID: "settings", Group: Settings, Verdict: Notice, Key: "doctor.no-settings", Advice: "doctor.fresh-advice", Commands: f.fresh("kept.yaml")})
	default:
		points = append(points, Point{ID: "settings", Group: Settings, Verdict: Fine, Key: "doctor.settings", Args: []locale.Arg{locale.A("zone", f.Zone)}})
	}
	if f.Broken > 0 {
		points = append(points, Point{ID: "records", Group: Settings, Verdict: Missing, Key: "doctor.records-broken", Args: []locale.Arg{locale.N("n", f.Broken)}, Commands: []string{"kept check"}})
	}
	points = append(points, f.calendars()...)
	points = append(points, f.store(), f.faces())
	if f.Contacts.Name != "" {
		points = append(points, f.contacts())
	}
	return points
}

func (f *Facts) faces() Point {
	p := Point{ID: "fonts", Group: Settings, Verdict: Fine, Key: "doctor.fonts-own"}
	switch {
	case f.FontsErr != "":
		p.Verdict, p.Key, p.Advice = Missing, "doctor.fonts-broken", "doctor.fonts-advice"
		p.Args = []locale.Arg{locale.A("detail", f.FontsErr)}
		p.Commands = []string{f.digest()}
	case f.Fonts:
		p.Key = "doctor.fonts"
	}
	return p
}

// digest is the command that prints the digest of a file.
func (f *Facts) digest() string {
	switch f.OS {
	case windows:
		return `certutil -hashfile "…" SHA256`
	case darwin:
		return `shasum -a 256 "…"`
	}
	return `sha256sum "…"`
}

func (f *Facts) store() Point {
	s := f.Store
	p := Point{ID: "evidence-store", Group: Settings, Verdict: Missing, Args: []locale.Arg{locale.A("store", s.Name), locale.N("n", s.Kept)}}
	switch {
	case s.Inside:
		p.Key, p.Advice = "doctor.store-inside", "doctor.store-line"
	case s.Name == "":
		p.Verdict, p.Key, p.Advice = Notice, "doctor.store-none", "doctor.store-line"
	case s.NoFolder:
		p.Key, p.Advice = "doctor.store-no-folder", "doctor.store-line"
	case s.Missing && s.Kept > 0:
		p.Key, p.Advice, p.Commands = "doctor.store-away", "doctor.store-away-advice", []string{"kept check --evidence"}
	case s.Missing:
		p.Verdict, p.Key, p.Commands = Notice, "doctor.store-missing", []string{f.makeFolder(s.Name)}
	case s.ReadOnly:
		p.Key, p.Commands = "doctor.store-read-only", []string{f.writable(s.Name)}
	default:
		p.Verdict, p.Key = Fine, "doctor.store"
	}
	return p
}

func (f *Facts) makeFolder(name string) string {
	if f.OS == windows {
		return "mkdir " + f.command(strings.ReplaceAll(path.Clean(name), "/", `\`))
	}
	return f.command("mkdir", "-p", name)
}

func (f *Facts) writable(name string) string {
	if f.OS == windows {
		return "attrib -r " + f.command(strings.ReplaceAll(name, "/", `\`))
	}
	return f.command("chmod", "u+w", name)
}

func (f *Facts) contacts() Point {
	c := f.Contacts
	p := Point{ID: "contacts", Group: Settings, Verdict: Missing, Args: []locale.Arg{locale.A("file", c.Name)}}
	switch {
	case c.Inside:
		p.Key, p.Advice = "doctor.contacts-inside", "doctor.contacts-advice"
	case c.Missing:
		p.Verdict, p.Key, p.Advice = Notice, "doctor.contacts-missing", "doctor.contacts-advice"
	case c.Unreadable:
		p.Key, p.Advice = "doctor.contacts-unreadable", "doctor.contacts-advice"
	case c.Open:
		p.Verdict, p.Key, p.Commands = Notice, "doctor.contacts-open", []string{f.command("chmod", "600", c.Name)}
	default:
		p.Verdict, p.Key = Fine, "doctor.contacts"
	}
	return p
}
