package demo

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"kept/internal/record"
	"kept/internal/schema"
)

// life is one record that comes about in the course of the play.
type life struct {
	stage   *stage
	def     *lifeDef
	kind    *schema.Kind
	story   story
	id      string
	path    string
	fields  mapping
	before  []mapping // earlier versions, for reverts
	scope   *scope
	now     time.Time // when its last step was committed or merged
	next    int       // change to be planned
	removed bool      // its file
}

// begin makes a life that starts at a moment. vars are known to its
// placeholders beside those of its definition; order is its place among all
// lives of the definition, of expected in all.
func (s *stage) begin(def *lifeDef, at time.Time, vars mapping, order, expected int) (*life, error) {
	s.lives[def.name]++
	kind := s.kinds.Kind(def.kind)
	if kind == nil {
		return nil, fmt.Errorf("begin life %q: no kind %q", def.name, def.kind)
	}
	l := &life{stage: s, def: def, kind: kind, now: at}
	l.scope = s.scope(fmt.Sprintf("%s/%d", def.name, s.lives[def.name]), at)
	for key, value := range vars {
		l.scope.vars[key] = value
	}
	l.scope.vars["previous"] = s.previous[def.name]
	l.story = s.choose(def, order, expected)
	if l.story.follows && s.previous[def.name] == nil {
		l.story = def.stories[0]
	}
	l.number()
	for _, list := range [][]object{def.vars, l.story.vars} {
		for _, v := range list {
			for _, key := range v.Keys() {
				l.scope.vars[key] = l.scope.fill(v.Plain(key))
			}
		}
	}
	l.fields = mapping{}
	l.scope.vars["rec"] = l.fields
	l.assign(def.base)
	l.assign(l.story.set)
	if kind.Envelope == schema.Governed {
		l.fields["form_no"] = kind.FormNo
	}
	l.fields[record.SchemaField] = fmt.Sprintf("%s/v%d", kind.ID, kind.Version)
	l.fields[record.IDField] = l.id
	l.path = l.place(l.story.shift)
	s.byID[l.id] = l
	return l, l.scope.err
}

// number gives the life its id, counted by what the id holds before the number.
func (l *life) number() {
	l.scope.count = func(width int) string {
		series, _, _ := strings.Cut(l.def.id, "{seq")
		return l.stage.nextNumber(l.scope.text(series), width)
	}
	l.id = l.scope.text(l.def.id)
	l.scope.vars["id"] = l.id
}

// renumber gives the record the next number; the old one stays in it.
func (l *life) renumber() {
	l.fields[record.RenumberedField] = l.id
	l.number()
	l.fields[record.IDField] = l.id
	l.stage.byID[l.id] = l
	l.path = l.place(0)
}

// choose takes the story that is meant for this place among the lives, else one
// by weight.
func (s *stage) choose(def *lifeDef, order, expected int) story {
	for _, st := range def.stories {
		for _, f := range st.at {
			if expected > 0 && order == int(f*float64(expected)) {
				return st
			}
		}
	}
	k := s.stories[def.name]
	if k == nil {
		k = &deck[story]{}
		for _, st := range def.stories {
			for range st.weight {
				k.items = append(k.items, st)
			}
		}
		s.stories[def.name] = k
	}
	if len(k.items) == 0 {
		return story{}
	}
	return k.deal(s.fate)
}

// assign fills a template's keys into the record, one after the other in the
// order of their names.
func (l *life) assign(template any) {
	values, _ := template.(mapping)
	for key, value := range l.scope.fillMapping(values, 0) {
		l.fields[key] = value
	}
}

// place is the record's file: by year and month where the kind is dated, with
// the month moved by shift.
func (l *life) place(shift int) string {
	folder := record.Folder + "/" + l.kind.ID + "/"
	if !l.kind.Dated {
		return folder + l.id + ".yaml"
	}
	day := l.scope.now
	if text, _ := l.fields[l.kind.Date].(string); len(text) >= len(time.DateOnly) {
		if t, err := time.Parse(time.DateOnly, text[:len(time.DateOnly)]); err == nil {
			day = t
		}
	}
	year, month := day.Year(), int(day.Month())+shift
	if month > 12 {
		year, month = year+1, month-12
	}
	return folder + strconv.Itoa(year) + "/" + pad(strconv.Itoa(month), 2) + "/" + l.id + ".yaml"
}
