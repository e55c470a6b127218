package portal

import (
	"os"
	"slices"
	"strings"
	"testing"

	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/schemas"
)

// sampled is a view of the records of this repository.
func sampled(t *testing.T, lang locale.Lang) *View {
	t.Helper()
	src := company(t)
	kinds, found := schema.Load(schemas.FS)
	if len(found) > 0 {
		t.Fatalf("schemas: %v", found)
	}
	reg, _, err := record.Load(os.DirFS("../.."), kinds)
	must(t, err)
	src.Register, src.History = reg, nil
	return New(src, lang)
}

// The paper of a publication is the report: its title, its period, its commit, what
// was computed and what was written, and who prepared, reviewed and approved it.
func TestPublicationPrint(t *testing.T) {
	v := sampled(t, locale.Chinese)
	paper := v.RecordPrint(v.src.Register.Get("FB-2026-0001"))
	if paper.Title != "投诉分析月报" || paper.Period != "2026年10月" || paper.FileName() != "FB-2026-0001.pdf" || paper.DocumentNo != "SD-02004-F30" {
		t.Errorf("the head says %q %q %q %q", paper.Title, paper.Period, paper.FileName(), paper.DocumentNo)
	}
	if want := []PrintSignature{
		{Title: "编制", Name: "王磊（示例）", Date: "2026年11月4日"}, {Title: "审核", Name: "周敏（示例）", Date: "2026年11月5日"}, {Title: "批准", Name: "陈华（示例）", Date: "2026年11月5日"},
	}; !slices.Equal(paper.Signatures, want) {
		t.Errorf("the bar says %q", paper.Signatures)
	}
	var all strings.Builder
	for _, line := range paper.Content().Lines {
		all.WriteString(line.Text + "\n")
	}
	for _, want := range []string{
		"value=100.0%", "fraction=1/1", "target=不低于", "按投诉渠道分布", "cumulative=100.0", "较上期", "本月登记投诉一件", "九月登记两件", "服务手册写明", "江畔实验学校", "-50.0%", "不可比", "list=不成立或不予受理（1 件）", "id=TS-2026-0003", "本期没有未达成目标的指标。",
		"eecee70cb186",
	} {
		if !strings.Contains(all.String(), want) {
			t.Errorf("the paper lacks %q:\n%s", want, all.String())
			break
		}
	}
	for _, s := range paper.Sections {
		if s.Table != nil && slices.ContainsFunc(s.Table.Columns, func(c Column) bool { return c.Weight == 0 }) {
			t.Errorf("%s has a column that is not printed", s.Heading)
		}
	}
}

// A period without anything says so in place of its tables; a figure without a
// value is a dash.
func TestPublicationPrintOfNothing(t *testing.T) {
	v := sampled(t, locale.Chinese)
	rec := *v.src.Register.Get("FB-2026-0001")
	text, err := os.ReadFile("../../" + rec.Path)
	must(t, err)
	kept := slices.DeleteFunc(strings.Split(string(text), "\n"), func(line string) bool { return strings.Contains(line, "{by: ") || line == "breakdowns:" })
	empty, _ := record.Parse(rec.Path, []byte(strings.Join(kept, "\n")), v.src.Register.Kinds())
	paper := v.RecordPrint(empty)
	if s := sectionOf(t, paper, "分布"); s.Table != nil || !slices.Equal(s.Paragraphs, []string{"本期没有可统计的记录。"}) {
		t.Errorf("no section says that there is nothing to break down: %+v", s)
	}
	if cells := sectionOf(t, paper, "指标值").Table.Rows[1].Cells; cells[2].Text != noValue || cells[6].Text != "无数据" {
		t.Errorf("no data is %v", cells)
	}
}

// sectionOf is the part with a heading, whatever its number.
func sectionOf(t *testing.T, paper *Print, heading string) PrintSection {
	t.Helper()
	for _, s := range paper.Sections {
		if s.Heading == heading || strings.HasSuffix(s.Heading, ". "+heading) {
			return s
		}
	}
	t.Fatalf("no section %q", heading)
	return PrintSection{}
}

// A column of numbers is aligned as numbers are, with words in the place of one.
func TestColumnsOfNumbers(t *testing.T) {
	for want, cells := range map[Align][][]string{
		Right: {{"5", "", "不可比"}, {"+1", "-2", "−0.4"}, {"91.7%", "100.0 %", "1,280"}, {"not comparable", "3"}},
		Left:  {{"", "不可比"}, {"5", "2026-09"}, {"K01 投诉响应及时率"}, {"3", strings.Repeat("说明", 9)}, {"5 件"}, {}},
	} {
		for _, texts := range cells {
			table := &Table{Columns: []Column{{Key: "a", Align: Left}}}
			for _, text := range texts {
				table.Rows = append(table.Rows, Row{Cells: []Cell{{Text: text}}})
			}
			if got := tableSection("", table, "").Table.Columns[0].Align; got != want {
				t.Errorf("%q is aligned %q, want %q", texts, got, want)
			}
		}
	}
	centred := tableSection("", &Table{Columns: []Column{{Align: Center}}, Rows: []Row{{Cells: []Cell{{Text: "5"}}}}}, "")
	if got := centred.Table.Columns[0].Align; got != Center {
		t.Errorf("what says its alignment is aligned %q", got)
	}
}
