package pipeline

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"kept/internal/config"
	"kept/internal/doctor"
)

// disk looks at the files beside the records.
func (x *examination) disk() {
	f, p := &x.facts, x.project
	f.LineEnds = keepsLineEnds(p.Dir)
	_, err := os.Stat(filepath.Join(p.Dir, filepath.FromSlash(doctor.EditorFile)))
	f.Editor = err == nil
	for rec := range x.snapshot.Register.All() {
		if line, _, _ := strings.Cut(string(head(filepath.Join(p.Dir, filepath.FromSlash(rec.Path)))), "\n"); !strings.Contains(line, "yaml-language-server") {
			f.Unnamed++
		}
	}
	if small, err := os.Stat(filepath.Join(p.Dir, config.File)); err == nil {
		large, err := os.Stat(filepath.Join(p.Dir, strings.ToUpper(config.File)))
		f.Folded = err == nil && os.SameFile(small, large)
	}
	x.hook()
}

// head is the beginning of a file, empty where it cannot be read.
func head(name string) []byte {
	file, err := os.Open(name)
	if err != nil {
		return nil
	}
	defer file.Close()
	data := make([]byte, 200)
	n, _ := file.Read(data)
	return data[:n]
}

// keepsLineEnds tells whether .gitattributes says of all files, or of those in YAML,
// that git leaves their line ends as they are.
func keepsLineEnds(dir string) bool {
	data, err := os.ReadFile(filepath.Join(dir, ".gitattributes"))
	if err != nil {
		return false
	}
	for line := range strings.Lines(string(data)) {
		words := strings.Fields(line)
		if len(words) < 2 || words[0] != "*" && words[0] != "*.yaml" && !strings.HasSuffix(words[0], "/*.yaml") && !strings.HasSuffix(words[0], "/**") {
			continue
		}
		if slices.ContainsFunc(words[1:], func(w string) bool { return w == "eol=lf" || w == "-text" || w == "binary" }) {
			return true
		}
	}
	return false
}

// hooksOffered is where a repository of kept keeps the hooks that it offers.
const hooksOffered = ".githooks"

const preCommit = "pre-commit"

func (x *examination) hook() {
	f, dir := &x.facts, x.project.Dir
	if _, err := os.Stat(filepath.Join(dir, hooksOffered, preCommit)); err == nil {
		f.Hook = hooksOffered
	}
	at := f.Git["core.hookspath"]
	if at == "" {
		at = filepath.Join(".git", "hooks")
	}
	if !filepath.IsAbs(at) {
		at = filepath.Join(dir, at)
	}
	_, err := os.Stat(filepath.Join(at, preCommit))
	f.Hooked = err == nil
}
