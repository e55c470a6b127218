package schema

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

var sequencePlace = regexp.MustCompile(`\{seq:([1-9])\}`)

// ID fills the template: the id with a sequence number in a year, "" where ids
// are chosen by people.
func (p IDPattern) ID(year, sequence int) string {
	id := strings.ReplaceAll(p.Template, "{year}", fmt.Sprintf("%04d", year))
	return sequencePlace.ReplaceAllStringFunc(id, func(place string) string {
		return fmt.Sprintf("%0*d", int(place[len("{seq:")]-'0'), sequence)
	})
}

// Sequence is the sequence number of an id that the template could have made in
// a year; in any year where the template has none.
func (p IDPattern) Sequence(id string, year int) (int, bool) {
	form := strings.ReplaceAll(p.Template, "{year}", fmt.Sprintf("%04d", year))
	at := sequencePlace.FindStringIndex(form)
	if at == nil {
		return 0, false
	}
	digits, ok := strings.CutPrefix(id, form[:at[0]])
	if !ok {
		return 0, false
	}
	digits, ok = strings.CutSuffix(digits, form[at[1]:])
	if !ok || len(digits) > 9 {
		return 0, false
	}
	n, err := strconv.Atoi(digits)
	return n, err == nil && n >= 0 && !strings.HasPrefix(digits, "+")
}

// Numbered reads the year and the sequence number back out of an id that the
// template could have made; the year is 0 where the template has none.
func (p IDPattern) Numbered(id string) (year, n int, ok bool) {
	before, _, dated := strings.Cut(p.Template, "{year}")
	if dated {
		rest, fits := strings.CutPrefix(id, before)
		if !fits || len(rest) < 4 || strings.Trim(rest[:4], "0123456789") != "" {
			return 0, 0, false
		}
		year, _ = strconv.Atoi(rest[:4])
	}
	n, ok = p.Sequence(id, year)
	return year, n, ok
}
