package demo

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"time"

	"kept/internal/gitrepo"
	"kept/internal/intake"
	"kept/internal/record"
)

// setUp makes the first commits, on the first working days: the files every new
// repository gets, then one commit for each life that is planned for it.
func (s *stage) setUp() error {
	now := s.schedule.after(s.start, 20*time.Minute)
	tree, err := s.firstFiles()
	if err != nil {
		return err
	}
	if err := s.setUpCommit(tree, now, s.scenario.lives[0].plan.by, s.scenario.first); err != nil {
		return err
	}
	for _, def := range s.scenario.lives {
		if def.plan.setup == "" {
			continue
		}
		now = s.schedule.after(now, 35*time.Minute)
		tree, err := s.setUpLives(s.tree, def, now)
		if err != nil {
			return fmt.Errorf("set up %q: %w", def.name, err)
		}
		if err := s.setUpCommit(tree, now, def.plan.by, def.plan.setup); err != nil {
			return err
		}
	}
	s.truth.add(s.fillNotes(), "", "", "")
	return nil
}

func (s *stage) setUpCommit(tree *gitrepo.Tree, now time.Time, role, message string) error {
	who, err := s.cast.holder(newDice(s.req.Seed, message), role, now)
	if err != nil {
		return err
	}
	_, err = s.advance(tree, who.signs(now), who.signs(now), message)
	return err
}

// setUpLives writes the first version of one record for each item.
func (s *stage) setUpLives(tree *gitrepo.Tree, def *lifeDef, now time.Time) (*gitrepo.Tree, error) {
	items := []any{nil}
	if def.plan.each != "" {
		items, _ = s.scenario.lists[def.plan.each].([]any)
	}
	for i, item := range items {
		l, err := s.begin(def, now, mapping{"it": item, "n": fmt.Sprint(i + 1)}, i, len(items))
		if err != nil {
			return nil, err
		}
		tree = apply(tree, l.files(stepDef{}))
		if def.kind == record.DocumentKind && s.req.Site != nil {
			if tree, err = s.documents(tree, now); err != nil {
				return nil, err
			}
		}
		s.queue.plan(now, l.proceed)
		s.records++
	}
	return tree, nil
}

// firstFiles are the kinds, what kept init gives, and the scenario's own files.
func (s *stage) firstFiles() (*gitrepo.Tree, error) {
	tree := &gitrepo.Tree{}
	var err error
	for _, from := range []struct {
		fsys      fs.FS
		root, top string
	}{
		{s.req.Schemas, ".", "schemas/"},
		{s.req.Templates, "init/records", "records/"},
		{s.req.Templates, "demo/files", ""},
	} {
		if from.fsys == nil {
			continue
		}
		if tree, err = s.copyFiles(tree, from.fsys, from.root, from.top); err != nil {
			return nil, err
		}
	}
	return tree, nil
}

// versionDay is the day of a version in the front matter of a document.
var versionDay = regexp.MustCompile(`(?m)^(  - \{version: .*\bdate: ")[0-9-]{10}"`)

// documents puts the texts of the controlled documents beside their record, with its
// day in their table of versions.
func (s *stage) documents(tree *gitrepo.Tree, now time.Time) (*gitrepo.Tree, error) {
	names, err := fs.Glob(s.req.Site, "content/*.md")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		data, err := fs.ReadFile(s.req.Site, name)
		if err != nil {
			return nil, err
		}
		day := s.schedule.day(now, 0).String()
		tree = tree.Put("site/"+name, versionDay.ReplaceAll(data, []byte("${1}"+day+`"`)))
	}
	return tree, nil
}

func (s *stage) copyFiles(tree *gitrepo.Tree, fsys fs.FS, root, top string) (*gitrepo.Tree, error) {
	err := fs.WalkDir(fsys, root, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		to := top + strings.TrimPrefix(strings.TrimPrefix(name, root), "/")
		if strings.HasPrefix(to, "records/") {
			s.records++
		}
		tree = tree.Put(to, intake.Begun(to, data, s.start.Format(time.DateOnly)))
		return nil
	})
	return tree, err
}

func (s *stage) fillNotes() []mapping {
	var out []mapping
	sc := s.scope("notes", s.last)
	for _, n := range s.scenario.notes {
		if m, ok := sc.fill(n).(mapping); ok {
			out = append(out, m)
		}
	}
	return out
}
