package portal

import "testing"

func TestPlainIsThePaperAsText(t *testing.T) {
	p := &Print{Organisation: "公司", System: "体系", Title: "审核资料包", Period: "2026年上半年", Sections: []PrintSection{
		{Paragraphs: []string{"甲", "乙"}},
		{Heading: "内容", Table: &Table{Rows: []Row{pair("a", "b")}}, Notes: []string{"注"}},
	}}
	want := "公司  体系\n审核资料包  2026年上半年\n\n甲\n乙\n\n内容\n\na  b\n注\n"
	if got := p.Plain(); got != want {
		t.Errorf("text %q, want %q", got, want)
	}
}
