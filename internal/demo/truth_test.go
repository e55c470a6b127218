package demo_test

import (
	"encoding/json"
	"strings"
	"testing"

	"kept/internal/demo"
)

func truthOf(t *testing.T, dir string) demo.Truth {
	t.Helper()
	var truth demo.Truth
	if err := json.Unmarshal([]byte(read(t, dir+demo.TruthSuffix)), &truth); err != nil {
		t.Fatal(err)
	}
	return truth
}

func TestTruthNamesCommits(t *testing.T) {
	dir, sum := play(t, demo.Request{})
	truth := truthOf(t, dir)
	if truth.Head != sum.Head || truth.Records != sum.Records || truth.Commits != sum.Commits {
		t.Errorf("truth says %s, %d, %d", truth.Head, truth.Records, truth.Commits)
	}
	mainline := git(t, dir, "log", "--first-parent", "--format=%H")
	all := git(t, dir, "log", "--format=%H")
	rules := map[string]int{}
	for _, f := range append(truth.Findings, truth.Innocent...) {
		rules[f.Rule]++
		if f.Note["zh-CN"] == "" || f.Note["en"] == "" {
			t.Errorf("%s %s: note in one language", f.Rule, f.Record)
		}
		if !strings.Contains(mainline, string(f.Commit)) || !strings.Contains(all, string(f.Submitted)) {
			t.Errorf("%s %s: commits %q, %q", f.Rule, f.Record, f.Commit, f.Submitted)
		}
		if f.Commit != "" && !strings.Contains(git(t, dir, "show", "-m", "--format=%s", "--name-only", string(f.Submitted)), f.Record+".yaml") {
			t.Errorf("%s %s: commit %s does not touch it", f.Rule, f.Record, f.Submitted)
		}
	}
	for _, rule := range []string{
		"audit-backdated-step", "audit-future-step", "audit-record-deleted", "audit-edit-after-close",
		"audit-transition-edited", "audit-due-moved", "obligation-missed", "obligation-overdue", "number-gap", "role-held",
	} {
		if rules[rule] == 0 {
			t.Errorf("no %s", rule)
		}
	}
	if rules[""] < 8 {
		t.Errorf("only %d things that look odd and are not", rules[""])
	}
}

// TestHistoryHoldsWhatItShould looks for the shapes of history that the
// scenario promises.
func TestHistoryHoldsWhatItShould(t *testing.T) {
	dir, _ := play(t, demo.Request{})
	for name, test := range map[string]struct {
		args []string
		want string
	}{
		"merge":    {[]string{"log", "--merges", "-1", "--format=%s"}, "合并请求"},
		"squash":   {[]string{"log", "--first-parent", "--no-merges", "--grep=(#", "--format=%an/%cn"}, "/周敏"},
		"rename":   {[]string{"log", "--diff-filter=R", "-M50%", "--format=", "--name-status", "--", "records/complaint"}, "R"},
		"deletion": {[]string{"log", "--first-parent", "--no-merges", "--no-renames", "--diff-filter=D", "--format=%s", "--", "records"}, "清理文件"},
		"revert":   {[]string{"log", "--grep=^Revert", "--format=%s"}, "Revert"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := git(t, dir, test.args...); !strings.Contains(got, test.want) {
				t.Errorf("git %s: %q, want %q", strings.Join(test.args, " "), got, test.want)
			}
		})
	}
}
