package pipeline_test

import (
	"testing"
	"time"

	"kept/internal/check"
	"kept/internal/finding"
	"kept/internal/gittest"
	"kept/internal/pipeline"
)

// A person of the kinds that the program carries, with a role that a branch takes
// for itself; the branch also loosens a tolerance.
const grant = `
at 2026-03-02T09:00:00+08:00
write kept.yaml @config
write records/person/u-wl.yaml @person
commit base
git checkout -q -b work
at 2026-03-03T09:00:00+08:00
replace records/person/u-wl.yaml 'brm' 'process_owner'
replace kept.yaml 5m 500h
commit grant
-- config --
languages: [zh-CN]
time_zone: Asia/Shanghai
future_tolerance: 5m
-- person --
schema: person/v1
id: u-wl
title: 王磊
status: active
identities: [wl@example.cn]
roles:
  - {role: brm, from: "2026-01-01"}
`

// TestProposeNamesWhatGoverns judges a branch against main: a change of people
// and of the configuration needs a second person, and the loosened key is named.
func TestProposeNamesWhatGoverns(t *testing.T) {
	p, err := pipeline.Open(gittest.Repo(t, grant), "test")
	if err != nil {
		t.Fatal(err)
	}
	v, err := p.Propose("main", time.Time{}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]bool{}
	for _, r := range v.Reasons {
		keys[r.Key] = true
	}
	if v.Review != check.SecondPerson || !keys["audit.review.governing"] || !keys["audit.review.file"] {
		t.Errorf("review %s for %v", v.Review, v.Reasons)
	}
	named := false
	for _, f := range v.Findings {
		named = named || f.Rule == "change-config" && f.Severity == finding.Warning
	}
	if !named {
		t.Errorf("the loosened tolerance is not among %v", v.Findings)
	}
	if v, err := p.Propose("HEAD", time.Time{}, time.Time{}); err != nil || v.Review != check.Routine {
		t.Errorf("no change is %+v, %v", v, err)
	}
	if _, err := p.Propose("nowhere", time.Time{}, time.Time{}); err == nil {
		t.Error("an unknown base is no error")
	}
}

// TestAuditHistory counts what it reads, up to the commit asked for.
func TestAuditHistory(t *testing.T) {
	dir := gittest.Repo(t, grant)
	r, err := pipeline.Open(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	list, read, err := r.AuditHistory(pipeline.Moment{})
	if err != nil || read.Mainline != 2 || read.Records != 1 || list.Count(finding.Error) != 0 {
		t.Errorf("read %+v, found %v, %v", read, list, err)
	}
	_, read, err = r.AuditHistory(pipeline.Moment{At: "main"})
	if err != nil || read.Mainline != 1 {
		t.Errorf("main: read %+v, %v", read, err)
	}
}
