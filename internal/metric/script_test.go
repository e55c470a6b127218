package metric

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"kept/internal/gittest"
)

// The records of an oracle case are YAML in short: "2026-09-01 10:00" is that
// minute in Shanghai, "steps: registered 2026-09-01 10:00, …" is the transitions
// with the status that they end with, and schema, id and the defaults of a
// governed record are written by the path. Folder and id need no pattern: the
// ids of a case say what it is about.

var (
	minute = regexp.MustCompile(`"?(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2})"?`)
	steps  = regexp.MustCompile(`(?m)^steps: (.*)\n`)
)

// written is one version of a record as it lies in the repository, with its first
// n steps; n < 0 is all.
func written(file, short string, n int) string {
	kind, id := path.Base(path.Dir(file)), strings.TrimSuffix(path.Base(file), ".yaml")
	body := steps.ReplaceAllStringFunc(short, func(line string) string {
		list := strings.Split(steps.FindStringSubmatch(line)[1], ", ")
		if n >= 0 {
			list = list[:n]
		}
		return transitions(list)
	})
	head := fmt.Sprintf("schema: %s/v1\nid: %s\n", kind, id)
	for _, line := range map[string][]string{
		"complaint":       {"origin: native", "provisional_severity: general"},
		"sip":             {"origin: native"},
		"sla-review":      {"origin: native"},
		"measurement":     {"origin: native"},
		"escalation":      {"origin: native"},
		"communication":   {"origin: native"},
		"survey":          {"status: closed"},
		"survey-response": {"status: recorded"},
		"questionnaire":   {"status: active"},
		"customer":        {"status: active"},
		"kpi":             {"status: active"},
	}[kind] {
		if key, _, _ := strings.Cut(line, " "); !strings.Contains("\n"+body, "\n"+key) {
			head += line + "\n"
		}
	}
	return head + minute.ReplaceAllString(body, `"${1}T${2}:00+08:00"`)
}

func transitions(list []string) string {
	var b strings.Builder
	status := ""
	for _, s := range list {
		state, when, _ := strings.Cut(strings.TrimSpace(s), " ")
		fmt.Fprintf(&b, "  - {to: %s, at: %s, by: u-wangl, role: complaint_handler}\n", state, when)
		status = state
	}
	return "status: " + status + "\ntransitions:\n" + b.String()
}

// honest is a stream for git fast-import: each step of the records in the folder
// live is committed ten minutes after it was taken, straight to main, and a
// record without steps when the year 2026 begins.
func honest(t *testing.T, archive *txtar.Archive) string {
	t.Helper()
	commits := map[int64]string{}
	for _, f := range archive.Files {
		file, ok := strings.CutPrefix(f.Name, "live/")
		if !ok {
			continue
		}
		add := func(when time.Time, n int) {
			body := written(file, string(f.Data), n)
			commits[when.Unix()] += fmt.Sprintf("M 100644 inline %s\ndata %d\n%s\n", file, len(body), body)
		}
		found := steps.FindStringSubmatch(string(f.Data))
		if found == nil {
			add(at(t, "2026-01-01 00:00"), -1)
			continue
		}
		for n, s := range minute.FindAllStringSubmatch(found[1], -1) {
			add(at(t, s[1]+" "+s[2]).Add(10*time.Minute), n+1)
		}
	}
	var b strings.Builder
	for _, when := range slices.Sorted(maps.Keys(commits)) {
		fmt.Fprintf(&b, "commit refs/heads/main\ncommitter 王磊 <wl@example.cn> %d +0800\ndata 1\nm\n%s", when, commits[when])
	}
	return b.String()
}

// played makes the repository of an oracle case: the folder live first, then the
// script of package gittest, whose "put" and "write" take records in short.
func played(t *testing.T, archive *txtar.Archive) *gittest.Repository {
	t.Helper()
	repo := gittest.New(t)
	if stream := honest(t, archive); stream != "" {
		repo.Feed(stream, "fast-import", "--quiet", "--force")
		repo.Git("reset", "-q", "--hard")
	}
	long := &txtar.Archive{Comment: archive.Comment}
	for _, f := range archive.Files {
		if strings.Contains(f.Name, "records/") {
			f.Data = []byte(written(f.Name, string(f.Data), -1))
		}
		long.Files = append(long.Files, f)
	}
	repo.Play(long)
	return repo
}
