package evidence

import (
	"slices"
	"strings"

	"kept/internal/gitrepo"
	"kept/internal/record"
)

// Loss is a record of an anchored commit that a history no longer holds as it
// was.
type Loss struct {
	Record string
	Path   string // where the anchored commit has it
	// Gone tells that no file of the record's name is there now; else its anchored
	// version is in no commit of the history.
	Gone bool
}

// Losses compares the record files of an anchored commit with those of a head
// whose history does not contain it. A record that changed since is no loss where
// the head's history holds the anchored version, by the id of its blob; known
// tells which it holds. The order is that of the paths.
func Losses(anchored, head []gitrepo.Change, known map[gitrepo.Hash]bool) []Loss {
	here := map[string]bool{}
	for _, c := range head {
		here[record.StemOf(c.Path)] = true
		known[c.After] = true
	}
	var list []Loss
	for _, c := range anchored {
		id := record.StemOf(c.Path)
		switch {
		case !here[id] && !known[c.After]:
			list = append(list, Loss{Record: id, Path: c.Path, Gone: true})
		case !known[c.After]:
			list = append(list, Loss{Record: id, Path: c.Path})
		}
	}
	slices.SortFunc(list, func(a, b Loss) int { return strings.Compare(a.Path, b.Path) })
	return list
}
