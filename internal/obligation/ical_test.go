package obligation

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"kept/internal/locale"
)

// property is one content line of an iCalendar file, unfolded.
type property struct{ name, params, value string }

var contentLine = regexp.MustCompile(`^([A-Z-]+)((?:;[A-Z-]+=[A-Za-z0-9-]+)*):(.*)$`)

// parse reads an iCalendar file as strictly as RFC 5545 §3.1 allows: CRLF, no
// line over 75 octets, no broken character, no control characters, components
// that are closed in order.
func parse(data []byte) ([]property, error) {
	text := string(data)
	if !strings.HasSuffix(text, "\r\n") || strings.Count(text, "\n") != strings.Count(text, "\r\n") || strings.Count(text, "\r") != strings.Count(text, "\n") {
		return nil, fmt.Errorf("a line does not end with CRLF")
	}
	var whole []string
	for _, line := range strings.Split(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		switch {
		case len(line) > 75:
			return nil, fmt.Errorf("%d octets: %q", len(line), line)
		case !utf8.ValidString(line):
			return nil, fmt.Errorf("broken character: %q", line)
		case strings.HasPrefix(line, " ") && len(whole) > 0:
			whole[len(whole)-1] += line[1:]
		default:
			whole = append(whole, line)
		}
	}
	var list []property
	var open []string
	for _, line := range whole {
		m := contentLine.FindStringSubmatch(line)
		if m == nil || strings.ContainsFunc(line, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			return nil, fmt.Errorf("no content line: %q", line)
		}
		list = append(list, property{m[1], m[2], m[3]})
		switch m[1] {
		case "BEGIN":
			open = append(open, m[3])
		case "END":
			if len(open) == 0 || open[len(open)-1] != m[3] {
				return nil, fmt.Errorf("%q ends what is not open", line)
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		return nil, fmt.Errorf("%v is not closed", open)
	}
	return list, nil
}

// plainText undoes the escapes of a text.
func plainText(t *testing.T, s string) string {
	t.Helper()
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && strings.IndexByte(`\;,n`, s[i+1]) >= 0:
			i++
			b.WriteString(strings.ReplaceAll(s[i:i+1], "n", "\n"))
		case c == '\\' || c == ';' || c == ',':
			t.Errorf("%q is not escaped in %q", c, s)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// events reads the properties of each event by name.
func events(t *testing.T, data []byte) []map[string]property {
	t.Helper()
	list, err := parse(data)
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]property
	for _, p := range list {
		switch {
		case p.name == "BEGIN" && p.value == "VEVENT":
			all = append(all, map[string]property{})
		case len(all) > 0 && p.name != "END":
			if _, twice := all[len(all)-1][p.name]; twice {
				t.Errorf("%s stands twice", p.name)
			}
			all[len(all)-1][p.name] = p
		}
	}
	return all
}

var feed = Feed{Name: "示例公司·流程义务", Organisation: "示例公司", AsOf: time.Date(2026, 11, 6, 18, 0, 0, 0, time.FixedZone("", 8*60*60))}

// The report for September is due on 13 October, 18:00, in Shanghai: an event of
// that whole day. as_of is 18:00 in Shanghai, which is 10:00 UTC.
func TestCalendarFile(t *testing.T) {
	b := load(t, monthly+approved("FQ2", "RP-01", "2026-09", "2026-10-13T18:01"), "2026-11-06 18:00")
	data := Calendar(b.duties(), feed, messages(t).Printer(locale.English))
	if !bytes.HasPrefix(data, []byte("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")) {
		t.Errorf("begins with %.60q", data)
	}
	all := events(t, data)
	want := map[string]string{
		"DTSTAMP": "20261106T100000Z", "DTSTART": "20261013", "DTEND": "20261014",
		"SUMMARY": "Monthly report 2026-09", "CATEGORIES": "Done late", "TRANSP": "TRANSPARENT",
		"DESCRIPTION": `Due 2026-10-13 18:00\nDone 2026-10-13 18:01 (FQ2)`,
	}
	for name, value := range want {
		if got := all[1][name].value; got != value {
			t.Errorf("%s is %q, want %q", name, got, value)
		}
	}
	if p := all[1]["DTSTART"].params; p != ";VALUE=DATE" {
		t.Errorf("DTSTART has %q", p)
	}
}

// An event keeps its identity when it is done or its due time moves, and shares
// it with no other, of whatever company; the same duties give the same bytes.
func TestIdentity(t *testing.T) {
	p := messages(t).Printer(locale.Chinese)
	before := load(t, monthly, "2026-11-06 18:00").duties()
	after := load(t, strings.Replace(monthly, "due: 5 ", "due: 7 ", 1)+approved("FQ2", "RP-01", "2026-09", "2026-10-13T18:01"), "2026-12-01 00:00").duties()
	seen := map[string]bool{}
	for i := range before {
		uid := before[i].UID("示例公司")
		if seen[uid] || uid == before[i].UID("另一公司") {
			t.Errorf("%s is not the only one", uid)
		}
		seen[uid] = true
		if uid != after[i].UID("示例公司") {
			t.Errorf("%s changed its identity", tell(&before[i]))
		}
	}
	if !bytes.Equal(Calendar(before, feed, p), Calendar(before, feed, p)) {
		t.Error("two files of the same duties differ")
	}
	if bytes.Equal(Calendar(before, feed, p), Calendar(after, feed, p)) {
		t.Error("files of different duties are the same")
	}
}

// What people wrote comes back as they wrote it, whatever it was: long, wide,
// with the marks of the format, or with a second event smuggled in.
func TestHostileTitle(t *testing.T) {
	for _, title := range []string{
		strings.Repeat("示例：更换线路；", 30), strings.Repeat("a", 200), strings.Repeat("🜚x", 80),
		`a;b,c\d`, `\n`, "a\nEND:VEVENT\nBEGIN:VEVENT", "x\r\nDTSTART:20200101",
	} {
		duties := load(t, monthly, "2026-11-06 18:00").duties()[:1]
		duties[0].Title = locale.Plain(title)
		all := events(t, Calendar(duties, feed, messages(t).Printer(locale.Chinese)))
		got, _, _ := strings.Cut(plainText(t, all[0]["DESCRIPTION"].value), "\n期限")
		if want := strings.ReplaceAll(title, "\r", ""); len(all) != 1 || got != want {
			t.Errorf("%q came back as %q", title, got)
		}
	}
	for _, broken := range []string{"a\x00b\x1b[31mc\x7f", "a\xffb"} {
		duties := load(t, monthly, "2026-11-06 18:00").duties()[:1]
		duties[0].Title = locale.Plain(broken)
		events(t, Calendar(duties, feed, messages(t).Printer(locale.Chinese)))
	}
}

// Every state has its word in both languages, and no two the same.
func TestStateNames(t *testing.T) {
	for _, lang := range locale.Langs() {
		seen := map[string]bool{}
		for _, s := range []State{Later, Coming, Overdue, Done, Late, Missed} {
			name := StateName(s, messages(t).Printer(lang))
			if name == "" || seen[name] || strings.Contains(name, "⟦") {
				t.Errorf("%s is %q", s, name)
			}
			seen[name] = true
		}
	}
}
