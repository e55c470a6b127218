package intake

import (
	"errors"
	"os"
)

// held is a folder that is held open: file is the same folder, for calls that a system
// has for many files at once.
type held struct {
	*os.Root
	file *os.File
}

// hold takes over what opening a folder gave.
func hold(root *os.Root, err error) (*held, error) {
	if err != nil {
		return nil, err
	}
	file, err := root.Open(".")
	if err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return &held{root, file}, nil
}

func (h *held) close() {
	_ = h.file.Close()
	_ = h.Root.Close()
}

// write makes a new file in the folder and waits until the disk has it.
func (h *held) write(name string, data []byte) error {
	f, err := h.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}
