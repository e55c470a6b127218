package locale

import (
	"fmt"
	"math/big"
	"time"
)

// Printer writes messages, numbers and dates in one language. It is safe for
// concurrent use.
type Printer struct {
	catalogue *Catalogue
	lang      Lang
}

// Lang is the printer's language.
func (p *Printer) Lang() Lang { return p.lang }

// Say returns the message of key with its arguments filled in.
func (p *Printer) Say(key string, args ...Arg) string {
	return p.catalogue.Message(key, args...).In(p.lang)
}

// Text picks the printer's language.
func (p *Printer) Text(t Text) string { return t.In(p.lang) }

// Date writes the calendar day of t in t's own zone: 2026年9月24日, 24 Sep 2026.
func (p *Printer) Date(t time.Time) string {
	if p.lang == English {
		return t.Format("2 Jan 2006")
	}
	return fmt.Sprintf("%d年%d月%d日", t.Year(), int(t.Month()), t.Day())
}

// Moment writes t to the minute, in t's own zone: 2026-09-24 10:00.
func (p *Printer) Moment(t time.Time) string { return t.Format("2006-01-02 15:04") }

// Decimal rounds r half away from zero to digits decimals.
func (p *Printer) Decimal(r *big.Rat, digits int) string { return r.FloatString(digits) }
