package pipeline_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kept/internal/browsertest"
	"kept/internal/finding"
	"kept/internal/pipeline"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/tooltest"
)

// beyondForms are rules that ask other records, or for the end of a pause, which a
// page from the disk does not know: the check of the merge request finds them, and
// kept serve before it writes.
var beyondForms = []string{"communication-counterparty", "measurement-month", "response-invited", "step-span"}

// TestFormsPassTheCheck puts what forms give into the demo: a new record of every kind
// that people register, and the next step of records as they stand. The whole check,
// guards and rules of kinds among it, finds no error in these files that was not there.
func TestFormsPassTheCheck(t *testing.T) {
	d := newDesk(t)
	tree := filepath.Join(t.TempDir(), "tree")
	must(t, exec.Command(tooltest.Need(t, "git"), "clone", "-q", browsertest.Demo(t).Records, tree).Run())
	before := d.judged(t, tree)
	made := map[string]bool{}
	put := func(got outcome) {
		file := filepath.Join(tree, filepath.FromSlash(got.Path))
		must(t, os.MkdirAll(filepath.Dir(file), 0o777))
		must(t, os.WriteFile(file, []byte(got.Text), 0o666))
		made[got.Path] = true
	}
	news, steps := 0, 0
	for kind := range d.s.Kinds.All() {
		if values := d.least(kind); values != nil {
			d.open(kind.ID, "", nil)
			if got := d.press(t, d.local(values).(map[string]any), ""); got.Errors != "" {
				t.Logf("%s: the form asks for more: %s", kind.ID, got.Errors)
			} else {
				put(got)
				news++
			}
		}
		for i := range kind.Steps {
			rec, values := d.next(kind, kind.Steps[i], made)
			if rec == nil {
				continue
			}
			d.open(stepPage(kind, i), rec.ID, rec.Source)
			got := d.press(t, d.local(values).(map[string]any), "")
			if got.Errors != "" {
				t.Logf("%s to %s: the form refuses: %s", rec.ID, kind.Steps[i].To, got.Errors)
				continue
			}
			put(got)
			steps++
		}
	}
	t.Logf("%d new records, %d steps", news, steps)
	if news < 14 || steps < 8 {
		t.Errorf("only %d new records and %d steps", news, steps)
	}
	for said := range d.judged(t, tree) {
		path, _, _ := strings.Cut(said, " ")
		beyond := slices.ContainsFunc(beyondForms, func(rule string) bool { return strings.Contains(said, " "+rule+" ") })
		if made[path] && !before[said] && !beyond {
			t.Errorf("new: %s", said)
		}
	}
}

// judged are the errors of a work tree an hour after the forms were filled in, without
// their lines. What is late is a warning, and old records filled in today are late.
func (d *desk) judged(t *testing.T, dir string) map[string]bool {
	t.Helper()
	project, err := pipeline.Open(dir, "test")
	must(t, err)
	s, err := project.WorkTree(d.at.Add(time.Hour))
	must(t, err)
	s.Judge()
	out := map[string]bool{}
	for _, f := range s.Findings {
		if f.Severity == finding.Error {
			out[f.Position.Path+" "+f.Rule+" "+f.Key] = true
		}
	}
	return out
}

// least is what a new record of a kind that people register must hold, out of one
// that is there; nil for kinds that kept computes, and of which there is none.
func (d *desk) least(kind *schema.Kind) map[string]any {
	rec := d.last(kind)
	if rec == nil || !kind.Dated || kind.ID == record.SealKind || kind.ID == record.PublicationKind {
		return nil
	}
	values := d.registered(rec)
	for _, f := range kind.Fields {
		if !f.Required && f.Name != kind.Date || f.Default != nil {
			delete(values, f.Name)
		}
	}
	return values
}

// next is a record that stands before a step, and values for what the step asks for,
// out of one that has taken it.
func (d *desk) next(kind *schema.Kind, step schema.Step, taken map[string]bool) (*record.Record, map[string]any) {
	if step.Opens != "" || step.Closes != "" || step.Link != "" {
		return nil, nil
	}
	for rec := range d.s.Register.Of(kind.ID) {
		if rec.Broken || taken[rec.Path] || d.namesLeft(rec) || !slices.Contains(step.From, rec.Text(record.StatusField)) {
			continue
		}
		for donor := range d.s.Register.Of(kind.ID) {
			if !slices.ContainsFunc(donor.Transitions(), func(l record.Transition) bool { return l.To == step.To }) || d.namesLeft(donor) {
				continue
			}
			values := map[string]any{}
			for _, name := range step.Requires {
				f, ok := kind.Field(name)
				if v := donor.Plain(name); ok && v != nil && rec.Plain(name) == nil && !holdsDigest(f) {
					values[name] = v
				}
			}
			return rec, ordered(kind.Fields, values)
		}
	}
	return nil, nil
}
