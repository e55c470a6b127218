package check_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"kept/internal/check"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/gittest"
)

// elsewhere are the rules that git's own commands make no history for: malformed
// and signed commits, the ledger and seals, whose figures are recomputed, have tests of their own, and the backlog's identity guards kept's own
// counting, so that every history of these tests must keep it.
func elsewhere() []string {
	return []string{
		"audit-malformed", "backlog-identity", "audit-signature-bad", "audit-signature-unknown", "audit-signature-missing",
		"audit-signer-other", "audit-signature-time", "audit-ledger-line", "audit-ledger-unknown", "audit-ledger-late",
		"audit-weakened", "audit-seal-broken", "audit-sealed", "audit-seal-edited",
	}
}

// TestHistoryRules plays for each rule a history that was tampered with, or is
// worth a word, and an honest twin in which the rule finds nothing.
func TestHistoryRules(t *testing.T) {
	b := newBench(t)
	for _, rule := range check.HistoryRules() {
		if slices.Contains(elsewhere(), rule.ID) {
			continue
		}
		t.Run(rule.ID, func(t *testing.T) {
			t.Parallel()
			archive := gittest.Parse(t, filepath.Join("testdata", "history", rule.ID+".txtar"))
			script := string(archive.Comment)
			files := map[string]string{}
			for _, f := range archive.Files {
				files[f.Name] = string(f.Data)
			}
			for _, twin := range []string{"tampered", "honest"} {
				archive.Comment = []byte(script + files[twin])
				r := gittest.Archive(t, archive)
				repo, list := b.audit(t, r.Dir)
				var got []string
				for _, f := range list {
					if f.Rule == rule.ID {
						c, err := repo.Commit(gitrepo.Hash(f.Commit))
						if err != nil {
							t.Fatal(err)
						}
						subject, _, _ := strings.Cut(c.Message, "\n")
						got = append(got, fmt.Sprintf("%s %s %q", f.Severity, f.Record, subject))
					}
					if twin == "honest" && f.Severity > finding.Info {
						t.Errorf("the honest twin: %s", brief(f))
					}
				}
				want := map[string][]string{"tampered": {strings.TrimSpace(files["want"])}}[twin]
				if twin == "honest" && rule.Severity == finding.Info {
					want = nil
				}
				if twin == "honest" {
					got = slices.DeleteFunc(got, func(s string) bool { return strings.HasPrefix(s, "info") && rule.Severity > finding.Info })
				}
				if !slices.Equal(got, want) {
					t.Errorf("%s: got %q, want %q", twin, got, want)
				}
			}
		})
	}
}

// audit judges the head of a repository.
func (b *bench) audit(t *testing.T, dir string) (*gitrepo.Repo, finding.List) {
	t.Helper()
	repo, err := gitrepo.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { repo.Close() })
	head, err := repo.Resolve("HEAD", nil)
	if err != nil {
		t.Fatal(err)
	}
	return repo, check.History(b.request(t, repo, head))
}

// TestMalformedCommits writes objects that git would not write.
func TestMalformedCommits(t *testing.T) {
	const who = "王磊 <wl@example.cn> 1772500000 +0800"
	b := newBench(t)
	for name, lines := range map[string]string{
		"audit.malformed.second-author":    "author " + who + "\nauthor " + who + "\ncommitter " + who,
		"audit.malformed.second-committer": "author " + who + "\ncommitter " + who + "\ncommitter " + who,
		"audit.malformed.author-date":      "author 王磊 <wl@example.cn> soon\ncommitter " + who,
		"audit.malformed.committer-date":   "author " + who + "\ncommitter 王磊 <wl@example.cn> soon",
		"audit.malformed.no-author":        "committer " + who,
		"audit.malformed.no-committer":     "author " + who,
		"audit.malformed.late-parent":      "author " + who + "\nparent 4b825dc642cb6eb9a060e54bf8d69288fbee4904\ncommitter " + who,
		"audit.malformed.second-tree":      "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor " + who + "\ncommitter " + who,
	} {
		r := gittest.New(t)
		r.Write("records/kpi/K1.yaml", kpi(1, "98"))
		first := r.Commit("one")
		object := fmt.Sprintf("tree %s\nparent %s\n%s\n\nodd\n", r.Git("rev-parse", "HEAD^{tree}"), first, lines)
		odd := strings.TrimSpace(r.Feed(object, "hash-object", "-t", "commit", "-w", "--literally", "--stdin"))
		r.Git("update-ref", "refs/heads/main", odd)
		_, list := b.audit(t, r.Dir)
		if !slices.ContainsFunc(list, func(f finding.Finding) bool {
			return f.Key == name && f.Commit == odd && f.Severity == finding.Error
		}) {
			t.Errorf("%s is not found in %s: %v", name, odd, list)
		}
	}
}

// TestExceptionAcceptsHistory lets an approved exception accept what is found in
// one commit, and nothing beside.
func TestExceptionAcceptsHistory(t *testing.T) {
	b := newBench(t)
	r := gittest.New(t)
	j := closedJob()
	r.At("2026-03-30T09:00:00+08:00")
	r.As("文管 <dc@example.cn>")
	r.Write(j.path, j.yaml())
	late := r.Commit("late")
	for _, tt := range []struct {
		commit string
		want   finding.Severity
	}{{late[:12], finding.Info}, {"ffffffffffff", finding.Warning}} {
		r.Write("records/exception/EX-1.yaml", "id: EX-1\nstatus: approved\nrule: audit-backdated-step\nrecord: j-2026-001\nuntil: \"2026-12-31\"\ncommit: \""+tt.commit+"\"\n")
		r.Commit("exception")
		_, list := b.audit(t, r.Dir)
		n := 0
		for _, f := range list {
			if f.Rule == "audit-backdated-step" {
				n++
				if f.Severity != tt.want || (f.Accepted == "EX-1") != (tt.want == finding.Info) {
					t.Errorf("exception for %s: %s, accepted by %q", tt.commit, brief(f), f.Accepted)
				}
			}
		}
		if n != len(j.steps) {
			t.Errorf("%d findings for %d steps", n, len(j.steps))
		}
	}
}

// TestEveryCaseHasItsRule keeps the folder of cases and the table of rules alike,
// and every rule's purpose in the catalogue.
func TestEveryCaseHasItsRule(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "site", "i18n", "audit.json"))
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{"base"}
	for _, rule := range slices.Concat(check.HistoryRules(), check.ChangeRules()) {
		ids = append(ids, rule.ID)
		if !strings.Contains(string(data), `"`+rule.Purpose+`"`) {
			t.Errorf("rule %s: purpose %q is not in the catalogue", rule.ID, rule.Purpose)
		}
	}
	cases, err := filepath.Glob(filepath.Join("testdata", "history", "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		if _, err := txtar.ParseFile(c); err != nil || !slices.Contains(ids, strings.TrimSuffix(filepath.Base(c), ".txtar")) {
			t.Errorf("%s tests no rule of the table: %v", c, err)
		}
	}
}
