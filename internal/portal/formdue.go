package portal

import (
	"net/url"
	"slices"
	"time"

	"kept/internal/record"
	"kept/internal/schema"
)

// handed adds to the address of a step's form the due times that the step
// requires in writing: working days are counted here, not in a browser.
func (v *View) handed(form Link, rec *record.Record, step schema.Step) Link {
	if form.Page == "" || v.src.Calendar == nil {
		return form
	}
	for _, l := range rec.Kind.Limits {
		f, ok := rec.Kind.Field(l.Typed)
		if !ok || !slices.Contains(step.Requires, l.Typed) || rec.Present(l.Typed) || v.hides(f.Class) {
			continue
		}
		d, ok := rec.Deadline(l, v.src.Calendar, rec.Text, v.src.AsOf)
		if !ok || d.Due.IsZero() {
			continue
		}
		layout := time.RFC3339
		if f.Type == schema.DateField {
			layout = time.DateOnly
		}
		form.Hash += "&s." + l.Typed + "=" + url.QueryEscape(d.Due.In(v.zone).Truncate(time.Second).Format(layout))
	}
	return form
}
