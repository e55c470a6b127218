package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"kept/internal/annotate"
	"kept/internal/intake"
	"kept/internal/locale"
	"kept/internal/pipeline"
	"kept/internal/submit"
)

// update makes the files beside the records of a repository anew.
func (a *app) update(f *founding) error {
	for _, flag := range []string{"organisation", "organisation-en", "language", "time-zone", "branch", "people", "hook", "commit"} {
		if f.given(flag) {
			return a.misuse("init.update-flag", locale.A("flag", "--"+flag))
		}
	}
	r, err := a.updating(f)
	if err != nil {
		return err
	}
	ctx := context.Background()
	u, found, err := pipeline.PlanUpdate(ctx, r)
	switch {
	case errors.Is(err, pipeline.ErrNoSuchFile):
		return a.misuse("init.update-file", locale.A("why", err.Error()))
	case err != nil || len(found) > 0:
		return a.wrote("", found, err)
	}
	if !f.dryRun {
		if err := u.Write(); err != nil {
			return err
		}
	}
	return a.updated(ctx, f, u)
}

// updating is the request of what was told.
func (a *app) updating(f *founding) (pipeline.UpdateRequest, error) {
	r := pipeline.UpdateRequest{Dir: f.dir, Version: a.Version, Environment: os.Environ(), Now: a.Now()}
	if r.Dir == "" {
		r.Dir = a.dir
	}
	if _, err := os.Stat(filepath.Join(r.Dir, "kept.yaml")); err != nil {
		return r, a.misuse("init.update-nowhere", locale.A("dir", r.Dir))
	}
	slash := func(names []string) (list []string) {
		for _, name := range names {
			list = append(list, strings.TrimPrefix(filepath.ToSlash(name), "./"))
		}
		return list
	}
	r.Take, r.Keep = slash(f.take), slash(f.keep)
	view, err := pipeline.NewInterview()
	if err != nil {
		return r, err
	}
	if f.given("forge") {
		forge := f.forge
		if forge == noForge {
			forge = ""
		} else if !slices.Contains(view.Forges, forge) {
			return r, a.misuse("init.bad-forge", locale.A("value", forge), locale.A("forges", strings.Join(view.Forges, ", ")))
		}
		r.Forge = &forge
	}
	for _, s := range f.people {
		p := intake.ParseFounder(s)
		if key, args := view.Fault(intake.AnswerAccount, p.Account); key != "" || p.Account == "" {
			return r, a.misuse("init.bad", locale.A("what", "--person "+s), locale.A("why", a.say("init.update-person", args...)))
		}
		r.People = append(r.People, p)
	}
	return r, nil
}

// updated tells what became of the files, with what changes in those that somebody
// may want to look at.
func (a *app) updated(ctx context.Context, f *founding, u *pipeline.Update) error {
	told := map[intake.Fate]string{
		intake.Added: "init.update-added", intake.Renewed: "init.update-renewed", intake.Merged: "init.update-merged", intake.Taken: "init.update-renewed",
		intake.Dropped: "init.update-dropped", intake.Gone: "init.update-gone", intake.Left: "init.update-left", intake.Contested: "init.update-contested",
	}
	changes, contested := 0, 0
	for _, file := range u.Files {
		key := told[file.Fate]
		if key == "" {
			continue
		}
		fmt.Fprintln(a.Out, annotate.Safe(a.say(key, locale.A("file", file.Path))))
		if file.Fate.Writes() {
			changes++
		}
		after := file.After
		switch file.Fate {
		case intake.Contested:
			contested++
			after = file.Fresh
		case intake.Renewed, intake.Merged, intake.Taken:
		default:
			continue
		}
		patch, err := submit.Difference(ctx, os.Environ(), file.Now, after)
		if err != nil && !errors.Is(err, submit.ErrNoGit) {
			return err
		}
		for line := range strings.Lines(patch) {
			fmt.Fprintln(a.Out, annotate.Safe("    "+strings.TrimRight(line, "\n")))
		}
	}
	tell := func(key string, args ...locale.Arg) {
		fmt.Fprintln(a.Err, annotate.Safe(a.say(key, args...)))
	}
	switch {
	case changes+contested == 0:
		tell("init.update-none")
	case f.dryRun:
		tell("init.update-preview", locale.N("n", changes))
	case changes > 0:
		tell("init.update-done", locale.N("n", changes))
	}
	if contested > 0 {
		tell("init.update-choose", locale.N("n", contested))
		return errFindings
	}
	return nil
}
