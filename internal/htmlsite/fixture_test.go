package htmlsite

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"kept/internal/calendar"
	"kept/internal/clause"
	"kept/internal/config"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/gittest"
	"kept/internal/history"
	"kept/internal/locale"
	"kept/internal/metric"
	"kept/internal/obligation"
	"kept/internal/portal"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/schemas"
	"kept/site"
)

// company reads the portal's company.txtar, with the calendar of 2026 and K01 of
// this repository's own records, as of 2026-10-01.
func company(t testing.TB) *portal.Source {
	t.Helper()
	archive := gittest.Parse(t, "../portal/testdata/company.txtar")
	for _, name := range []string{"records/calendar/CN-2026.yaml", "records/kpi/K01.yaml"} {
		data, err := os.ReadFile("../../" + name)
		if err != nil {
			t.Fatal(err)
		}
		archive.Files = append(archive.Files, txtar.File{Name: "base/" + name, Data: data})
	}
	repo, err := gitrepo.Open(gittest.Archive(t, archive).Dir)
	if err != nil {
		t.Fatal(err)
	}
	src := source(t, repo)
	owe(src)
	return src
}

// owe gives the company obligations and clauses, one of each sort that a page
// draws, with hostile words.
func owe(src *portal.Source) {
	report := &obligation.Definition{ID: "OB-01", Title: locale.Text{ZH: "每月 <b>学校</b>报告", EN: "Monthly <b>report</b>"}, Owner: "brm", Cadence: calendar.Month}
	june := calendar.Period{Year: 2026, Grain: calendar.Month, Index: 6}
	src.Duties = []obligation.Duty{
		{Definition: report, Period: june, Due: src.AsOf.AddDate(0, -3, 7), State: obligation.Missed},
		{Definition: report, Period: june.Shift(2), Due: src.AsOf.AddDate(0, 0, -9), State: obligation.Overdue},
		{Definition: report, Record: "TS-2026-0001", Item: "A1", Title: locale.Plain("电话 13812345678"), Due: src.AsOf.AddDate(0, 0, 9), State: obligation.Coming},
		{
			Definition: report, Period: june.Shift(1), Due: src.AsOf.AddDate(0, -2, 7), State: obligation.Done, Done: src.AsOf.AddDate(0, -2, 3),
			Evidence: "TS-2026-0001", Commit: src.Commit,
		},
	}
	src.Clauses = []clause.Clause{{
		ID: "C-8.3.2", Number: "8.3.2", Standard: "ISO 1", Title: locale.Text{ZH: "业务关系", EN: "Relationships"}, Gap: true,
		Requirement: locale.Text{ZH: "知道<b>学校</b>是谁", EN: "know your <b>customers</b>"}, Question: locale.Text{ZH: "谁？", EN: "Who?"},
		Evidence: []clause.Evidence{
			{Title: locale.Text{ZH: "客户", EN: "Customers"}, Kind: "customer", Records: []string{"KH-0001"}, Wanted: 1, Obligation: "OB-01", Missed: 1, Gap: true},
		},
		Indicators: []string{"K01"}, Documents: []string{"SD-02004"},
	}}
	src.Findings = append(src.Findings, finding.Finding{
		Rule: "step-order", Severity: finding.Info, Record: "TS-2026-0001", Key: "check.step-order", Accepted: "EX-2026-0001",
	})
}

func source(t testing.TB, repo *gitrepo.Repo) *portal.Source {
	t.Helper()
	zone := time.FixedZone("Asia/Shanghai", 8*3600)
	head, err := repo.Resolve("main", zone)
	must(t, err)
	files, err := repo.Files(head)
	must(t, err)
	kinds, found := schema.Load(schemas.FS)
	if len(found) > 0 {
		t.Fatalf("schemas: %v", found)
	}
	reg, findings, err := record.Load(files, kinds)
	must(t, err)
	past, err := history.Read(repo, head)
	must(t, err)
	cal, _, err := reg.Calendar(zone)
	must(t, err)
	i18n, err := site.FS.ReadDir("i18n")
	must(t, err)
	messages := fstest.MapFS{}
	for _, e := range i18n {
		data, err := site.FS.ReadFile("i18n/" + e.Name())
		must(t, err)
		messages[e.Name()] = &fstest.MapFile{Data: data}
	}
	catalogue, err := locale.Load(messages)
	must(t, err)
	c := config.Default()
	c.Organisation, c.Zone = locale.Text{ZH: "常州大江网络工程有限公司", EN: "Dajiang Networks"}, zone
	c.Languages = []locale.Lang{locale.Chinese, locale.English}
	c.Sample, c.RepositoryURL = true, "https://forge.example/dajiang/records"
	definitions, _ := metric.Definitions(reg)
	asOf := time.Date(2026, 10, 1, 0, 0, 0, 0, zone)
	in := &metric.Inputs{Register: reg, History: past, Calendar: cal, Commit: head, AsOf: asOf, Messages: catalogue}
	return &portal.Source{
		Config: &c, Catalogue: catalogue, Register: reg, History: past, Findings: findings, Definitions: definitions,
		Calendar: cal, Commit: head, AsOf: asOf, Version: "test",
		Result: func(d *metric.Definition, p calendar.Period, b metric.Basis) metric.Result {
			return d.Compute(in, p, b)
		},
		Backlog: func(kind string, p calendar.Period) []metric.Balance { return metric.Backlog(in, kind, p) },
		Periods: func(g calendar.Grain) []calendar.Period {
			now := calendar.PeriodAt(g, asOf)
			return []calendar.Period{now.Shift(-2), now.Shift(-1), now}
		},
		Content: fstest.MapFS{"sd.md": {Data: []byte(procedure)}, "sd.en.md": {Data: []byte(strings.Replace(procedure, "概述", "Overview", 1))}},
	}
}

const procedure = `---
number: SD-02004
title: 业务关系流程管理办法
title_en: Business relationship procedure
version: "0.9"
status: draft
versions:
  - {version: "0.9", author: 编写组, change: 全文, date: "2026-09-01"}
distribution:
  - {reader: 公司内部员工, permission: 只读}
---
# 业务关系流程管理办法
## 1. 概述
见[本节](#s1)。
`

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
