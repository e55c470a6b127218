package check

import (
	"errors"
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
}

type kindRule struct {
	schema.Rule
	when, require *expr.Program
}

// compile prepares a kind's expressions and reports those that do not compile,
// at the kind file.
func (j *judge) compile(kind *schema.Kind) *compiled {
	if c := j.kinds[kind.ID]; c != nil {
		return c
	}
	c := &compiled{guards: map[string]*expr.Program{}}
	j.kinds[kind.ID] = c
	types := record.Types(kind)
	program := func(source string) *expr.Program {
		if source == "" {
			return nil
		}
		p, err := expr.Compile(source, types)
		if err != nil {
			j.badExpression(kind, source, err)
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
	return c
}

func (j *judge) badExpression(kind *schema.Kind, source string, err error) {
	reason := err.Error()
	var at *expr.Error
	if errors.As(err, &at) {
		reason = at.Reason
	}
	j.found = append(j.found, finding.Finding{
		Position: finding.Position{Path: "schemas/" + kind.ID + ".kind.yaml", Line: 1, Column: 1},
		Rule:     "kind-expression", Severity: finding.Error,
		Key: "check.kind-expression", Args: []locale.Arg{locale.A("source", source), locale.A("reason", reason)},
	})
}

// vars is the record for its kind's expressions, made once a record.
func (j *judge) vars(rec *record.Record) expr.Vars {
	if j.values == nil {
		j.values = j.makeVars(rec)
	}
	return j.values
}

func (j *judge) makeVars(rec *record.Record) expr.Vars {
	return rec.Vars(record.Facts{Zone: j.Zone, AsOf: j.AsOf, Until: j.until, Due: func(l schema.TimeLimit) time.Time {
		d, _ := rec.Deadline(l, j.Calendar, j.firstOf(rec), j.until)
		return d.Due
	}})
}

// stepsGuarded finds steps in force whose guard does not hold.
func stepsGuarded(j *judge, rec *record.Record) {
	if len(j.kind.guards) == 0 {
		return
	}
	vars := j.vars(rec)
	j.each(rec, func(i int, t record.Transition, step schema.Step) {
		program := j.kind.guards[step.Guard]
		if program == nil || !j.live[i] {
			return
		}
		if ok, err := program.Bool(vars); err == nil && ok {
			return
		}
		j.found = append(j.found, finding.Finding{
			Position: stepPosition(rec, t, "/to"), Rule: j.rule.ID, Severity: j.rule.Severity, Record: rec.ID, Said: step.GuardText,
		})
	})
}

// kindRules finds what the kind's own rules do not allow.
func kindRules(j *judge, rec *record.Record) {
	if len(j.kind.rules) == 0 {
		return
	}
	vars := j.vars(rec)
	for _, rule := range j.kind.rules {
		if rule.require == nil || rule.when != nil && !holds(rule.when, vars) || holds(rule.require, vars) {
			continue
		}
		j.found = append(j.found, finding.Finding{
			Position: rec.Position("/" + rule.At), Rule: rule.ID, Severity: rule.Severity, Record: rec.ID, Said: rule.Message,
		})
	}
}

// holds is false where the expression has no result.
func holds(p *expr.Program, vars expr.Vars) bool {
	ok, err := p.Bool(vars)
	return err == nil && ok
}
