package check

import (
	"errors"
	"strings"
	"sync"
	"time"

	"kept/internal/expr"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// compiled is a kind with its expressions ready to run. A missing program is one
// that does not compile; that has been reported once.
type compiled struct {
	guards map[string]*expr.Program // by source
	rules  []kindRule
	texts  []textField
	wrong  finding.List // of expressions that do not compile
}

// Programs holds the compiled expressions of kinds. They are compiled when a record
// of the kind is first judged. It is safe for concurrent use.
type Programs struct {
	mutex sync.Mutex
	kinds map[*schema.Kind]*compiled
}

// NewPrograms begins with none.
func NewPrograms() *Programs { return &Programs{kinds: map[*schema.Kind]*compiled{}} }

// of gives a kind's expressions.
func (p *Programs) of(kind *schema.Kind, kinds *schema.Registry) *compiled {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	c := p.kinds[kind]
	if c == nil {
		c = compile(kind, kinds)
		p.kinds[kind] = c
	}
	return c
}

type kindRule struct {
	schema.Rule
	when, require *expr.Program
}

// compile gives a kind's expressions and reports once those that do not compile,
// at the kind file.
func (j *judge) compile(kind *schema.Kind) *compiled {
	if c := j.kinds[kind.ID]; c != nil {
		return c
	}
	c := j.Programs.of(kind, j.Register.Kinds())
	j.kinds[kind.ID] = c
	j.found = append(j.found, c.wrong...)
	return c
}

func compile(kind *schema.Kind, kinds *schema.Registry) *compiled {
	c := &compiled{guards: map[string]*expr.Program{}, texts: textsOf(kind.Fields, kind.Label)}
	types := record.Types(kind, kinds)
	program := func(source string) *expr.Program {
		if source == "" {
			return nil
		}
		p, err := expr.Compile(source, types)
		if err != nil {
			c.wrong = append(c.wrong, badExpression(kind, source, err))
			return nil
		}
		return p
	}
	for _, step := range kind.Steps {
		if step.Guard != "" && c.guards[step.Guard] == nil {
			c.guards[step.Guard] = program(step.Guard)
		}
	}
	for _, rule := range kind.Rules {
		c.rules = append(c.rules, kindRule{Rule: rule, when: program(rule.When), require: program(rule.Require)})
	}
	for _, letter := range kind.Texts {
		program(letter.When)
	}
	return c
}

func reasonOf(err error) string {
	var at *expr.Error
	if errors.As(err, &at) {
		return at.Reason
	}
	return err.Error()
}

func badExpression(kind *schema.Kind, source string, err error) finding.Finding {
	return finding.Finding{
		Position: finding.Position{Path: "schemas/" + kind.ID + ".kind.yaml", Line: 1, Column: 1},
		Rule:     "kind-expression", Severity: finding.Error,
		Key: "check.kind-expression", Args: []locale.Arg{locale.A("source", source), locale.A("reason", reasonOf(err))},
	}
}

// holds evaluates a condition about the record; it is false where the condition
// has no result, which is reported once a condition, at the kind file. Values are read once a record, when a condition asks for them.
func (j *judge) holds(p *expr.Program, rec *record.Record) bool {
	if j.values == nil {
		j.values = expr.Vars{}
	}
	rec.Fill(j.values, p.Names(), record.Facts{Zone: j.Zone, AsOf: j.AsOf, Until: j.until, Others: j.others, Passing: true, Due: func(l schema.TimeLimit) time.Time {
		d, _ := rec.Deadline(l, j.Calendar, nil, j.until)
		return d.Due
	}})
	m := j.meters[p]
	if m == nil {
		m = &expr.Meter{}
		j.meters[p] = m
	}
	_, before := m.Failed()
	ok := m.Holds(p, j.values, rec.ID)
	if id, err := m.Failed(); err != nil && before == nil {
		wrong := badExpression(rec.Kind, p.String(), err)
		wrong.Key, wrong.Args = "check.kind-expression-failed", append(wrong.Args, locale.A("record", id))
		j.found = append(j.found, wrong)
	}
	return ok
}

// spent tells whether a condition cost too much, so that nothing more can be said
// by it.
func (j *judge) spent(p *expr.Program) bool {
	return p != nil && j.meters[p] != nil && j.meters[p].Spent()
}

// stepsGuarded finds steps in force whose guard does not hold.
func stepsGuarded(j *judge, rec *record.Record) {
	if len(j.kind.guards) == 0 {
		return
	}
	j.each(rec, func(i int, t record.Transition, step schema.Step) {
		program := j.kind.guards[step.Guard]
		if program == nil || !j.live[i] {
			return
		}
		if j.holds(program, rec) || j.spent(program) {
			return
		}
		j.found = append(j.found, finding.Finding{
			Position: stepPosition(rec, t, "/to"), Rule: j.rule.ID, Severity: j.rule.Severity, Record: rec.ID, Said: step.GuardText,
		})
	})
}

// endedElsewhere tells a record that was finished before its ledger was imported:
// what should have been done about it meanwhile cannot be done any more, and the
// ledger does not say whether it was.
func endedElsewhere(rec *record.Record) bool {
	state, _ := rec.State()
	return stepsElsewhere(rec) && state.Phase.Ended()
}

// stepsElsewhere tells a record of which nobody took a step here: a ledger says when
// it went on, not in which role.
func stepsElsewhere(rec *record.Record) bool {
	brought := rec.Brought()
	return brought > 0 && brought == len(rec.Transitions())
}

// kindRules finds what the kind's own rules do not allow.
func kindRules(j *judge, rec *record.Record) {
	if len(j.kind.rules) == 0 {
		return
	}
	ended, brought := endedElsewhere(rec), stepsElsewhere(rec)
	for _, rule := range j.kind.rules {
		if ended && rule.Severity != finding.Error || brought && rule.At == record.TransitionsField {
			continue
		}
		if rule.require == nil || rule.when != nil && !j.holds(rule.when, rec) || j.holds(rule.require, rec) || j.spent(rule.require) {
			continue
		}
		j.found = append(j.found, finding.Finding{
			Position: rec.Position("/" + strings.ReplaceAll(rule.At, ".", "/")), Rule: rule.ID, Severity: rule.Severity, Record: rec.ID, Said: rule.Message,
		})
	}
}
