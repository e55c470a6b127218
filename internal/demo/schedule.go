package demo

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"kept/internal/calendar"
)

// schedule walks through working time. A working day has the windows 09:00 to
// 12:00 and 13:00 to 18:00 (domain.md §4.5), eight hours.
type schedule struct {
	calendar *calendar.Calendar
	zone     *time.Location
}

// workday is the working time of a day: what "1d" means in a scenario.
const workday = 8 * time.Hour

// opens gives the windows of a working day as offsets from midnight.
func opens() [2]calendar.Window {
	return [2]calendar.Window{
		{Open: 9 * time.Hour, Close: 12 * time.Hour},
		{Open: 13 * time.Hour, Close: 18 * time.Hour},
	}
}

// after is the moment when d of working time has passed since t; with d zero, t
// itself or the next opening. Seconds of t are kept where it lies in a window.
func (s schedule) after(t time.Time, d time.Duration) time.Time {
	t = t.In(s.zone)
	for day := calendar.DayOf(t); ; day = day.Add(1) {
		if work, _ := s.calendar.IsWorkday(day); !work {
			continue
		}
		midnight := day.Start(s.zone)
		for _, w := range opens() {
			from, to := midnight.Add(w.Open), midnight.Add(w.Close)
			if t.After(from) {
				from = t
			}
			if room := to.Sub(from); room > d {
				return from.Add(d)
			} else if room > 0 {
				d -= room
			}
		}
	}
}

// day is the n-th working day after t's day; with n zero t's day itself; with n
// negative so many working days before.
func (s schedule) day(t time.Time, n int) calendar.Day {
	day, step := calendar.DayOf(t.In(s.zone)), 1
	if n < 0 {
		n, step = -n, -1
	}
	for n > 0 {
		day = day.Add(step)
		if work, _ := s.calendar.IsWorkday(day); work {
			n--
		}
	}
	return day
}

// span is a range of durations as a scenario writes it: "20m..3h", "2d".
type span struct{ low, high time.Duration }

// parseSpan reads minutes (m), hours (h) and working days (d). "" is no span.
func parseSpan(text string) (span, error) {
	if text == "" {
		return span{}, nil
	}
	low, high, ranged := strings.Cut(text, "..")
	if !ranged {
		high = low
	}
	from, err := parseAmount(low)
	if err != nil {
		return span{}, err
	}
	to, err := parseAmount(high)
	if err != nil {
		return span{}, err
	}
	if to < from {
		return span{}, fmt.Errorf("read span %q: ends before it begins", text)
	}
	return span{from, to}, nil
}

func parseAmount(text string) (time.Duration, error) {
	if text == "" {
		return 0, fmt.Errorf("read amount %q", text)
	}
	unit := map[byte]time.Duration{'m': time.Minute, 'h': time.Hour, 'd': workday}[text[len(text)-1]]
	n, err := strconv.Atoi(text[:len(text)-1])
	if err != nil || unit == 0 {
		return 0, fmt.Errorf("read amount %q: want a number with m, h or d", text)
	}
	return time.Duration(n) * unit, nil
}

// draw chooses a duration from the span, in whole minutes.
func (p span) draw(d *dice) time.Duration {
	return p.low + time.Duration(d.below(int((p.high-p.low)/time.Minute)+1))*time.Minute
}
