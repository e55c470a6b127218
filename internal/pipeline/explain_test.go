package pipeline_test

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"kept/internal/gitrepo"
	"kept/internal/pipeline"
	"kept/internal/submit"
)

// Who reads Chinese is told what is wrong in Chinese; the English of the program is
// left to what nobody foresaw.
func TestErrorsAreSaidInTheReadersLanguage(t *testing.T) {
	messages, err := pipeline.Messages()
	must(t, err)
	denied := &fs.PathError{Op: "open", Path: "records/x.yaml", Err: fs.ErrPermission}
	for want, err := range map[string]error{
		"浅克隆":               &gitrepo.HistoryError{Reason: "shallow", Mend: "git fetch --unshallow"},
		"分支名":               submit.ErrBranch,
		"还没有检查完":            pipeline.ErrUnjudged,
		"records/x.yaml":    fmt.Errorf("read record: %w", denied),
		"意外错误":              errors.New("disk on fire"),
		"git init":          gitrepo.ErrNoRepository,
		"git sparse-checko": &gitrepo.WorkTreeError{Reason: "sparse", Mend: "git sparse-checkout disable"},
	} {
		text := pipeline.Explain(messages, err)
		if !strings.Contains(text.ZH, want) || text.EN == "" || text.EN == text.ZH {
			t.Errorf("%v is said as %q and %q", err, text.ZH, text.EN)
		}
		if unforeseen := strings.Contains(text.ZH, err.Error()); unforeseen != (want == "意外错误") {
			t.Errorf("%v is quoted in %q", err, text.ZH)
		}
	}
}
