//go:build !linux

package intake

// flushesTogether is false where a system has no call for it: each file is brought
// to the disk by itself.
const flushesTogether = false

func (h *held) flush() error { return nil }

func (h *held) writeSoon(name string, data []byte) error { return h.write(name, data) }

func (h *held) rename(from, to string) error { return h.Root.Rename(from, to) }
