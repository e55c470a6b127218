package check

import (
	"slices"
	"strings"

	"kept/internal/locale"
	"kept/internal/record"
)

// referencesExist finds references to records that are not there (E1). One that
// was disposed of after its retention is rightly gone (domain.md §9.4).
func referencesExist(j *judge, rec *record.Record) {
	for _, ref := range j.Register.From(rec.ID) {
		if j.Register.Get(ref.To) == nil && !j.Register.Disposed(ref.To) {
			j.report(rec, rec.Position(ref.Pointer), "check.reference-missing", j.fieldArg(rec, ref.Field))
		}
	}
}

// referencesFit finds references to a record of the wrong kind.
func referencesFit(j *judge, rec *record.Record) {
	for _, ref := range j.Register.From(rec.ID) {
		to := j.Register.Get(ref.To)
		if to == nil || to.Kind == nil || len(ref.Kinds) == 0 || slices.Contains(ref.Kinds, to.Kind.ID) {
			continue
		}
		j.report(rec, rec.Position(ref.Pointer), "check.reference-kind",
			j.fieldArg(rec, ref.Field), locale.T("got", to.Kind.Title), locale.T("want", j.kindTitles(ref.Kinds)))
	}
}

func (j *judge) kindTitles(ids []string) locale.Text {
	var zh, en []string
	for _, id := range ids {
		title := locale.Plain(id)
		if kind := j.Register.Kinds().Kind(id); kind != nil {
			title = kind.Title
		}
		zh, en = append(zh, title.ZH), append(en, title.EN)
	}
	return locale.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}

// fieldArg is the argument "field": a field's label.
func (j *judge) fieldArg(rec *record.Record, path string) locale.Arg {
	return locale.T("field", rec.Kind.NameTitle(path))
}
