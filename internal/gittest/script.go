package gittest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// Repo makes the repository that a txtar script describes and returns its work
// tree. The argument is a script, or the path of one where it is a single line.
//
// The script is the text before the first file, one command a line, with shell
// quoting; # begins a comment line, \n is a line break:
//
//	as 王磊 <wl@example.cn>          who writes and commits from now on
//	committer 李静 <lj@example.cn>   who commits from now on
//	at 2026-09-18T17:42:00+08:00     when, from now on
//	authored 2026-09-18T09:00:00Z    when it was written, from now on
//	put v1                           write the files v1/… without "v1/"
//	write records/x.yaml @name       write the file called name there
//	replace records/x.yaml old new   replace one text, which must be there
//	remove records/x.yaml            remove a file from the work tree
//	commit "message"                 commit everything in the work tree
//	git merge --no-ff feature        anything else of git
//	! git merge feature              a command that must end with an error
func Repo(t testing.TB, script string) string {
	t.Helper()
	return Archive(t, Parse(t, script)).Dir
}

// Parse reads a script, or the file it names where it is a single line.
func Parse(t testing.TB, script string) *txtar.Archive {
	t.Helper()
	if strings.Contains(script, "\n") {
		return txtar.Parse([]byte(script))
	}
	archive, err := txtar.ParseFile(script)
	if err != nil {
		t.Fatal(err)
	}
	return archive
}

// Archive is [Repo] for a parsed script whose further files the test reads
// itself.
func Archive(t testing.TB, archive *txtar.Archive) *Repository {
	t.Helper()
	r := New(t)
	r.Play(archive)
	return r
}

// Play runs a parsed script in a repository that may hold commits already.
func (r *Repository) Play(archive *txtar.Archive) {
	r.t.Helper()
	for number, line := range strings.Split(string(archive.Comment), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := r.run(line, archive); err != nil {
			r.t.Fatalf("gittest: line %d: %s: %v", number+1, line, err)
		}
	}
}

// run does one line of a script.
func (r *Repository) run(line string, archive *txtar.Archive) error {
	command, rest, _ := strings.Cut(line, " ")
	switch rest = strings.TrimSpace(rest); command {
	case "as":
		r.As(rest)
		return nil
	case "committer":
		r.committer = rest
		return nil
	case "at":
		r.At(rest)
		return nil
	case "authored":
		r.authored = rest
		return nil
	}
	args, err := words(line)
	if err != nil {
		return err
	}
	return r.step(args, archive)
}

// step does a command that works on files or runs git.
func (r *Repository) step(args []string, archive *txtar.Archive) error {
	switch {
	case args[0] == "git":
		out, err := r.Try("", args[1:]...)
		return explain(out, err)
	case args[0] == "!" && len(args) > 2 && args[1] == "git":
		if out, err := r.Try("", args[2:]...); err == nil {
			return fmt.Errorf("ended without an error: %s", out)
		}
		return nil
	case args[0] == "commit" && len(args) == 2:
		r.Commit(args[1])
		return nil
	case args[0] == "put" && len(args) == 2:
		return r.put(args[1], archive)
	case args[0] == "write" && len(args) == 3:
		return r.write(args[1], strings.TrimPrefix(args[2], "@"), archive)
	case args[0] == "replace" && len(args) == 4:
		return r.replace(args[1], args[2], args[3])
	case args[0] == "remove" && len(args) == 2:
		return os.Remove(filepath.Join(r.Dir, filepath.FromSlash(args[1])))
	}
	return errors.New("unknown command or wrong number of arguments")
}

func explain(out string, err error) error {
	if err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	return nil
}

func (r *Repository) put(folder string, archive *txtar.Archive) error {
	found := false
	for _, f := range archive.Files {
		if name, ok := strings.CutPrefix(f.Name, folder+"/"); ok {
			r.Write(name, string(f.Data))
			found = true
		}
	}
	if !found {
		return fmt.Errorf("no file below %q in the archive", folder)
	}
	return nil
}

func (r *Repository) write(name, from string, archive *txtar.Archive) error {
	for _, f := range archive.Files {
		if f.Name == from {
			r.Write(name, string(f.Data))
			return nil
		}
	}
	return fmt.Errorf("no file %q in the archive", from)
}

func (r *Repository) replace(name, before, after string) error {
	text := r.Read(name)
	if !strings.Contains(text, before) {
		return fmt.Errorf("no %q in %q", before, name)
	}
	r.Write(name, strings.Replace(text, before, after, 1))
	return nil
}

// words splits a line as a shell does: blanks part words, quotes join them.
func words(line string) ([]string, error) {
	var list []string
	var word strings.Builder
	open, quote := false, rune(0)
	for _, c := range line {
		switch {
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '\'' || c == '"'):
			quote, open = c, true
		case quote == 0 && c == ' ':
			if open {
				list, open = append(list, word.String()), false
				word.Reset()
			}
		default:
			word.WriteRune(c)
			open = true
		}
	}
	if quote != 0 {
		return nil, errors.New("quote without end")
	}
	if open {
		list = append(list, word.String())
	}
	for i, w := range list {
		list[i] = strings.ReplaceAll(w, `\n`, "\n")
	}
	return list, nil
}
