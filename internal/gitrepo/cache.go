package gitrepo

import "container/list"

// cacheBytes bounds the objects kept for further use: trees that the next
// commit is compared with, and the bases of deltas.
const cacheBytes = 32 << 20

// address names an object by its place in a pack, or by its id where it is
// loose.
type address struct {
	pack   *openPack
	offset int64
	id     id
}

// cache keeps the objects used last.
type cache struct {
	entries map[address]*list.Element
	recent  list.List // of cached, newest first
	size    int
}

type cached struct {
	at     address
	object object
	sound  id // that the content was compared with; zero before
}

func newCache() *cache { return &cache{entries: map[address]*list.Element{}} }

func (c *cache) get(at address) (object, bool) {
	e, ok := c.entries[at]
	if !ok {
		return object{}, false
	}
	c.recent.MoveToFront(e)
	entry, _ := e.Value.(*cached)
	return entry.object, true
}

// entry is what is kept of a place; nil where nothing is.
func (c *cache) entry(at address) *cached {
	e, ok := c.entries[at]
	if !ok {
		return nil
	}
	entry, _ := e.Value.(*cached)
	return entry
}

// put keeps an object, unless it would push out most of the others.
func (c *cache) put(at address, o object) {
	if len(o.data) > cacheBytes/8 {
		return
	}
	if _, known := c.entries[at]; known {
		return
	}
	c.entries[at] = c.recent.PushFront(&cached{at: at, object: o})
	c.size += len(o.data)
	for c.size > cacheBytes {
		oldest := c.recent.Back()
		entry, _ := c.recent.Remove(oldest).(*cached)
		delete(c.entries, entry.at)
		c.size -= len(entry.object.data)
	}
}
