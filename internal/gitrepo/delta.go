package gitrepo

// patch applies git's delta to a base. Every length and offset is checked: a
// delta comes from a file. go-git's own would let one of a few kilobytes grow to
// any size that it names.
func patch(base, delta []byte) ([]byte, error) {
	from, delta, ok := readSize(delta)
	if !ok || from != len(base) {
		return nil, errDamaged
	}
	size, delta, ok := readSize(delta)
	if !ok {
		return nil, errDamaged
	}
	if size > maxObjectBytes {
		return nil, ErrTooLarge
	}
	out := make([]byte, 0, size)
	for len(delta) > 0 {
		command := delta[0]
		delta = delta[1:]
		if command == 0 {
			return nil, errDamaged
		}
		var piece []byte
		if command&0x80 == 0 {
			piece, delta, ok = cut(delta, int(command))
		} else {
			piece, delta, ok = copied(base, command, delta)
		}
		if !ok || len(out)+len(piece) > size {
			return nil, errDamaged
		}
		out = append(out, piece...)
	}
	if len(out) != size {
		return nil, errDamaged
	}
	return out, nil
}

// readSize reads seven bits from each byte, lowest first.
func readSize(data []byte) (int, []byte, bool) {
	n := 0
	for i := 0; i < len(data) && i < 8; i++ {
		n |= int(data[i]&0x7f) << (7 * i)
		if data[i]&0x80 == 0 {
			return n, data[i+1:], true
		}
	}
	return 0, nil, false
}

func cut(data []byte, n int) (head, rest []byte, ok bool) {
	if n > len(data) {
		return nil, nil, false
	}
	return data[:n], data[n:], true
}

// copied is the piece of the base that a copy command names: its low bits say
// which bytes of offset and size follow.
func copied(base []byte, command byte, delta []byte) (piece, rest []byte, ok bool) {
	offset, size := 0, 0
	for i := range 7 {
		if command&(1<<i) == 0 {
			continue
		}
		if len(delta) == 0 {
			return nil, nil, false
		}
		if i < 4 {
			offset |= int(delta[0]) << (8 * i)
		} else {
			size |= int(delta[0]) << (8 * (i - 4))
		}
		delta = delta[1:]
	}
	if size == 0 {
		size = 0x10000
	}
	if offset > len(base) || size > len(base)-offset {
		return nil, nil, false
	}
	return base[offset : offset+size], delta, true
}
