package ledger

import (
	"strings"
	"time"
)

// commonMoment reads the forms in which most dates stand, 2026-9-3, 2026/09/03 8:05 and
// 2026.9.3 18:05:09, without the expressions that all others need. What it does not
// read is none of these, or no day that exists; a test holds it against the others.
func commonMoment(text string, zone *time.Location) (moment, bool) {
	c := cursor{rest: text}
	year := c.number(4, 4)
	c.sign("-/.")
	month := c.number(1, 2)
	c.sign("-/.")
	day := c.number(1, 2)
	timed := c.rest != ""
	hour, minute, second := 0, 0, 0
	if timed {
		c.sign(" ")
		hour = c.number(1, 2)
		c.sign(":")
		minute = c.number(1, 2)
		if c.rest != "" {
			c.sign(":")
			second = c.number(1, 2)
		}
	}
	if c.failed || c.rest != "" || hour > 23 || minute > 59 || second > 59 {
		return moment{}, false
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, zone)
	if t.Year() != year || int(t.Month()) != month || t.Day() != day {
		return moment{}, false
	}
	if timed {
		t = time.Date(year, time.Month(month), day, hour, minute, second, 0, zone)
	}
	return moment{t, timed}, true
}

// cursor reads a text from its beginning. Once something is not as it shall be, it
// has failed.
type cursor struct {
	rest   string
	failed bool
}

// number reads a number of so many digits.
func (c *cursor) number(least, most int) int {
	n, i := 0, 0
	for i < len(c.rest) && i < most && c.rest[i] >= '0' && c.rest[i] <= '9' {
		n = n*10 + int(c.rest[i]-'0')
		i++
	}
	c.failed = c.failed || i < least
	c.rest = c.rest[i:]
	return n
}

// sign reads one of some signs.
func (c *cursor) sign(signs string) {
	if c.rest == "" || strings.IndexByte(signs, c.rest[0]) < 0 {
		c.failed = true
		return
	}
	c.rest = c.rest[1:]
}
