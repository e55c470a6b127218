package portal

import (
	"math/big"
	"strconv"
	"strings"

	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/metric"
)

// noValue stands where there is no figure (domain.md §7.1.3).
const noValue = "—"

// figure says a KPI's value with its unit.
func (v *View) figure(d *metric.Definition, r *metric.Result) string {
	if r.Status == metric.TooFew && r.Value != nil {
		return v.p.Say("portal.too-few-value", locale.N("n", len(r.Numerator)), locale.N("of", len(r.Denominator)))
	}
	return v.quantity(r.Value, r.Unit, d.Digits)
}

// large is the value that stands large, with its verdict beside it: of a sample
// too small to judge the count alone, whose reason the verdict says.
func (v *View) large(d *metric.Definition, r *metric.Result) string {
	if r.Status == metric.TooFew && r.Value != nil {
		return strconv.Itoa(len(r.Numerator)) + "/" + strconv.Itoa(len(r.Denominator))
	}
	return v.figure(d, r)
}

// quantity rounds half away from zero for print only (domain.md §7.1.8).
func (v *View) quantity(value *big.Rat, unit metric.Unit, digits int) string {
	if value == nil {
		return noValue
	}
	if unit == metric.Count && value.IsInt() {
		digits = 0
	}
	n := v.p.Decimal(value, digits)
	switch unit {
	case metric.Percent:
		return n + "%"
	case metric.Points:
		if value.Sign() > 0 {
			return "+" + n
		}
		return n
	case metric.Hours:
		return v.p.Say("portal.hours", locale.A("n", n))
	}
	return n
}

// target says a target in words: 不低于 98%.
func (v *View) target(t *metric.Target, unit metric.Unit) string {
	if t == nil {
		return v.p.Say("portal.no-target")
	}
	value := locale.A("value", v.quantity(t.Value, unit, decimals(t.Value)))
	if t.AtMost {
		return v.p.Say("portal.at-most", value)
	}
	return v.p.Say("portal.at-least", value)
}

// decimals is how many a target needs to be said exactly, two at most.
func decimals(r *big.Rat) int {
	if r == nil || r.IsInt() {
		return 0
	}
	return len(strings.TrimRight(r.FloatString(2), "0")) - strings.IndexByte(r.FloatString(2), '.') - 1
}

// status says a verdict in words.
func (v *View) status(r *metric.Result) Cell {
	c := Cell{Tone: statusTone(r.Status)}
	switch r.Status {
	case metric.Met:
		c.Text = v.p.Say("portal.met")
	case metric.Missed:
		c.Text = v.p.Say("portal.missed")
	case metric.NoTarget:
		c.Text = v.p.Say("portal.information")
	case metric.Provisional:
		c.Text = v.p.Say("portal.provisional")
	case metric.TooFew:
		c.Text = v.p.Say("portal.too-few")
	default:
		c.Text = v.p.Say("portal.no-data")
	}
	return c
}

func statusTone(s metric.Status) Tone {
	switch s {
	case metric.Met:
		return Good
	case metric.Missed:
		return Bad
	case metric.Provisional, metric.TooFew:
		return Warn
	}
	return Muted
}

// basis says which of the three times a figure judges by.
func (v *View) basis(b metric.Basis) string {
	switch b {
	case metric.Submitted:
		return v.p.Say("portal.submitted")
	case metric.Merged:
		return v.p.Say("portal.merged")
	}
	return v.p.Say("portal.declared")
}

// period says a period in words: 2026年9月, 2026年上半年.
func (v *View) period(p calendar.Period) string {
	year := locale.N("year", p.Year)
	switch p.Grain {
	case calendar.Month:
		return v.p.Say("portal.month", year, locale.N("n", p.Index), locale.A("name", monthName(p.Index)))
	case calendar.Quarter:
		return v.p.Say("portal.quarter", year, locale.N("n", p.Index))
	case calendar.Half:
		if p.Index == 1 {
			return v.p.Say("portal.first-half", year)
		}
		return v.p.Say("portal.second-half", year)
	}
	return v.p.Say("portal.year", year)
}

// tick is a period's short name on an axis.
func (v *View) tick(p calendar.Period) string {
	switch p.Grain {
	case calendar.FullYear:
		return strconv.Itoa(p.Year)
	}
	return p.String() // 2026-09, 2026-Q3, 2026-H1: with the year, which a trend may leave
}

// monthName is the English abbreviation, as [time.Month] has it.
func monthName(n int) string {
	const names = "JanFebMarAprMayJunJulAugSepOctNovDec"
	if n < 1 || n > 12 {
		return ""
	}
	return names[3*n-3 : 3*n]
}

// basisOf is the headline basis of a KPI.
func basisOf(d *metric.Definition) metric.Basis {
	if b := d.Bases(); len(b) > 0 {
		return b[0]
	}
	return metric.Declared
}
