package ledger

import (
	"regexp"

	"kept/internal/locale"
)

// How survey tools number questions: Q1 …, 第3题(…), 1、…, 3(…). A digit behind the
// sign is a number of its own: 1.5.
var questionNumbers = []*regexp.Regexp{
	regexp.MustCompile(`^[Qq](\d{1,3})((?:[^\d].*)?)$`),
	regexp.MustCompile(`^第\s*(\d{1,3})\s*题(.*)$`),
	regexp.MustCompile(`^(\d{1,3})\s*[、:.．)]((?:\D.*)?)$`),
	regexp.MustCompile(`^(\d{1,3})\s*(\(.*\))$`),
}

// asked is what tools say of a question's type.
var asked = regexp.MustCompile(`[\[【(](单选题?|多选题?|量表题?|矩阵(量表|单选)?题?|排序题?|填空题?|打分题?|评分题?|NPS题?|简答题?|问答题?|单选|多选)[\])】]`)

// counter is a number with what is counted.
var counter = regexp.MustCompile(`^([\d,，.]+)\s*\p{Han}{1,3}$`)

// tenThousands is an amount in 万.
var tenThousands = regexp.MustCompile(`^(\d+(?:\.\d+)?)万元?整?$`)

// notApplicable is the answer of who has nothing to judge.
var notApplicable = locale.Text{ZH: "不适用", EN: "Not applicable"}

// Answers on a scale: a word with a number before or behind it, a number alone, so
// many points, so many stars.
var (
	codeBefore = regexp.MustCompile(`^(\d{1,3})(?:分)?[、.:=)-]?(.+)$`)
	codeBehind = regexp.MustCompile(`^(.+?)[(:=-]?(\d{1,3})(分?)\)?$`)
	letter     = regexp.MustCompile(`^[a-z][、.:)](.+)$`)
	bareCode   = regexp.MustCompile(`^(\d{1,3})(?:\.0+)?$`)
	points     = regexp.MustCompile(`^(\d{1,3})(?:分|星|颗星)$`)
	starred    = regexp.MustCompile(`^([★☆⭐]+)$`)
	// 1=, 1分为, 1分代表 right before a word
	codeInFront = regexp.MustCompile(`(?:^|[^\d])(\d{1,2})分?(?:=|:|、|-|为|是|代表|表示)?$`)
	numbering2  = regexp.MustCompile(`^[a-z0-9]{1,2}[、.:)](.+)$`)
)

// Options whose text the answerer writes, and what stands there where nobody wrote.
var (
	written = regexp.MustCompile(`^(.*?)(?:〖(.*)〗|【(.*)】|\[(.*)\]|\((.*)\)|[:|](.*))$`)
	others  = regexp.MustCompile(`^(其他|其它|other)|请(填写|注明|说明|写明)`)
	prompts = map[string]bool{"": true, "请填写": true, "请注明": true, "请说明": true, "请写明": true, "请填写具体内容": true, "pleasespecify": true, "specify": true}
)

// Durations as tools write them.
var (
	spelledTime = regexp.MustCompile(`^(?:(\d+)(?:天|d))?(?:(\d+)(?:小时|时|h))?(?:(\d+)(?:分钟|分|min|m))?(?:(\d+)(?:秒钟|秒|s))?$`)
	clockedTime = regexp.MustCompile(`^(?:(\d+):)?(\d{1,2}):(\d{2})$`)
)

// fileNamed is what a heading of file names says beside what the files are.
var fileNamed = regexp.MustCompile(`(?i)[ (]*(文件名称?|文件|file name|file)[ )]*$`)
