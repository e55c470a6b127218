package submit

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Merge joins two changes of a text that was the same once, as git merges them. Clean
// is false where both changed the same lines: there is no text then.
func Merge(ctx context.Context, environment []string, ours, base, theirs []byte) (text []byte, clean bool, err error) {
	g, names, done, err := aside(environment, ours, base, theirs)
	if err != nil {
		return nil, false, err
	}
	defer done()
	out, err := g.run(ctx, "", append([]string{"merge-file", "--stdout", "--quiet"}, names...)...)
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() > 0 && exit.ExitCode() < 128 {
		return nil, false, nil // how many conflicts there are
	}
	return []byte(out), err == nil, err
}

// Difference tells in the form of a patch how a text becomes another, without the
// lines that name files.
func Difference(ctx context.Context, environment []string, before, after []byte) (string, error) {
	g, names, done, err := aside(environment, before, after)
	if err != nil {
		return "", err
	}
	defer done()
	out, err := g.run(ctx, "", append([]string{"diff", "--no-index", "--no-color", "--no-ext-diff", "--no-textconv", "--unified=1", "--"}, names...)...)
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 1 {
		err = nil // they differ
	}
	return hunks(out), err
}

// Blob is the content of an object of the repository.
func Blob(ctx context.Context, dir string, environment []string, id string) ([]byte, error) {
	out, err := git{dir: dir, environment: environment}.run(ctx, "", "cat-file", "blob", id)
	return []byte(out), err
}

// aside puts texts into files of a folder of their own, which done takes away.
func aside(environment []string, texts ...[]byte) (g git, names []string, done func(), err error) {
	dir, err := os.MkdirTemp("", "kept-merge-")
	if err != nil {
		return git{}, nil, nil, err
	}
	done = func() { os.RemoveAll(dir) }
	for i, text := range texts {
		name := string(rune('a' + i))
		names = append(names, name)
		err = errors.Join(err, os.WriteFile(filepath.Join(dir, name), text, 0o600))
	}
	if err != nil {
		done()
		return git{}, nil, nil, err
	}
	return git{dir: dir, environment: environment}, names, done, nil
}

// hunks is a patch from its first line of numbers on.
func hunks(patch string) string {
	if _, rest, ok := strings.Cut("\n"+patch, "\n@@ "); ok {
		return "@@ " + rest
	}
	return ""
}
