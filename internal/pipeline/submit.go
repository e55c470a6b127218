package pipeline

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/redact"
	"kept/internal/submit"
)

// SubmitRequest says what to hand in.
type SubmitRequest struct {
	Names       []string // ids, files or folders of records; none is all that changed
	Message     string   // "" says what changed
	Lang        locale.Lang
	Environment []string      // what git is called with
	Asks        bool          // git may ask on the terminal
	Dry         bool          // tell what would be handed in, and do nothing
	Push        bool          // push what was committed before, and commit nothing
	Patience    time.Duration // how long the remote may take, 0 for the usual
}

// Submitted says what was handed in, or why nothing was.
type Submitted struct {
	submit.Result
	Commit  gitrepo.Hash
	Files   []submit.Change // that were taken
	Left    []string        // other changed files, which were not
	Message string
	URL     string // where a pull request is opened, "" where that is not known
	Open    bool   // URL is a pull request that is open already
	// Touched are records that the protected branch changed meanwhile as well, Doubled
	// those of earlier commits of the branch whose number it has given to another.
	Touched, Doubled []string
	// Passed is the name of a branch that is there and not merged, for the same record:
	// another name was taken for this one. "" for none.
	Passed string
	Web    string // the repository on its forge, "" for none
	Into   string // the protected branch
	Dry    bool
	Push   bool
	Page   bool // what is said of it is read on a page and not on a terminal
	// Findings are the errors that keep it from being handed in, also those of records
	// that earlier commits of the branch changed. Elsewhere counts those of other
	// records, which were there before.
	Findings  finding.List
	Elsewhere int
	Problem   error // of submit or of this package; nil for none
	messages  *locale.Catalogue
}

// Reasons for which nothing is handed in.
var (
	ErrNothing  = errors.New("nothing has changed")
	ErrPushed   = errors.New("no commit waits to be pushed")
	ErrPersonal = errors.New("the message looks as if it held personal data")
	ErrUnjudged = errors.New("the rules could not judge what lies on disk")
)

// OK tells that it was committed, or could be.
func (s *Submitted) OK() bool {
	return s.Problem == nil && s.Findings.Count(finding.Error) == 0 && (s.Commit != "" || s.Dry)
}

// Submit hands the changed records in, when the rules find no error in them, in those
// that earlier commits of the branch changed, and none elsewhere that the protected
// branch does not have. The snapshot is of the work tree and judged.
func (p *Project) Submit(ctx context.Context, s *Snapshot, req SubmitRequest) (*Submitted, error) {
	done := &Submitted{Dry: req.Dry, Push: req.Push, messages: p.Messages, Into: s.Config.Branch, Web: s.Config.RepositoryURL}
	if p.repo == nil {
		return nil, p.problem
	}
	changes, err := submit.Changes(ctx, p.Dir, req.Environment)
	if err != nil {
		done.Problem = err
		return done, nil
	}
	if req.Push {
		done.leave(changes)
	} else if unknown := p.unknown(changes, req.Names, s); len(unknown) > 0 {
		done.Problem = &unknownError{unknown}
		return done, nil
	} else {
		done.take(changes, req.Names, s)
	}
	request := submit.Request{Dir: p.Dir, Environment: req.Environment, Asks: req.Asks, Protected: s.Config.Branch, Patience: req.Patience}
	if len(done.Files) == 0 {
		return p.resubmit(ctx, done, s, request, req.Dry)
	}
	if len(redact.Scan(req.Message)) > 0 {
		done.Problem = ErrPersonal
		return done, nil
	}
	if err := p.hinder(done, s); err != nil || done.Findings.Count(finding.Error) > 0 {
		return done, err
	}
	done.Message = p.messageOf(done, s, req)
	if req.Dry {
		return done, nil
	}
	request.Branch, request.Message = done.branchName(), done.Message
	for _, f := range done.Files {
		request.Paths = append(request.Paths, f.Path)
	}
	if done.compare(submit.Fetch(ctx, request, record.Folder)); done.Problem == nil {
		done.run(ctx, s, request)
		done.Passed = p.passed(done, request.Branch)
	}
	return done, nil
}

// resubmit pushes what was committed and not pushed before.
func (p *Project) resubmit(ctx context.Context, done *Submitted, s *Snapshot, request submit.Request, dry bool) (*Submitted, error) {
	if dry || submit.Waiting(ctx, request) == "" {
		done.Problem = ErrNothing
		if done.Push {
			done.Problem = ErrPushed
		}
		return done, nil
	}
	if err := p.hinder(done, s); err != nil || done.Findings.Count(finding.Error) > 0 {
		return done, err
	}
	done.compare(submit.Fetch(ctx, request, record.Folder))
	done.run(ctx, s, request)
	return done, nil
}

func (d *Submitted) run(ctx context.Context, s *Snapshot, request submit.Request) {
	d.Result, d.Problem = submit.Run(ctx, request)
	d.Commit = gitrepo.Hash(d.Result.Commit)
	d.lead(s)
}

// TakenError says that the protected branch gave the numbers of new records to others
// meanwhile. Nothing was committed.
type TakenError struct{ IDs []string }

// Error names the numbers.
func (e *TakenError) Error() string { return "numbers taken: " + strings.Join(e.IDs, ", ") }

// compare looks at what the protected branch has on its remote by now.
func (d *Submitted) compare(a submit.Ahead) {
	given := map[string]bool{}
	for _, file := range a.Added {
		given[strings.ToUpper(record.StemOf(file))] = true
	}
	taken := func(file string) bool { return given[strings.ToUpper(record.StemOf(file))] }
	var ids []string
	for _, f := range d.Files {
		switch {
		case f.New && taken(f.Path):
			ids = append(ids, record.StemOf(f.Path))
		case slices.Contains(a.Changed, f.Path):
			d.Touched = append(d.Touched, record.StemOf(f.Path))
		}
	}
	for _, file := range a.Mine {
		if taken(file) {
			d.Doubled = append(d.Doubled, record.StemOf(file))
		}
	}
	if len(ids) > 0 {
		d.Problem = &TakenError{ids}
	}
}

// unknownError says that what was named is nothing that can be submitted. Nothing was
// committed.
type unknownError struct{ Names []string }

// Error gives the names.
func (e *unknownError) Error() string { return "find no records: " + strings.Join(e.Names, ", ") }

// unknown are the names that are neither an id nor a file or folder of a change, of a
// record or of the work tree.
func (p *Project) unknown(changes []submit.Change, names []string, s *Snapshot) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		if s.Register.Get(name) != nil || slices.ContainsFunc(changes, func(c submit.Change) bool { return means(name, c.Path) }) {
			return true
		}
		_, err := fs.Stat(p.workTree(), path.Clean(strings.ReplaceAll(name, `\`, "/")))
		return err == nil
	})
}

// means says whether a name is the id of a file's record, the file, or a folder above.
func means(name, file string) bool {
	at := path.Clean(strings.ReplaceAll(name, `\`, "/"))
	return strings.EqualFold(record.StemOf(file), name) || file == at || strings.HasPrefix(file, at+"/")
}

// take parts the changes into those of records that were named, and the others.
func (d *Submitted) take(changes []submit.Change, names []string, s *Snapshot) {
	wanted := func(file string) bool {
		return len(names) == 0 || slices.ContainsFunc(names, func(name string) bool { return means(name, file) })
	}
	for _, c := range changes {
		if strings.HasPrefix(c.Path, record.Folder+"/") && path.Ext(c.Path) == ".yaml" && wanted(c.Path) {
			d.Files = append(d.Files, c)
		} else {
			d.Left = append(d.Left, c.Path)
		}
	}
}

// leave takes nothing of the changes.
func (d *Submitted) leave(changes []submit.Change) {
	for _, c := range changes {
		d.Left = append(d.Left, c.Path)
	}
}

// messageOf is the message of the commit: what the user says or what changed, then
// each record, and each once more as a trailer for programs. It holds numbers and
// kinds alone: what stands in records may be personal, and a commit stays.
func (p *Project) messageOf(d *Submitted, s *Snapshot, req SubmitRequest) string {
	say := p.Messages.Printer(req.Lang)
	var b strings.Builder
	subject, rest, _ := strings.Cut(strings.TrimSpace(strings.ReplaceAll(req.Message, "\r", "")), "\n")
	if subject == "" {
		subject = d.subject(say, s)
	}
	b.WriteString(subject + "\n")
	if rest = strings.TrimSpace(rest); rest != "" {
		b.WriteString("\n" + rest + "\n")
	}
	b.WriteString("\n")
	const most = 100
	for _, f := range d.Files[:min(most, len(d.Files))] {
		b.WriteString("- " + say.Say(changeKey(f), d.about(f, s)...) + "\n")
	}
	if n := len(d.Files) - most; n > 0 {
		b.WriteString("- " + say.Say("submit.more", locale.N("n", n)) + "\n")
	}
	b.WriteString("\n")
	for _, f := range d.Files[:min(most, len(d.Files))] {
		b.WriteString("Kept-Record: " + trailing(record.StemOf(f.Path)) + "\n")
	}
	return b.String()
}

// trailing is an id that cannot begin another line.
func trailing(id string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' {
			return -1
		}
		return r
	}, id)
}

func (d *Submitted) subject(say *locale.Printer, s *Snapshot) string {
	if len(d.Files) == 1 {
		return say.Say(changeKey(d.Files[0]), d.about(d.Files[0], s)...)
	}
	return say.Say("submit.subject", locale.N("n", len(d.Files)), locale.A("first", trailing(record.StemOf(d.Files[0].Path))))
}

func changeKey(c submit.Change) string {
	switch {
	case c.Deleted:
		return "submit.deletes"
	case c.New:
		return "submit.registers"
	}
	return "submit.changes"
}

// about names a record, the folder of its kind and its state.
func (d *Submitted) about(c submit.Change, s *Snapshot) []locale.Arg {
	id := record.StemOf(c.Path)
	state := locale.Plain("–")
	if rec := s.Register.Get(id); rec != nil {
		if st, ok := rec.State(); ok {
			state = st.Title
		}
	}
	return []locale.Arg{locale.A("id", trailing(id)), locale.A("folder", trailing(record.KindOf(c.Path))), locale.T("state", state)}
}

// branchName is made of the first record's number.
func (d *Submitted) branchName() string {
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return '-'
	}, record.StemOf(d.Files[0].Path))
	return submit.Prefix + strings.Trim(name, "-") + map[bool]string{true: "-etc"}[len(d.Files) > 1]
}

// lead finds where a pull request is opened: the forge's own word for one that is
// open already; else as its pages name it, where their address is known for sure; else
// its word again.
func (d *Submitted) lead(s *Snapshot) {
	from := submit.Web(d.RemoteURL)
	if d.Web == "" {
		d.Web = from
	}
	offered, there := submit.Offered(d.Told, d.Web)
	target := submit.Target{Web: d.Web, From: from, Forge: s.Config.Forge, Branch: d.Branch, Into: d.Into}
	d.URL, d.Open = target.Address(), there
	sure := s.Config.RepositoryURL != "" || strings.HasPrefix(d.RemoteURL, "http")
	if offered != "" && (there || !sure || d.URL == "") {
		d.URL = offered
	}
}

// submitPatience is how long handing in waits for the rules.
const submitPatience = 5 * time.Minute

// Submit hands in what lies in the work tree, once the rules have judged all of it.
func (l *Live) Submit(ctx context.Context, req SubmitRequest) (*Submitted, error) {
	if err := l.Look(); err != nil {
		return nil, err
	}
	p := l.Await(ctx, submitPatience)
	if !p.Judged || p.Trouble != nil {
		return nil, errors.Join(ErrUnjudged, ctx.Err())
	}
	s := *p.Snapshot
	s.Findings = p.verdict
	done, err := l.Project().Submit(ctx, &s, req)
	if looked := l.Look(); err == nil {
		err = looked
	}
	return done, err
}

// Waits says which submission was committed and not pushed, "" for none. It asks git
// and no remote.
func (l *Live) Waits(ctx context.Context, environment []string, p *locale.Printer) string {
	here := l.Present()
	branch := submit.Waiting(ctx, submit.Request{Dir: l.dir, Environment: environment, Protected: here.Config.Branch})
	if branch == "" {
		return ""
	}
	return p.Say("submit.waits", locale.A("branch", branch), locale.A("commit", headOf(l.Project()).Short()))
}
