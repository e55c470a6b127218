package demo

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"kept/internal/calendar"
	"kept/internal/gitrepo"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// stage is the state of a play.
type stage struct {
	req      Request
	scenario *scenario
	kinds    *schema.Registry
	orders   map[string][]string // key order of each kind
	cast     cast
	schedule schedule
	start    time.Time
	end      time.Time // the first moment that is not played

	pack *gitrepo.Pack
	tree *gitrepo.Tree // of the mainline
	head gitrepo.Hash
	last time.Time

	queue    queue
	fate     *dice                   // deals the stories
	stories  map[string]*deck[story] // by definition
	numbers  map[string]int          // last number given, by what stands before it
	lives    map[string]int          // lives begun, by definition
	previous map[string]mapping      // the newest record of each definition, as it is
	byID     map[string]*life
	requests int
	records  int
	commits  int
	truth    truth
	evidence map[string][]byte // files of the store, by name
	asks     []Ask
	figures  map[string]map[string]any // fields of issues, by id; nil while they are being asked for
}

func newStage(req Request) (*stage, error) {
	s := &stage{
		req: req, numbers: map[string]int{}, lives: map[string]int{}, previous: map[string]mapping{}, byID: map[string]*life{}, evidence: map[string][]byte{},
		fate: newDice(req.Seed, "stories"), stories: map[string]*deck[story]{},
		orders: map[string][]string{}, tree: &gitrepo.Tree{}, truth: truth{path: req.Dir + TruthSuffix},
	}
	s.schedule.zone = time.FixedZone("", 8*60*60)
	s.start = time.Date(req.End.Year-req.Years+1, time.January, 1, 0, 0, 0, 0, s.schedule.zone)
	s.end = req.End.Add(1).Start(s.schedule.zone)
	if !s.start.Before(s.end) {
		return nil, fmt.Errorf("play %d years to %s: nothing to play", req.Years, req.End)
	}
	kinds, found := schema.Load(req.Schemas)
	if len(found) > 0 {
		return nil, fmt.Errorf("load kinds: %d findings, the first %q in %q", len(found), found[0].Key, found[0].Position.Path)
	}
	s.kinds = kinds
	var err error
	if s.scenario, err = readScenario(req.Templates); err != nil {
		return nil, err
	}
	if s.schedule.calendar, err = s.calendar(); err != nil {
		return nil, err
	}
	return s, s.prepare()
}

// calendar is the working calendar of the records that a new repository gets.
func (s *stage) calendar() (*calendar.Calendar, error) {
	files, err := fs.Sub(s.req.Templates, "init")
	if err != nil {
		return nil, err
	}
	reg, _, err := record.Load(files, s.kinds)
	if err != nil {
		return nil, fmt.Errorf("load calendars: %w", err)
	}
	cal, _, err := reg.Calendar(s.schedule.zone)
	return cal, err
}

// prepare fills what does not depend on any life: the cast and the lists.
func (s *stage) prepare() error {
	sc := s.scope("company", s.start)
	var people []yamldoc.Object
	for _, p := range s.scenario.people {
		if m, ok := sc.fill(p).(mapping); ok {
			people = append(people, yamldoc.NewObject(m))
		}
	}
	s.cast = castOf(people)
	list := make([]any, len(people))
	for i, p := range people {
		list[i] = p.Fields()
	}
	s.scenario.lists["people"] = list
	var forms []any
	for kind := range s.kinds.All() {
		if kind.FormNo != "" {
			forms = append(forms, mapping{"form_no": kind.FormNo, "title": kind.Title.ZH})
		}
	}
	s.scenario.lists["forms"] = forms
	for _, g := range s.scenario.grow {
		s.growList(sc, g)
	}
	for _, m := range s.scenario.made {
		for _, key := range m.Keys() {
			s.scenario.lists[key] = sc.fill(m.Plain(key))
		}
	}
	return sc.err
}

// growList brings a list to the length that the wanted number of records asks
// for: one item for each so many records, and never fewer than there are.
func (s *stage) growList(sc *scope, g yamldoc.Object) {
	name := g.Text("list")
	items, _ := s.scenario.lists[name].([]any)
	for n := len(items) + 1; n <= s.req.Records/max(1, number(g, "per")); n++ {
		sc.vars["n"] = strconv.Itoa(n)
		items = append(items, sc.fill(g.Plain("item")))
	}
	for i, item := range items {
		sc.vars["n"] = strconv.Itoa(i + 1)
		items[i] = sc.fill(item)
	}
	s.scenario.lists[name] = items
}

// scope makes a scope with chances of its own.
func (s *stage) scope(purpose string, now time.Time) *scope {
	sc := &scope{stage: s, dice: newDice(s.req.Seed, purpose), decks: map[string]*deck[any]{}, now: now}
	sc.vars = mapping{
		"start": s.start.Format(time.DateOnly), "year": strconv.Itoa(now.Year()),
		"prior_year": strconv.Itoa(s.start.Year() - 1), "first_year": strconv.Itoa(s.start.Year()), "last_year": strconv.Itoa(s.req.End.Year),
	}
	sc.count = func(int) string { sc.fail("placeholder counts outside a record's number"); return "" }
	return sc
}

// nextNumber gives the next number of a series, filled with zeros to width.
func (s *stage) nextNumber(series string, width int) string {
	s.numbers[series]++
	return pad(strconv.Itoa(s.numbers[series]), width)
}

func pad(digits string, width int) string {
	return strings.Repeat("0", max(0, width-len(digits))) + digits
}
