package evidence

import (
	"fmt"
	"time"

	"kept/internal/calendar"
	"kept/internal/gitrepo"
	"kept/internal/metric"
	"kept/internal/record"
	"kept/internal/yamldoc"
)

// The fields of a seal (schemas/seal.schema.json).
const (
	commitField   = "commit"
	judgedField   = "judged_at"
	versionField  = "kept_version"
	figuresField  = "figures"
	printsField   = "prints"
	recordsField  = "records"
	sealedByField = "sealed_by"
	sealedAtField = "sealed_at"
	noteField     = "note"
)

// Figure is a published result.
type Figure struct {
	KPI         string
	Version     int // of the definition
	Basis       string
	Value       string // to the digits that are printed, "" for none
	Exact       string // the rational, "" for none
	Numerator   int
	Denominator int
	Excluded    int
	Verdict     string
}

// Key tells figures of one seal apart.
func (f Figure) Key() string { return f.KPI + " " + f.Basis }

// Words says a figure shortly, in no language: value, numerator over denominator,
// what was left out and the verdict; a dash where there is none.
func (f Figure) Words() string {
	if f == (Figure{}) {
		return "—"
	}
	value := f.Value
	if value == "" {
		value = "—"
	}
	return fmt.Sprintf("%s (%d/%d, −%d, %s)", value, f.Numerator, f.Denominator, f.Excluded, f.Verdict)
}

// FigureOf is a result as it is published.
func FigureOf(d *metric.Definition, r metric.Result) Figure {
	f := Figure{
		KPI: d.ID, Version: r.Version, Basis: string(r.Basis), Verdict: string(r.Status),
		Numerator: len(r.Numerator), Denominator: len(r.Denominator), Excluded: len(r.Excluded),
	}
	if r.Value != nil {
		f.Value, f.Exact = r.Value.FloatString(d.Digits), r.Value.RatString()
	}
	return f
}

// SealedPrint is one paper of a sealed period.
type SealedPrint struct {
	Print, Lang, Edition string
	Code                 string
	SHA256               string // of the file
}

// Seal is what was published of a period: figures and papers, and the mainline
// commit whose tree and history gave them.
type Seal struct {
	Period  calendar.Period
	Commit  gitrepo.Hash
	AsOf    time.Time // the moment that judged the figures
	Tool    string    // version of kept
	Figures []Figure
	Prints  []SealedPrint
	Records int // in the sealed tree
	By      string
	At      time.Time
	Note    string
}

// ReadSeal reads a seal from its record; false where it cannot be one.
func ReadSeal(rec *record.Record) (Seal, bool) {
	if rec == nil || rec.Broken || rec.Kind == nil || rec.Kind.ID != record.SealKind {
		return Seal{}, false
	}
	p, err := calendar.ParsePeriod(rec.Text(record.PeriodField))
	asOf, ok := yamldoc.ParseInstant(rec.Text(judgedField))
	if err != nil || !ok || rec.Text(commitField) == "" || p.String() != rec.ID {
		return Seal{}, false
	}
	at, _ := yamldoc.ParseInstant(rec.Text(sealedAtField))
	s := Seal{
		Period: p, Commit: gitrepo.Hash(rec.Text(commitField)), AsOf: asOf, Tool: rec.Text(versionField),
		Records: whole(rec.Object, recordsField), By: rec.Text(sealedByField), At: at, Note: rec.Text(noteField),
	}
	for _, o := range rec.Items(figuresField) {
		s.Figures = append(s.Figures, Figure{
			KPI: o.Text("kpi"), Version: whole(o, "version"), Basis: o.Text("basis"), Value: o.Text("value"), Exact: o.Text("exact"),
			Numerator: whole(o, "numerator"), Denominator: whole(o, "denominator"), Excluded: whole(o, "excluded"), Verdict: o.Text("verdict"),
		})
	}
	for _, o := range rec.Items(printsField) {
		s.Prints = append(s.Prints, SealedPrint{
			Print: o.Text("print"), Lang: o.Text("lang"), Edition: o.Text("edition"), Code: o.Text("code"), SHA256: o.Text("sha256"),
		})
	}
	return s, true
}

// whole reads an integer that the schema bounds, zero where there is none.
func whole(o yamldoc.Object, key string) int {
	n, ok := o.Number(key)
	if !ok || !n.IsInt() || !n.Num().IsInt64() {
		return 0
	}
	return int(n.Num().Int64())
}

// Path is where a seal's record lies.
func (s *Seal) Path() string {
	return record.Folder + "/" + record.SealKind + "/" + s.Period.String() + ".yaml"
}

// Tag is the name of the signed tag that confirms a seal.
func Tag(p calendar.Period) string { return "kept/seal/" + p.String() }
