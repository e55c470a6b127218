package portal

import (
	"math/big"
	"strconv"
	"sync"

	"kept/internal/calendar"
	"kept/internal/chart"
	"kept/internal/locale"
	"kept/internal/metric"
)

// mostYears bounds the years that a gathering page shows, the newest ones.
const mostYears = 10

// hubYears counts what is gathered by year, as a table and as bands of months.
func (v *View) hubYears(list []gathering) (Table, *chart.Bands) {
	first, last := 0, 0
	for _, g := range list {
		for _, m := range g.members {
			if y := m.date.Year(); !m.date.IsZero() && m.date.Before(v.src.AsOf) {
				if first == 0 || y < first {
					first = y
				}
				last = max(last, y)
			}
		}
	}
	t := Table{ID: "years", Title: v.p.Say("portal.by-year"), Columns: []Column{{Key: "kind", Title: v.p.Say("portal.gathered-kind"), Screen: true}}}
	if first == 0 {
		return t, nil
	}
	first = max(first, last-mostYears+1)
	bands := &chart.Bands{First: first, Years: last - first + 1}
	for y := first; y <= last; y++ {
		t.Columns = append(t.Columns, Column{Key: strconv.Itoa(y), Title: strconv.Itoa(y), Align: Right, Screen: true})
	}
	for _, g := range list {
		band, any := chart.Band{Text: v.p.Text(g.kind.Title), Counts: make([]int, 12*bands.Years)}, false
		row := Row{Cells: []Cell{{Text: band.Text}}}
		byYear := make([]int, bands.Years)
		for _, m := range g.members {
			if y := m.date.Year() - first; !m.date.IsZero() && m.date.Before(v.src.AsOf) && y >= 0 {
				byYear[y]++
				band.Counts[12*y+int(m.date.Month())-1]++
				any = true
			}
		}
		for _, n := range byYear {
			row.Cells = append(row.Cells, Cell{Text: strconv.Itoa(n)})
		}
		if any {
			t.Rows, bands.Rows = append(t.Rows, row), append(bands.Rows, band)
		}
	}
	bands.Speak = v.p.Say("portal.by-year-speak", locale.N("from", first), locale.N("to", last))
	return t, bands
}

// shares counts, for each gathering record, the members of yearly figures that it
// gathers: of a KPI, in a year.
type shares struct {
	once sync.Once
	of   map[string]map[shareKey]share
}

type shareKey struct {
	kpi  string
	year int
}

type share struct{ part, whole int }

// hubFigures are the KPIs that count records as a share, of the records that one
// record gathers: a customer's own answer in time. Of fewer than five what leaves
// the company says nothing (domain.md §0.12).
func (v *View) hubFigures(id string) Table {
	v.shares.once.Do(v.countShares)
	t := Table{ID: "figures", Title: v.p.Say("portal.hub-figures"), Columns: []Column{{Key: "kpi", Title: v.p.Say("portal.hub-kpi"), Screen: true}}}
	mine := v.shares.of[id]
	years := v.src.Periods(calendar.FullYear)
	years = years[max(0, len(years)-mostYears):]
	for _, y := range years {
		t.Columns = append(t.Columns, Column{Key: y.String(), Title: v.period(y), Align: Right, Screen: true})
	}
	for _, d := range v.src.Definitions {
		row, any := Row{Cells: []Cell{{Text: d.ID + " " + v.p.Text(d.Title), Link: recordLink(kpiFolder, d.ID)}}}, false
		for _, y := range years {
			s, ok := mine[shareKey{d.ID, y.Year}]
			any = any || ok
			row.Cells = append(row.Cells, Cell{Text: v.shareWords(d, s)})
		}
		if any {
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

func (v *View) shareWords(d *metric.Definition, s share) string {
	switch {
	case s.whole == 0:
		return noValue
	case s.whole < fewest && v.src.Policy.Edition.Leaves():
		return v.p.Say("portal.too-few")
	}
	return v.quantity(big.NewRat(int64(100*s.part), int64(s.whole)), metric.Percent, d.Digits) + " (" + strconv.Itoa(s.part) + "/" + strconv.Itoa(s.whole) + ")"
}

// countShares goes once through the yearly figures and hands each member to the
// records that gather it.
func (v *View) countShares() {
	v.shares.of = map[string]map[shareKey]share{}
	owners := map[string][]string{}
	for kind := range v.src.Register.Kinds().All() {
		for _, g := range kind.Gathers {
			for rec := range v.src.Register.Of(kind.ID) {
				for _, id := range v.membersOf(rec.ID, g) {
					owners[id] = append(owners[id], rec.ID)
				}
			}
		}
	}
	for _, d := range v.src.Definitions {
		if d.Unit != metric.Percent || !d.Cadence.Fits(calendar.FullYear) {
			continue
		}
		for _, y := range v.src.Periods(calendar.FullYear) {
			r := v.src.Result(d, y, basisOf(d))
			if countsMembers(&r) {
				v.share(shareKey{d.ID, y.Year}, &r, owners)
			}
		}
	}
}

// countsMembers tells whether a figure is its numerator over its denominator.
func countsMembers(r *metric.Result) bool {
	return r.Value != nil && len(r.Denominator) > 0 &&
		r.Value.Cmp(big.NewRat(int64(100*len(r.Numerator)), int64(len(r.Denominator)))) == 0
}

func (v *View) share(key shareKey, r *metric.Result, owners map[string][]string) {
	add := func(list []metric.Evidence, part int) {
		for _, e := range list {
			if e.Item != "" && len(owners[e.Record]) > 1 {
				continue // an item of a record about several: nothing says whose it is
			}
			for _, owner := range owners[e.Record] {
				if v.shares.of[owner] == nil {
					v.shares.of[owner] = map[shareKey]share{}
				}
				s := v.shares.of[owner][key]
				v.shares.of[owner][key] = share{s.part + part, s.whole + 1 - part}
			}
		}
	}
	add(r.Denominator, 0)
	add(r.Numerator, 1)
}
