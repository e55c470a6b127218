package gitrepo

// MergeBase is the newest commit, by committer time, that is an ancestor of both,
// or one of them; "" where their histories have nothing in common. Of two bases
// of one time the smaller id counts.
func (r *Repo) MergeBase(a, b Hash) (Hash, error) {
	ofA, err := r.ancestors(a)
	if err != nil {
		return "", err
	}
	ofB, err := r.ancestors(b)
	if err != nil {
		return "", err
	}
	best, shared := Hash(""), map[Hash]bool{}
	for h := range ofA {
		if _, ok := ofB[h]; ok {
			shared[h] = true
		}
	}
	for h := range shared {
		for _, parent := range ofA[h].Parents {
			shared[parent] = false // an ancestor of a better one
		}
	}
	for h, top := range shared {
		if !top {
			continue
		}
		when, bestWhen := ofA[h].Committer.When, ofA[best].Committer.When
		if best == "" || when.After(bestWhen) || when.Equal(bestWhen) && h < best {
			best = h
		}
	}
	return best, nil
}

// ancestors are the commits that can be reached from h, itself included.
func (r *Repo) ancestors(h Hash) (map[Hash]Commit, error) {
	found := map[Hash]Commit{}
	for queue := []Hash{h}; len(queue) > 0; {
		at := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if _, ok := found[at]; ok {
			continue
		}
		c, err := r.historic(at)
		if err != nil {
			return nil, err
		}
		found[at] = Commit{Parents: c.Parents, Committer: c.Committer}
		queue = append(queue, c.Parents...)
	}
	return found, nil
}

// Blobs lists the files below a folder of a commit with the ids of their blobs,
// in path order.
func (r *Repo) Blobs(commit Hash, under string) ([]Change, error) {
	return r.Between("", commit, under)
}

// Between lists the files below a folder that differ between two commits, in path
// order; "" is a commit without files. Folders that are equal are not opened.
func (r *Repo) Between(from, to Hash, under string) ([]Change, error) {
	before, err := r.folderOf(from, under)
	if err != nil {
		return nil, err
	}
	after, err := r.folderOf(to, under)
	if err != nil {
		return nil, err
	}
	prefix := under
	if prefix != "" {
		prefix += "/"
	}
	list, err := r.objects.diff(prefix, before, after)
	return list, r.explain(err)
}

// folderOf is the tree of a folder of a commit, zero where it is not there.
func (r *Repo) folderOf(commit Hash, under string) (id, error) {
	if commit == "" {
		return id{}, nil
	}
	c, err := r.Commit(commit)
	if err != nil {
		return id{}, err
	}
	root, err := parseHash(c.Tree)
	if err != nil {
		return id{}, err
	}
	folder, err := r.objects.subtree(root, under)
	return folder, r.explain(err)
}
