package portal

import (
	"strings"
	"testing"

	"kept/internal/evidence"
	"kept/internal/finding"
	"kept/internal/locale"
)

func rowOf(t Table, first string) []string {
	for _, row := range t.Rows {
		if row.Cells[0].Text == first {
			var cells []string
			for _, c := range row.Cells {
				cells = append(cells, c.Text)
			}
			return cells
		}
	}
	return nil
}

func TestAuditPage(t *testing.T) {
	src := company(t)
	commits := src.History.Commits()
	last := commits[len(commits)-1]
	src.Assurance = evidence.Assure(evidence.AssuranceRequest{History: src.History})
	src.Noted = map[string]int{"audit-same-commit": 7}
	src.Findings = append(src.Findings,
		finding.Finding{Rule: "audit-record-deleted", Severity: finding.Error, Record: "TS-2026-0003", Commit: string(last.Hash), Key: "check.step-order"},
		finding.Finding{Rule: "audit-backdated-step", Severity: finding.Warning, Record: "TS-2026-0001", Commit: string(commits[0].Hash), Key: "check.step-order"},
		finding.Finding{Rule: "audit-backdated-step", Severity: finding.Info, Record: "TS-2026-0001", Key: "check.step-order", Accepted: "EX-2026-0001"},
	)
	v := New(src, locale.Chinese)
	a := v.Audit()
	for rule, want := range map[string]string{
		"audit-record-deleted": "1|0|0|0", "audit-backdated-step": "0|1|0|1", "audit-same-commit": "0|0|7|0",
	} {
		row := rowOf(a.Findings, rule)
		if len(row) != 6 || row[1] == "" || strings.Join(row[2:], "|") != want {
			t.Errorf("%s: %q, want %s", rule, row, want)
		}
	}
	if rowOf(a.Findings, "step-order") != nil || rowOf(a.Findings, "yaml-syntax") != nil {
		t.Errorf("findings of the state stand on the page of the history: %+v", a.Findings.Rows)
	}
	if a.Findings.Rows[0].ID != "audit-record-deleted" {
		t.Errorf("the gravest rule comes first: %+v", a.Findings.Rows[0])
	}
	if len(a.Latest) != 2 || a.Latest[0].Rule.Text != "audit-record-deleted" {
		t.Errorf("the newest first, without what is accepted: %+v", a.Latest)
	}
	// Five commits stand on the mainline, one of them a merge; three steps hold.
	if row := rowOf(a.Levels, "按序合入"); len(row) != 5 || row[1] == "" || row[2] == "" || row[3] != "5" || row[4] != "3" {
		t.Errorf("levels: %q", row)
	}
	if len(a.Levels.Rows) != len(evidence.Levels()) || len(a.Claims.Rows) != 1 {
		t.Errorf("%d levels, %d claims", len(a.Levels.Rows), len(a.Claims.Rows))
	}
	if len(a.Seals) != 0 || a.NoSeal == "" || len(a.Outside) != 2 {
		t.Errorf("seals and witnesses: %+v %+v", a.Seals, a.Outside)
	}
	src.History = nil
	if New(src, locale.Chinese).Audits() {
		t.Error("there is a page of a history that cannot be read")
	}
}

// TestVersionsAreHeldAgainstGit compares the date of a version with its commit.
func TestVersionsAreHeldAgainstGit(t *testing.T) {
	v := New(company(t), locale.Chinese)
	life := v.src.History.Timeline("TS-2026-0001") // any record with a text that changes
	for _, c := range []struct{ date, want string }{
		{"2026-09-18", "与提交日期相符"}, {"2026-09-15", "提交晚 3 天"}, {"2026-09-20", "早于所写日期提交（2026-09-18）"}, {"", "未写日期；2026-09-18 提交"},
	} {
		if got := v.compareDays(c.date, life.Created.Submitted); got.Text != c.want {
			t.Errorf("%q: %q, want %q", c.date, got.Text, c.want)
		}
	}
	if commit, checked := v.checkVersion(life, "1.0", "2026-09-18"); commit.Text != noValue || checked.Tone != Warn {
		t.Errorf("a version that no commit brought: %+v %+v", commit, checked)
	}
}
