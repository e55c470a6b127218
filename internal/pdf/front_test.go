package pdf

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"kept/internal/pdftest"
	"kept/internal/portal"
)

// controlled is a document with cover, contents, watermark and many headings, some
// of them longer than a line.
func controlled(t testing.TB, headings int) *portal.Print {
	p := register(t, 0)
	p.ID, p.Title, p.Landscape, p.Watermark, p.Contents = "sd-02004", "客户投诉与满意度管理程序", false, "草案·仅供参考", true
	p.Head, p.Foot = "大江网络", "受控文件，打印后为非受控副本"
	facts := []portal.PrintFact{{Label: "文件编号", Value: "SD-02004"}, {Label: "版本号", Value: "0.9"}, {Label: "密级", Value: "内部"}, {Label: "受控状态", Value: "非受控"}, {Label: "发布日期", Value: ""}, {Label: "批准", Value: "李经理 2026-09-01"}}
	control := &portal.Table{Title: "文件版本信息", Columns: []portal.Column{{Title: "版本号", Weight: 1}, {Title: "修改", Weight: 4}}, Rows: []portal.Row{{Cells: []portal.Cell{{Text: "0.9"}, {Text: "首次起草"}}}}}
	p.Cover = &portal.PrintCover{Subtitle: "程序文件", Facts: facts, Notice: "版权所有，未经许可不得复制。", Parts: []portal.PrintSection{{Heading: "文件版本信息", Table: control}}}
	p.Sections = nil
	for i := range headings {
		s := portal.PrintSection{Heading: fmt.Sprintf("第%d节标题", i+1), Level: i%4 + 1}
		if i%7 == 3 {
			s.Heading += strings.Repeat("，说明本节的适用范围与职责", 5)
		}
		for range i%5 + 1 {
			s.Paragraphs = append(s.Paragraphs, strings.Repeat("服务台在接到投诉后，应当于 15 分钟内在系统中登记，并告知客户受理编号。", 6))
		}
		p.Sections = append(p.Sections, s)
	}
	p.Signatures = []portal.PrintSignature{{Title: "投诉处理人", Name: "王磊", Date: "2026-09-24"}, {Title: "业务关系经理"}, {Title: "管理者代表"}, {Title: "客户确认"}, {Title: "公司管理层"}}
	return p
}

var (
	listedHeading = regexp.MustCompile(`第(\d+)节标题`)
	listedNumber  = regexp.MustCompile(`\s(\d+)$`)
)

// The page number behind each entry of the contents is the page on which the
// heading stands, however long the contents are.
func TestContentsNumbersAreRight(t *testing.T) {
	for _, n := range []int{1, 40, 160} {
		data := mustPrint(t, controlled(t, n))
		pdftest.Check(t, data)
		pages := strings.Split(pdftest.Layout(t, data), "\f")
		listed, first := listedPages(pages)
		stands := map[string]string{}
		for i, page := range pages[first:] {
			for _, m := range listedHeading.FindAllStringSubmatch(page, -1) {
				stands[m[1]] = strconv.Itoa(first + i + 1)
			}
		}
		if len(stands) != n {
			t.Fatalf("%d headings: %d stand in the text", n, len(stands))
		}
		for i := range n {
			name, want := strconv.Itoa(i+1), stands[strconv.Itoa(i+1)]
			if i%4 == 3 {
				want = "" // of the fourth level
			}
			if listed[name] != want {
				t.Errorf("%d headings: heading %s is listed at %q and stands on page %q", n, name, listed[name], want)
			}
		}
	}
}

// listedPages reads the contents behind the cover and its parts: the page of each
// heading, and the index of the first page of the text.
func listedPages(pages []string) (map[string]string, int) {
	listed, current := map[string]string{}, ""
	for i, page := range pages[2:] {
		if strings.Contains(page, "服务台在接到投诉后") {
			return listed, i + 2
		}
		for line := range strings.SplitSeq(page, "\n") {
			if m := listedHeading.FindStringSubmatch(line); m != nil {
				current = m[1]
			}
			if m := listedNumber.FindStringSubmatch(line); m != nil && current != "" {
				listed[current], current = m[1], ""
			}
		}
	}
	return listed, len(pages)
}

func TestCoverAndWatermark(t *testing.T) {
	data := mustPrint(t, controlled(t, 12))
	pages := pdftest.Pages(t, data)
	for _, want := range []string{"客户投诉与满意度管理程序", "SD-02004", "受控状态", "非受控", "李经理", "版权所有", "第 1 页"} {
		if !strings.Contains(pages[0], want) {
			t.Errorf("the cover lacks %q", want)
		}
	}
	if !strings.Contains(pages[1], "首次起草") || !strings.Contains(pages[2], "目录") {
		t.Error("version table and contents do not follow the cover")
	}
	for i, page := range pages {
		if n := strings.Count(page, "草案·仅供参考"); n != 1 {
			t.Errorf("page %d says %d times what it is: once as text, the large words are none", i+1, n)
		}
		if !strings.Contains(page, "受控文件，打印后为非受控副本") || i > 0 && !strings.Contains(page, "大江网络") {
			t.Errorf("page %d lacks head or foot of its layout", i+1)
		}
	}
}

func TestSizes(t *testing.T) {
	for size, want := range map[string]string{"": "595.28 x 841.89", "a4": "595.28 x 841.89", "a3": "841.89 x 1190.55", "a5": "419.53 x 595.28", "letter": "612.00 x 792.00", "b9": "595.28 x 841.89"} {
		p := controlled(t, 3)
		p.Size = size
		if got := pdftest.Info(t, mustPrint(t, p))["Page size"]; !strings.HasPrefix(strings.ReplaceAll(got, "612 x 792", "612.00 x 792.00"), want) {
			t.Errorf("size %q is %q, want %q", size, got, want)
		}
	}
}

// TestKeepControlled writes samples for the eye where KEPT_SAMPLES names a folder.
func TestKeepControlled(t *testing.T) {
	data := mustPrint(t, controlled(t, 60))
	if dir := os.Getenv("KEPT_SAMPLES"); dir != "" {
		if err := os.WriteFile(dir+"/controlled.pdf", data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	pdftest.Check(t, data)
}

// Whatever a cover, a heading or a place to sign says stays inside the margins, and
// facts are complete.
func TestFrontOfHostileTexts(t *testing.T) {
	word := strings.Repeat("W", 5000)
	p := controlled(t, 3)
	p.Title, p.Head, p.Foot, p.Watermark = word, word, word, word
	p.Cover.Subtitle, p.Cover.Notice = word, strings.Repeat("版权所有。", 2000)
	p.Cover.Facts = append(p.Cover.Facts, portal.PrintFact{Label: word, Value: strings.Repeat("事实甲乙丙丁", 1500)})
	for i := range 60 {
		p.Cover.Facts = append(p.Cover.Facts, portal.PrintFact{Label: strings.Repeat("标", i), Value: fmt.Sprintf("值%d号", i)})
	}
	p.Sections[0].Heading = strings.Repeat("长标题", 400)
	for range 30 {
		p.Signatures = append(p.Signatures, portal.PrintSignature{Title: word[:90], Name: word[:70], Date: word[:40]})
	}
	p.Signatures = append(p.Signatures, portal.PrintSignature{Title: word, Name: word, Date: word})
	data := mustPrint(t, p)
	pdftest.Check(t, data)
	text := pdftest.Squeeze(pdftest.Text(t, data))
	for i := range 60 {
		if !strings.Contains(text, fmt.Sprintf("值%d号", i)) {
			t.Errorf("fact %d is missing", i)
		}
	}
	if n := strings.Count(text, "版权所有。"); n < 1950 {
		t.Errorf("the notice is there %d times of 2000", n)
	}
	insideOf(t, data)
}
