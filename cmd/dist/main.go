// Command dist makes what is handed out: for each system an archive of the program,
// its licence, its manuals and the licences of what is linked into it, and SHA256SUMS.
// The same commit and the same Go give the same bytes, in whichever folder, at whatever
// time and for whomever. It is run at the top of the source: go run ./cmd/dist FOLDER.
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run ./cmd/dist FOLDER")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "dist:", err)
		os.Exit(1)
	}
}

// target is a system that kept is built for.
type target struct{ os, arch string }

// targets are all of them.
func targets() []target {
	return []target{
		{"linux", "amd64"}, {"linux", "arm64"}, {"darwin", "amd64"}, {"darwin", "arm64"}, {"windows", "amd64"}, {"windows", "arm64"},
	}
}

// beside are the files of the source that go into each archive.
func beside() []string { return []string{"LICENSE", "README.md", "README.zh-CN.md", "CHANGELOG.md"} }

// noticeFile holds the licences of what is linked into the program.
const noticeFile = "NOTICE"

// sumsFile is in the form that "sha256sum -c" reads.
const sumsFile = "SHA256SUMS"

// unreleased is the version of a program between releases, that of cmd/kept.
const unreleased = "0.1.0-dev"

var heading = regexp.MustCompile(`(?m)^## \[([^\]]+)\]`)

// versionOf is the version that a change log begins with.
func versionOf(changelog string) string {
	part := heading.FindStringSubmatch(changelog)
	if part == nil || strings.EqualFold(part[1], "unreleased") {
		return unreleased
	}
	return part[1]
}

// run builds into a folder beside out and then puts the files into out, whose earlier
// archives go.
func run(out string) error {
	changelog, err := os.ReadFile("CHANGELOG.md")
	if err != nil {
		return fmt.Errorf("read the change log at the top of the source: %w", err)
	}
	version := versionOf(string(changelog))
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	staging, err := os.MkdirTemp(out, ".staging-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(staging)
	var sums []string
	for _, t := range targets() {
		name, data, err := pack(t, version, staging)
		if err != nil {
			return fmt.Errorf("%s/%s: %w", t.os, t.arch, err)
		}
		if err := os.WriteFile(filepath.Join(staging, name), data, 0o644); err != nil {
			return err
		}
		sum := sha256.Sum256(data)
		sums = append(sums, hex.EncodeToString(sum[:])+"  "+name+"\n")
		fmt.Printf("%s  %.1f MB\n", name, float64(len(data))/1e6)
	}
	slices.SortFunc(sums, func(a, b string) int { return strings.Compare(a[66:], b[66:]) })
	if err := os.WriteFile(filepath.Join(staging, sumsFile), []byte(strings.Join(sums, "")), 0o644); err != nil {
		return err
	}
	return swap(staging, out)
}

// swap moves what was made into out, in which no earlier archive stays.
func swap(staging, out string) error {
	old, err := filepath.Glob(filepath.Join(out, "kept-*"))
	if err != nil {
		return err
	}
	for _, name := range old {
		if strings.HasSuffix(name, ".tar.gz") || strings.HasSuffix(name, ".zip") {
			if err := os.Remove(name); err != nil {
				return err
			}
		}
	}
	entries, err := os.ReadDir(staging)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := os.Rename(filepath.Join(staging, e.Name()), filepath.Join(out, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// pack makes the archive of a target.
func pack(t target, version, staging string) (name string, data []byte, err error) {
	program, err := build(t, version, filepath.Join(staging, "program"))
	if err != nil {
		return "", nil, err
	}
	notice, err := notices(t)
	if err != nil {
		return "", nil, err
	}
	folder := "kept-" + version + "-" + t.os + "-" + t.arch
	executable := "kept"
	if t.os == "windows" {
		executable += ".exe"
	}
	files := []file{{folder + "/" + executable, program, true}, {folder + "/" + noticeFile, notice, false}}
	for _, name := range beside() {
		text, err := os.ReadFile(name)
		if err != nil {
			return "", nil, err
		}
		files = append(files, file{folder + "/" + name, text, false})
	}
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.name, b.name) })
	if t.os == "windows" {
		data, err = zipped(files)
		return folder + ".zip", data, err
	}
	data, err = tarred(files)
	return folder + ".tar.gz", data, err
}
