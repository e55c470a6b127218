package pipeline

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"kept/internal/doctor"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/intake"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
	"kept/templates"
)

// settings looks at what kept.yaml names outside the repository.
func (x *examination) settings() {
	f, s := &x.facts, x.snapshot
	f.Fonts = s.Config.Fonts.Regular != nil || s.Config.Fonts.Bold != nil || len(s.Config.Fonts.Fallback) > 0
	if f.Fonts {
		if _, err := x.project.faces(s.Config); err != nil {
			f.FontsErr = err.Error()
		}
	}
	x.store()
	x.contacts()
	for rec := range s.Register.Of(record.CalendarKind) {
		if year, ok := rec.Number("year"); ok && year.IsInt() {
			f.Calendars = append(f.Calendars, int(year.Num().Int64()))
		}
		if shippedCalendar(rec) {
			f.China = append(f.China, rec.ID)
		}
	}
	for kind := range s.Kinds.All() {
		f.Limits = f.Limits || len(kind.Limits) > 0
	}
	if f.Commits && !slices.Contains(f.Calendars, f.Now.Year()) {
		f.Gone = x.goneCalendar(strconv.Itoa(f.Now.Year()))
	}
}

// goneCalendar finds the calendar of a year that history holds and the work tree does
// not, with the last commit that wrote it.
func (x *examination) goneCalendar(year string) (gone doctor.Gone) {
	repo := x.project.repo
	head, err := repo.Resolve("HEAD", time.UTC)
	if err != nil {
		return gone
	}
	for step, err := range repo.Mainline(head, record.Folder+"/"+record.CalendarKind) {
		if err != nil {
			return doctor.Gone{}
		}
		for _, c := range step.Changes {
			if c.After != "" && strings.HasSuffix(record.StemOf(c.Path), "-"+year) {
				gone = doctor.Gone{File: c.Path, Commit: string(step.Commit.Hash)}
			}
		}
	}
	if _, err := fs.Stat(x.snapshot.files, gone.File); gone.File == "" || err == nil {
		return doctor.Gone{} // it is there and cannot be read
	}
	return gone
}

// shippedCalendar tells whether a calendar still follows the notice that the one of
// the same id follows in the template of a new repository.
func shippedCalendar(rec *record.Record) bool {
	name := "init/records/calendar/" + rec.ID + ".yaml"
	data, err := fs.ReadFile(templates.FS, name)
	if err != nil {
		return false
	}
	doc, _ := yamldoc.Parse(name, data)
	return doc != nil && doc.Root().Text("source") == rec.Text("source")
}

func (x *examination) store() {
	s := &x.facts.Store
	s.Name, s.Kept = x.snapshot.Config.EvidenceStore, intake.Kept(x.snapshot.Register)
	at, err := x.project.evidenceStore(x.snapshot)
	switch {
	case errors.Is(err, ErrStoreInside):
		s.Inside = true
	case at != "":
		info, err := os.Stat(at)
		s.Missing = err != nil
		s.NoFolder = err == nil && !info.IsDir()
		s.ReadOnly = err == nil && info.Mode().Perm()&0o222 == 0
	}
}

func (x *examination) contacts() {
	c := &x.facts.Contacts
	if c.Name = x.snapshot.Config.Contacts; c.Name == "" {
		return
	}
	_, err := x.project.Contacts(x.snapshot)
	c.Inside, c.Unreadable = errors.Is(err, ErrContactsInside), errors.Is(err, ErrContactsUnreadable)
	name := filepath.FromSlash(c.Name)
	if !filepath.IsAbs(name) {
		name = filepath.Join(x.project.Dir, name)
	}
	info, err := os.Stat(name)
	c.Missing = errors.Is(err, os.ErrNotExist) && !c.Inside
	c.Open = err == nil && x.request.OS != "windows" && info.Mode().Perm()&0o077 != 0
}

func (x *examination) people() {
	f, s := &x.facts, x.snapshot
	for rec := range s.Register.Of(record.PersonKind) {
		if state, ok := rec.State(); !rec.Broken && ok && state.Phase != schema.Void {
			f.Persons++
		}
	}
	f.Me = s.Register.Identity(f.Email)
	f.Robot = slices.Contains(s.Config.Robots, strings.ToLower(f.Email))
	x.strangers()
	waiting := x.waiting()
	x.roles(waiting)
	for kind := range s.Kinds.All() {
		x.pairs(kind, waiting)
	}
	idle := func(p doctor.Pair) bool { return !p.Waiting }
	f.Alone = append(slices.DeleteFunc(slices.Clone(f.Alone), idle), slices.DeleteFunc(slices.Clone(f.Alone), func(p doctor.Pair) bool { return p.Waiting })...)
}

// newestCommits is how many commits of the mainline are asked for their authors, with
// those of the branches that they merged.
const newestCommits = 200

// strangers gathers authors of the mainline's newest commits whom no person names.
func (x *examination) strangers() {
	repo := x.project.repo
	if repo == nil {
		return
	}
	at, ok := x.mainline()
	known := map[string]int{}
	for range newestCommits {
		if !ok {
			break
		}
		c, err := repo.Commit(at)
		if err != nil {
			break
		}
		x.author(c, known)
		if len(c.Parents) > 1 {
			if side, err := repo.Commit(c.Parents[1]); err == nil {
				x.author(side, known)
			}
		}
		if ok = len(c.Parents) > 0; ok {
			at = c.Parents[0]
		}
	}
}

// mainline is the tip of the protected branch, of HEAD where that is not here.
func (x *examination) mainline() (gitrepo.Hash, bool) {
	names := []string{"refs/heads/" + x.facts.Branch, "HEAD"}
	for _, r := range x.facts.Remotes {
		names = append([]string{"refs/remotes/" + r.Name + "/" + x.facts.Branch}, names...)
	}
	for _, name := range names {
		if h, err := x.project.repo.Resolve(name, time.UTC); err == nil {
			return h, true
		}
	}
	return "", false
}

// author counts a commit whose author is nobody's. known holds the place of each in
// the list.
func (x *examination) author(c gitrepo.Commit, known map[string]int) {
	email := strings.ToLower(c.Author.Email)
	if email == "" || slices.Contains(x.snapshot.Config.Robots, email) || x.snapshot.Register.Identity(email) != "" {
		return
	}
	i, ok := known[email]
	if !ok {
		i = len(x.facts.Strangers)
		known[email] = i
		x.facts.Strangers = append(x.facts.Strangers, doctor.Stranger{Email: email, Commit: c.Hash.Short()})
	}
	x.facts.Strangers[i].N++
}

// waiting holds for each kind the states in which records of it are that are not at
// their end.
func (x *examination) waiting() map[string]map[string]bool {
	states := map[string]map[string]bool{}
	for rec := range x.snapshot.Register.All() {
		state, ok := rec.State()
		if !ok || rec.Kind == nil || state.Phase.Ended() {
			continue
		}
		if states[rec.Kind.ID] == nil {
			states[rec.Kind.ID] = map[string]bool{}
		}
		states[rec.Kind.ID][state.ID] = true
	}
	return states
}

// roles gathers the roles that a step needs which nobody may do today. A step that
// several roles may do needs one of them.
func (x *examination) roles(waiting map[string]map[string]bool) {
	s, need := x.snapshot, map[string]*doctor.Role{}
	for kind := range s.Kinds.All() {
		for _, step := range kind.Steps {
			if len(step.Roles) == 0 || len(x.holders(step.Roles)) > 0 {
				continue
			}
			waits := slices.ContainsFunc(step.From, func(from string) bool { return waiting[kind.ID][from] })
			role := need[step.Roles[0]]
			if role == nil {
				title := intake.Holders(s.Register, nil, step.Roles[:1], x.facts.Now, s.Config.Zone)[0].Title
				role = &doctor.Role{ID: step.Roles[0], Title: title}
				need[role.ID] = role
			}
			switch {
			case waits && !role.Waiting: // what waits is told, what does not is not
				role.Waiting, role.Kinds = true, []locale.Text{kind.Title}
			case waits == role.Waiting && !slices.Contains(role.Kinds, kind.Title):
				role.Kinds = append(role.Kinds, kind.Title)
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(need)) {
		x.facts.Unheld = append(x.facts.Unheld, *need[id])
	}
}

// holders are the ids of those who hold one of the roles today; without roles,
// everybody who is active.
func (x *examination) holders(roles []string) []string {
	var ids []string
	if len(roles) == 0 {
		for rec := range x.snapshot.Register.Of(record.PersonKind) {
			if state, ok := rec.State(); ok && state.Phase != schema.Void {
				ids = append(ids, rec.ID)
			}
		}
		return ids
	}
	for _, h := range intake.Holders(x.snapshot.Register, nil, roles, x.facts.Now, x.snapshot.Config.Zone) {
		for _, p := range h.Persons {
			ids = append(ids, p.ID)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// differs finds two names that a condition wants to differ.
var differs = regexp.MustCompile(`(?:^|[\s(!&|])([a-z_]+) != ([a-z_]+)`)

// pairs gathers the steps of a kind that its guards and rules want done by two people,
// where one alone may do them today.
func (x *examination) pairs(kind *schema.Kind, waiting map[string]map[string]bool) {
	var conditions []string
	for _, step := range kind.Steps {
		conditions = append(conditions, step.Guard)
	}
	for _, rule := range kind.Rules {
		if rule.Severity == finding.Error {
			conditions = append(conditions, rule.Require)
		}
	}
	for _, condition := range conditions {
		for _, names := range differs.FindAllStringSubmatch(condition, -1) {
			first, ok := actor(kind, names[1])
			second, also := actor(kind, names[2])
			if !ok || !also {
				continue
			}
			who := append(x.entering(kind, first), x.entering(kind, second)...)
			slices.Sort(who)
			pair := doctor.Pair{Kind: kind.Title, First: first.Title, Second: second.Title, Waiting: len(waiting[kind.ID]) > 0}
			if who = slices.Compact(who); len(who) != 1 {
				continue // with nobody at all the roles are told
			}
			rec := x.snapshot.Register.Get(who[0])
			pair.Person = rec.Text(record.TitleField) + " " + rec.ID
			if !slices.Contains(x.facts.Alone, pair) {
				x.facts.Alone = append(x.facts.Alone, pair)
			}
		}
	}
}

func actor(kind *schema.Kind, name string) (schema.Derived, bool) {
	d, ok := kind.DerivedName(name)
	return d, ok && d.Actor
}

// entering are the people who may take a record into the state of a derived name.
func (x *examination) entering(kind *schema.Kind, d schema.Derived) []string {
	var ids []string
	for _, step := range kind.Steps {
		if step.To == d.State {
			ids = append(ids, x.holders(step.Roles)...)
		}
	}
	return ids
}
