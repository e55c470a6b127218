package pipeline

import (
	"strings"
	"time"

	"kept/internal/calendar"
	"kept/internal/finding"
)

// ended is the last moment of the day by which rows had ended, or the moment of the
// import on its day; zero where none is stated.
func (req ImportRequest) ended(zone *time.Location) (time.Time, finding.List) {
	said := strings.TrimSpace(req.EndedBy)
	if said == "" {
		return time.Time{}, nil
	}
	day, err := calendar.ParseDay(said)
	if err != nil || day.Start(zone).After(req.Now) {
		return time.Time{}, finding.List{importFault("--ended-by "+said, "import.ended-by")}
	}
	if at := day.Add(1).Start(zone).Add(-time.Second); at.Before(req.Now) {
		return at, nil
	}
	return req.Now, nil
}
