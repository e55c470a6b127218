package evidence

import (
	"slices"
	"strings"
	"time"

	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/yamldoc"
)

// The keys of a seal's file in their order.
var sealOrder = [...]string{
	record.SchemaField, record.IDField, record.TitleField, "title_en", record.StatusField, record.PeriodField,
	commitField, judgedField, versionField, recordsField, figuresField, printsField, sealedByField, sealedAtField, noteField,
	"kpi", "version", "basis", "value", "exact", "numerator", "denominator", "excluded", "verdict",
	"print", "lang", "edition", "code", "sha256",
}

// Write is the file of a seal.
func (s *Seal) Write(title locale.Text) []byte {
	fields := map[string]any{
		record.SchemaField: record.SealKind + "/v1", record.IDField: s.Period.String(), record.TitleField: title.ZH, "title_en": title.EN,
		record.StatusField: "sealed", record.PeriodField: s.Period.String(), commitField: string(s.Commit), judgedField: s.AsOf.Format(time.RFC3339),
		versionField: s.Tool, recordsField: s.Records, sealedAtField: s.At.Format(time.RFC3339),
	}
	for key, text := range map[string]string{sealedByField: s.By, noteField: strings.TrimSpace(s.Note)} {
		if text != "" {
			fields[key] = text
		}
	}
	figures, prints := []any{}, []any{}
	for _, f := range s.Figures {
		figures = append(figures, f.fields())
	}
	for _, p := range s.Prints {
		prints = append(prints, map[string]any{"print": p.Print, "lang": p.Lang, "edition": p.Edition, "code": p.Code, "sha256": p.SHA256})
	}
	fields[figuresField], fields[printsField] = figures, prints
	head := "# yaml-language-server: $schema=../../schemas/" + record.SealKind + ".schema.json\n"
	return append([]byte(head), yamldoc.Write(fields, slices.Clone(sealOrder[:]))...)
}

func (f *Figure) fields() map[string]any {
	fields := map[string]any{
		"kpi": f.KPI, "version": f.Version, "basis": f.Basis, "verdict": f.Verdict,
		"numerator": f.Numerator, "denominator": f.Denominator, "excluded": f.Excluded,
	}
	if f.Value != "" {
		fields["value"], fields["exact"] = f.Value, f.Exact
	}
	return fields
}
