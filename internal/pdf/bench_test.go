package pdf

import (
	"bytes"
	"crypto/sha1"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/jung-kurt/gofpdf"

	"kept/internal/portal"
)

// BenchmarkRegister sets a register that says inside where each of its records lies.
func BenchmarkRegister(b *testing.B) {
	p := register(b, 10_000)
	p.Sources = []portal.PrintAttachment{{Name: "投诉台账-记录.yaml", Data: paths(p)}}
	faces()
	b.ReportAllocs()
	for b.Loop() {
		mustPrint(b, p)
	}
}

// paths is one line for each row: where a record lies, and in which commit.
func paths(p *portal.Print) []byte {
	var b bytes.Buffer
	for i, r := range p.Sections[0].Table.Rows {
		fmt.Fprintf(&b, "# records/complaint/2026/09/%s.yaml @ %x\n", r.ID, sha1.Sum([]byte{byte(i), byte(i >> 8)}))
	}
	return b.Bytes()
}

// BenchmarkPlainRegister is the measure: the same cells by gofpdf's own, cut to
// one line each, with nothing around them.
func BenchmarkPlainRegister(b *testing.B) {
	p := register(b, 10_000)
	ttf := faces().fonts[0].subset([]rune(allText(p)))
	b.ReportAllocs()
	for b.Loop() {
		plainRegister(b, p, ttf)
	}
}

func plainRegister(t testing.TB, p *portal.Print, ttf []byte) {
	f := gofpdf.New("L", "mm", "A4", "")
	f.AddUTF8FontFromBytes("c", "", bytes.Clone(ttf))
	f.SetFont("c", "", 8.5)
	f.AddPage()
	for _, r := range p.Sections[0].Table.Rows {
		for _, c := range r.Cells {
			f.CellFormat(29, 6, c.Text, "1", 0, "L", false, 0, "")
		}
		f.Ln(-1)
	}
	if err := f.Output(new(bytes.Buffer)); err != nil {
		t.Fatal(err)
	}
}

func allText(p *portal.Print) string {
	var set runeSet
	for _, r := range p.Sections[0].Table.Rows {
		for _, c := range r.Cells {
			for _, one := range c.Text {
				set.add(one)
			}
		}
	}
	return string(set.all())
}

func BenchmarkShortReport(b *testing.B) {
	p := report(b)
	faces()
	b.ReportAllocs()
	for b.Loop() {
		mustPrint(b, p)
	}
}

// BenchmarkForm prints one of many filled forms.
func BenchmarkForm(b *testing.B) {
	var papers []*portal.Print
	for i := range 50 {
		papers = append(papers, filled(b, i))
	}
	faces()
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		mustPrint(b, papers[i%len(papers)])
		i++
	}
}

// BenchmarkFaces parses the bundled face anew.
func BenchmarkFaces(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := (&shelf{parse: parseFont}).load(FaceSet{}); err != nil {
			b.Fatal(err)
		}
	}
}

// filled is the filled form of the i-th complaint, as long as those of a company.
func filled(t testing.TB, i int) *portal.Print {
	var f portal.PrintForm
	f.Columns = 2
	text := row(i).Cells[3].Text
	for n, title := range []string{"一、基本信息", "二、投诉内容", "三、受理与答复", "四、调查与处理", "五、关闭"} {
		b := portal.PrintFormBlock{Title: title}
		for k := range 6 {
			b.Cells = append(b.Cells, portal.PrintFormCell{Label: fmt.Sprintf("项目%d", 6*n+k+1), Value: fmt.Sprintf("2026-09-%02d 第 %d 项", k+1, i)})
		}
		b.Cells = append(b.Cells, portal.PrintFormCell{Label: "说明", Span: 2, Value: strings.Repeat(text+"。", 3)})
		f.Blocks = append(f.Blocks, b)
	}
	p := formed(t, f)
	p.ID, p.Title = fmt.Sprintf("TS-2026-%04d", i+1), "投诉单登记表"
	return p
}

// allocated is how many bytes a work takes from the heap.
func allocated(work func()) float64 {
	var before, then runtime.MemStats
	runtime.ReadMemStats(&before)
	work()
	runtime.ReadMemStats(&then)
	return float64(then.TotalAlloc - before.TotalAlloc)
}

// A register takes no more memory than one and a half times gofpdf's plain table: the
// limit of time and memory, of which bytes are what a busy machine does not change.
func TestRegisterBesidePlainTable(t *testing.T) {
	p := register(t, 1500)
	p.Sources = []portal.PrintAttachment{{Name: "投诉台账-记录.yaml", Data: paths(p)}}
	ttf := faces().fonts[0].subset([]rune(allText(p)))
	mustPrint(t, p)
	ours := allocated(func() { mustPrint(t, p) })
	plain := allocated(func() { plainRegister(t, p, ttf) })
	t.Logf("%.1f MB, plain table %.1f MB", ours/1e6, plain/1e6)
	if ours > 1.5*plain {
		t.Errorf("the register takes %.1f MB, the plain table %.1f MB", ours/1e6, plain/1e6)
	}
}
