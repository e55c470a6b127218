package pipeline

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"kept/internal/config"
	"kept/internal/doctor"
	"kept/internal/gitrepo"
	"kept/internal/intake"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/submit"
	"kept/internal/yamldoc"
	"kept/templates"
)

// DoctorRequest asks what is missing on a machine and in a folder.
type DoctorRequest struct {
	Dir         string
	Version     string // of kept
	OS          string // as runtime.GOOS
	Now         time.Time
	Environment []string // what git is called with
}

// Doctor looks at the machine, and at the records in the folder where there are any.
// What is broken there is a point and no error. Nothing is written or sent.
func Doctor(ctx context.Context, r DoctorRequest) (dir string, points []doctor.Point, err error) {
	x := examination{request: r, facts: doctor.Facts{OS: r.OS, Now: r.Now, Dir: r.Dir, Branch: config.Default().Branch}}
	if x.facts.Dir, err = filepath.Abs(r.Dir); err != nil {
		return "", nil, err
	}
	project, err := Open(r.Dir, r.Version)
	switch {
	case err == nil:
		if filepath.IsAbs(project.Dir) {
			x.facts.Dir = project.Dir
		}
	case errors.Is(err, fs.ErrNotExist):
		return "", nil, err
	default: // a repository that cannot be opened is a folder of files
		x.facts.Unopened, x.facts.InGit = err.Error(), true
		messages, err := Messages()
		if err != nil {
			return "", nil, err
		}
		project = &Project{Dir: x.facts.Dir, Messages: messages, Version: r.Version, problem: gitrepo.ErrNoRepository}
	}
	x.project = project
	if project.repo != nil {
		defer project.repo.Close()
	}
	x.machine(ctx)
	x.repository()
	x.records()
	x.elsewhere()
	return x.facts.Dir, doctor.Examine(x.facts), nil
}

// examination gathers facts.
type examination struct {
	request  DoctorRequest
	project  *Project
	snapshot *Snapshot // nil where there are no records
	machines submit.Machine
	facts    doctor.Facts
}

func (x *examination) machine(ctx context.Context) {
	f := &x.facts
	for _, name := range doctor.Packagers() {
		if _, err := exec.LookPath(name); err == nil {
			f.Packager = name
			break
		}
	}
	m, err := submit.Look(ctx, f.Dir, x.request.Environment)
	if err != nil {
		return
	}
	x.machines = m
	f.GitFound, f.GitVersion, f.Git, f.Distrusted = true, m.Version, m.Settings, m.Distrusted
	f.Name = firstOf(x.variable("GIT_AUTHOR_NAME"), m.Settings["author.name"], m.Settings["user.name"])
	f.Email = firstOf(x.variable("GIT_AUTHOR_EMAIL"), m.Settings["author.email"], m.Settings["user.email"], x.variable("EMAIL"))
}

func firstOf(texts ...string) string {
	if i := slices.IndexFunc(texts, func(s string) bool { return s != "" }); i >= 0 {
		return texts[i]
	}
	return ""
}

// variable is one of the request's environment; of several the last.
func (x *examination) variable(name string) string {
	value := ""
	for _, v := range x.request.Environment {
		if key, is, _ := strings.Cut(v, "="); key == name {
			value = is
		}
	}
	return value
}

func (x *examination) repository() {
	f, p := &x.facts, x.project
	for _, name := range []string{config.File, record.Folder} {
		if _, err := os.Stat(filepath.Join(p.Dir, name)); err == nil {
			f.Records = true
		}
	}
	if p.repo == nil {
		return
	}
	f.InGit, f.Bare = true, p.repo.Root() == ""
	var cut *gitrepo.HistoryError
	if errors.As(p.problem, &cut) {
		f.Cut = &doctor.Trouble{Key: cut.Key(), Mend: cut.Mend}
	}
	var partial *gitrepo.WorkTreeError
	if errors.As(p.onDisk(), &partial) {
		f.Partial = &doctor.Trouble{Key: partial.Key(), Mend: partial.Mend}
	}
	head, err := p.repo.Resolve("HEAD", time.UTC)
	if err != nil {
		x.cut(err)
		return
	}
	f.Commits = true
	if t, err := p.merged(head); err == nil {
		f.Newest = t
	}
	if f.Cut == nil {
		_, err := p.repo.FirstParents(head)
		x.cut(err)
	}
}

// elsewhere looks for the protected branch at a remote where HEAD has no commit: a
// clone whose remote names another first branch.
func (x *examination) elsewhere() {
	f, p := &x.facts, x.project
	if p.repo == nil || f.Commits {
		return
	}
	for _, r := range x.machines.Remotes {
		if _, err := p.repo.Resolve("refs/remotes/"+r.Name+"/"+f.Branch, time.UTC); err == nil && f.Elsewhere == "" {
			f.Elsewhere = r.Name + "/" + f.Branch
		}
	}
}

// cut keeps that the history is not all there.
func (x *examination) cut(err error) {
	var cut *gitrepo.HistoryError
	if errors.As(err, &cut) {
		x.facts.Cut = &doctor.Trouble{Key: cut.Key(), Mend: cut.Mend}
	}
}

// records reads what lies in the folder: settings, kinds and records, as far as they
// can be read.
func (x *examination) records() {
	f, p := &x.facts, x.project
	x.remotes()
	if !f.Records {
		return
	}
	s := &Snapshot{files: p.workTree(), AsOf: x.request.Now}
	if err := s.read(); err != nil {
		f.Unopened = firstOf(f.Unopened, err.Error())
		return
	}
	x.snapshot = s
	f.Branch, f.Tolerance, f.Zone = s.Config.Branch, s.Config.FutureTolerance, s.Config.Zone.String()
	f.Now = f.Now.In(s.Config.Zone)
	f.Newest = inZone(f.Newest, s.Config.Zone)
	for _, found := range s.Findings {
		if at := found.Position.Path; at == config.File || strings.HasPrefix(at, "schemas/") {
			f.Found = append(f.Found, found)
		}
	}
	for rec := range s.Register.All() {
		if rec.Broken {
			f.Broken++
		}
	}
	x.settings()
	x.disk()
	x.branches()
	x.people()
	x.forge()
}

func inZone(t time.Time, zone *time.Location) time.Time {
	if t.IsZero() {
		return t
	}
	return t.In(zone)
}

// hostsFile lists where the servers of forges stand, below the folder of templates.
const hostsFile = "doctor/hosts.yaml"

// remotes reads whither the branches go.
func (x *examination) remotes() {
	own, err := carried(x.project.workTree(), "templates", templates.FS, ".")
	if err != nil {
		return
	}
	data, err := fs.ReadFile(own, hostsFile)
	if err != nil {
		return
	}
	doc, _ := yamldoc.Parse(hostsFile, data)
	for _, r := range x.machines.Remotes {
		remote := doctor.Remote{Name: r.Name, Host: hostOf(r.URL)}
		if doc != nil && remote.Host != "" {
			remote.Place, remote.Abroad = place(doc.Root(), remote.Host)
		}
		x.facts.Remotes = append(x.facts.Remotes, remote)
	}
}

// place looks a host up.
func place(hosts yamldoc.Object, host string) (at locale.Text, abroad bool) {
	for _, list := range []string{"abroad", "inside"} {
		for _, entry := range hosts.Items(list) {
			known := strings.ToLower(entry.Text("host"))
			if known == "" || host != known && !strings.HasSuffix(host, "."+known) {
				continue
			}
			o := entry.Object("place")
			at = locale.Text{ZH: o.Text("zh-CN"), EN: o.Text("en")}
			if at.IsZero() {
				at = locale.Plain(known)
			}
			return at, list == "abroad"
		}
	}
	return locale.Text{}, false
}

// hostOf is the host of a remote's address, "" where it is a folder of this machine.
func hostOf(address string) string {
	if u, err := url.Parse(address); err == nil && u.Scheme != "" && len(u.Scheme) > 1 {
		return strings.ToLower(u.Hostname())
	}
	// The short form of ssh: a colon before the first slash. A drive is one letter.
	host, _, short := strings.Cut(address, ":")
	if !short || strings.ContainsAny(host, `/\`) || len(host) < 2 {
		return ""
	}
	return strings.ToLower(host[strings.LastIndex(host, "@")+1:])
}

// branches looks for the protected branch.
func (x *examination) branches() {
	f, p := &x.facts, x.project
	if data, err := fs.ReadFile(p.workTree(), config.File); err == nil {
		f.Config = true
		if doc, _ := yamldoc.Parse(config.File, data); doc != nil {
			f.Named = doc.Root().Has("branch")
		}
	}
	if p.repo == nil {
		return
	}
	known := func(ref string) bool {
		_, err := p.repo.Resolve(ref, time.UTC)
		return err == nil
	}
	f.Local = known("refs/heads/" + f.Branch)
	for _, r := range f.Remotes {
		f.Tracked = f.Tracked || known("refs/remotes/"+r.Name+"/"+f.Branch)
	}
}

// forge looks for what the template of the forge has and the repository lacks.
func (x *examination) forge() {
	f := &x.facts
	f.Forge = x.snapshot.Config.Forge
	f.Told = f.Forge != config.OtherForge
	for _, r := range f.Remotes {
		if f.Forge == config.OtherForge && r.Host != "" {
			f.Forge = config.ForgeOf("https://" + r.Host)
		}
	}
	if f.Forge == config.OtherForge {
		return
	}
	template, err := fs.Sub(templates.FS, "init")
	if err != nil {
		return
	}
	files, err := intake.ForgeFiles(template, string(f.Forge))
	if err != nil {
		return
	}
	for _, name := range files {
		data, err := fs.ReadFile(x.project.workTree(), name)
		owners := strings.HasSuffix(name, "/"+doctor.CodeOwners)
		if err != nil && owners { // each forge takes it from the top, too
			data, err = fs.ReadFile(x.project.workTree(), doctor.CodeOwners)
		}
		if err != nil {
			f.Files = append(f.Files, name)
			continue
		}
		if owners {
			f.Rules, f.Owned = true, namesOwner(string(data))
			for _, stray := range x.snapshot.strays(name, data) {
				f.Strays = append(f.Strays, doctor.Stray(stray))
			}
		}
	}
}

// namesOwner tells whether a line of CODEOWNERS names somebody.
func namesOwner(text string) bool {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "[") && strings.Contains(line, "@") {
			return true
		}
	}
	return false
}
