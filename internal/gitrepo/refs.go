package gitrepo

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
)

// reference reads a ref by its full name, through symbolic refs; "" where there
// is none.
func (l *layout) reference(name string) Hash {
	for range 6 {
		value := l.rawReference(name)
		target, symbolic := strings.CutPrefix(value, "ref:")
		if !symbolic {
			return Hash(value)
		}
		name = strings.TrimSpace(target)
	}
	return ""
}

// rawReference reads one ref as its file, or packed-refs, has it.
func (l *layout) rawReference(name string) string {
	if !validReference(name) {
		return ""
	}
	dir := l.common
	if !strings.HasPrefix(name, "refs/") || strings.HasPrefix(name, "refs/worktree/") || strings.HasPrefix(name, "refs/bisect/") {
		dir = l.gitDir
	}
	file := filepath.Join(dir, filepath.FromSlash(name))
	if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() && info.Size() < 4096 {
		if data, err := os.ReadFile(file); err == nil {
			return strings.TrimSpace(string(data))
		}
	}
	for full, h := range l.packedReferences() {
		if full == name {
			return string(h)
		}
	}
	return ""
}

// packedReferences yields the lines of packed-refs.
func (l *layout) packedReferences() func(yield func(string, Hash) bool) {
	return func(yield func(string, Hash) bool) {
		f, err := os.Open(l.path("packed-refs"))
		if err != nil {
			return
		}
		defer f.Close()
		for lines := bufio.NewScanner(f); lines.Scan(); {
			h, name, ok := strings.Cut(lines.Text(), " ")
			if ok && h[0] != '#' && h[0] != '^' && !yield(name, Hash(h)) {
				return
			}
		}
	}
}

// validReference refuses names that could lead out of the repository, and the
// repository's own files that are no refs.
func validReference(name string) bool {
	if !filepath.IsLocal(filepath.FromSlash(name)) || strings.ContainsAny(name, "\\:*?[~^ \x00\x7f") {
		return false
	}
	if strings.HasPrefix(name, "refs/") {
		return !strings.Contains(name, "..") && !strings.HasSuffix(name, ".lock")
	}
	return name != "" && strings.ToUpper(name) == name && !strings.Contains(name, "/")
}

// Substitution is a standing order to git to show another history than the
// objects hold. This package does not follow any; an auditor wants to know.
type Substitution struct {
	Kind   string // replace or graft
	Object Hash   // the object that git would not show as it is
}

// Substitutions lists replace refs, then grafts.
func (r *Repo) Substitutions() []Substitution {
	var list []Substitution
	const folder = "refs/replace/"
	entries, _ := os.ReadDir(r.path(filepath.FromSlash(folder)))
	for _, e := range entries {
		list = append(list, Substitution{"replace", Hash(e.Name())})
	}
	for name := range r.packedReferences() {
		if h, ok := strings.CutPrefix(name, folder); ok {
			list = append(list, Substitution{"replace", Hash(h)})
		}
	}
	data, _ := os.ReadFile(r.path("info", "grafts"))
	for line := range strings.Lines(string(data)) {
		if fields := strings.Fields(line); len(fields) > 0 && fields[0][0] != '#' {
			list = append(list, Substitution{"graft", Hash(fields[0])})
		}
	}
	return list
}
