package intake

import (
	"os"

	"golang.org/x/sys/unix"
)

// flushesTogether tells that [flushAll] brings all files of a disk there at once.
const flushesTogether = true

// flushAll waits until what was written to the disk of a folder is on it.
func flushAll(folder *os.File) error {
	for {
		if err := unix.Syncfs(int(folder.Fd())); err != unix.EINTR {
			return err
		}
	}
}
