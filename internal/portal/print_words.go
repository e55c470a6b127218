package portal

import (
	"kept/internal/locale"
)

// PrintWords is what the furniture of a printed page says, in one language.
type PrintWords struct {
	Page        string // 第 {page} 页 共 {pages} 页
	PageRef     string // （第 {page} 页）, behind what leads to it
	Number      string // 序号
	Nothing     string // 以下空白
	Continued   string // 续
	Contents    string // 目录
	Sign        string // 签名
	Date        string // 日期
	DataVersion string // 数据版本
	Version     string // 版本
	Tool        string // kept, before its version
	AsOf        string // 截至
	Period      string // 统计期间
	Sample      string // 示例
	NoRows      string // 本期无记录
}

// NewPrintWords picks the words in the printer's language.
func NewPrintWords(p *locale.Printer) PrintWords {
	return PrintWords{
		Page:        p.Say("pdf.page", locale.A("page", "{page}"), locale.A("pages", "{pages}")),
		PageRef:     p.Say("pdf.page-ref", locale.A("page", "{page}")),
		Number:      p.Say("pdf.number"),
		Nothing:     p.Say("pdf.nothing-below"),
		Continued:   p.Say("pdf.continued"),
		Contents:    p.Say("pdf.contents"),
		Sign:        p.Say("pdf.sign"),
		Date:        p.Say("pdf.date"),
		DataVersion: p.Say("pdf.data-version"),
		Version:     p.Say("pdf.version"),
		Tool:        p.Say("pdf.tool"),
		AsOf:        p.Say("pdf.as-of"),
		Period:      p.Say("pdf.period"),
		Sample:      p.Say("pdf.sample"),
		NoRows:      p.Say("pdf.no-rows"),
	}
}

// edition names for whom the papers of the view are made.
func (v *View) edition() string { return v.src.Policy.Edition.Name() }
