package portal

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/schemas"
)

const matter = `---
number: SD-1
title: 办法
version: "1.1"
status: effective
confidentiality: internal
control: controlled
effective: "2026-03-01"
versions:
  - {version: "1.0", author: 王磊, change: 初版, date: "2026-01-05", reviewed: 王磊, approved: 周敏}
  - {version: "1.1", author: 编写组, change: 改, date: "2026-02-10", reviewed: 王磊, approved: u-zm}
---

## 正文
`

const documentRecordText = `schema: document/v1
id: SD-1
title: 办法（示例）
status: effective
number: SD-1
version: "1.1"
confidentiality: internal
control: controlled
effective_on: "2026-03-01"
versions:
  - {version: "1.0", author: 王磊, change: 初版, date: "2026-01-05", reviewed_by: u-wl, approved_by: u-zm}
  - {version: "1.1", author: 编写组, change: 改, date: "2026-02-10", reviewed_by: u-wl, approved_by: u-zm}
`

func documentRegister(t *testing.T, doc string) *record.Register {
	t.Helper()
	kinds, found := schema.Load(schemas.FS)
	if len(found) > 0 {
		t.Fatal(found)
	}
	files := fstest.MapFS{"records/document/SD-1.yaml": {Data: []byte(doc)}}
	for id, name := range map[string]string{"u-wl": "王磊", "u-zm": "周敏"} {
		files["records/person/"+id+".yaml"] = &fstest.MapFile{Data: fmt.Appendf(nil, "schema: person/v1\nid: %s\ntitle: %s\nstatus: active\nidentities: [%s@example.cn]\n", id, name, id)}
	}
	register, _, err := record.Load(files, kinds)
	if err != nil {
		t.Fatal(err)
	}
	return register
}

func said(found finding.List) string {
	var list []string
	for _, f := range found {
		list = append(list, fmt.Sprintf("%s %s", f.Position, strings.TrimPrefix(f.Key, "portal.doc-")))
	}
	return strings.Join(list, "; ")
}

// The front matter says what the record says, or a finding names the place.
func TestFrontMatterBesideItsRecord(t *testing.T) {
	for name, c := range map[string]struct{ from, to, want string }{
		"alike":              {"", "", ""},
		"another version":    {`version: "1.1"` + "\nstatus", `version: "1.2"` + "\nstatus", "site/content/a.md:4:10 differs"},
		"another state":      {"status: effective", "status: draft", "site/content/a.md:5:9 differs"},
		"another level":      {"confidentiality: internal", "confidentiality: public", "site/content/a.md:6:18 differs"},
		"no day":             {`effective: "2026-03-01"`, `effective: ""`, "site/content/a.md:8:12 differs"},
		"another title":      {"title: 办法", "title: 规定", "site/content/a.md:3:8 differs"},
		"another date":       {`date: "2026-02-10"`, `date: "2026-02-11"`, "site/content/a.md:11:52 differs"},
		"another reviewer":   {`"2026-02-10", reviewed: 王磊`, `"2026-02-10", reviewed: 周敏`, "site/content/a.md:11:76 differs"},
		"a version too many": {`{version: "1.0"`, `{version: "0.9"`, "site/content/a.md:10:3 missing-row; site/content/a.md:10:5 unlisted"},
		"another number":     {"number: SD-1", "number: SD-2", ""},
	} {
		text := matter
		if c.from != "" {
			if !strings.Contains(matter, c.from) {
				t.Fatalf("%s: %q is not there", name, c.from)
			}
			text = strings.Replace(matter, c.from, c.to, 1)
		}
		got := DocumentFindings(fstest.MapFS{"a.md": {Data: []byte(text)}}, documentRegister(t, documentRecordText))
		if s := said(got); s != c.want {
			t.Errorf("%s: got %q, want %q", name, s, c.want)
		}
	}
}

// Each row of the versions is held against the commit that first named its version.
func TestVersionsBesideTheirCommits(t *testing.T) {
	zone := time.FixedZone("", 8*3600)
	commit := func(day, email string) *gitrepo.Commit {
		at, err := time.ParseInLocation(time.DateOnly, day, zone)
		if err != nil {
			t.Fatal(err)
		}
		who := gitrepo.Person{Name: "x", Email: email, When: at.Add(23 * time.Hour)}
		return &gitrepo.Commit{Hash: gitrepo.Hash(strings.Repeat("a", 40)), Author: who, Committer: who}
	}
	revision := func(version, written, merged, email string) Revision {
		return Revision{Version: version, By: commit(written, email), Commit: commit(merged, "other@example.cn")}
	}
	for name, c := range map[string]struct {
		revisions []Revision
		want      string
	}{
		"as written":          {[]Revision{revision("1.0", "2026-01-05", "2026-01-06", "U-WL@example.cn"), revision("1.1", "2026-02-08", "2026-02-10", "")}, ""},
		"no history":          {nil, ""},
		"before it":           {[]Revision{revision("1.1", "2026-02-10", "2026-02-10", "")}, ""},
		"dated back":          {[]Revision{revision("1.0", "2026-01-05", "2026-01-06", "u-wl@example.cn"), revision("1.1", "2026-02-11", "2026-02-12", "")}, "site/content/a.md:11:52 other-day"},
		"dated ahead":         {[]Revision{revision("1.0", "2026-01-05", "2026-01-06", "u-wl@example.cn"), revision("1.1", "2026-02-01", "2026-02-02", "")}, "site/content/a.md:11:52 other-day"},
		"by somebody else":    {[]Revision{revision("1.0", "2026-01-05", "2026-01-05", "u-zm@example.cn"), revision("1.1", "2026-02-10", "2026-02-10", "")}, "site/content/a.md:10:30 other-author"},
		"a version never set": {[]Revision{revision("1.0", "2026-01-05", "2026-01-05", "u-wl@example.cn")}, "site/content/a.md:11:5 never"},
	} {
		got := VersionFindings(VersionRequest{
			Content: fstest.MapFS{"a.md": {Data: []byte(matter)}}, Register: documentRegister(t, documentRecordText), Zone: zone,
			Revisions: func(string) []Revision { return c.revisions },
		})
		if s := said(got); s != c.want {
			t.Errorf("%s: got %q, want %q", name, s, c.want)
		}
	}
}

// A picture is shown from the content folder alone, and only where it is whole.
func TestPictures(t *testing.T) {
	whole := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00\x3a\x7e\x9b\x55\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01\x48\xaf\xa4\x71\x00\x00\x00\x00IEND\xaeB`\x82")
	content := fstest.MapFS{"a.png": {Data: whole}, "d/b c.png": {Data: whole}, "cut.png": {Data: whole[:50]}, "text.png": {Data: []byte("<svg/>")}, "empty.png": {}}
	for target, want := range map[string]string{
		"a.png": "", "./a.png": "", "d/b%20c.png": "", "d/../a.png": "",
		"../a.png": "outside", "/etc/passwd": "outside", "https://evil.example/a.png": "outside", "file:a.png": "outside", `d\b.png`: "outside", "": "outside", "%zz": "outside",
		"none.png": "absent", "d": "absent", "cut.png": "broken", "text.png": "broken", "empty.png": "broken",
	} {
		_, _, problem := readPicture(content, target)
		if got := strings.TrimPrefix(problem, "portal.doc-picture-"); got != want {
			t.Errorf("%q: got %q, want %q", target, got, want)
		}
	}
	content["t.md"] = &fstest.MapFile{Data: []byte("---\na: 1\n---\n甲 ![乙](none.png)\n\n![丙](a.png)\n\n![丁](../x.png)\n")}
	if got, want := said(DocumentFindings(content, documentRegister(t, documentRecordText))), "site/content/t.md:4 picture-absent; site/content/t.md:8 picture-outside"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
