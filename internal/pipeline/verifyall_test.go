package pipeline

import (
	"slices"
	"testing"
	"time"

	"kept/internal/calendar"
	"kept/internal/evidence"
	"kept/internal/gittest"
	"kept/internal/locale"
	"kept/internal/pdf"
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

// TestEveryPaperIsFoundByItsCode prints each layout and each record in both
// languages and editions, reads the code back as a QR code has it, and finds the
// same paper by it.
func TestEveryPaperIsFoundByItsCode(t *testing.T) {
	p, err := Open(gittest.Repo(t, papersHistory), "test")
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
			slices.Sort(ids)
			ids = slices.Compact(ids)
			for _, id := range ids {
				paper, err := press.find(id, calendar.Period{})
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
	// One by the whole way: code alone, in the edition of auditors.
	paper, err := p.Print(s, PrintRequest{ID: "甲~部", Lang: locale.English, Policy: redact.Policy{Edition: redact.Audit}})
	if err != nil {
		t.Fatal(err)
	}
	v, err := p.VerifyCode(paper.Content.Code(), VerifyRequest{AsOf: time.Time{}})
	if err != nil || v.Outcome != Proven {
		t.Errorf("%s is %+v, %v", paper.Content.Code(), v, err)
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
