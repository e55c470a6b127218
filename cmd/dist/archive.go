package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"time"
)

// file is one file of an archive.
type file struct {
	name       string // slash-separated
	data       []byte
	executable bool
}

func (f file) mode() int64 {
	if f.executable {
		return 0o755
	}
	return 0o644
}

// fixed is the time of every file: the first that both forms of archive can say.
var fixed = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// tarred is a tar.gz of nothing but names, modes and contents: no owner, no time.
func tarred(files []file) ([]byte, error) {
	var out bytes.Buffer
	gz, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	w := tar.NewWriter(gz)
	for _, f := range files {
		head := &tar.Header{Typeflag: tar.TypeReg, Name: f.name, Size: int64(len(f.data)), Mode: f.mode(), ModTime: fixed, Format: tar.FormatUSTAR}
		if err := w.WriteHeader(head); err != nil {
			return nil, fmt.Errorf("archive %q: %w", f.name, err)
		}
		if _, err := w.Write(f.data); err != nil {
			return nil, fmt.Errorf("archive %q: %w", f.name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	if err := gz.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// zipped is a zip of the same.
func zipped(files []file) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range files {
		head := &zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: fixed}
		head.ExternalAttrs = uint32(0o100000|f.mode()) << 16
		head.CreatorVersion = 3 << 8 // of a system with modes
		part, err := w.CreateHeader(head)
		if err != nil {
			return nil, fmt.Errorf("archive %q: %w", f.name, err)
		}
		if _, err := part.Write(f.data); err != nil {
			return nil, fmt.Errorf("archive %q: %w", f.name, err)
		}
	}
	err := w.Close()
	return out.Bytes(), err
}
