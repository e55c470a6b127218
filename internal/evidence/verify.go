package evidence

import "strings"

// TextChange is a text that stands on one of two papers.
type TextChange struct {
	Near   string // what stands before it on both
	Before string // "" where the first paper lacks it
	After  string // "" where the second lacks it
}

// maxCompared bounds how far behind a difference the two lists are joined again.
const maxCompared = 400

// TextChanges compares the texts of two papers in order, and gives the first
// differences up to a number. Texts that say only which program printed are left
// out by the caller.
func TextChanges(a, b []string, most int) []TextChange {
	var list []TextChange
	i, k := 0, 0
	for len(list) < most && (i < len(a) || k < len(b)) {
		if i < len(a) && k < len(b) && a[i] == b[k] {
			i, k = i+1, k+1
			continue
		}
		di, dk := rejoin(a[i:], b[k:])
		for n := range max(di, dk) {
			change := TextChange{Near: at(a, i-1)}
			if n < di {
				change.Before = a[i+n]
			}
			if n < dk {
				change.After = b[k+n]
			}
			if len(list) < most {
				list = append(list, change)
			}
		}
		i, k = i+di, k+dk
	}
	return list
}

// rejoin is how many texts of each list come before they agree again, for two
// texts on end where there are two.
func rejoin(a, b []string) (int, int) {
	for span := 1; span < maxCompared; span++ {
		for i := 0; i <= span; i++ {
			k := span - i
			if agrees(a, b, i, k) {
				return i, k
			}
		}
	}
	return len(a), len(b)
}

func agrees(a, b []string, i, k int) bool {
	if i > len(a) || k > len(b) {
		return false
	}
	if i == len(a) || k == len(b) {
		return i == len(a) && k == len(b)
	}
	return a[i] == b[k] && at(a, i+1) == at(b, k+1)
}

func at(list []string, i int) string {
	if i < 0 || i >= len(list) {
		return ""
	}
	return list[i]
}

// RowChange is what differs in one row of a table between two papers.
type RowChange struct {
	Row    string // its id
	Before string // what differs, as "column=text"; "" where the first paper lacks the row
	After  string
}

// RowChanges compares the rows of two contents by their ids, in the order of the
// first and then of the second. Rows of one id are told apart by their order.
func RowChanges(a, b Content) []RowChange {
	was, order := rows(a)
	now, more := rows(b)
	var list []RowChange
	for _, id := range order {
		if before, after := apart(was[id], now[id]); before != after {
			list = append(list, RowChange{Row: id, Before: before, After: after})
		}
	}
	for _, id := range more {
		if _, known := was[id]; !known {
			list = append(list, RowChange{Row: id, After: strings.Join(now[id], "; ")})
		}
	}
	return list
}

// apart leaves only the cells that differ, where there are as many on both sides.
func apart(a, b []string) (string, string) {
	if len(a) != len(b) {
		return strings.Join(a, "; "), strings.Join(b, "; ")
	}
	var before, after []string
	for i := range a {
		if a[i] != b[i] {
			before, after = append(before, a[i]), append(after, b[i])
		}
	}
	return strings.Join(before, "; "), strings.Join(after, "; ")
}

// rows gathers the cells of the rows of each id, and the ids in their order.
func rows(c Content) (map[string][]string, []string) {
	byID := map[string][]string{}
	var order []string
	id := ""
	for _, l := range c.Lines {
		switch l.Part {
		case "row":
			id = l.Text
			if _, known := byID[id]; !known {
				order = append(order, id)
				byID[id] = []string{}
			}
		case "cell":
			byID[id] = append(byID[id], l.Text)
		}
	}
	return byID, order
}
