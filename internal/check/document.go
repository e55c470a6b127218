package check

import (
	"slices"

	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// Fields of the system kind document.
const (
	numberField     = "number"
	supersedesField = "supersedes"
	formsField      = "forms"
	formNumberField = "form_no"
)

// documentInForce tells whether a controlled document applies.
func documentInForce(rec *record.Record) bool {
	state, ok := rec.State()
	return ok && !rec.Broken && state.Phase == schema.Done
}

// oneVersionInForce finds documents that apply beside another of the same number,
// or though one that applies replaces them (E24).
func oneVersionInForce(j *judge) {
	first := map[string]*record.Record{}
	for rec := range j.Register.Of(record.DocumentKind) {
		if !documentInForce(rec) {
			continue
		}
		if number := rec.Text(numberField); first[number] == nil {
			first[number] = rec
		} else {
			j.report(rec, rec.Position("/"+record.StatusField), "check.document-version", locale.A("other", first[number].ID))
		}
		for _, id := range rec.Texts(supersedesField) {
			old := j.Register.Get(id)
			if old != nil && old != rec && old.Kind == rec.Kind && documentInForce(old) {
				j.report(old, old.Position("/"+record.StatusField), "check.document-version.replaced", locale.A("other", rec.ID))
			}
		}
	}
}

// formsListed finds records on a form that is not their kind's, and kinds whose
// form no document lists, or only one that does not apply any more (E25). Where no
// document lists forms, nothing is said.
func formsListed(j *judge) {
	listed, former := j.forms()
	for kind := range j.Register.Kinds().All() {
		if kind.FormNo == "" {
			continue
		}
		known := len(listed)+len(former) == 0 || slices.Contains(listed, kind.FormNo)
		for rec := range j.Register.Of(kind.ID) {
			if rec.Broken {
				continue
			}
			switch form := rec.Text(formNumberField); {
			case form != "" && form != kind.FormNo:
				j.report(rec, rec.Position("/"+formNumberField), "check.form-number", locale.A("want", kind.FormNo))
			case !known && slices.Contains(former, kind.FormNo):
				j.report(rec, rec.Position("/"+formNumberField), "check.form-number.former", locale.A("form", kind.FormNo))
				known = true // once a kind
			case !known:
				j.report(rec, rec.Position("/"+formNumberField), "check.form-number.unlisted", locale.A("form", kind.FormNo))
				known = true
			}
		}
	}
}

// forms are the numbers of the forms that documents list: of those that apply or
// are being drawn up, and of the others.
func (j *judge) forms() (listed, former []string) {
	for rec := range j.Register.Of(record.DocumentKind) {
		state, ok := rec.State()
		if !ok || rec.Broken {
			continue
		}
		for _, item := range rec.Items(formsField) {
			if state.Phase == schema.Void {
				former = append(former, item.Text(formNumberField))
			} else {
				listed = append(listed, item.Text(formNumberField))
			}
		}
	}
	return listed, former
}
