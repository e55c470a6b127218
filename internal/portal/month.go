package portal

import (
	"time"

	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/obligation"
)

// quarterMonths is how many months the calendar of obligations shows.
const quarterMonths = 3

// DutyCalendar is the page of the coming quarter: the month of AsOf and the two
// after it, each duty on the last day on which it is in time.
type DutyCalendar struct {
	Page
	Weekdays []string // Monday first
	Months   []MonthGrid
}

// MonthGrid is one month in weeks that begin on Monday.
type MonthGrid struct {
	Title string
	Weeks [][]DayCell
}

// DayCell is one day of the grid; a zero one lies in another month.
type DayCell struct {
	Date  string // 2026-10-05
	Day   int
	Off   bool // no working day
	Today bool
	Items []DutyItem
}

// DutyItem is one duty on its day.
type DutyItem struct {
	Name    Cell
	Subject string
	State   Cell
	// More are those of the same obligation on the same day where there are many, at
	// most [dayLimit] of them; Rest says how many.
	More []DutyItem
	Rest string
}

// How many duties of one obligation a day shows openly, and at all.
const (
	dayOpen  = 3
	dayLimit = 100
)

// DutyCalendar makes the calendar of the coming quarter.
func (v *View) DutyCalendar() DutyCalendar {
	c := DutyCalendar{
		Page: v.page(dutyFolder+"/calendar.html", v.p.Say("portal.duty-calendar"), dutySection,
			Crumb{v.p.Say("portal.duties"), Link{Page: dutyFolder + "/index.html"}}),
		Weekdays: v.weekdays(),
	}
	days := map[calendar.Day][]DutyItem{}
	owed := map[dayDuty][]obligation.Duty{}
	for _, d := range v.dutiesThat(func(d *obligation.Duty) bool { return !d.Due.IsZero() }) {
		day := dueDay(d.Due, v.zone)
		key := dayDuty{day, d.Definition.ID}
		if owed[key] = append(owed[key], d); len(owed[key]) <= dayOpen {
			days[day] = append(days[day], v.dutyItem(&d))
		}
	}
	for key, list := range owed {
		if len(list) > dayOpen {
			v.fold(days[key.day], list)
		}
	}
	p := calendar.PeriodAt(calendar.Month, v.src.AsOf.In(v.zone))
	for range quarterMonths {
		c.Months = append(c.Months, v.monthGrid(p, days))
		p = p.Shift(1)
	}
	return c
}

// dayDuty is an obligation on one day.
type dayDuty struct {
	day        calendar.Day
	definition string
}

// fold puts what a day does not show openly behind the last item of its obligation.
func (v *View) fold(items []DutyItem, list []obligation.Duty) {
	name := v.dutyName(&list[0])
	last := 0
	for i := range items {
		if items[i].Name == name {
			last = i
		}
	}
	items[last].Rest = v.p.Say("portal.duty-more", locale.N("n", len(list)-dayOpen))
	for _, d := range list[dayOpen:min(len(list), dayOpen+dayLimit)] {
		items[last].More = append(items[last].More, v.dutyItem(&d))
	}
}

func (v *View) weekdays() []string {
	return []string{
		v.p.Say("portal.monday"), v.p.Say("portal.tuesday"), v.p.Say("portal.wednesday"), v.p.Say("portal.thursday"),
		v.p.Say("portal.friday"), v.p.Say("portal.saturday"), v.p.Say("portal.sunday"),
	}
}

func (v *View) dutyItem(d *obligation.Duty) DutyItem {
	item := DutyItem{Name: v.dutyName(d), Subject: v.dutySubject(d).Text, State: v.dutyVerdict(d)}
	if item.Subject == "" {
		item.Subject = v.dutyPeriod(d).Text
	}
	return item
}

func (v *View) monthGrid(p calendar.Period, days map[calendar.Day][]DutyItem) MonthGrid {
	span := p.In(v.zone)
	g := MonthGrid{Title: v.period(p)}
	today := calendar.DayOf(v.src.AsOf.In(v.zone))
	week := make([]DayCell, (int(span.Start.Weekday())+6)%7, 7)
	for day := calendar.DayOf(span.Start); day.Start(v.zone).Before(span.End); day = day.Add(1) {
		week = append(week, DayCell{Date: day.String(), Day: day.Day, Off: v.off(day), Today: day == today, Items: days[day]})
		if len(week) == 7 {
			g.Weeks, week = append(g.Weeks, week), make([]DayCell, 0, 7)
		}
	}
	if len(week) > 0 {
		g.Weeks = append(g.Weeks, week[:7:7])
	}
	return g
}

// off tells whether nobody works on a day: by the calendar of its year or, where
// that is not published, because it is a weekend.
func (v *View) off(day calendar.Day) bool {
	if v.src.Calendar != nil {
		if work, known := v.src.Calendar.IsWorkday(day); known {
			return !work
		}
	}
	weekday := day.Start(v.zone).Weekday()
	return weekday == time.Saturday || weekday == time.Sunday
}

// gapNotice says a missed period in one sentence.
func (v *View) gapNotice(d *obligation.Duty) Notice {
	return Notice{Tone: Bad, Text: v.p.Say("portal.gap", locale.A("duty", v.dutyName(d).Text), locale.A("what", v.dutyItem(d).Subject), locale.A("due", v.dueWords(d.Due)))}
}
