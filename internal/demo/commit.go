package demo

import (
	"fmt"
	"strconv"
	"strings"

	"kept/internal/gitrepo"
)

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
	head, err := s.advance(apply(s.tree, d.edits), d.who.signs(d.at), d.who.signs(d.at), d.message())
	s.truth.add(d.truths, c.life.id, head, head)
	s.truth.add(c.fillTruths(), c.life.id, head, head)
	return err
}

func (c *change) commitSide(d deed) error {
	s := c.life.stage
	if c.tree == nil {
		if c.merged.Before(s.end) { // else the mainline stays as it is
			s.truth.passed(c.life.id)
		}
		c.tree, c.head = s.tree, s.head
	}
	c.tree = apply(c.tree, d.edits)
	var err error
	c.head, err = s.pack.Commit(gitrepo.Draft{
		Tree: c.tree, Parents: []gitrepo.Hash{c.head}, Author: d.who.signs(d.at), Committer: d.who.signs(d.at), Message: d.message(),
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
		head, err = s.advance(tree, last.who.signs(last.at), by, fmt.Sprintf("%s (#%d)%s", last.say, s.requests, c.trailers(last.with...)))
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
	c.life.now = maxTime(c.life.now, c.merged)
	return c.finish()
}

// trailers is the last paragraph of the message of a merge; a squashed one also
// names the other authors.
func (c *change) trailers(with ...player) string {
	names := c.def.trail
	if len(names) == 0 {
		names = []string{"Reviewed-by"}
	}
	lines := make([]string, len(names))
	for i, name := range names {
		lines[i] = name + ": " + c.merger.mention()
	}
	for _, p := range with {
		lines = append(lines, "Co-authored-by: "+p.mention())
	}
	return "\n\n" + strings.Join(lines, "\n")
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
