package portal

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"kept/internal/expr"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// picks tells which records the layout's condition wants. It remembers the first
// that had no result, and so looks at others only once for all of them.
func (v *View) picks(l *Layout, kind *schema.Kind) func(*record.Record) bool {
	if l.Filter == nil {
		return func(*record.Record) bool { return true }
	}
	var others *record.Others
	if v.src.Calendar != nil && slices.ContainsFunc(kind.Lookups, func(look schema.Lookup) bool { return slices.Contains(l.Filter.Names(), look.Name) }) {
		others = record.NewOthers(v.src.Register, v.src.Calendar, v.src.AsOf)
	}
	meter := &expr.Meter{}
	return func(rec *record.Record) bool {
		if rec.Broken || rec.Kind == nil {
			return true // it may belong here, and is not lost
		}
		facts := record.Facts{Zone: v.zone, AsOf: v.src.AsOf, Until: v.src.AsOf, Others: others}
		if v.src.Calendar != nil {
			facts.Due = func(limit schema.TimeLimit) time.Time {
				d, _ := rec.Deadline(limit, v.src.Calendar, v.firstValue(rec), v.src.AsOf)
				return d.Due
			}
		}
		vars := expr.Vars{}
		rec.Fill(vars, l.Filter.Names(), facts)
		return meter.Holds(l.Filter, vars, rec.ID)
	}
}

// arrange orders the rows of a register, parts them into groups and adds totals.
func (v *View) arrange(l *Layout, kind *schema.Kind, t *Table) {
	orderRows(t, l.Sort)
	if l.Group != "" {
		v.group(l, kind, t)
	}
	if len(l.Totals) > 0 && len(t.Rows) > 0 {
		total := v.totalRow(l, t, t.plain().Rows)
		total.Kind, total.Head = TotalRow, v.p.Say("portal.print-total", locale.N("n", len(t.plain().Rows)))
		t.Rows = append(t.Rows, total)
	}
}

// orderRows sorts by a column, rows alike by their old order; - before its key turns
// the order. Numbers are compared as numbers.
func orderRows(t *Table, key string) {
	key, down := strings.CutPrefix(key, "-")
	i := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Key == key })
	if i < 0 {
		return
	}
	value := func(r Row) string { return cmp.Or(r.Cells[i].Sort, r.Cells[i].Text) }
	slices.SortStableFunc(t.Rows, func(a, b Row) int {
		order := compareTexts(value(a), value(b))
		if down {
			return -order
		}
		return order
	})
}

func compareTexts(a, b string) int {
	x, okX := decimal(a)
	y, okY := decimal(b)
	if okX && okY {
		return x.Cmp(y)
	}
	return cmp.Compare(a, b)
}

// decimal reads a plain decimal, as 99.90; no fraction, exponent or sign of percent.
func decimal(s string) (*big.Rat, bool) {
	if s == "" || len(s) > 40 || strings.Trim(s, "-.0123456789") != "" {
		return nil, false
	}
	return new(big.Rat).SetString(s)
}

// group parts the rows by the value of the layout's name, each part below a head, in
// the order of the language. What has no value comes last.
func (v *View) group(l *Layout, kind *schema.Kind, t *Table) {
	label := v.p.Text(v.nameTitle(kind, l.Group))
	parts := map[string][]Row{}
	var names []string
	for _, row := range t.Rows {
		name := ""
		if rec := v.src.Register.Get(row.ID); rec != nil && !rec.Broken && rec.Kind != nil {
			r := v.reader(rec)
			name = r.v.flat(r.named(v.inLanguage(r, l.Group)))
		}
		if _, known := parts[name]; !known {
			names = append(names, name)
		}
		parts[name] = append(parts[name], row)
	}
	locale.SortBy(v.Lang(), names, func(name string) string { return name })
	if none := slices.Index(names, ""); none >= 0 {
		names = append(slices.Delete(names, none, none+1), "")
	}
	t.Rows = nil
	for _, name := range names {
		rows := parts[name]
		head := v.p.Say("portal.group", locale.A("label", label), locale.A("value", cmp.Or(name, v.p.Say("portal.facet-none"))), locale.N("n", len(rows)))
		t.Rows = append(t.Rows, Row{Kind: GroupRow, Head: head})
		t.Rows = append(t.Rows, rows...)
		if len(l.Totals) > 0 {
			sub := v.totalRow(l, t, rows)
			sub.Kind, sub.Head = SubtotalRow, v.p.Say("portal.subtotal", locale.N("n", len(rows)))
			t.Rows = append(t.Rows, sub)
		}
	}
}

// totalRow adds up the columns that the layout names over some rows.
func (v *View) totalRow(l *Layout, t *Table, rows []Row) Row {
	total := Row{Cells: make([]Cell, len(t.Columns))}
	for _, one := range l.Totals {
		at := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Key == one.Name })
		if at < 0 {
			continue
		}
		cells := make([]Cell, len(rows))
		for i, r := range rows {
			cells[i] = r.Cells[at]
		}
		total.Cells[at].Text = addUp(cells, one.Take)
	}
	return total
}

// addUp is a total of cells as they are printed, so that it says nothing that the
// rows hide; a sum over what is no number is a dash.
func addUp(cells []Cell, take TotalKind) string {
	sum, digits, filled, good, judged := new(big.Rat), 0, 0, 0, 0
	numbers := true
	for _, c := range cells {
		if c.Text == "" {
			continue
		}
		filled++
		if n, ok := decimal(c.Text); ok {
			sum.Add(sum, n)
			_, fraction, _ := strings.Cut(c.Text, ".")
			digits = max(digits, len(fraction))
		} else {
			numbers = false
		}
		switch c.Tone {
		case Good:
			good, judged = good+1, judged+1
		case Bad:
			judged++
		}
	}
	switch {
	case take == CountTotal:
		return strconv.Itoa(filled)
	case take == MetTotal:
		return strconv.Itoa(good) + "/" + strconv.Itoa(judged)
	case !numbers || filled == 0:
		return "—"
	}
	return sum.FloatString(digits)
}
