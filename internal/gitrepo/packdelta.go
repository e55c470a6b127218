package gitrepo

// difference is git's delta from before to after, made of what both begin with,
// what is new, and what both end with. It is of use only where small is true:
// less than half the size of after.
func difference(before, after []byte) (delta []byte, small bool) {
	most := min(len(before), len(after))
	head := 0
	for head < most && before[head] == after[head] {
		head++
	}
	tail := 0
	for tail < most-head && before[len(before)-1-tail] == after[len(after)-1-tail] {
		tail++
	}
	fresh := after[head : len(after)-tail]
	if len(fresh) > len(after)/2 || len(after) < 64 {
		return nil, false
	}
	delta = appendSize(delta, len(before))
	delta = appendSize(delta, len(after))
	delta = appendCopy(delta, 0, head)
	for len(fresh) > 0 {
		n := min(len(fresh), 127)
		delta = append(append(delta, byte(n)), fresh[:n]...)
		fresh = fresh[n:]
	}
	return appendCopy(delta, len(before)-tail, tail), true
}

// appendSize writes a size, seven bits in each byte, lowest first.
func appendSize(delta []byte, n int) []byte {
	for ; n > 0x7f; n >>= 7 {
		delta = append(delta, byte(n)|0x80)
	}
	return append(delta, byte(n))
}

// appendCopy writes the instructions that copy n bytes of the base from offset:
// a byte that says which bytes of offset and size follow, and those.
func appendCopy(delta []byte, offset, n int) []byte {
	for n > 0 {
		size := min(n, 0xffff)
		at := len(delta)
		delta = append(delta, 0x80)
		for i := range 4 {
			if b := byte(offset >> (8 * i)); b != 0 {
				delta[at] |= 1 << i
				delta = append(delta, b)
			}
		}
		for i := range 2 {
			if b := byte(size >> (8 * i)); b != 0 {
				delta[at] |= 0x10 << i
				delta = append(delta, b)
			}
		}
		offset, n = offset+size, n-size
	}
	return delta
}
