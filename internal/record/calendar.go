package record

import (
	"fmt"
	"strconv"
	"time"

	"kept/internal/calendar"
	"kept/internal/finding"
	"kept/internal/locale"
)

// Calendar builds the working calendar from the register's calendar records:
// one a year, the windows of the newest year that has any. Of two of a year the
// one whose id comes first counts, and the other is a finding. Without records it
// is a plain Monday-to-Friday week, 09:00–12:00 and 13:00–18:00, and every due
// time is provisional. A record that cannot be used is a finding.
func (r *Register) Calendar(zone *time.Location) (*calendar.Calendar, finding.List, error) {
	windows := []calendar.Window{{Open: 9 * time.Hour, Close: 12 * time.Hour}, {Open: 13 * time.Hour, Close: 18 * time.Hour}}
	var years []calendar.Year
	of := map[int]string{} // years and the record that counts
	var found finding.List
	for rec := range r.Of(CalendarKind) {
		year, listed, err := yearOf(rec)
		if err != nil {
			found = append(found, finding.Finding{
				Position: rec.Position("/year"), Rule: "calendar", Severity: finding.Error, Record: rec.ID,
				Key: "record.calendar", Args: []locale.Arg{locale.A("problem", err.Error())},
			})
			continue
		}
		if first, twice := of[year.Year]; twice {
			found = append(found, finding.Finding{
				Position: rec.Position("/year"), Rule: "calendar", Severity: finding.Error, Record: rec.ID,
				Key: "record.calendar-twice", Args: []locale.Arg{locale.A("year", strconv.Itoa(year.Year)), locale.A("first", first)},
			})
			continue
		}
		of[year.Year] = rec.ID
		years = append(years, year)
		if len(listed) > 0 {
			windows = listed
		}
	}
	cal, err := calendar.New(zone, windows, years)
	if err != nil {
		return nil, found, fmt.Errorf("build calendar: %w", err)
	}
	return cal, found, nil
}

func yearOf(rec *Record) (calendar.Year, []calendar.Window, error) {
	n, ok := rec.Number("year")
	if !ok || !n.IsInt() {
		return calendar.Year{}, nil, fmt.Errorf("read year of %q", rec.ID)
	}
	year := calendar.Year{Year: int(n.Num().Int64())}
	var err error
	if year.Off, err = days(rec.Texts("off")); err != nil {
		return year, nil, err
	}
	if year.Workdays, err = days(rec.Texts("workdays")); err != nil {
		return year, nil, err
	}
	var windows []calendar.Window
	for _, item := range rec.Items("windows") {
		open, err := clock(item.Text("open"))
		if err != nil {
			return year, nil, err
		}
		end, err := clock(item.Text("close"))
		if err != nil {
			return year, nil, err
		}
		if end <= open || len(windows) > 0 && open < windows[len(windows)-1].Close {
			return year, nil, fmt.Errorf("order windows of %q", rec.ID)
		}
		windows = append(windows, calendar.Window{Open: open, Close: end})
	}
	return year, windows, nil
}

func days(texts []string) ([]calendar.Day, error) {
	var list []calendar.Day
	for _, s := range texts {
		d, err := calendar.ParseDay(s)
		if err != nil {
			return nil, err
		}
		list = append(list, d)
	}
	return list, nil
}

// clock reads HH:MM as an offset from midnight; 24:00 is the day's end.
func clock(s string) (time.Duration, error) {
	if s == "24:00" {
		return 24 * time.Hour, nil
	}
	t, err := time.Parse("15:04", s)
	if err != nil {
		return 0, fmt.Errorf("read time of day %q", s)
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute, nil
}
