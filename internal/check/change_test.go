package check_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"kept/internal/check"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/gittest"
	"kept/internal/history"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// closedJob is a job with its whole life.
func closedJob() *job {
	return &job{
		id: "J-2026-001", title: "维修", path: "records/job/J-2026-001.yaml", result: "完好",
		received: "2026-03-02T09:00:00+08:00", due: "2026-03-05T18:00:00+08:00",
		steps: []jobStep{
			{"registered", "2026-03-02T09:10:00+08:00", "u-wl", "handler"},
			{"approved", "2026-03-02T10:00:00+08:00", "u-zm", "lead"},
			{"resolved", "2026-03-03T10:00:00+08:00", "u-lj", "handler"},
			{"closed", "2026-03-03T15:00:00+08:00", "u-zm", "lead"},
		},
	}
}

// judged commits a job with its first steps, then judges what edit does to it,
// committed by an author, or in the work tree alone for "".
func judged(t *testing.T, steps int, author string, edit func(*job) string) check.Verdict {
	t.Helper()
	b := newBench(t)
	r := gittest.New(t)
	r.At("2026-03-03T18:00:00+08:00")
	j := closedJob()
	j.steps = j.steps[:steps]
	r.Write(j.path, j.yaml())
	base := r.Commit("base")
	work := fstest.MapFS{}
	if text := edit(j); text != "" {
		work[j.path] = &fstest.MapFile{Data: []byte(text)}
	}
	if author != "" {
		r.Git("rm", "-q", j.path)
		for name, f := range work {
			r.Write(name, string(f.Data))
		}
		r.As(author)
		r.At("2026-03-10T09:00:00+08:00")
		r.Commit("change")
	}
	repo, err := gitrepo.Open(r.Dir)
	if err != nil {
		t.Fatal(err)
	}
	defer repo.Close()
	when := time.Date(2026, 3, 10, 9, 30, 0, 0, b.zone)
	h, _, err := history.Propose(repo, history.Proposal{Base: gitrepo.Hash(base), Head: gitrepo.Hash(r.Git("rev-parse", "HEAD")), Work: work, When: when})
	if err != nil {
		t.Fatal(err)
	}
	request := check.ChangeRequest{
		HistoryRequest: check.HistoryRequest{
			Request: check.Request{Register: b.register(t, work), Calendar: b.cal, Zone: b.zone, AsOf: when},
			History: h, Branch: "main", Future: 5 * time.Minute,
		},
		Base: b.register(t, fstest.MapFS{}),
	}
	request.Before.Kinds, request.After.Kinds = b.kinds, b.kinds
	return check.Change(request)
}

// TestChange judges one change of one job.
func TestChange(t *testing.T) {
	same := func(j *job) string { return j.yaml() }
	next := func(to, by, role string) func(*job) string {
		return func(j *job) string {
			j.steps = append(j.steps, jobStep{to, "2026-03-10T08:50:00+08:00", by, role})
			return j.yaml()
		}
	}
	const wl, lj, zm = "王磊 <wl@example.cn>", "李静 <lj@example.cn>", "周敏 <zm@example.cn>"
	tests := []struct {
		name   string
		steps  int
		author string
		edit   func(*job) string
		want   string // rules above information, then reasons
	}{
		{"nothing", 2, "", same, ""},
		{"handling is routine", 2, lj, next("resolved", "u-lj", "handler"), ""},
		{"not committed yet", 2, "", next("resolved", "u-lj", "handler"), ""},
		{"written anew in other words", 2, wl, func(j *job) string { j.plain = true; return j.yaml() }, ""},
		{"closing", 3, zm, next("closed", "u-zm", "lead"), "; audit.review.step"},
		{"approval", 1, zm, next("approved", "u-zm", "lead"), "; audit.review.step"},
		{"reopening", 4, zm, next("resolved", "u-zm", "handler"), "; audit.review.finished"},
		{"going back", 3, zm, next("registered", "u-zm", "handler"), "; audit.review.back"},
		{"in another's name", 2, wl, next("resolved", "u-lj", "handler"), "audit-author-role;"},
		{"a role that ended", 2, zm, func(j *job) string {
			j.steps = append(j.steps, jobStep{"resolved", "2026-03-10T08:50:00+08:00", "u-zm", "brm"})
			return j.yaml()
		}, "audit-author-role;"},
		{"a week late", 2, lj, func(j *job) string {
			j.steps = append(j.steps, jobStep{"resolved", "2026-03-03T10:00:00+08:00", "u-lj", "handler"})
			return j.yaml()
		}, "audit-backdated-step;"},
		{"edit after close", 4, "", func(j *job) string { j.result = "更好"; return j.yaml() }, "audit-edit-after-close; audit.review.finished"},
		{"log edited", 3, lj, func(j *job) string { j.steps[1].at = "2026-03-02T09:30:00+08:00"; return j.yaml() }, "audit-transition-edited; audit.review.log"},
		{"log shortened", 3, "", func(j *job) string { j.steps = j.steps[:2]; return j.yaml() }, "audit-transition-edited; audit.review.log"},
		{"due time moved", 2, lj, func(j *job) string { j.due = "2026-03-20T18:00:00+08:00"; return j.yaml() }, "audit-due-moved; audit.review.due"},
		{"due time made stricter", 2, lj, func(j *job) string { j.due = "2026-03-02T12:00:00+08:00"; return j.yaml() }, ""},
		{"start put later", 2, lj, func(j *job) string { j.received = "2026-03-02T09:30:00+08:00"; return j.yaml() }, "audit-due-moved; audit.review.due"},
		{"extension", 2, lj, func(j *job) string { j.extended = "2026-03-20T18:00:00+08:00 u-zm"; return j.yaml() }, "; audit.review.extension"},
		{"own extension", 2, lj, func(j *job) string { j.extended = "2026-03-20T18:00:00+08:00 u-lj"; return j.yaml() }, "audit-own-approval; audit.review.extension"},
		{"deleted", 2, wl, func(*job) string { return "" }, "audit-record-deleted; audit.review.deleted"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := judged(t, tt.steps, tt.author, tt.edit)
			var rules, reasons []string
			for _, f := range v.Findings {
				if f.Severity > finding.Info {
					rules = append(rules, f.Rule)
				}
			}
			for _, r := range v.Reasons {
				reasons = append(reasons, r.Key)
			}
			got := strings.TrimSpace(strings.Join(slices.Compact(rules), " ") + "; " + strings.Join(reasons, " "))
			if got == ";" {
				got = ""
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if routine := v.Review == check.Routine; routine != (len(reasons) == 0) {
				t.Errorf("review %s for %v", v.Review, reasons)
			}
		})
	}
}

// governing reads kinds and schemas out of the archive of the cases, with one text
// replaced.
func governing(t *testing.T, before, after string) check.Governing {
	t.Helper()
	archive := gittest.Parse(t, "testdata/history/base.txtar")
	files := fstest.MapFS{}
	g := check.Governing{Schemas: map[string]yamldoc.Object{}, Files: map[string]string{}}
	for _, f := range archive.Files {
		text := string(f.Data)
		if strings.HasPrefix(f.Name, "schemas/job.") {
			text = strings.Replace(text, before, after, 1)
			files[f.Name] = &fstest.MapFile{Data: []byte(text)}
			g.Files[f.Name] = text
		}
	}
	kindFiles, err := fs.Sub(files, "schemas")
	if err != nil {
		t.Fatal(err)
	}
	g.Kinds, _ = schema.Load(kindFiles)
	g.Schemas["schemas/job.schema.json"], _ = yamldoc.ParseValue([]byte(g.Files["schemas/job.schema.json"]))
	return g
}

// TestLoosened finds what a change loosens in schemas, kinds and configuration;
// what it tightens is no finding.
func TestLoosened(t *testing.T) {
	for _, tt := range []struct{ before, after, want string }{
		{`"required": ["schema", "id", "title", "status"]`, `"required": ["schema", "id", "status"]`, "audit.change.required"},
		{`"enum": ["native", "imported"], "enumDescriptions": ["原生", "导入"], "x-en-enum": ["Native", "Imported"]`, `"enum": ["native", "imported", "any"], "enumDescriptions": ["原生", "导入", "任意"], "x-en-enum": ["Native", "Imported", "Any"]`, "audit.change.enum"},
		{`"x-en": "Result", "type": "string", "maxLength": 100`, `"x-en": "Result", "type": "string", "maxLength": 900`, "audit.change.bound"},
		{`"required": ["from", "to", "approved_by"]`, `"required": ["from", "to"]`, "audit.change.required"},
		{"requires: [result]", "requires: []", "audit.change.step-requires"},
		{"to: closed, title: {zh-CN: 关闭, en: Close}, roles: [lead]", "to: closed, title: {zh-CN: 关闭, en: Close}, roles: [lead, handler]", "audit.change.step-roles"},
		{"from: [resolved], to: closed", "from: [approved, resolved], to: closed", "audit.change.step-new"},
		{"3 working_days", "9 working_days", "audit.change.limit"},
		{"phase: done", "phase: open", "audit.change.phase"},
		{"order: [received_at, registered_at, resolved_at]", "order: [received_at, registered_at]", "audit.change.order"},
		{"requires: [result]", "requires: [result, remark]", ""},
		{"title: {zh-CN: 维修台账, en: Repair jobs}", "title: {zh-CN: 维修登记表, en: Jobs}", ""},
	} {
		b := newBench(t)
		request := check.ChangeRequest{
			HistoryRequest: check.HistoryRequest{Request: check.Request{Register: b.register(t, fstest.MapFS{}), Calendar: b.cal, Zone: b.zone}, History: &history.History{}},
			Base:           b.register(t, fstest.MapFS{}), Before: governing(t, "", ""), After: governing(t, tt.before, tt.after),
		}
		v := check.Change(request)
		got := ""
		if len(v.Findings) > 0 {
			got = v.Findings[0].Key
		}
		if got != tt.want || len(v.Findings) > 1 {
			t.Errorf("%s: found %v, want %q", tt.after, v.Findings, tt.want)
		}
		if v.Review != check.SecondPerson {
			t.Errorf("%s: a change of what governs is %s", tt.after, v.Review)
		}
	}
}
