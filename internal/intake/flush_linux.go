package intake

import (
	"errors"
	"io"

	"golang.org/x/sys/unix"
)

// flushesTogether tells that [held.flush] brings all files of a disk there at once.
const flushesTogether = true

// flush waits until what was written to the folder's disk is on it.
func (h *held) flush() error {
	return again(func() error { return unix.Syncfs(int(h.file.Fd())) })
}

// writeSoon makes a new file in the folder, which [held.flush] brings to the disk. It
// calls the system itself: of thousands of small files, most of the time would go
// into asking whether one of them may be waited for.
func (h *held) writeSoon(name string, data []byte) error {
	file := -1
	err := again(func() (err error) {
		file, err = unix.Openat(int(h.file.Fd()), name, unix.O_WRONLY|unix.O_CREAT|unix.O_EXCL|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0o666)
		return err
	})
	if err != nil {
		return err
	}
	for len(data) > 0 && err == nil {
		n := 0
		if err = again(func() (err error) { n, err = unix.Write(file, data); return err }); err == nil && n <= 0 {
			err = io.ErrShortWrite
		}
		data = data[max(n, 0):]
	}
	return errors.Join(err, unix.Close(file))
}

// rename gives a file of the folder another name, and takes that of another file.
func (h *held) rename(from, to string) error {
	folder := int(h.file.Fd())
	return again(func() error { return unix.Renameat(folder, from, folder, to) })
}

// again makes a call until no signal breaks into it.
func again(call func() error) error {
	for {
		if err := call(); !errors.Is(err, unix.EINTR) {
			return err
		}
	}
}
