package gitrepo

// Bounds on one comparison: nobody keeps a million records in one change, and a
// small crafted repository can unfold into any number of files.
const (
	maxTreeChanges = 1_000_000
	maxTreeDepth   = 64
)

// treeDiff gathers the files that differ between two trees. Equal subtrees
// are not opened.
type treeDiff struct {
	store   *store
	changes []Change
}

// diff compares two folders by their tree ids, zero for one that is not there.
// The changes come in the order of their paths.
func (s *store) diff(prefix string, before, after id) ([]Change, error) {
	if before == after {
		return nil, nil
	}
	d := treeDiff{store: s}
	err := d.walk(prefix, before, after, 0)
	return d.changes, err
}

func (d *treeDiff) walk(prefix string, before, after id, depth int) error {
	if depth > maxTreeDepth || len(d.changes) > maxTreeChanges {
		return ErrTooLarge
	}
	old, err := d.store.tree(before)
	if err != nil {
		return err
	}
	now, err := d.store.tree(after)
	if err != nil {
		return err
	}
	a, inOld := old.next()
	b, inNow := now.next()
	for inOld || inNow {
		order := 0
		switch {
		case !inNow:
			order = -1
		case !inOld:
			order = 1
		default:
			order = a.compare(b)
		}
		if err := d.pair(prefix, a, b, order, depth); err != nil {
			return err
		}
		if order <= 0 {
			a, inOld = old.next()
		}
		if order >= 0 {
			b, inNow = now.next()
		}
	}
	if err := old.err(before); err != nil {
		return err
	}
	return now.err(after)
}

// pair compares the entries of one name: a alone where order is negative, b
// alone where it is positive.
func (d *treeDiff) pair(prefix string, a, b entry, order, depth int) error {
	switch {
	case order < 0:
		b = entry{name: a.name, dir: a.dir}
	case order > 0:
		a = entry{name: b.name, dir: b.dir}
	case a.id == b.id:
		return nil
	}
	path := prefix + string(a.name)
	if a.dir {
		return d.walk(path+"/", a.id, b.id, depth+1)
	}
	d.changes = append(d.changes, Change{Path: path, Before: hexOf(a.id), After: hexOf(b.id)})
	return nil
}

// hexOf is the written form of an id, "" for the zero id.
func hexOf(h id) Hash {
	if h == (id{}) {
		return ""
	}
	return Hash(h.String())
}
