package pdf

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"kept/internal/locale"
	"kept/internal/pdftest"
	"kept/internal/portal"
)

// faces parses the bundled face once for all tests.
var faces = sync.OnceValue(func() *Faces {
	f, err := DefaultFaces()
	if err != nil {
		panic(err)
	}
	return f
})

func words(t testing.TB, l locale.Lang) portal.PrintWords {
	t.Helper()
	data, err := os.ReadFile("../../site/i18n/pdf.json")
	if err != nil {
		t.Fatal(err)
	}
	c, err := locale.Load(fstest.MapFS{"pdf.json": {Data: data}})
	if err != nil {
		t.Fatal(err)
	}
	return portal.NewPrintWords(c.Printer(l))
}

// register is a paper of n complaints whose cells are all different.
func register(t testing.TB, n int) *portal.Print {
	p := &portal.Print{
		ID: "complaint-register", Title: "投诉台账", Organisation: "常州大江网络工程有限公司",
		System: "信息技术服务管理体系", DocumentNo: "SD-02004-F01", Version: "1.0",
		Period: "2026年9月", PeriodKey: "2026-09", AsOf: "2026-10-01 00:00",
		DataVersion: "0123456789abcdef0123456789abcdef01234567", Classification: "内部",
		Created: time.Date(2026, 10, 1, 8, 30, 0, 0, time.FixedZone("", 8*3600)), Lang: locale.Chinese,
		Landscape: true, Signatures: []portal.PrintSignature{{Title: "编制"}, {Title: "审核"}, {Title: "批准"}}, Sample: true, Words: words(t, locale.Chinese),
		Attachment: portal.PrintAttachment{Name: "投诉台账-来源.yaml", Data: []byte("commit: 0123456789ab\n")},
	}
	table := &portal.Table{ID: "complaint", Title: "投诉台账", Columns: []portal.Column{
		{Key: "id", Title: "投诉编号", Weight: 9},
		{Key: "received_at", Title: "接收时间", Weight: 9},
		{Key: "customer", Title: "客户", Weight: 12},
		{Key: "title", Title: "主题", Weight: 26},
		{Key: "hidden", Title: "不印", Weight: 0},
		{Key: "severity", Title: "等级", Weight: 6, Align: portal.Center},
		{Key: "met", Title: "是否及时", Weight: 6, Align: portal.Center},
		{Key: "hours", Title: "处理时长（小时）", Weight: 7, Align: portal.Right},
		{Key: "sip", Title: "SIP", Weight: 8},
	}}
	for i := range n {
		table.Rows = append(table.Rows, row(i))
	}
	p.Sections = []portal.PrintSection{{Table: table, Numbered: true}}
	return p
}

func row(i int) portal.Row {
	id := fmt.Sprintf("TS-2026-%04d", i+1)
	title := []rune("用户反映主干链路丢包率超过3%，值班工程师于十五分钟内响应；更换光模块后恢复正常")
	texts := []string{
		id, fmt.Sprintf("2026-09-%02d 09:%02d", i%30+1, i%60), fmt.Sprintf("客户%d有限公司", i%97),
		fmt.Sprintf("%s（第%d次）", string(title[:7+i%30]), i+1), "hidden-text", "一般", "是", fmt.Sprintf("%d.%d", i%90, i%10), "",
	}
	r := portal.Row{ID: id}
	for _, s := range texts {
		r.Cells = append(r.Cells, portal.Cell{Text: s})
	}
	return r
}

func mustPrint(t testing.TB, p *portal.Print) []byte {
	t.Helper()
	data, _, err := Print(faces(), p)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestTenThousandRows is the spike that proves the chain: face, table, feet,
// bookmarks, metadata and attachment, judged by qpdf and poppler.
func TestTenThousandRows(t *testing.T) {
	const n = 10_000
	p := register(t, n)
	data := mustPrint(t, p)
	pdftest.Check(t, data)
	pages := pdftest.Pages(t, data)
	code := p.Code()
	for i, text := range pages {
		for _, want := range []string{fmt.Sprintf("第 %d 页 共 %d 页", i+1, len(pages)), "投诉编号", "SD-02004-F01", "数据版本 0123456789ab", code, "示例"} {
			if !strings.Contains(text, want) {
				t.Fatalf("page %d lacks %q:\n%s", i+1, want, text)
			}
		}
	}
	checkRows(t, p.Sections[0].Table, pdftest.Squeeze(strings.Join(pages, "\n")))
	for _, want := range []string{"以下空白", "签名", "日期", "编制", "审核", "批准"} {
		if !strings.Contains(pages[len(pages)-1], want) {
			t.Errorf("the last page lacks %q", want)
		}
	}
	t.Logf("%d rows, %d pages, %d bytes", n, len(pages), len(data))
}

func TestStructure(t *testing.T) {
	p := register(t, 60)
	data := mustPrint(t, p)
	info := pdftest.Info(t, data)
	for label, want := range map[string]string{
		"Title": "投诉台账 2026年9月", "Author": "常州大江网络工程有限公司", "PDF version": "1.7",
		"CreationDate": "2026-10-01T00:30:00Z", "Keywords": p.Code(), "Page size": "841.89 x 595.28 pts (A4)",
	} {
		if info[label] != want {
			t.Errorf("%s is %q, want %q", label, info[label], want)
		}
	}
	for name, want := range map[string]string{"投诉台账-来源.yaml": "commit: 0123456789ab\n"} {
		if got := string(pdftest.Attachments(t, data)[name]); got != want {
			t.Errorf("attachment %q holds %q, want %q", name, got, want)
		}
	}
	fonts := pdftest.Fonts(t, data)
	if len(fonts) == 0 {
		t.Error("no font is embedded")
	}
	for _, f := range fonts {
		if !f.Embedded || !f.Unicode || f.Type != "CID TrueType" {
			t.Errorf("a font is %+v, want an embedded CID TrueType with Unicode", f)
		}
	}
	for _, want := range []string{"git:0123456789abcdef", p.Code(), "2026-10-01T00:30:00Z", "投诉台账"} {
		if meta := pdftest.Metadata(t, data); !strings.Contains(meta, want) {
			t.Errorf("XMP lacks %q:\n%s", want, meta)
		}
	}
	structure := string(pdftest.JSON(t, data))
	for _, want := range []string{`"/Lang": "u:zh-CN"`, `"title": "投诉台账"`, `"/AFRelationship": "/Source"`} {
		if !strings.Contains(structure, want) {
			t.Errorf("the file lacks %s", want)
		}
	}
}

func TestSameBytes(t *testing.T) {
	want := mustPrint(t, register(t, 300))
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			if got := mustPrint(t, register(t, 300)); !bytes.Equal(got, want) {
				t.Error("the same paper has other bytes")
			}
		})
	}
	wait.Wait()
}

// checkRows wants every printed cell of every row behind the row's number, and
// none of a column without weight.
func checkRows(t *testing.T, table *portal.Table, text string) {
	t.Helper()
	if strings.Contains(text, "hidden-text") {
		t.Error("a column without weight is printed")
	}
	for i, r := range table.Rows {
		_, after, found := strings.Cut(text, fmt.Sprintf("%d%s", i+1, r.ID))
		if !found {
			t.Fatalf("row %d is missing or not in its order", i+1)
		}
		text = after
		near := text[:min(len(text), 2000)]
		for c, cell := range r.Cells[1:] {
			if table.Columns[c+1].Weight > 0 && !strings.Contains(near, pdftest.Squeeze(cell.Text)) {
				t.Fatalf("row %d lacks %q", i+1, cell.Text)
			}
		}
	}
}
