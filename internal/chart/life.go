package chart

// Life is the states of a kind as one line with branches, and how far one record
// has come. It is laid out once, in rows from above, so that it can be read on a
// narrow screen.
type Life struct {
	Speak string // everything that is drawn, for those who do not see it
	// Stops are the states: the main line in forward order, each stop beside it
	// behind the one that it leaves, and at the end those that leave many.
	Stops []Stop
	Ways  []Way
}

// Stop is one state.
type Stop struct {
	Text string
	Note string // when it was entered, or that it comes next
	Side bool   // beside the main line
	Mark Mark
}

// Mark is how a stop stands to the record. What it means stands in the note, too.
type Mark string

// The marks.
const (
	Never Mark = ""
	Been  Mark = "been"
	Now   Mark = "now"
	Next  Mark = "next"
)

// Way is a step from one stop to another, by their places in Stops.
type Way struct {
	From, To int
	Taken    bool
}

// The measures of a drawing, in its own units, which are pixels where there is
// room.
const (
	lifeWidth  = 340.0
	lifeRow    = 34.0
	lifeLine   = 17.0 // between two lines of one row
	lifeRadius = 6.0
	laneWidth  = 11.0
	sideShift  = 24.0
	labelSize  = 14.0
	noteSize   = 12.0
)

// lifePlan is where everything lies.
type lifePlan struct {
	life   *Life
	main   float64 // x of the main line
	y      []float64
	labels [][]string // of each stop, in lines
	below  []bool     // the note of a stop stands below its label
	height float64
	lanes  []lane
}

// lane is an upright line beside the main one, by which the ways to one stop go
// that do not follow the line.
type lane struct {
	to          int
	ways        []Way
	first, last int // rows that it spans
	place       int // from the main line outwards, from 0
}

func (l *Life) plan() *lifePlan {
	p := &lifePlan{life: l}
	p.findLanes()
	widest := -1
	for _, lane := range p.lanes {
		widest = max(widest, lane.place)
	}
	p.main = lifeRadius + 3 + laneWidth*float64(widest+1)
	if widest >= 0 {
		p.main += 8
	}
	y := lifeRow / 2
	for i := range l.Stops {
		lines, below := p.label(i)
		p.labels, p.below, p.y = append(p.labels, lines), append(p.below, below), append(p.y, y)
		y += lifeRow + lifeLine*float64(len(lines)-1)
		if below {
			y += lifeLine
		}
	}
	p.height = y - lifeRow/2
	return p
}

// x is where a stop lies.
func (p *lifePlan) x(i int) float64 {
	if p.life.Stops[i].Side {
		return p.main + sideShift
	}
	return p.main
}

// label breaks a stop's text into lines and tells whether its note needs one of
// its own.
func (p *lifePlan) label(i int) (lines []string, below bool) {
	s := p.life.Stops[i]
	room := lifeWidth - p.x(i) - lifeRadius - 8
	lines = wrap(s.Text, labelSize, room)
	if s.Note == "" {
		return lines, false
	}
	return lines, len(lines) > 1 || textWidth(s.Text, labelSize)+textWidth(s.Note, noteSize)+10 > room
}

// above is the stop of the main line that stands nearest above a stop, -1 for
// none; below the nearest below it.
func (l *Life) above(i int) int {
	for i--; i >= 0; i-- {
		if !l.Stops[i].Side {
			return i
		}
	}
	return -1
}

func (l *Life) below(i int) int {
	for i++; i < len(l.Stops); i++ {
		if !l.Stops[i].Side {
			return i
		}
	}
	return -1
}

// along tells whether a way follows the line: to the next stop on it, or from and
// to a stop beside it where that branches off or joins.
func (l *Life) along(w Way) bool {
	from, to := l.Stops[w.From], l.Stops[w.To]
	switch {
	case !from.Side && !to.Side:
		return l.below(w.From) == w.To
	case !from.Side:
		return l.above(w.To) == w.From
	case !to.Side:
		return l.above(w.From) == w.To || l.below(w.From) == w.To
	}
	return false
}

// findLanes gathers the ways that follow no line by where they lead, and gives each
// gathering the innermost lane that is free on its rows: the short ones first.
func (p *lifePlan) findLanes() {
	for _, w := range p.life.Ways {
		if w.From == w.To || p.life.along(w) {
			continue
		}
		i := 0
		for i < len(p.lanes) && p.lanes[i].to != w.To {
			i++
		}
		if i == len(p.lanes) {
			p.lanes = append(p.lanes, lane{to: w.To, first: w.To, last: w.To})
		}
		n := &p.lanes[i]
		n.ways, n.first, n.last = append(n.ways, w), min(n.first, w.From), max(n.last, w.From)
	}
	sortLanes(p.lanes)
	for i := range p.lanes {
		for p.taken(i) {
			p.lanes[i].place++
		}
	}
}

// taken tells whether an earlier gathering has the place of a later one on any of
// its rows.
func (p *lifePlan) taken(i int) bool {
	for _, other := range p.lanes[:i] {
		if other.place == p.lanes[i].place && other.first <= p.lanes[i].last && p.lanes[i].first <= other.last {
			return true
		}
	}
	return false
}
