package portal

import (
	"math"
	"strconv"

	"kept/internal/calendar"
)

// FigureBook is every figure that the period picker can show, in finished words:
// the data of a script (see htmlsite). Pages that draw figures fill it, so that
// nothing is computed for it alone.
type FigureBook struct {
	Periods []BookPeriod
	KPIs    []string          // ids in order
	Newest  map[string]string // by the name of a grain, the last complete period
	lines   map[bookKey]KPIFigures
}

// BookPeriod is one period that can be picked.
type BookPeriod struct {
	Period calendar.Period
	Name   string
	Beside [2]string         // its neighbours in the picker; itself where there is none
	Holds  []string          // the periods that lie in it, itself among them
	As     map[string]string // by the name of a grain, the period to go to from it
}

type bookKey struct{ kpi, period string }

// FigureBook starts a book of the view's periods without figures.
func (v *View) FigureBook() *FigureBook {
	b := &FigureBook{lines: map[bookKey]KPIFigures{}, Newest: map[string]string{}}
	for _, d := range v.src.Definitions {
		b.KPIs = append(b.KPIs, d.ID)
	}
	for _, g := range grains {
		if p, ok := v.newest(g); ok {
			b.Newest[string(g)] = p.String()
		}
		list := v.Pickable(g)
		for i, p := range list {
			one := BookPeriod{Period: p, Name: v.PeriodName(p), As: map[string]string{}}
			one.Beside = [2]string{list[max(0, i-1)].String(), list[min(len(list)-1, i+1)].String()}
			v.around(&one)
			b.Periods = append(b.Periods, one)
		}
	}
	return b
}

// around finds what lies in a period, and where the picker goes from it.
func (v *View) around(b *BookPeriod) {
	own := b.Period.In(v.zone)
	for _, g := range grains {
		for _, q := range v.Pickable(g) {
			span := q.In(v.zone)
			if !span.Start.Before(own.Start) && !span.End.After(own.End) {
				b.Holds = append(b.Holds, q.String())
			}
			if span.Start.Before(own.End) && own.Start.Before(span.End) {
				b.As[string(g)] = q.String() // the last that has a day of it
			}
		}
	}
}

// Add keeps a figure without its members.
func (b *FigureBook) Add(f KPIFigures) {
	f.Evidence, f.Within, f.Wider, f.Extras = nil, nil, nil, nil
	b.lines[bookKey{f.KPI, f.Key}] = f
}

// Figure is one KPI in one period; false where it has none.
func (b *FigureBook) Figure(kpi string, p calendar.Period) (KPIFigures, bool) {
	f, ok := b.lines[bookKey{kpi, p.String()}]
	return f, ok
}

// In lists the figures of a period in the order of the KPIs.
func (b *FigureBook) In(p calendar.Period) []KPIFigures {
	var list []KPIFigures
	for _, kpi := range b.KPIs {
		if f, ok := b.Figure(kpi, p); ok {
			list = append(list, f)
		}
	}
	return list
}

// Height is where a figure lies in a small trend of 28 units, from 25 for the
// lowest of the KPI's figures over periods of this length to 3 for the highest;
// "" where there is none.
func (b *FigureBook) Height(f KPIFigures, g calendar.Grain) string {
	if f.Number == nil {
		return ""
	}
	low, high := math.Inf(1), math.Inf(-1)
	for _, p := range b.Periods {
		if one, ok := b.Figure(f.KPI, p.Period); ok && p.Period.Grain == g && one.Number != nil {
			low, high = min(low, *one.Number), max(high, *one.Number)
		}
	}
	if low >= high {
		return "14"
	}
	return strconv.FormatFloat(25-22*(*f.Number-low)/(high-low), 'f', 1, 64)
}

// Verdicts says how many of a period's figures met their target, as the value and
// the target of a figure over all of them.
func (v *View) Verdicts(figures []KPIFigures) KPIFigures {
	var f KPIFigures
	f.Value, f.Target = v.verdicts(figures)
	return f
}

// NoFigure says of a KPI that it has no figure for a period shorter than its own.
func (v *View) NoFigure(kpi string) string { return v.noFigure(v.byKPI[kpi].Cadence) }

// NoValue stands where there is no figure.
const NoValue = noValue
