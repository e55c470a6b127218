package demo

import (
	"maps"
	"slices"
	"strings"
	"time"

	"kept/internal/gitrepo"
)

// change is one change request on its way: a branch with commits, then a merge.
type change struct {
	life   *life
	def    changeDef
	deeds  []deed
	merger player
	merged time.Time

	tree *gitrepo.Tree // of the branch
	head gitrepo.Hash
}

// proceed plans the life's next change, where there is one.
func (l *life) proceed() error {
	if l.next >= len(l.story.changes) {
		return nil
	}
	def := l.story.changes[l.next]
	l.next++
	c := &change{life: l, def: def}
	joined := def.mode == "together" || def.mode == "squash"
	for i, d := range def.steps {
		done, err := l.act(d, joined && i < len(def.steps)-1)
		if err != nil {
			return err
		}
		c.deeds = append(c.deeds, done)
	}
	if joined {
		c.join()
	}
	if def.mode == "direct" {
		return c.planDirect()
	}
	return c.planMerge()
}

// join makes one commit of all.
func (c *change) join() {
	all := c.deeds[len(c.deeds)-1]
	var says []string
	all.edits, all.truths = nil, nil
	for _, d := range c.deeds {
		if d.who.id != all.who.id && !slices.ContainsFunc(all.with, func(p player) bool { return p.id == d.who.id }) {
			all.with = append(all.with, d.who)
		}
		says = append(says, d.say)
		all.edits = append(all.edits, d.edits...)
		all.truths = append(all.truths, d.truths...)
	}
	all.say = strings.Join(says, "\n\n")
	if len(says) > 1 {
		all.say = says[len(says)-1] + "\n\n" + strings.Join(says, "\n")
	}
	c.deeds = []deed{all}
}

// planDirect commits each deed on the mainline.
func (c *change) planDirect() error {
	q := &c.life.stage.queue
	for _, d := range c.deeds {
		q.plan(d.at, func() error { return c.commitDirect(d) })
	}
	q.plan(c.deeds[len(c.deeds)-1].at, c.finish)
	return nil
}

// planMerge commits the deeds on a branch and merges it; where the play ends
// before the merge, the branch stays, pending.
func (c *change) planMerge() error {
	l, s := c.life, c.life.stage
	last := c.deeds[len(c.deeds)-1]
	c.merged = s.schedule.after(last.at, c.def.wait.draw(l.scope.dice)).Add(time.Duration(l.scope.dice.below(59)) * time.Second)
	if !c.merged.After(last.at) {
		c.merged = last.at.Add(time.Minute)
	}
	var err error
	if c.merger, err = s.cast.holder(l.scope.dice, orElse(c.def.merger, "brm"), c.merged, last.who.id); err != nil {
		return err
	}
	if c.def.mode != "squash" {
		for _, d := range c.deeds {
			s.queue.plan(d.at, func() error { return c.commitSide(d) })
		}
	}
	s.queue.plan(c.merged, c.merge)
	return nil
}

func (c *change) fillTruths() []mapping {
	var out []mapping
	for _, t := range c.def.truth {
		filled, _ := c.life.scope.fill(t).(mapping)
		out = append(out, filled)
	}
	return out
}

// finish makes the record known to later lives and plans the next change.
func (c *change) finish() error {
	l := c.life
	if !l.story.follows && !l.removed {
		l.stage.previous[l.def.name] = maps.Clone(l.fields)
	}
	if c.def.mode == "direct" {
		l.now = maxTime(l.now, c.deeds[len(c.deeds)-1].at)
	}
	return l.proceed()
}
