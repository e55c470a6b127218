package ledger

import "regexp"

// The words and forms by which a ledger is read, as people in a Chinese company
// write them. They are compared after [Fold], dates after narrowing.

// What tools add to a heading: the number of a question, a mark of duty, an aside.
var (
	numbering = regexp.MustCompile(`^(q?\d{1,3}[、:.．]|第\d{1,3}题[:、]?)`)
	marks     = regexp.MustCompile(`\((必填|自动|选填|单选|多选|单选题|多选题|required|optional)\)|\*`)
	aside     = regexp.MustCompile(`\([^()]*\)|\[[^\[\]]*\]`)
)

// Rows that are no records: sums, and notes below or above a table.
var (
	sums  = regexp.MustCompile(`^(本页|本月|本年|全年|\d{1,2}月份?|\d{4}年(\d{1,2}月)?)?(合计|小计|总计|共计|累计|汇总)([:(].*|\d+.*)?$|^(sub|grand)?total:?$`)
	signs = regexp.MustCompile(`^(填表|制表|编制|审核|审批|批准|统计|填报|说明|备注|注)(人|日期|时间|单位)?[:]`)
)

// examples begin the row that a template shows how to fill in.
var examples = map[string]bool{"示例": true, "例": true, "example": true}

// nothing is how people say that there is nothing.
var nothing = map[string]bool{
	"": true, "/": true, "\\": true, "-": true, "--": true, "—": true, "——": true, "无": true, "暂无": true, "空": true,
	"(空)": true, "(跳过)": true, "n/a": true, "na": true, "null": true, "#n/a": true,
}

// units are signs around a number.
const units = "¥￥元分次个天小时 "

// yes and no beside those of [kept/internal/locale.ParseFlag].
var flags = map[string]bool{"有": true, "√": true, "✓": true, "y": true, "无": false, "×": false, "x": false, "n": false, "没有": false, "否定": false}

// Dates and times of day.
var (
	weekday   = regexp.MustCompile(`\(?(星期|周)[一二三四五六日天]\)?`)
	longDate  = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?(.*)$`)
	solidDate = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})( .*)?$`)
	shortYear = regexp.MustCompile(`^(\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?(.*)$`)
	yearLast  = regexp.MustCompile(`^(\d{1,2})/(\d{1,2})/(\d{4})(.*)$`)
	yearless  = regexp.MustCompile(`^(\d{1,2})[-/.月](\d{1,2})[日号]?(.*)$`)
	dayTime   = regexp.MustCompile(`^[ tT]*(上午|下午|凌晨|早上|中午|晚上|am|pm|AM|PM)? *(\d{1,2})[:时点](?:(\d{1,2})(?:[:分](\d{1,2})(?:\.\d+)?秒?|分)?)? *(am|pm|AM|PM)?(Z|[+-]\d{2}:?\d{2})?$`)
	digits    = regexp.MustCompile(`\d+`)
)

// The halves of a day.
var (
	afternoon = map[string]bool{"下午": true, "晚上": true, "pm": true}
	morning   = map[string]bool{"上午": true, "凌晨": true, "早上": true, "am": true}
	noon      = map[string]bool{"中午": true}
)
