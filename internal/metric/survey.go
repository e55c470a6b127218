package metric

import (
	"kept/internal/calendar"
	"kept/internal/expr"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// survey says where a KPI finds surveys, their questions and their answers. A
// survey belongs to the period that it names, not to that of its answers
// (domain.md §15.4).
type survey struct {
	cohort
	period string // field of a survey

	form, questions string        // reference to the questionnaire; its list
	asked           *expr.Program // which questions count

	responses         *schema.Kind
	link              string // field of a response that names its survey
	submitted         string
	customer          string
	unusable          []exclusion
	answers           string // list of a response
	question, score   string // fields of an answer
	invitations       string // list of a survey
	sent, undelivered *expr.Program
	completed         *expr.Program
	anonymous         *expr.Program // surveys of which a few answers are not shown
	frame             frame
}

// survey reads the key survey.
func (b *builder) survey() survey {
	o := b.rec.Object.Object("survey")
	s := survey{
		cohort: b.cohort(""), period: o.Text("period"),
		form: o.Text("form"), questions: o.Text("questions"),
		link: o.Text("link"), submitted: o.Text("submitted"), customer: o.Text("customer"),
		answers: o.Text("answers"), question: o.Text("question"), score: o.Text("score"),
		invitations: o.Text("invitations"),
	}
	if s.kind == nil {
		return s
	}
	b.name(o, "period", "/survey/period", s.kind)
	s.anonymous = b.condition(o, "anonymous", "/survey/anonymous", b.typesOf(s.kind))
	if o.Has("frame") {
		s.frame = b.frame(o.Object("frame"))
	}
	if o.Has("responses") {
		b.responses(o, &s)
	}
	if f, ok := s.kind.Field(s.invitations); ok {
		types := record.ItemTypes(f)
		s.sent = b.condition(o, "sent", "/survey/sent", types)
		s.undelivered = b.condition(o, "undelivered", "/survey/undelivered", types)
		s.completed = b.condition(o, "completed", "/survey/completed", types)
	} else if s.invitations != "" {
		b.fail("/survey/invitations", "metric.unknown-name", locale.A("name", s.invitations), locale.T("kind", s.kind.Title))
	}
	return s
}

func (b *builder) responses(o yamldoc.Object, s *survey) {
	s.responses = b.kind(o, "responses", "/survey/responses")
	if s.responses == nil {
		return
	}
	b.name(o, "link", "/survey/link", s.responses)
	s.unusable = b.exclusions(o, "unusable", "/survey/unusable", record.Types(s.responses, b.reg.Kinds()))
	if s.form == "" {
		return
	}
	b.name(o, "answers", "/survey/answers", s.responses)
	field, _ := s.kind.Field(s.form)
	if len(field.Refs) != 1 {
		b.fail("/survey/form", "metric.unknown-name", locale.A("name", s.form), locale.T("kind", s.kind.Title))
		return
	}
	form := b.reg.Kinds().Kind(field.Refs[0])
	if form == nil {
		b.fail("/survey/form", "metric.unknown-kind", locale.A("name", field.Refs[0]))
		return
	}
	list, ok := form.Field(s.questions)
	if !ok {
		b.fail("/survey/questions", "metric.unknown-name", locale.A("name", s.questions), locale.T("kind", form.Title))
		return
	}
	s.asked = b.condition(o, "asked", "/survey/asked", record.ItemTypes(list))
}

// inPeriod yields the surveys whose own period lies in p and lists those that an
// exclusion names.
func (s survey) inPeriod(in *Inputs, r *Result) func(yield func(*facts) bool) {
	return func(yield func(*facts) bool) {
		for f, left := range s.facts(in) {
			own, err := calendar.ParsePeriod(f.rec.Text(s.period))
			if err != nil || !own.Grain.Fits(r.Period.Grain) || own.Of(r.Period.Grain) != r.Period {
				continue
			}
			if !left.IsZero() {
				r.Excluded = append(r.Excluded, Evidence{Record: f.rec.ID, Reason: left})
				continue
			}
			if !yield(f) {
				return
			}
		}
	}
}

// answersTo yields the responses to one survey known at the moment of judgement,
// in the order of ids, with why they cannot be used.
func (s survey) answersTo(in *Inputs, id string) func(yield func(*facts, locale.Text) bool) {
	return func(yield func(*facts, locale.Text) bool) {
		for f := range (link{kind: s.responses, field: s.link}).of(in, id) {
			if at, ok := record.MomentOf(f.rec.Object, s.submitted, in.Calendar.Zone()); ok && !at.Before(in.AsOf) {
				continue
			}
			if !yield(f, f.left(s.unusable)) {
				return
			}
		}
	}
}

// askedIn are the questions that count, by their ids.
func (s survey) askedIn(in *Inputs, f *facts) map[string]yamldoc.Object {
	ids := map[string]yamldoc.Object{}
	form := in.Register.Get(f.rec.Text(s.form))
	if form == nil || form.Kind == nil {
		return ids
	}
	field, _ := form.Kind.Field(s.questions)
	for _, q := range form.Items(s.questions) {
		if s.asked == nil || holds(s.asked, record.ItemVars(field, q, in.Calendar.Zone())) {
			ids[q.Text(record.IDField)] = q
		}
	}
	return ids
}
