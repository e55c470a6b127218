package history

// difference is one value that two versions do not share.
type difference struct {
	pointer       string
	before, after any  // nil where it is not there
	item          bool // an item that comes or goes, whole
}

// compare lists what differs, in the order of pointers. What lies inside an
// item that comes or goes is left out, unless deep.
func compare(before, after version, deep bool) []difference {
	var list []difference
	for len(before) > 0 || len(after) > 0 {
		order := 0
		switch {
		case len(after) == 0:
			order = -1
		case len(before) == 0:
			order = 1
		default:
			order = comparePointers(before[0].pointer, after[0].pointer)
		}
		var old, now []unit
		if order <= 0 {
			old, before = before[0].units, before[1:]
		}
		if order >= 0 {
			now, after = after[0].units, after[1:]
		}
		if len(old) > 0 && len(now) > 0 && &old[0] == &now[0] {
			continue
		}
		list = compareUnits(list, old, now, deep)
	}
	return list
}

// compareUnits adds the differences within one section.
func compareUnits(list []difference, before, after []unit, deep bool) []difference {
	for len(before) > 0 || len(after) > 0 {
		switch order := headOrder(before, after); {
		case order < 0:
			list = append(list, difference{before[0].pointer, before[0].value, nil, before[0].isItem()})
			before = pass(before, deep)
		case order > 0:
			list = append(list, difference{after[0].pointer, nil, after[0].value, after[0].isItem()})
			after = pass(after, deep)
		case before[0].isItem() && after[0].isItem():
			before, after = before[1:], after[1:]
		default:
			if !same(before[0].value, after[0].value) {
				list = append(list, difference{before[0].pointer, before[0].value, after[0].value, false})
			}
			before, after = pass(before, deep), pass(after, deep)
		}
	}
	return list
}

// headOrder compares the first pointers; one at its end comes last.
func headOrder(a, b []unit) int {
	switch {
	case len(b) == 0:
		return -1
	case len(a) == 0:
		return 1
	}
	return comparePointers(a[0].pointer, b[0].pointer)
}

// pass drops the first unit and, unless deep, what lies inside it.
func pass(v []unit, deep bool) []unit {
	head := v[0]
	v = v[1:]
	if head.isItem() && !deep {
		v = v[len(within(v, head.pointer)):]
	}
	return v
}

// within is the run of units at the start that lie below a pointer.
func within(v []unit, pointer string) []unit {
	n := 0
	for n < len(v) && inside(v[n].pointer, pointer) {
		n++
	}
	return v[:n]
}
