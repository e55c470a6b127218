package pipeline

import (
	"context"
	"errors"
	"io/fs"

	"kept/internal/gitrepo"
	"kept/internal/locale"
	"kept/internal/submit"
)

// Explain says an error in both languages, for people who use a browser and read no
// English. What nobody foresaw keeps its English detail, for whoever helps.
func Explain(messages *locale.Catalogue, err error) locale.Text {
	key, args := reasonOf(err)
	return messages.Message(key, args...)
}

func reasonOf(err error) (string, []locale.Arg) {
	var incomplete *gitrepo.HistoryError
	var files *gitrepo.WorkTreeError
	var place *fs.PathError
	switch {
	case errors.As(err, &incomplete):
		return incomplete.Key(), []locale.Arg{locale.A("command", incomplete.Mend)}
	case errors.As(err, &files):
		return files.Key(), []locale.Arg{locale.A("command", files.Mend)}
	case errors.Is(err, gitrepo.ErrFormat):
		return "cli.trouble.format", []locale.Arg{locale.A("detail", err.Error())}
	case errors.Is(err, ErrUndated):
		return "cli.trouble.undated", nil
	case errors.Is(err, gitrepo.ErrUnknownRevision):
		return "cli.trouble.no-commit", nil
	case errors.Is(err, gitrepo.ErrNoRepository):
		return "serve.explain-no-repository", nil
	case errors.Is(err, ErrUnjudged):
		return "serve.explain-unjudged", nil
	case errors.Is(err, submit.ErrBranch):
		return "serve.explain-branch", nil
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return "serve.explain-ended", nil
	case errors.As(err, &place) && errors.Is(err, fs.ErrPermission):
		return "serve.explain-permission", []locale.Arg{locale.A("file", place.Path)}
	case errors.As(err, &place) && errors.Is(err, fs.ErrNotExist):
		return "serve.explain-gone", []locale.Arg{locale.A("file", place.Path)}
	}
	return "serve.explain-unforeseen", []locale.Arg{locale.A("detail", err.Error())}
}
