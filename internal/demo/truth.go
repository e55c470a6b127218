package demo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"time"

	"kept/internal/gitrepo"
)

// truth collects what is to be found in the history, and what only looks odd.
type truth struct {
	path     string
	findings []Fact
	innocent []Fact
}

// Fact is one entry of the truth file. Rule is the id of the rule that finds
// it, "" where nothing should; Commit is the mainline commit that carries it,
// Submitted the commit in which it was written.
type Fact struct {
	Rule      string            `json:"rule,omitempty"`
	Record    string            `json:"record,omitempty"`
	Commit    gitrepo.Hash      `json:"commit,omitempty"`
	Submitted gitrepo.Hash      `json:"submitted,omitempty"`
	Note      map[string]string `json:"note"`

	open   string // day after which it is true, unless the record moves on before
	closed string // day after which it is true no more, "" for never
}

// Truth is the truth file: what was made, the findings to expect, and what
// looks odd and is not.
type Truth struct {
	Head     gitrepo.Hash `json:"head"`
	Records  int          `json:"records"`
	Commits  int          `json:"commits"`
	Findings []Fact       `json:"findings"`
	Innocent []Fact       `json:"innocent"`
}

// add notes truths about a record; commit is "" until a merge brings them in.
func (t *truth) add(facts []mapping, record string, commit, submitted gitrepo.Hash) {
	for _, m := range facts {
		f := Fact{Record: record, Commit: commit, Submitted: submitted, Note: map[string]string{}}
		f.Rule, _ = m["rule"].(string)
		f.open, _ = m["open"].(string)
		f.closed, _ = m["closed"].(string)
		if id, ok := m["record"].(string); ok {
			f.Record = id
		}
		note, _ := m["note"].(mapping)
		for lang, text := range note {
			f.Note[lang] = fmt.Sprint(text)
		}
		if f.Rule == "" {
			t.innocent = append(t.innocent, f)
		} else {
			t.findings = append(t.findings, f)
		}
	}
}

// merged gives the facts of a record that waited for it their mainline commit.
func (t *truth) merged(record string, commit gitrepo.Hash) {
	for _, list := range [][]Fact{t.findings, t.innocent} {
		for i := range list {
			if list[i].Commit == "" && list[i].Submitted != "" && list[i].Record == record {
				list[i].Commit = commit
			}
		}
	}
}

// passed drops what was true of a record only until it moved on.
func (t *truth) passed(record string) {
	t.findings = slices.DeleteFunc(t.findings, func(f Fact) bool { return f.open != "" && f.Submitted != "" && f.Record == record })
}

// write puts the truth file beside the repository.
func (t *truth) write(sum Summary) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	t.findings = slices.DeleteFunc(t.findings, func(f Fact) bool {
		end := sum.End.Format(time.DateOnly)
		return f.open >= end || f.closed != "" && f.closed < end
	})
	all := Truth{sum.Head, sum.Records, sum.Commits, t.findings, t.innocent}
	if err := enc.Encode(all); err != nil {
		return fmt.Errorf("write truth: %w", err)
	}
	if err := os.WriteFile(t.path, b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write truth: %w", err)
	}
	return nil
}
