package check_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kept/internal/check"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/gittest"
)

// TestRobots lets a forge's robot squash what people wrote and approved: it stands
// for those whom the trailers name, and is nobody itself.
func TestRobots(t *testing.T) {
	const forge, wl, zm = "forge <noreply@forge.example>", "王磊 <wl@example.cn>", "周敏 <zm@example.cn>"
	b := newBench(t)
	step := func(state, by, role string) string {
		return fmt.Sprintf("  - {to: %s, at: \"2026-03-02T09:20:00+08:00\", by: %s, role: %s}\n", state, by, role)
	}
	begin := "schema: job/v1\nid: J-2026-001\ntitle: 打印机维修\nstatus: registered\nreceived_at: \"2026-03-02T09:00:00+08:00\"\ntransitions:\n  - {to: registered, at: \"2026-03-02T09:10:00+08:00\", by: u-wl, role: handler}\n"
	approved := strings.Replace(begin, "status: registered", "status: approved", 1) + step("approved", "u-zm", "lead")
	extended := begin + "extensions: [{from: \"2026-03-05T18:00:00+08:00\", to: \"2026-03-12T18:00:00+08:00\", approved_by: u-zm}]\n"
	remark := begin + "remark: 一\n"
	for name, tt := range map[string]struct {
		author, committer, next, message string
		robots                           []string
		mailmap                          map[string]string
		want                             string
	}{
		"co-author did it":       {forge, forge, approved, "approve\n\nCo-authored-by: " + zm, []string{"noreply@forge.example"}, nil, ""},
		"signed off":             {forge, forge, approved, "approve\n\nSigned-off-by: " + zm, []string{"noreply@forge.example"}, nil, ""},
		"another did it":         {forge, forge, approved, "approve\n\nCo-authored-by: " + wl, []string{"noreply@forge.example"}, nil, "warning audit.author-other"},
		"names nobody":           {forge, forge, approved, "approve", []string{"noreply@forge.example"}, nil, "info audit.author-robot"},
		"is no robot":            {forge, forge, approved, "approve", nil, nil, "info audit.author-unknown"},
		"explained by .mailmap":  {forge, forge, approved, "approve", nil, map[string]string{"noreply@forge.example": "zm@example.cn"}, "info audit.author-mailmap"},
		"mailmap to a stranger":  {forge, forge, approved, "approve", nil, map[string]string{"noreply@forge.example": "x@example.cn"}, "info audit.author-unknown"},
		"is nobody's second eye": {wl, forge, extended, "extend", []string{"noreply@forge.example"}, nil, "warning audit.own-approval-unbacked"},
		"second eye, undeclared": {wl, forge, extended, "extend", nil, nil, "info audit.own-approval-unbacked"},
		"approved by trailer":    {wl, forge, extended, "extend\n\nApproved-by: " + zm, []string{"noreply@forge.example"}, nil, ""},
		"reviews their own": {
			forge, forge, remark, "remark\n\nCo-authored-by: " + wl + "\nReviewed-by: " + wl, []string{"noreply@forge.example"}, nil, "warning audit.own-review",
		},
		"another reviews": {
			forge, forge, remark, "remark\n\nCo-authored-by: " + wl + "\nReviewed-by: " + zm, []string{"noreply@forge.example"}, nil, "",
		},
	} {
		r := gittest.New(t)
		r.As(wl)
		r.At("2026-03-02T09:15:00+08:00")
		r.Write("records/job/J-2026-001.yaml", begin)
		r.Commit("register")
		r.Write("records/job/J-2026-001.yaml", tt.next)
		r.At("2026-03-02T09:30:00+08:00")
		r.Play(gittest.Parse(t, "as "+tt.author+"\ncommitter "+tt.committer+"\ncommit \""+strings.ReplaceAll(tt.message, "\n", `\n`)+"\"\n"))
		repo, err := gitrepo.Open(r.Dir)
		if err != nil {
			t.Fatal(err)
		}
		head, err := repo.Resolve("HEAD", nil)
		if err != nil {
			t.Fatal(err)
		}
		req := b.request(t, repo, head)
		req.Robots, req.Mailmap = tt.robots, tt.mailmap
		var got []string
		for _, f := range check.History(req) {
			if slices.Contains([]string{"audit-author-role", "audit-own-approval", "audit-own-review"}, f.Rule) || f.Severity > finding.Info {
				got = append(got, f.Severity.String()+" "+f.Key)
			}
		}
		repo.Close()
		if strings.Join(got, ", ") != tt.want {
			t.Errorf("%s: got %q, want %q", name, got, tt.want)
		}
	}
}

// TestApprovedRecord judges who approved a record as a whole, by a field of it.
func TestApprovedRecord(t *testing.T) {
	b := newBench(t)
	for name, tt := range map[string]struct{ author, message, want string }{
		"by its author":        {"文管 <dc@example.cn>", "propose", "warning audit.own-approval-author"},
		"on another's word":    {"王磊 <wl@example.cn>", "propose", "info audit.own-approval-unbacked"},
		"with their trailer":   {"王磊 <wl@example.cn>", "propose\n\nApproved-by: 文管 <dc@example.cn>", "info audit.own-approval-trailer"},
		"with another trailer": {"王磊 <wl@example.cn>", "propose\n\nApproved-by: 周敏 <zm@example.cn>", "info audit.own-approval-unbacked"},
	} {
		r := gittest.New(t)
		r.As(tt.author)
		r.At("2026-03-02T09:15:00+08:00")
		r.Write("records/kpi/K1.yaml", kpi(1, "98"))
		r.Commit("begin")
		r.Write("records/kpi/K2.yaml", strings.Replace(kpi(1, "95"), "K1", "K2", 1)+"approved_by: u-dc\n")
		r.Commit(tt.message)
		_, list := b.audit(t, r.Dir)
		var got []string
		for _, f := range list {
			if f.Rule == "audit-own-approval" {
				got = append(got, f.Severity.String()+" "+f.Key)
			}
		}
		if strings.Join(got, ", ") != tt.want {
			t.Errorf("%s: got %q, want %q", name, got, tt.want)
		}
	}
}
