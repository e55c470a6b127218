package pipeline

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"kept/internal/calendar"
	"kept/internal/gittest"
	"kept/internal/locale"
	"kept/internal/portal"
	"kept/internal/redact"
)

// changedHistory goes on from papersHistory: two complaints, one of which is changed in
// one field, then a record that nothing else is about, then a text.
const changedHistory = `
at 2026-09-19T09:00:00+08:00
write records/customer/KH-0001.yaml @customer
write records/complaint/2026/09/TS-2026-0001.yaml @first
write records/complaint/2026/09/TS-2026-0002.yaml @second
commit register
at 2026-09-20T09:00:00+08:00
write records/complaint/2026/09/TS-2026-0001.yaml @changed
commit change
at 2026-09-21T09:00:00+08:00
write records/department/dept-new.yaml @new
commit department
at 2026-09-22T09:00:00+08:00
write site/content/办法.md @newer
commit text
`

const changedRecords = `-- customer --
schema: customer/v1
id: KH-0001
title: 示例·江南精密
status: active
-- new --
schema: department/v1
id: dept-new
title: 示例·新部门
status: active
-- newer --
---
number: SD-9
title: 办法
version: "0.2"
---
## 甲

丙
`

func complaintOf(id, channel string) string {
	return "schema: complaint/v1\nid: " + id + "\ntitle: 示例\nstatus: registered\ncustomer: KH-0001\nchannel: " + channel +
		"\nsubject: 示例\nreceived_at: \"2026-09-18T10:00:00+08:00\"\ntransitions:\n  - {to: registered, at: \"2026-09-18T10:00:00+08:00\", by: u-wl, role: brm}\n"
}

// A changed record changes the papers that show it and no other, byte for byte: the
// provenance of a paper names the commit that last touched what it rests on. The report
// that is not issued yet is the one exception: it rests on the commit that is shown,
// for what it counts may be any record, and says so in its head.
func TestAChangeChangesThePapersThatShowIt(t *testing.T) {
	script, files, _ := strings.Cut(withReport(t, papersHistory), "-- config --")
	script += changedHistory + "-- config --" + files + changedRecords +
		"-- first --\n" + complaintOf("TS-2026-0001", "hotline") + "-- second --\n" + complaintOf("TS-2026-0002", "hotline") +
		"-- changed --\n" + complaintOf("TS-2026-0001", "email")
	p, err := Open(gittest.Repo(t, script), "test")
	if err != nil {
		t.Fatal(err)
	}
	before := map[string]string{}
	const draft = "RP-01 2026-08"
	for _, c := range []struct {
		at   string
		want []string
	}{
		{"HEAD~3", nil},
		{"HEAD~2", []string{"TS-2026-0001", "complaint-register", "kpi-monthly 2026-09", draft}},
		{"HEAD~1", []string{"department-register", "dept-new", draft}},
		{"HEAD", []string{"SD-9", draft}},
	} {
		now := allPapers(t, p, c.at)
		var changed []string
		for _, id := range slices.Sorted(maps.Keys(now)) {
			if before[id] != now[id] {
				changed = append(changed, id)
			}
		}
		slices.Sort(c.want)
		if c.want != nil && !slices.Equal(changed, c.want) {
			t.Errorf("after %s the papers that differ are %q, want %q", c.at, changed, c.want)
		}
		before = now
	}
	if len(before) < 40 {
		t.Errorf("only %d papers", len(before))
	}
}

// allPapers prints every layout, record and text at a commit, all judged at one moment,
// and the reports of two periods.
func allPapers(t *testing.T, p *Project, at string) map[string]string {
	t.Helper()
	s, err := p.Snapshot(Moment{At: at, AsOf: time.Date(2026, 10, 2, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	then := &past{s, p.Measures(s)}
	press, err := p.press(then, redact.Policy{Edition: redact.Internal}, locale.Chinese, defaultFaces(t))
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{"kpi-monthly 2026-08", "kpi-monthly 2026-09", "RP-01 2026-08"}
	for _, l := range press.layouts {
		if l.Of != "" || l.Content != portal.ContentFigures {
			ids = append(ids, l.ID)
		}
	}
	for rec := range s.Register.All() {
		ids = append(ids, rec.ID)
	}
	ids = append(ids, press.view.DocumentKeys()...)
	papers := map[string]string{}
	for _, one := range ids {
		id, of, _ := strings.Cut(one, " ")
		period, _ := calendar.ParsePeriod(of)
		paper, err := press.find(id, period)
		if err != nil {
			t.Fatalf("%s: %v", one, err)
		}
		papers[one] = string(paper.Bytes)
	}
	return papers
}
