package check_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kept/internal/gittest"
)

// importedJob is a job as an import or a forger writes it.
func importedJob(status, content, state string, steps ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "schema: job/v1\nid: J-2026-001\ntitle: 打印机维修\nstatus: %s\norigin: imported\n", status)
	if state != "" {
		fmt.Fprintf(&b, "imported_from: {sha256: aa, row: 3, content: %q, state: %s}\n", content, state)
	}
	b.WriteString("received_at: \"2026-03-02T09:00:00+08:00\"\ntransitions:\n")
	for i, s := range append([]string{"registered"}, steps...) {
		fmt.Fprintf(&b, "  - {to: %s, at: \"2026-03-0%dT09:10:00+08:00\", by: u-wl}\n", s, i+2)
	}
	return b.String()
}

// TestForgedImports tries what somebody would do to let a step pass as the ledger's:
// each is found in the commit that does it, whatever else the commit changes.
func TestForgedImports(t *testing.T) {
	const clerk, worker = "文管 <dc@example.cn>", "王磊 <wl@example.cn>"
	b := newBench(t)
	begun := importedJob("registered", "1111", "registered")
	type commit struct{ who, text string }
	for name, tc := range map[string]struct {
		commits []commit
		rule    string // found in the last commit; "" for neither of the two
	}{
		"a digest of its own, by who may not import": {[]commit{{clerk, begun}, {worker, importedJob("closed", "2222", "closed", "closed")}}, "audit-import-state"},
		"somebody went on before": {[]commit{
			{clerk, begun},
			{worker, importedJob("approved", "1111", "registered", "approved")},
			{clerk, importedJob("closed", "2222", "closed", "approved", "closed")},
		}, "audit-import-state"},
		"a later step is left to be judged": {[]commit{{clerk, begun}, {clerk, importedJob("closed", "2222", "approved", "approved", "closed")}}, "audit-import-state"},
		"taken away and put back": {[]commit{
			{clerk, begun},
			{worker, importedJob("registered", "", "")},
			{worker, importedJob("approved", "1111", "approved", "approved")},
		}, "audit-import-state"},
		"taken away":         {[]commit{{clerk, begun}, {worker, importedJob("registered", "", "")}}, "audit-import-source"},
		"imported again":     {[]commit{{clerk, begun}, {clerk, importedJob("closed", "2222", "closed", "approved", "closed")}}, ""},
		"the record goes on": {[]commit{{clerk, begun}, {worker, importedJob("approved", "1111", "registered", "approved")}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := gittest.New(t)
			last := ""
			for i, c := range tc.commits {
				r.As(c.who)
				r.At(fmt.Sprintf("2026-03-1%dT09:00:00+08:00", i))
				r.Write("records/job/J-2026-001.yaml", c.text)
				last = r.Commit(fmt.Sprint(i))
			}
			_, list := b.audit(t, r.Dir)
			var found []string
			for _, f := range list {
				if (f.Rule == "audit-import-state" || f.Rule == "audit-import-source") && f.Commit == last {
					found = append(found, f.Rule)
				}
			}
			if tc.rule != "" && !slices.Contains(found, tc.rule) || tc.rule == "" && len(found) > 0 {
				t.Errorf("found %q, want %q", found, tc.rule)
			}
		})
	}
}
