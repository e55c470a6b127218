package ledger

import (
	"regexp"

	"kept/internal/locale"
)

// The words and forms by which a ledger is read, as people in a Chinese company
// write them. They are compared after [Fold], dates after narrowing.

// What tools add to a heading: the number of a question, a mark of duty, an aside.
var (
	numbering = regexp.MustCompile(`^(q?\d{1,3}[、:.．]|第\d{1,3}题[:、]?)`)
	marks     = regexp.MustCompile(`[(\[【]((?:必|选)填项?|自动|单选|多选|单选题|多选题|required|optional)[)\]】]|\*`)
	// tongues cut a heading in two languages: 编号 No., 投诉内容/Description.
	tongues = regexp.MustCompile(`[/|\n]|(\p{Han}[)）]?)\s*([A-Za-z])|([A-Za-z.)])\s*(\p{Han})`)
	// behind is what may stand behind a word: 已结案。 处理中…
	behind = regexp.MustCompile(`[。.,;!…、]+$`)
	// groupWords end the name of a group and say nothing: 处理信息 over 结果 is 处理结果.
	groupWords = regexp.MustCompile(`(信息|情况|环节|阶段|部分|记录)$`)
	// hedge takes back what stands before it: 已结案(未确认).
	hedge = regexp.MustCompile(`[未待不暂拟尚无非?]|部分|除|not|partly`)
	aside = regexp.MustCompile(`\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】`)
	// labelled is a line above a table that says something itself: 编制人：李敏.
	labelled = regexp.MustCompile(`.[:：].`)
)

// Rows that are no records: sums, notes below or above a table, hints under a
// heading, and the row in which a template shows how to fill it in.
var (
	sums     = regexp.MustCompile(`^(本页|本月|本年|本季度?|全年|\d{1,2}月份?|\d{4}年(\d{1,2}月)?|第?[一二三四1-4]季度)?(合计|小计|总计|共计|累计|汇总)([:(].*|\d+.*)?$|^其中([:,(].*)?$|^共\d+(件|条|起|项|笔)([,。;].*)?$|^(sub|grand)?total:?$`)
	sumOf    = regexp.MustCompile(`.(小计|合计|subtotal|total)$`)
	figure   = regexp.MustCompile(`^[\d,.]+(%|件|条|起|项|次|元)?$`)
	signs    = regexp.MustCompile(`^(填表|制表|编制|审核|审批|批准|统计|填报|说明|备注|注)(人|日期|时间|单位)?[:]|^\(?以下(空白|无正文)\)?$`)
	hint     = regexp.MustCompile(`^\(.+\)$|^\[.+\]$|^【.+】$`)
	examples = regexp.MustCompile(`^[(\[【]?(示例|样例|范例|例|例如|填写示例|填写样例|example|sample|e\.g\.)[)\]】]?(:.*)?$`)
)

// nothing is how people say that there is nothing.
var nothing = map[string]bool{
	"": true, "/": true, "\\": true, "-": true, "--": true, "—": true, "——": true, "无": true, "暂无": true, "空": true,
	"(空)": true, "(跳过)": true, "n/a": true, "na": true, "null": true, "none": true, "nil": true,
	"1900-01-00": true, "1900-1-0": true, "1900/1/0": true, "1900/01/00": true, "1900年1月0日": true, "1899-12-30": true, "1899/12/30": true, "0000-00-00": true, "0000-00-0000:00:00": true,
}

// money are signs around an amount.
const money = "¥￥ "

// Numbers as people write them: in groups of three, with a unit behind.
var (
	plainNumber = regexp.MustCompile(`^[+-]?\d+(\.\d+)?$`)
	thousands   = regexp.MustCompile(`^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$`)
	counted     = regexp.MustCompile(`^([+-]?[\d,.]+) ?(元整?|次|个|人|件|条|分|分钟|小时|天|日)$`)
	// lostDigits is a long number as a spreadsheet shows it: 2.02603E+14.
	lostDigits = regexp.MustCompile(`^\d(\.\d+)?[eE]\+?\d{1,3}$`)
)

// What a heading, or a line above the header, says of the unit of amounts.
var (
	unitAside  = regexp.MustCompile(`\((?:单位:?)?(人民币|rmb|cny)?(百?万|千|亿)?(元|rmb|cny)?\)|(百?万|千|亿)元$`)
	unitAbove  = regexp.MustCompile(`单位:?(?:人民币)?(百?万|千|亿)元`)
	otherMoney = regexp.MustCompile(`美元|美金|usd|us\$|欧元|eur|€|港币|港元|hkd|日元|jpy|英镑|gbp|£|\$`)
	unitSizes  = map[string]int64{"千": 1000, "万": 10000, "百万": 1000000, "亿": 100000000}
	inMinutes  = regexp.MustCompile(`\((?:单位:?)?(分钟?|min|mins|minutes)\)`)
	// ownUnit tells an amount that says its unit itself.
	ownUnit = regexp.MustCompile(`[元万亿千]`)
)

// A field counts in hours or days where its title says one of these characters, and in
// minutes or points where it says none of those.
var (
	titlesOfUnit = map[string]string{"小时": "时", "天": "天日", "日": "天日"}
	otherTitles  = map[string]string{"分": "天日时", "分钟": "天日时"}
)

// minuteSign is the unit of minutes.
const minuteSign = "分"

// dittos are how people say: as in the row above.
var dittos = map[string]bool{"同上": true, "同前": true, "〃": true, "″": true, "\"": true, "“": true, "”": true, "ditto": true}

// yes and no beside those of [kept/internal/locale.ParseFlag].
var flags = map[string]bool{"有": true, "√": true, "✓": true, "y": true, "无": false, "×": false, "x": false, "n": false, "没有": false, "否定": false}

// Dates and times of day.
var (
	dashes     = regexp.MustCompile(`[‐‑‒–—―−－]+`)
	unitBlanks = regexp.MustCompile(` *([年月日号时点分秒]) *`)
	weekday    = regexp.MustCompile(`\(?(星期|周)[一二三四五六日天]\)?`)
	longDate   = regexp.MustCompile(`^(\d{4}) ?[-/.年、] ?(\d{1,2}) ?[-/.月、] ?(\d{1,2})[日号]?(.*)$`)
	solidDate  = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})( .*)?$`)
	solidTime  = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?$`)
	shortYear  = regexp.MustCompile(`^(\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?(.*)$`)
	yearLast   = regexp.MustCompile(`^(\d{1,2})/(\d{1,2})/(\d{4})(.*)$`)
	yearless   = regexp.MustCompile(`^(\d{1,2})[-/.月](\d{1,2})[日号]?(.*)$`)
	hanDate    = regexp.MustCompile(`^([〇零○一二三四五六七八九]{4}|\d{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十廿]{1,3})[日号](.*)$`)
	hanYears   = regexp.MustCompile(`[〇零○一二三四五六七八九]{4}年`)
	namedDate  = regexp.MustCompile(`^(\d{1,2}[- ][A-Za-z]+\.?,?[- ]\d{4}|[A-Za-z]+\.? \d{1,2}(?:, ?| )\d{4})(.*)$`)
	shortNamed = regexp.MustCompile(`^\d{1,2}[- ][A-Za-z]{3,9}[- ]\d{2}$`)
	ordinal    = regexp.MustCompile(`(\d)(?:st|nd|rd|th)\b`)
	englishDay = regexp.MustCompile(`^(?i:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?i:day|sday|nesday|rsday|urday)?\.?,? `)
	// 民国113年3月5日 is of 2024.
	republic = regexp.MustCompile(`^(?:中华)?民国(\d{2,3}|[〇零○一二三四五六七八九]{2,3})年(\d{1,2}|[一二三四五六七八九十]{1,2})月(\d{1,2}|[一二三四五六七八九十廿]{1,3})[日号](.*)$`)
	// hanYearless is 三月十四日.
	hanYearless = regexp.MustCompile(`^([一二三四五六七八九十]{1,2})月([一二三四五六七八九十廿]{1,3})[日号](.*)$`)
	// dayless is a year, or a part of one that is no day: 2021-03, 2021年3月底, Mar 2021.
	dayless = regexp.MustCompile(`^\d{4}$|^(\d{4}|[〇零○一二三四五六七八九]{4})年(度|初|底|末|中|上半年|下半年|第?[一二三四1-4]季度?|[Qq][1-4]|(\d{1,2}|[一二三四五六七八九十]{1,2})月份?(初|底|末|中|[上中下]旬)?)?$|^\d{4}[-/.](0?[1-9]|1[0-2])$|^(0?[1-9]|1[0-2])[-/]\d{4}$|^(\d{1,2}|[一二三四五六七八九十]{1,2})月份?(初|底|末|中|[上中下]旬)?$|^[A-Za-z]{3,9}\.?[- ,]+\d{4}$|^\d{4}[- ]?[QqHh][1-4]$`)
	dayTime = regexp.MustCompile(`^[ tT]*(上午|下午|凌晨|早上|早晨|清晨|早|中午|午后|傍晚|晚上|晚间|深夜|夜间|夜里|晚|am|pm|AM|PM)? *(\d{1,2})[:时点](?:(半)|(\d{1,2})(?:分(?:(\d{1,2})秒?)?|:(\d{1,2})(?:\.\d+)?秒?)?)? *(am|pm|AM|PM)? *(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$`)
	// halfDay is the part of a day that stands where the time of day should: 上午.
	halfDay = regexp.MustCompile(`^ *\(?(上午|下午|凌晨|早上|早晨|清晨|中午|午后|傍晚|晚上|晚间|全天|am|pm|AM|PM)\)?$`)
	digits  = regexp.MustCompile(`\d+`)
	// lostZero is a day that may have lost its zero: 9.3 is the 3rd or the 30th.
	lostZero   = regexp.MustCompile(`^\d{1,2}\.[123]$`)
	bareSerial = regexp.MustCompile(`^\d{5}(\.\d+)?$`)
)

// yearSign stands behind a year.
const yearSign = "年"

var hanDigits = map[rune]int{'一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}

// The halves of a day, and the night that belongs to two.
var (
	afternoon = map[string]bool{"下午": true, "午后": true, "傍晚": true, "pm": true}
	morning   = map[string]bool{"上午": true, "凌晨": true, "早上": true, "早晨": true, "清晨": true, "早": true, "am": true}
	noon      = map[string]bool{"中午": true}
	night     = map[string]bool{"晚上": true, "晚间": true, "深夜": true, "夜间": true, "夜里": true, "晚": true}
)

// handNumber is the heading of a number that people give, of a kind whose numbers are
// not counted; behind the kind's title, too: 部门编号.
const handNumber = "编号"

// Headings of a template that no schema has: the row's own number, and the time of
// a state.
var (
	ledgerNumber = locale.Text{ZH: "台账编号", EN: "Ledger number"}
	stepTime     = locale.Text{ZH: "“{}”的时间", EN: "Time of {}"}
)
