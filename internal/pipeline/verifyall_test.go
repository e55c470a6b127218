package pipeline

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kept/internal/calendar"
	"kept/internal/config"
	"kept/internal/evidence"
	"kept/internal/gittest"
	"kept/internal/locale"
	"kept/internal/pdf"
	"kept/internal/portal"
	"kept/internal/redact"
)

// papersHistory holds records of several kinds, with numbers of every shape.
const papersHistory = `
at 2026-09-18T17:42:00+08:00
write kept.yaml @config
write records/person/u-wl.yaml @person
write records/calendar/CN-2026.yaml @calendar
write records/clause/C-8.3.2.yaml @clause
write records/department/甲~部.yaml @department
write site/content/办法.md @text
write site/content/manual.md @manual
write records/kpi/K01.yaml @kpi
write records/report/RP-01.yaml @report
write records/publication/2026/09/FB-2026-0001.yaml @issue
commit base
-- config --
languages: [zh-CN, en]
time_zone: Asia/Shanghai
-- person --
schema: person/v1
id: u-wl
title: 王磊
status: active
identities: [wl@example.cn]
roles:
  - {role: brm, from: "2026-01-01"}
-- calendar --
schema: calendar/v1
id: CN-2026
title: 示例
status: active
year: 2026
-- text --
---
number: SD-9
title: 办法
version: "0.1"
---
## 甲

乙
-- manual --
---
number: SD-8
title: 手册
version: "1.0"
status: effective
distribution:
  - {reader: 服务台, permission: 只读, copy_no: "03"}
---
## 甲

乙
-- issue --
schema: publication/v1
id: FB-2026-0001
title: 投诉分析月报 2026-08
status: drafted
classification: internal
owner: u-wl
registered_by: u-wl
origin: born_digital
report: RP-01
period: 2026-08
figures:
  - {kpi: K01, basis: declared, value: "50.0", numerator: "1", denominator: "2", excluded: 0, target: "98", verdict: missed}
transitions:
  - {to: drafted, at: "2026-09-16T09:00:00+08:00", by: u-wl, role: brm}
-- clause --
schema: clause/v1
id: C-8.3.2
title: 示例
status: active
-- department --
schema: department/v1
id: 甲~部
title: 示例部门
status: active
`

// withReport adds the shipped definition of a report and of a KPI.
func withReport(t *testing.T, script string) string {
	t.Helper()
	for section, file := range map[string]string{"kpi": "kpi/K01.yaml", "report": "report/RP-01.yaml"} {
		data, err := os.ReadFile("../../records/" + file)
		if err != nil {
			t.Fatal(err)
		}
		script += "-- " + section + " --\n" + string(data)
	}
	return script
}

// TestEveryPaperIsFoundByItsCode prints each layout, each record, a report before and
// after its issue and a controlled copy in both languages and editions, reads the code
// back as a QR code has it, and finds the same paper by it.
func TestEveryPaperIsFoundByItsCode(t *testing.T) {
	p, err := Open(gittest.Repo(t, withReport(t, papersHistory)), "test")
	if err != nil {
		t.Fatal(err)
	}
	s, err := p.Snapshot(Moment{})
	if err != nil {
		t.Fatal(err)
	}
	c := p.prover(s, VerifyRequest{})
	then, err := c.at(attempt{commit: s.Commit.Hash})
	if err != nil {
		t.Fatal(err)
	}
	papers := 0
	for _, lang := range []locale.Lang{locale.Chinese, locale.English} {
		for _, policy := range policies("") {
			press, err := p.press(then, policy, lang, defaultFaces(t))
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, l := range press.layouts {
				ids = append(ids, l.ID)
			}
			for rec := range s.Register.All() {
				ids = append(ids, rec.ID)
			}
			for kind := range s.Kinds.All() {
				ids = append(ids, kind.ID+"-form") // blank
			}
			ids = append(ids, press.view.DocumentKeys()...)
			ids = append(ids, "SD-8~copy~03", "RP-01 2026-08")
			slices.Sort(ids)
			ids = slices.Compact(ids)
			for _, id := range ids {
				id, of, _ := strings.Cut(id, " ")
				asked, _ := calendar.ParsePeriod(of)
				paper, err := press.find(id, asked)
				if err != nil {
					t.Errorf("%s: %v", id, err)
					continue
				}
				file, fault := evidence.ReadPaper(paper.Bytes)
				code, ok := evidence.ParseCode(paper.Content.Code().QR())
				if fault != evidence.Whole || !ok || file.Code != code {
					t.Errorf("%s %s: the file says %v (%s), the code reads %v, %v", id, lang, file.Code, fault, code, ok)
					continue
				}
				period, _ := calendar.ParsePeriod(code.Period)
				again, err := press.find(code.Print, period)
				if err != nil || string(again.Bytes) != string(paper.Bytes) || again.Content.Code() != code {
					t.Errorf("%s %s %v: by its code %s it is another paper: %v", id, lang, policy, code, err)
				}
				papers++
			}
		}
	}
	if papers < 6*40 {
		t.Errorf("only %d papers", papers)
	}
	// Some by the whole way: code alone, one in the edition of auditors.
	august, _ := calendar.ParsePeriod("2026-08")
	for _, req := range []PrintRequest{
		{ID: "甲~部", Lang: locale.English, Policy: redact.Policy{Edition: redact.Audit}},
		{ID: "RP-01", Lang: locale.Chinese, Period: august},
		{ID: "SD-8", Lang: locale.Chinese, Copy: "03"},
	} {
		paper, err := p.Print(s, req)
		if err != nil {
			t.Fatal(err)
		}
		v, err := p.VerifyCode(paper.Content.Code(), VerifyRequest{AsOf: time.Time{}})
		if err != nil || v.Outcome != Proven {
			t.Errorf("%s is %+v, %v", paper.Content.Code(), v, err)
		}
	}
	refuses(t, p, s)
}

// refuses wants no controlled copy of what is no text in force, or for nobody.
func refuses(t *testing.T, p *Project, s *Snapshot) {
	t.Helper()
	for req, want := range map[[2]string]string{
		{"SD-8", "04"}: "portal.copy-unknown", {"SD-9", "03"}: "portal.copy-draft", {"u-wl", "03"}: "portal.copy-none",
	} {
		_, err := p.Print(s, PrintRequest{ID: req[0], Copy: req[1], Lang: locale.Chinese})
		var no *portal.CopyError
		if !errors.As(err, &no) || no.Key != want {
			t.Errorf("copy %s of %s: %v, want %s", req[1], req[0], err, want)
		}
	}
	file := filepath.Join(p.Dir, contentFolder, "manual.md")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{config.File: "", contentFolder + "/manual.md": "another text"} {
		if err := os.WriteFile(filepath.Join(p.Dir, filepath.FromSlash(name)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	_, err := p.Print(s, PrintRequest{ID: "SD-8", Copy: "03", Lang: locale.Chinese})
	var no *portal.CopyError
	if !errors.As(err, &no) || no.Key != "portal.copy-uncommitted" {
		t.Errorf("a copy beside an edited text: %v", err)
	}
}

func defaultFaces(t *testing.T) *pdf.Faces {
	t.Helper()
	faces, err := pdf.DefaultFaces()
	if err != nil {
		t.Fatal(err)
	}
	return faces
}
