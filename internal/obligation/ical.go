package obligation

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
	"unicode/utf8"

	"kept/internal/calendar"
	"kept/internal/locale"
)

// Feed is what a calendar file says of itself.
type Feed struct {
	Name         string // shown by calendar programs
	Organisation string // keeps its events apart from those of others
	AsOf         time.Time
}

// Calendar writes duties as an iCalendar file (RFC 5545): an all-day event on the
// local day on which each is due, with its state as the category. The same input
// gives the same bytes, and an event keeps its identity while its due time or its
// state changes. Due times are in the zone of the organisation.
func Calendar(duties []Duty, feed Feed, p *locale.Printer) []byte {
	w := &lines{}
	w.put("BEGIN", "VCALENDAR")
	w.put("VERSION", "2.0")
	w.put("PRODID", "-//kept//obligations//"+strings.ToUpper(string(p.Lang()[:2])))
	w.put("CALSCALE", "GREGORIAN")
	w.put("METHOD", "PUBLISH")
	w.text("NAME", feed.Name)
	w.text("X-WR-CALNAME", feed.Name)
	for i := range duties {
		w.event(&duties[i], feed, p)
	}
	w.put("END", "VCALENDAR")
	return []byte(w.b.String())
}

// lines writes content lines.
type lines struct{ b strings.Builder }

func (w *lines) event(d *Duty, feed Feed, p *locale.Printer) {
	day := calendar.DayOf(d.Due)
	w.put("BEGIN", "VEVENT")
	w.put("UID", d.UID(feed.Organisation))
	w.put("DTSTAMP", feed.AsOf.UTC().Format("20060102T150405Z"))
	w.put("DTSTART;VALUE=DATE", icalDay(day))
	w.put("DTEND;VALUE=DATE", icalDay(day.Add(1)))
	w.text("SUMMARY", d.Summary(p))
	w.text("DESCRIPTION", d.describe(p))
	w.text("CATEGORIES", StateName(d.State, p))
	w.put("TRANSP", "TRANSPARENT")
	w.put("END", "VEVENT")
}

func icalDay(d calendar.Day) string { return strings.ReplaceAll(d.String(), "-", "") }

// UID is the stable identity of a duty among those of all organisations.
func (d *Duty) UID(organisation string) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{organisation, d.Definition.ID, d.Period.String(), d.Record, d.Item}, "\x00")))
	return hex.EncodeToString(sum[:16]) + "@kept"
}

// Subject names the period, the record and the item, as far as there are any:
// 2026-09, or SIP-2026-0003/A2.
func (d *Duty) Subject() string {
	var parts []string
	if d.Period.Grain != "" {
		parts = append(parts, d.Period.String())
	}
	record := d.Record
	if d.Item != "" {
		record += "/" + d.Item
	}
	if record != "" {
		parts = append(parts, record)
	}
	return strings.Join(parts, " ")
}

// Summary is the duty on one line: its definition and what it is about.
func (d *Duty) Summary(p *locale.Printer) string {
	return strings.TrimSpace(p.Text(d.Definition.Title) + " " + d.Subject())
}

// describe says what the summary leaves out.
func (d *Duty) describe(p *locale.Printer) string {
	var parts []string
	if title := p.Text(d.Title); title != "" && title != d.Record {
		parts = append(parts, title)
	}
	parts = append(parts, p.Say("obligation.due-at", locale.A("at", p.Moment(d.Due))))
	if d.Provisional {
		parts = append(parts, p.Say("obligation.provisional"))
	}
	if !d.Done.IsZero() {
		parts = append(parts, p.Say("obligation.done-at", locale.A("at", p.Moment(d.Done.In(d.Due.Location()))), locale.A("by", d.Evidence)))
	}
	return strings.Join(parts, "\n")
}

// StateName is the state in the printer's language.
func StateName(s State, p *locale.Printer) string {
	switch s {
	case Coming:
		return p.Say("obligation.coming")
	case Overdue:
		return p.Say("obligation.overdue")
	case Done:
		return p.Say("obligation.done")
	case Late:
		return p.Say("obligation.late")
	case Missed:
		return p.Say("obligation.missed")
	}
	return p.Say("obligation.later")
}

// text writes a property whose value is free text.
func (w *lines) text(name, value string) { w.put(name, escapeText(value)) }

// escapeText writes text as RFC 5545 §3.3.11 demands; control characters, which
// it does not allow, are left out, and what is no UTF-8 is replaced.
func escapeText(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\\' || r == ';' || r == ',':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r >= ' ' && r != 0x7f && (r < 0x80 || r > 0x9f):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// lineOctets is the longest line that RFC 5545 §3.1 allows, without its break.
const lineOctets = 75

// put writes one content line, folded between characters.
func (w *lines) put(name, value string) {
	line := name + ":" + value
	room := lineOctets
	for len(line) > room {
		cut := room
		for cut > 1 && !utf8.RuneStart(line[cut]) {
			cut--
		}
		w.b.WriteString(line[:cut] + "\r\n ")
		line, room = line[cut:], lineOctets-1
	}
	w.b.WriteString(line + "\r\n")
}
