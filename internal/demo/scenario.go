package demo

import (
	"fmt"
	"io/fs"
	"path"
	"strconv"

	"kept/internal/yamldoc"
)

// scenario is the content of templates/demo: files named *.yaml hold lists,
// lives, or both; the folder files/ is copied to the top of the repository.
type scenario struct {
	branch string
	first  string  // message of the first commit
	merges string  // message of a merge commit, with {request} and {title}
	people []any   // the cast: records of kind person, as templates
	lists  mapping // what placeholders pick from
	grow   []yamldoc.Object
	made   []yamldoc.Object // lists filled from other lists, in order
	lives  []*lifeDef       // in the order of the files' names
	byName map[string]*lifeDef
	notes  []any // truths that no step brings
}

// lifeDef is how records of one sort come about.
type lifeDef struct {
	name, kind, id string
	plan           planDef
	vars           []yamldoc.Object // of one key each, filled in order
	base           any              // the fields at the beginning
	steps          map[string]mapping
	stories        []story
}

// planDef says when lives begin. Exactly one of setup, spread and every is
// given, or none where only other lives call for this one.
type planDef struct {
	setup  string // message of one of the first commits, which brings them all
	by     string // role of its author
	each   string // one life for each item of a list
	spread bool   // as many as are left of the wanted number, over the whole time
	every  string // half or year: one life (or one for each item) per period
	offset string // days after the period's start, "40..60"
	skip   []string
	missed []mapping // what skipping makes true
	brings string    // list of which each life brings records, for the budget
	rate   int       // so many in a hundred
}

// story is one course that a life can take.
type story struct {
	name    string
	weight  int
	at      []float64 // instead of a weight: at these fractions of all lives, once each
	vars    []yamldoc.Object
	set     any
	follows bool // needs an earlier life, as {previous}
	shift   int  // months by which the record is misfiled at first
	changes []changeDef
}

// changeDef is one change request, or one direct commit.
type changeDef struct {
	mode   string // merge, direct, squash, together (merge of a single commit)
	title  string
	merger string // role
	wait   span   // between the last commit and the merge
	trail  []string
	steps  []stepDef
	truth  []mapping // truths about its mainline commit
}

// readScenario reads every file of the folder demo.
func readScenario(fsys fs.FS) (*scenario, error) {
	s := &scenario{lists: mapping{}, byName: map[string]*lifeDef{}, branch: "main"}
	names, err := fs.Glob(fsys, "demo/*.yaml")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		doc, found := yamldoc.Parse(path.Base(name), data)
		if doc == nil || len(found) > 0 {
			return nil, fmt.Errorf("read %q: %d findings, the first %q at line %d", name, len(found), found[0].Key, found[0].Position.Line)
		}
		if err := s.add(doc.Root()); err != nil {
			return nil, fmt.Errorf("read %q: %w", name, err)
		}
	}
	return s, nil
}

func (s *scenario) add(o yamldoc.Object) error {
	if b := o.Text("branch"); b != "" {
		s.branch = b
	}
	if o.Has("messages") {
		s.first, s.merges = o.Object("messages").Text("first"), o.Object("messages").Text("merge")
	}
	for _, key := range o.Object("lists").Keys() {
		s.lists[key] = o.Object("lists").Plain(key)
	}
	if people, ok := o.Plain("people").([]any); ok {
		s.people = append(s.people, people...)
	}
	if notes, ok := o.Plain("notes").([]any); ok {
		s.notes = append(s.notes, notes...)
	}
	s.grow = append(s.grow, o.Items("grow")...)
	s.made = append(s.made, o.Items("made")...)
	for _, item := range o.Items("lives") {
		life, err := s.readLife(item)
		if err != nil {
			return fmt.Errorf("read life %q: %w", item.Text("name"), err)
		}
		s.lives = append(s.lives, life)
		s.byName[life.name] = life
	}
	return nil
}

// readLife reads a life, or one that is like another but for name and vars.
func (s *scenario) readLife(o yamldoc.Object) (*lifeDef, error) {
	if like := s.byName[o.Text("like")]; like != nil {
		l := *like
		l.name, l.vars = o.Text("name"), o.Items("vars")
		return &l, nil
	}
	p := o.Object("plan")
	l := &lifeDef{
		name: o.Text("name"), kind: o.Text("kind"), id: o.Text("id"), vars: o.Items("vars"), base: o.Plain("base"),
		plan: planDef{
			setup: p.Text("setup"), by: p.Text("by"), each: p.Text("each"), spread: p.Flag("spread"),
			every: p.Text("every"), offset: p.Text("offset"), skip: p.Texts("skip"), brings: p.Text("brings"), rate: number(p, "rate"),
		},
		steps: map[string]mapping{},
	}
	for _, truth := range p.Items("missed") {
		l.plan.missed = append(l.plan.missed, truth.Fields())
	}
	for _, key := range o.Object("steps").Keys() {
		l.steps[key] = o.Object("steps").Object(key).Fields()
	}
	for _, item := range o.Items("stories") {
		st, err := l.readStory(item)
		if err != nil {
			return nil, fmt.Errorf("read story %q: %w", item.Text("name"), err)
		}
		l.stories = append(l.stories, st)
	}
	return l, nil
}

func (l *lifeDef) readStory(o yamldoc.Object) (story, error) {
	st := story{
		name: o.Text("name"), weight: number(o, "weight"), vars: o.Items("vars"),
		set: o.Plain("set"), shift: number(o, "misfiled"), follows: o.Flag("follows"),
	}
	fractions, _ := o.Plain("at").([]any)
	for _, item := range fractions {
		f, err := strconv.ParseFloat(fmt.Sprint(item), 64)
		if err != nil {
			return st, fmt.Errorf("read fraction %q", item)
		}
		st.at = append(st.at, f)
	}
	for _, item := range o.Items("changes") {
		c, err := l.readChange(item)
		if err != nil {
			return st, err
		}
		st.changes = append(st.changes, c)
	}
	return st, nil
}

func (l *lifeDef) readChange(o yamldoc.Object) (changeDef, error) {
	c := changeDef{mode: o.Text("mode"), title: o.Text("title"), merger: o.Text("merger"), trail: o.Texts("trail")}
	var err error
	if c.wait, err = parseSpan(orElse(o.Text("wait"), "8m..80m")); err != nil {
		return c, err
	}
	for _, truth := range o.Items("truth") {
		c.truth = append(c.truth, truth.Fields())
	}
	steps, _ := o.Plain("steps").([]any)
	for _, use := range steps {
		step, err := l.readStep(use)
		if err != nil {
			return c, err
		}
		c.steps = append(c.steps, step)
	}
	return c, nil
}

func number(o yamldoc.Object, key string) int {
	n, ok := o.Number(key)
	if !ok || !n.IsInt() {
		return 0
	}
	return int(n.Num().Int64())
}

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
