package gitrepo

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/format/config"
	"github.com/go-git/go-git/v5/plumbing/storer"
)

// layout is where a repository keeps its parts.
type layout struct {
	worktree string // top folder of the work tree, "" for a bare repository
	gitDir   string // HEAD is here
	common   string // objects and refs are here; gitDir unless linked
	partial  bool   // objects may be missing by intent (a promisor remote)
	sparse   bool   // the work tree may lack files by intent
	refs     storer.ReferenceStorer
}

// path is a file shared by all work trees.
func (l *layout) path(elem ...string) string {
	return filepath.Join(append([]string{l.common}, elem...)...)
}

// find climbs from dir to the folder that is, or holds, a repository.
func find(dir string) (layout, error) {
	start, err := filepath.Abs(dir)
	if err != nil {
		return layout{}, err
	}
	// As git does: a file .git names a place beside where the work tree lies, not
	// beside the link that leads to it.
	if lies, err := filepath.EvalSymlinks(start); err == nil {
		start = lies
	}
	for at := start; ; at = filepath.Dir(at) {
		if gitDir, ok := gitDirOf(at); ok {
			return layoutOf(at, gitDir), nil
		}
		if isGitDir(at) {
			return layoutOf("", at), nil
		}
		if at == filepath.Dir(at) {
			return layout{}, fmt.Errorf("open %q: %w", dir, ErrNoRepository)
		}
	}
}

// gitDirOf follows a work tree's .git, a folder or a file that names one.
func gitDirOf(worktree string) (string, bool) {
	name := filepath.Join(worktree, ".git")
	info, err := os.Stat(name)
	if err != nil {
		return "", false
	}
	if info.Mode().IsRegular() {
		target, ok := pointer(name, "gitdir: ")
		if !ok {
			return "", false
		}
		name = beside(worktree, target)
	}
	return name, isGitDir(name)
}

func layoutOf(worktree, gitDir string) layout {
	l := layout{worktree: worktree, gitDir: gitDir, common: gitDir}
	if target, ok := pointer(filepath.Join(gitDir, "commondir"), ""); ok {
		l.common = beside(gitDir, target)
	}
	l.refs = openReferences(l.gitDir, l.common)
	return l
}

// isGitDir tells a repository's own folder by its parts.
func isGitDir(dir string) bool {
	if _, err := os.Lstat(filepath.Join(dir, "HEAD")); err != nil {
		return false
	}
	for _, sub := range []string{"objects", "commondir"} {
		if _, err := os.Stat(filepath.Join(dir, sub)); err == nil {
			return true
		}
	}
	return false
}

// pointer reads a small file that names another place.
func pointer(name, prefix string) (string, bool) {
	data, err := os.ReadFile(name)
	if err != nil {
		return "", false
	}
	target, ok := strings.CutPrefix(strings.TrimRight(string(data), "\r\n"), prefix)
	return target, ok && target != ""
}

func beside(dir, target string) string {
	if filepath.IsAbs(target) {
		return filepath.Clean(target)
	}
	return filepath.Join(dir, target)
}

// readConfig refuses formats that are not read and notes a promisor remote.
func (l *layout) readConfig() error {
	c, err := configuration(l.path("config"))
	if err != nil {
		return err
	}
	for _, read := range [][2]string{{"objectformat", "sha1"}, {"refstorage", "files"}} {
		if v := c.Section("extensions").Option(read[0]); v != "" && !strings.EqualFold(v, read[1]) {
			return fmt.Errorf("%s %q: %w", read[0], v, ErrFormat)
		}
	}
	l.partial = c.Section("extensions").HasOption("partialclone")
	for _, remote := range c.Section("remote").Subsections {
		v := remote.Option("promisor")
		l.partial = l.partial || remote.HasOption("promisor") && on(v)
	}
	return l.readWorkTreeConfig(c)
}

// on reads a switch that is there: a bare key is set.
func on(v string) bool {
	return v == "" || v == "1" || strings.EqualFold(v, "true") || strings.EqualFold(v, "yes") || strings.EqualFold(v, "on")
}

// readWorkTreeConfig notes a sparse checkout, and refuses a work tree that lies
// elsewhere than beside the folder .git.
func (l *layout) readWorkTreeConfig(c *config.Config) error {
	core := []*config.Section{c.Section("core")}
	if s := c.Section("extensions"); s.HasOption("worktreeconfig") && on(s.Option("worktreeconfig")) {
		own, err := configuration(filepath.Join(l.gitDir, "config.worktree"))
		if err != nil {
			return err
		}
		core = append(core, own.Section("core"))
	}
	for _, s := range core {
		if s.HasOption("sparsecheckout") {
			l.sparse = on(s.Option("sparsecheckout"))
		}
		if name := s.Option("worktree"); name != "" && l.worktree != "" && l.gitDir == l.common && !sameFolder(beside(l.gitDir, name), l.worktree) {
			return &WorkTreeError{Reason: "elsewhere", Mend: "git config --unset core.worktree"}
		}
	}
	return nil
}

func sameFolder(a, b string) bool {
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}
