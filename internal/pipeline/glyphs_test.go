package pipeline

import (
	"slices"
	"strings"
	"testing"

	"kept/internal/calendar"
	"kept/internal/gittest"
	"kept/internal/locale"
)

// rareHistory holds characters that the face lacks: in a record, in one that another
// shows, as an escape, and in a document.
const rareHistory = `
at 2026-09-18T17:42:00+08:00
write kept.yaml @config
write records/person/u-jy.yaml @person
write records/department/D-1.yaml @department
write site/content/办法.md @text
commit base
-- config --
languages: [zh-CN]
time_zone: Asia/Shanghai
-- person --
schema: person/v1
id: u-jy
title: 𠮹野
status: active
-- department --
schema: department/v1
id: D-1
title: "示例䶮部，𠮷与\U00020BB8𠮷"
status: active
owner: u-jy
-- text --
---
title: 办法
---
## 甲𠮷

乙

- 丙䶮和𠮷
`

// Every character that the face lacks is named with its file and line: where a record
// or a document holds it, and with the field's name where it stands in another form.
func TestRareCharactersArePlaced(t *testing.T) {
	p, err := Open(gittest.Repo(t, rareHistory), "test")
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
	press, err := p.press(then, policies("")[0], locale.Chinese, defaultFaces(t))
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string][]string{
		"D-1": {
			"records/department/D-1.yaml pdf.glyph-in U+20BB8",
			"records/department/D-1.yaml:3:11 pdf.glyph U+4DAE", "records/department/D-1.yaml:3:14 pdf.glyph U+20BB7", "records/person/u-jy.yaml:3:8 pdf.glyph U+20BB9",
		},
		press.view.DocumentKeys()[0]: {
			"site/content/办法.md:4:5 pdf.glyph U+20BB7", "site/content/办法.md:8:4 pdf.glyph U+4DAE", "site/content/办法.md:8:6 pdf.glyph U+20BB7",
		},
	} {
		paper, err := press.find(id, calendar.Period{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range paper.Findings {
			got = append(got, strings.TrimSpace(f.Position.String()+" "+f.Key+" "+f.Args[0].Value.ZH))
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: the findings are\n%s\nwant\n%s", id, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}
