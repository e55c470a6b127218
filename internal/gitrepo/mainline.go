package gitrepo

import (
	"iter"
	"slices"
	"strings"
)

// Mainline yields the first-parent line of head, oldest first, with the changes
// below the folder named in under ("" for all). A shallow or partial clone or a
// missing object ends it with a [*HistoryError].
func (r *Repo) Mainline(head Hash, under string) iter.Seq2[Advance, error] {
	return r.MainlineAnd(head, "", under)
}

// MainlineAnd is [Repo.Mainline] with, where branch is not "", one more step: the
// merge of that branch that nobody has made yet. Its commit is empty but for its
// parents, and what it changes is for the caller to say.
func (r *Repo) MainlineAnd(head, branch Hash, under string) iter.Seq2[Advance, error] {
	return func(yield func(Advance, error) bool) {
		l := Line{}
		steps, _ := l.Walk(r, head, under)
		for step, err := range steps {
			if !yield(step, err) || err != nil {
				return
			}
		}
		if branch == "" {
			return
		}
		last := Advance{Commit: Commit{Parents: []Hash{head, branch}}}
		err := l.walk.bring(&last, branch)
		yield(last, err)
	}
}

// Line is a mainline that is walked as far as it goes, and further when it has grown.
// The zero Line has walked nothing. It is not safe for concurrent use.
type Line struct {
	walk   walk
	head   Hash // walked up to; "" where the next walk begins anew
	length int
}

// Length is how many steps the last walk has.
func (l *Line) Length() int { return l.length }

// Walk yields the steps of head's mainline that come after the last walk, which went
// through, where that one's head is on it, and tells so by grown; else all steps, as
// [Repo.Mainline] does. The repository may have been opened again meanwhile.
func (l *Line) Walk(repo *Repo, head Hash, under string) (steps iter.Seq2[Advance, error], grown bool) {
	under = strings.Trim(under, "/")
	line, grown, err := repo.since(head, l.head)
	grown = grown && under == l.walk.under
	if grown {
		l.walk.repo = repo
	} else {
		l.walk = walk{repo: repo, under: under, known: make(map[Hash]id, 2*len(line))}
	}
	l.head, l.length = "", len(line)
	return func(yield func(Advance, error) bool) {
		if err != nil {
			yield(Advance{}, err)
			return
		}
		for _, h := range slices.Backward(line) {
			step, err := l.walk.advance(h)
			if !yield(step, err) || err != nil {
				return
			}
		}
		l.head = head
	}, grown
}

// since lists head and its first parents, newest first, up to one that was walked and
// without it, and tells whether that one is among them. It keeps no more than their
// ids, since a history is long.
func (r *Repo) since(head, walked Hash) ([]Hash, bool, error) {
	if len(r.shallow) > 0 {
		walked = ""
	}
	var line []Hash
	for h := head; h != ""; {
		if h == walked {
			return line, true, nil
		}
		c, err := r.historic(h)
		if err != nil {
			return nil, false, err
		}
		line = append(line, h)
		h = c.first()
	}
	return line, false, nil
}

// FirstParents lists a commit and its first parents, newest first. A history that is
// not complete is a [*HistoryError].
func (r *Repo) FirstParents(head Hash) ([]Hash, error) {
	line, _, err := r.since(head, "")
	return line, err
}

// historic reads a commit whose parents must be there too.
func (r *Repo) historic(h Hash) (Commit, error) {
	if r.shallow[h] {
		return Commit{}, shallowError(h)
	}
	return r.Commit(h)
}

// first is the first parent, "" for a root.
func (c *Commit) first() Hash {
	if len(c.Parents) == 0 {
		return ""
	}
	return c.Parents[0]
}

// walk goes up the mainline. known holds the folder of every commit that the
// mainline has reached so far; it is closed under parents, so that each commit
// is visited once, after its parents.
type walk struct {
	repo  *Repo
	under string
	known map[Hash]id
}

func (w *walk) advance(h Hash) (Advance, error) {
	c, err := w.repo.Commit(h)
	if err != nil {
		return Advance{}, err
	}
	changes, err := w.changes(&c)
	if err != nil {
		return Advance{}, err
	}
	step := Advance{Commit: c, Changes: changes}
	for i := 1; i < len(c.Parents); i++ {
		if err := w.bring(&step, c.Parents[i]); err != nil {
			return Advance{}, err
		}
	}
	return step, nil
}

// changes compares a commit with its first parent, or with the empty tree, and
// makes it known.
func (w *walk) changes(c *Commit) ([]Change, error) {
	root, err := parseHash(c.Tree)
	if err != nil {
		return nil, err
	}
	folder, err := w.repo.objects.subtree(root, w.under)
	if err != nil {
		return nil, w.repo.explain(err)
	}
	w.known[c.Hash] = folder
	prefix := w.under
	if prefix != "" {
		prefix += "/"
	}
	changes, err := w.repo.objects.diff(prefix, w.known[c.first()], folder)
	return changes, w.repo.explain(err)
}

// visit is a commit on the way down with the parents still to be visited.
type visit struct {
	commit Commit
	next   int
}

// bring adds what can be reached from h and was not known, parents before
// children.
func (w *walk) bring(step *Advance, h Hash) error {
	var stack []visit
	for {
		if _, seen := w.known[h]; h != "" && !seen {
			c, err := w.repo.historic(h)
			if err != nil {
				return err
			}
			w.known[h] = id{} // until its turn comes
			stack = append(stack, visit{commit: c})
		}
		if len(stack) == 0 {
			return nil
		}
		top := &stack[len(stack)-1]
		if top.next < len(top.commit.Parents) {
			h = top.commit.Parents[top.next]
			top.next++
			continue
		}
		changes, err := w.changes(&top.commit)
		if err != nil {
			return err
		}
		step.Side = append(step.Side, SideCommit{Commit: top.commit, Changes: changes})
		stack = stack[:len(stack)-1]
		h = ""
	}
}
