package demo

import "hash/fnv"

// dice is a generator of chance (SplitMix64) that gives the same numbers on
// every machine and with every version of Go.
type dice struct{ state uint64 }

// newDice seeds a generator for one named purpose, so that a life's chances do
// not depend on those of others.
func newDice(seed uint64, purpose string) *dice {
	h := fnv.New64a()
	h.Write([]byte(purpose))
	d := &dice{state: seed ^ h.Sum64()}
	d.next()
	return d
}

func (d *dice) next() uint64 {
	d.state += 0x9e3779b97f4a7c15
	z := d.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below is a number in [0, n); 0 where n is not positive.
func (d *dice) below(n int) int {
	if n <= 0 {
		return 0
	}
	return int(d.next() % uint64(n))
}

// between is a number in [low, high], both inside.
func (d *dice) between(low, high int) int { return low + d.below(high-low+1) }

// percent is true p times in a hundred.
func (d *dice) percent(p int) bool { return d.below(100) < p }

// deck deals items without putting them back, and begins anew, shuffled, when
// all are dealt: shares that hold over few draws too.
type deck[T any] struct {
	items []T
	left  []T
}

func (k *deck[T]) deal(d *dice) T {
	if len(k.left) == 0 {
		k.left = append(k.left, k.items...)
		for i := len(k.left) - 1; i > 0; i-- {
			j := d.below(i + 1)
			k.left[i], k.left[j] = k.left[j], k.left[i]
		}
	}
	item := k.left[len(k.left)-1]
	k.left = k.left[:len(k.left)-1]
	return item
}
