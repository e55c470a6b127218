package demo

import (
	"fmt"
	"maps"
	"strconv"
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

func apply(tree *gitrepo.Tree, edits []edit) *gitrepo.Tree {
	for _, e := range edits {
		if e.data == nil {
			tree = tree.Remove(e.path)
		} else {
			tree = tree.Put(e.path, e.data)
		}
	}
	return tree
}

func (c *change) commitDirect(d deed) error {
	s := c.life.stage
	head, err := s.advance(apply(s.tree, d.edits), d.who.signs(d.at), d.who.signs(d.at), d.say)
	s.truth.add(d.truths, c.life.id, head, head)
	s.truth.add(c.fillTruths(), c.life.id, head, head)
	return err
}

func (c *change) commitSide(d deed) error {
	s := c.life.stage
	if c.tree == nil {
		c.tree, c.head = s.tree, s.head
	}
	c.tree = apply(c.tree, d.edits)
	var err error
	c.head, err = s.pack.Commit(gitrepo.Draft{
		Tree: c.tree, Parents: []gitrepo.Hash{c.head}, Author: d.who.signs(d.at), Committer: d.who.signs(d.at), Message: d.say,
	})
	if err != nil {
		return err
	}
	if !c.merged.Before(s.end) {
		return s.pack.Ref("refs/heads/"+strings.ToLower(c.life.id), c.head)
	}
	s.commits++
	s.truth.add(d.truths, c.life.id, "", c.head)
	return nil
}

// merge brings the change to the mainline, as a merge commit or squashed.
func (c *change) merge() error {
	s := c.life.stage
	tree, last := s.tree, c.deeds[len(c.deeds)-1]
	for _, d := range c.deeds {
		tree = apply(tree, d.edits)
	}
	s.requests++
	by := c.merger.signs(c.merged)
	var head gitrepo.Hash
	var err error
	if c.def.mode == "squash" {
		head, err = s.advance(tree, last.who.signs(last.at), by, fmt.Sprintf("%s (#%d)%s", last.say, s.requests, c.trailers()))
		s.truth.add(last.truths, c.life.id, head, head)
	} else {
		vars := c.life.scope.vars
		vars["title"], vars["request"] = orElse(c.def.title, "{id}"), strconv.Itoa(s.requests)
		head, err = s.advance(tree, by, by, c.life.scope.text(s.scenario.merges)+c.trailers(), c.head)
		s.truth.merged(c.life.id, head)
	}
	if err != nil {
		return err
	}
	s.truth.add(c.fillTruths(), c.life.id, head, head)
	c.life.now = c.merged
	return c.finish()
}

// trailers is the last paragraph of the message of a merge.
func (c *change) trailers() string {
	names := c.def.trail
	if len(names) == 0 {
		names = []string{"Reviewed-by"}
	}
	lines := make([]string, len(names))
	for i, name := range names {
		lines[i] = name + ": " + c.merger.mention()
	}
	return "\n\n" + strings.Join(lines, "\n")
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
	l.stage.previous[l.def.name] = maps.Clone(l.fields)
	if c.def.mode == "direct" {
		l.now = maxTime(l.now, c.deeds[len(c.deeds)-1].at)
	}
	return l.proceed()
}

// advance writes a commit on the mainline.
func (s *stage) advance(tree *gitrepo.Tree, author, committer gitrepo.Person, message string, more ...gitrepo.Hash) (gitrepo.Hash, error) {
	d := gitrepo.Draft{Tree: tree, Author: author, Committer: committer, Message: message}
	if s.head != "" {
		d.Parents = append([]gitrepo.Hash{s.head}, more...)
	}
	head, err := s.pack.Commit(d)
	if err != nil {
		return "", err
	}
	s.tree, s.head, s.last = tree, head, committer.When
	s.commits++
	return head, nil
}
