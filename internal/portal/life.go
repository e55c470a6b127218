package portal

import (
	"slices"

	"kept/internal/chart"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// manySources is from how many states a stop beside the line is left out as a web
// of ways: a word says it.
const manySources = 3

// life lays out the states of a kind and how far a record has come: nil without a
// lifecycle.
func (v *View) life(rec *record.Record) *chart.Life {
	if len(rec.Kind.Steps) == 0 {
		return nil
	}
	l := lifeline{v: v, rec: rec, steps: record.InTime(rec.Transitions()), at: map[string]int{}}
	l.place()
	l.ways()
	l.notes()
	l.out.Speak = l.speak()
	return &l.out
}

// lifeline gathers what is drawn.
type lifeline struct {
	v     *View
	rec   *record.Record
	steps []record.Transition // in time
	order []schema.State      // as drawn
	at    map[string]int      // place of a state in the drawing
	out   chart.Life
}

// mainLine is the longest way forward from the initial state, by states that are
// neither void nor a pause before anything happens; where it ends in a finished
// state, that counts.
func mainLine(kind *schema.Kind) []string {
	length, before := map[string]int{kind.Initial: 1}, map[string]string{}
	end := kind.Initial
	for _, s := range kind.States {
		if !ofMainLine(kind, s) {
			continue
		}
		for _, from := range sources(kind, s.ID) {
			if n := length[from]; n > 0 && kind.Rank(from) < kind.Rank(s.ID) && n+1 > length[s.ID] {
				length[s.ID], before[s.ID] = n+1, from
			}
		}
		if betterEnd(kind, s, end, length) {
			end = s.ID
		}
	}
	line := []string{end}
	for end != kind.Initial {
		end = before[end]
		line = append(line, end)
	}
	slices.Reverse(line)
	return line
}

func ofMainLine(kind *schema.Kind, s schema.State) bool {
	return s.ID == kind.Initial || s.Phase == schema.Open || s.Phase == schema.Done
}

func betterEnd(kind *schema.Kind, s schema.State, end string, length map[string]int) bool {
	last, _ := kind.State(end)
	if length[s.ID] == 0 || (last.Phase == schema.Done) != (s.Phase == schema.Done) {
		return length[s.ID] > 0 && s.Phase == schema.Done
	}
	return length[s.ID] > length[end]
}

// sources lists the states from which a step leads to one, each once.
func sources(kind *schema.Kind, to string) []string {
	var list []string
	for _, step := range kind.Steps {
		if step.To != to {
			continue
		}
		for _, from := range step.From {
			if from != to && !slices.Contains(list, from) {
				list = append(list, from)
			}
		}
	}
	return list
}

// place orders the states: the main line, each stop beside it behind the one that
// it leaves, and at the end those that leave many or none of it.
func (l *lifeline) place() {
	kind := l.rec.Kind
	line := mainLine(kind)
	beside := func(s schema.State, of string) bool {
		from := sources(kind, s.ID)
		if slices.Contains(line, s.ID) || len(from) >= manySources {
			return false
		}
		i := slices.IndexFunc(from, func(id string) bool { return slices.Contains(line, id) })
		return i >= 0 && from[i] == of
	}
	for _, id := range line {
		l.add(id, false)
		for _, s := range kind.States {
			if beside(s, id) {
				l.add(s.ID, true)
			}
		}
	}
	for _, s := range kind.States {
		if _, placed := l.at[s.ID]; !placed {
			l.add(s.ID, true)
		}
	}
}

func (l *lifeline) add(id string, side bool) {
	s, _ := l.rec.Kind.State(id)
	l.at[id] = len(l.order)
	l.order = append(l.order, s)
	l.out.Stops = append(l.out.Stops, chart.Stop{Text: l.v.p.Text(s.Title), Side: side})
}

// ways are the steps of the kind and those that the record took, be they allowed
// or not.
func (l *lifeline) ways() {
	taken := map[[2]string]bool{}
	for i := 1; i < len(l.steps); i++ {
		taken[[2]string{l.steps[i-1].To, l.steps[i].To}] = true
	}
	for _, s := range l.order {
		from := sources(l.rec.Kind, s.ID)
		for _, other := range l.order {
			pair := [2]string{other.ID, s.ID}
			allowed := slices.Contains(from, other.ID) && (len(from) < manySources || !l.out.Stops[l.at[s.ID]].Side)
			if other.ID != s.ID && (taken[pair] || allowed) {
				l.out.Ways = append(l.out.Ways, chart.Way{From: l.at[other.ID], To: l.at[s.ID], Taken: taken[pair]})
			}
		}
	}
}

// notes says of each stop when it was entered, or what it could be.
func (l *lifeline) notes() {
	count := map[string]int{}
	for _, t := range l.steps {
		i, known := l.at[t.To]
		if !known {
			continue
		}
		count[t.To]++
		s := &l.out.Stops[i]
		s.Mark, s.Note = chart.Been, l.v.moment(t.At)
		if n := count[t.To]; n > 1 {
			s.Note = l.v.p.Say("portal.life-times", locale.A("at", s.Note), locale.N("n", n))
		}
	}
	for i, state := range l.order {
		s := &l.out.Stops[i]
		_, follows := l.rec.Kind.Step(l.rec.Status(), state.ID)
		switch from := sources(l.rec.Kind, state.ID); {
		case state.ID == l.rec.Status() && s.Note != "":
			s.Mark, s.Note = chart.Now, l.v.p.Say("portal.life-now-since", locale.A("at", s.Note))
		case state.ID == l.rec.Status():
			s.Mark, s.Note = chart.Now, l.v.p.Say("portal.life-now")
		case s.Mark == chart.Been:
		case follows:
			s.Mark, s.Note = chart.Next, l.v.p.Say("portal.life-next")
		case s.Side && len(from) >= manySources:
			s.Note = l.v.p.Say("portal.life-many", locale.N("n", len(from)))
		}
	}
}

// speak says the drawing: the steps in time, where the record stands, what may
// follow.
func (l *lifeline) speak() string {
	comma := l.v.p.Say("portal.comma")
	var been, next []string
	for _, t := range l.steps {
		been = append(been, l.v.p.Say("portal.life-passed", locale.A("state", l.v.stateTitle(l.rec.Kind, t.To)), locale.A("at", l.v.moment(t.At))))
	}
	for _, s := range l.rec.Kind.StepsFrom(l.rec.Status()) {
		next = append(next, l.v.stateTitle(l.rec.Kind, s.To))
	}
	text := l.v.p.Say("portal.life-speak", locale.A("been", joinWith(been, comma)), locale.A("now", l.v.stateTitle(l.rec.Kind, l.rec.Status())))
	if len(next) > 0 {
		text += l.v.p.Say("portal.life-speak-next", locale.A("next", joinWith(next, comma)))
	}
	return text
}
