package pipeline

import (
	"time"

	"kept/internal/metric"
)

// FigureObject is one KPI result in JSON. Its keys are a public interface; times
// are RFC 3339 in the organisation's zone.
type FigureObject struct {
	KPI         string           `json:"kpi"`
	Version     int              `json:"definition_version"`
	Period      string           `json:"period"`
	AsOf        string           `json:"as_of"`
	Commit      string           `json:"source_commit"`
	Basis       string           `json:"basis"`
	Unit        string           `json:"unit"`
	Value       *string          `json:"value"` // exact to six decimals, null for none
	Exact       string           `json:"exact,omitempty"`
	Numerator   int              `json:"numerator"`
	Denominator int              `json:"denominator"`
	Ratio       *[2]string       `json:"ratio,omitempty"` // what the value divides, where that is no number of members
	Excluded    int              `json:"excluded"`
	NotYetDue   int              `json:"not_yet_due"`
	Flagged     int              `json:"flagged"`
	Target      *string          `json:"target"`
	AtMost      bool             `json:"target_at_most,omitempty"`
	Status      string           `json:"status"`
	Unfinished  bool             `json:"unfinished,omitempty"`
	Small       bool             `json:"small_sample,omitempty"`
	Interval    *[2]float64      `json:"interval,omitempty"`
	Beside      []BesideObject   `json:"beside,omitempty"`
	Level       string           `json:"level,omitempty"`  // the lowest that any counted member has
	Levels      map[string]int   `json:"levels,omitempty"` // how many counted members each level has
	Evidence    []EvidenceObject `json:"evidence,omitempty"`
}

// BesideObject is a figure beside the headline.
type BesideObject struct {
	Title   string           `json:"title"`
	Unit    string           `json:"unit"`
	Value   *string          `json:"value"`
	Members []EvidenceObject `json:"members,omitempty"`
}

// EvidenceObject is one member behind a figure.
type EvidenceObject struct {
	Part   string `json:"part"` // numerator, missed, excluded, not_yet_due, flagged, beside
	Record string `json:"record"`
	Item   string `json:"item,omitempty"`
	Due    string `json:"due,omitempty"`
	Done   string `json:"done,omitempty"`
	Reason string `json:"reason,omitempty"`
	Commit string `json:"commit,omitempty"`
	Level  string `json:"level,omitempty"`
}

// Figure writes a result for machines, with its evidence where asked for.
func Figure(d *metric.Definition, r metric.Result, evidence bool) FigureObject {
	o := FigureObject{
		KPI: r.KPI, Version: r.Version, Period: r.Period.String(), AsOf: r.AsOf.Format(time.RFC3339),
		Commit: string(r.Commit), Basis: string(r.Basis), Unit: string(r.Unit),
		Numerator: len(r.Numerator), Denominator: len(r.Denominator), Excluded: len(r.Excluded),
		NotYetDue: len(r.NotYetDue), Flagged: len(r.Flagged),
		Status: string(r.Status), Unfinished: r.Unfinished, Small: r.Small,
	}
	if r.Value != nil {
		text := r.Value.FloatString(6)
		o.Value, o.Exact = &text, r.Value.RatString()
	}
	if r.Target != nil {
		text := r.Target.Value.FloatString(d.Digits)
		o.Target, o.AtMost = &text, r.Target.AtMost
	}
	if r.Interval != nil {
		o.Interval = &[2]float64{r.Interval.Low, r.Interval.High}
	}
	if r.Ratio != nil && r.Ratio.Whole != nil {
		o.Ratio = &[2]string{r.Ratio.Part.RatString(), r.Ratio.Whole.RatString()}
	}
	for _, x := range r.Extra {
		o.Beside = append(o.Beside, besideOf(x, evidence))
	}
	if evidence {
		o.Evidence = members(&r)
	}
	return o
}

func besideOf(x metric.Extra, evidence bool) BesideObject {
	o := BesideObject{Title: x.Title.EN, Unit: string(x.Unit)}
	if x.Value != nil {
		text := x.Value.FloatString(6)
		o.Value = &text
	}
	if evidence {
		for _, e := range x.Members {
			o.Members = append(o.Members, evidenceObject("beside", e))
		}
	}
	return o
}

func evidenceObject(part string, e metric.Evidence) EvidenceObject {
	return EvidenceObject{
		Part: part, Record: e.Record, Item: e.Item, Due: instant(e.Due), Done: instant(e.Done),
		Reason: e.Reason.EN, Commit: string(e.Commit),
	}
}

func members(r *metric.Result) []EvidenceObject {
	list := []EvidenceObject{}
	add := func(part string, evidence []metric.Evidence) {
		for _, e := range evidence {
			list = append(list, evidenceObject(part, e))
		}
	}
	add("numerator", r.Numerator)
	add("missed", r.Missed())
	add("excluded", r.Excluded)
	add("not_yet_due", r.NotYetDue)
	add("flagged", r.Flagged)
	return list
}

func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}
