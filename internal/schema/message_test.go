package schema

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/yamldoc"
)

// spoken compares findings with the exact words of both languages, the places
// without the common beginning of their paths, and notes the messages' keys.
func spoken(t *testing.T, found finding.List, prefix, zh, en string, said map[string]bool) {
	t.Helper()
	for lang, want := range map[locale.Lang]string{locale.Chinese: zh, locale.English: en} {
		got := strings.ReplaceAll(strings.TrimSuffix(tell(t, found, lang), "\n"), prefix, "")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("in %s: %s", lang, diff)
		}
	}
	for _, f := range found {
		said[f.Key] = true
	}
}

// A valid record and one mutation each: line, column and words.
func recordMessages(t *testing.T, said map[string]bool) {
	registry, _ := Load(loan(t, "", "", ""))
	for _, c := range []struct{ name, old, new, zh, en string }{
		{
			"key missing", "title: 电钻\n", "",
			"1:1: 缺少必填项“标题”，请补写 title [schema-required]",
			"1:1: Title is missing; add the key title [schema-required]",
		},
		{
			"key missing in an item", "{id: P-1, count: 3", "{count: 3",
			"15:5: 缺少必填项“配件号”，请补写 id [schema-required]",
			"15:5: Part is missing; add the key id [schema-required]",
		},
		{
			"key misspelt", "title:", "tilte:",
			"3:1: 没有这个键，是否应为 title（标题）？ [schema-unknown-key]",
			"3:1: there is no such key; did you mean title (Title)? [schema-unknown-key]",
		},
		{
			"key unknown", "note:", "张三的电话:",
			"16:1: 没有这个键，请改名或删除 [schema-unknown-key]",
			"16:1: there is no such key; rename or remove it [schema-unknown-key]",
		},
		{
			"value not listed", "severity: low", "severity: 张三",
			"8:11: “等级”请写下列之一：high（高）、low（低） [schema-enum]",
			"8:11: write for Grade one of: high (High), low (Low) [schema-enum]",
		},
		{
			"label for a value", "severity: low", "severity: 高",
			"8:11: “等级”是否应写 high（高）？可选：high（高）、low（低） [schema-enum]",
			"8:11: for Grade, did you mean high (High)? Allowed: high (High), low (Low) [schema-enum]",
		},
		{
			"other format", "tool-loan/v1", "tool-loan/v2",
			"1:9: “记录格式版本”应写 tool-loan/v1 [schema-const]",
			"1:9: Record format must be tool-loan/v1 [schema-const]",
		},
		{
			"nothing behind the key", "title: 电钻", "title:",
			"3:7: “标题”后面没有内容，请填写或删去这个键 [schema-type]",
			"3:7: Title has no value; fill it in or remove the key [schema-type]",
		},
		{
			"number for text", "title: 电钻", "title: 13800000000",
			"3:8: “标题”应为文字；数字、true、false 请加引号 [schema-type]",
			"3:8: Title must be text; put a number, true or false in quotes [schema-type]",
		},
		{
			"list for text", "title: 电钻", "title: [a]",
			"3:8: “标题”应为文字，不是列表或一组键 [schema-type]",
			"3:8: Title must be text, not a list or a mapping [schema-type]",
		},
		{
			"text for a whole number", "count: 3", `count: "3"`,
			"15:22: “数量”应为整数，不加引号 [schema-type]",
			"15:22: Count must be a whole number without quotes [schema-type]",
		},
		{
			"text for a number", "weight: 1.5", "weight: heavy",
			"15:45: “重量”应为数字，不加引号 [schema-type]",
			"15:45: Weight must be a number without quotes [schema-type]",
		},
		{
			"word for a flag", "fine: true", "fine: yes",
			"15:31: “完好”应写 true（是）或 false（否），不加引号 [schema-type]",
			"15:31: Fine must be true or false without quotes [schema-type]",
		},
		{
			"text for a list", "tools: [T-1, T-2]", "tools: T-1",
			"9:8: “工具”应为列表，每项以“- ”开头 [schema-type]",
			"9:8: Tools must be a list, each item after a dash [schema-type]",
		},
		{
			"text for a mapping", "{id: P-1, count: 3, fine: true, weight: 1.5}", "P-1",
			"15:5: “配件”应为一组“键: 值” [schema-type]",
			"15:5: Parts must be a mapping of keys and values [schema-type]",
		},
		{
			"date in another form", "lent_on: 2026-09-01", "lent_on: 2026/9/1",
			"10:10: “借出日”应为日期，如 2026-09-01 [schema-date]",
			"10:10: Lent on must be a date such as 2026-09-01 [schema-date]",
		},
		{
			"no such day", "lent_on: 2026-09-01", "lent_on: 2026-02-30",
			"10:10: “借出日”没有这一天或这一时刻，请核对年月日和时分秒 [schema-date]",
			"10:10: Lent on is a day or time that does not exist; check year, month, day and time [schema-date]",
		},
		{
			"time without offset", "due: 2026-09-01T10:00:00+08:00", "due: 2026-09-01 10:00",
			"13:6: “应还”应为带时区的时间，如 2026-09-01T10:00:00+08:00 [schema-instant]",
			"13:6: Due must be a time with its offset such as 2026-09-01T10:00:00+08:00 [schema-instant]",
		},
		{
			"word for a moment", "seen: 2026-09-01", "seen: 昨天",
			"12:7: “见到”应为日期或带时区的时间，如 2026-09-01 或 2026-09-01T10:00:00+08:00 [schema-moment]",
			"12:7: Seen must be a date or a time with its offset, such as 2026-09-01 or 2026-09-01T10:00:00+08:00 [schema-moment]",
		},
		{
			"decimal with separators", `"12.50"`, `"1,250"`,
			`11:10: “押金”应为加引号的十进制数，如 "1250.00"，不带千分位和货币符号 [schema-decimal]`,
			`11:10: Deposit must be a decimal in quotes such as "1250.00", without separators or currency [schema-decimal]`,
		},
		{
			"id in another form", "id: TL-2026-0001", "id: TL-1",
			"2:5: “编号”应形如 TL-2026-0001 [schema-pattern]",
			"2:5: Number must look like TL-2026-0001 [schema-pattern]",
		},
		{
			"empty text", "title: 电钻", `title: ""`,
			"3:8: “标题”不能为空，请填写或删去这个键 [schema-too-short]",
			"3:8: Title may not be empty; fill it in or remove the key [schema-too-short]",
		},
		{
			"text too short", "id: P-1", "id: P",
			"15:10: “配件号”至少 2 个字 [schema-too-short]",
			"15:10: Part must have at least 2 characters [schema-too-short]",
		},
		{
			"text too long", "note: 短", "note: 一二三四五六七八九十一",
			"16:7: “附注”最多 10 个字，请缩短 [schema-too-long]",
			"16:7: Note may have at most 10 characters; shorten it [schema-too-long]",
		},
		{
			"too few items", "tools: [T-1, T-2]", "tools: []",
			"9:8: “工具”至少要有 1 项 [schema-too-few]",
			"9:8: Tools must have at least 1 item [schema-too-few]",
		},
		{
			"too many items", "tools: [T-1, T-2]", "tools: [a, b, c, d]",
			"9:8: “工具”最多 3 项 [schema-too-many]",
			"9:8: Tools may have at most 3 items [schema-too-many]",
		},
		{
			"item twice", "tools: [T-1, T-2]", "tools: [T-1, T-1]",
			"9:14: “工具”中这一项重复，请删去一个 [schema-duplicate]",
			"9:14: this item of Tools stands twice; remove one [schema-duplicate]",
		},
		{
			"no key at all", "{id: P-1, count: 3, fine: true, weight: 1.5}", "{}",
			"15:5: 缺少必填项“配件号”，请补写 id [schema-required]\n15:5: “配件”至少要写 1 个键 [schema-too-few]",
			"15:5: Part is missing; add the key id [schema-required]\n15:5: Parts must have at least 1 key [schema-too-few]",
		},
		{
			"number too small", "count: 3", "count: 0",
			"15:22: “数量”不得小于 1 [schema-range]",
			"15:22: Count may not be less than 1 [schema-range]",
		},
		{
			"number too large", "count: 3", "count: 10",
			"15:22: “数量”不得大于 9 [schema-range]",
			"15:22: Count may not be greater than 9 [schema-range]",
		},
		{
			"number not above", "weight: 1.5", "weight: 0",
			"15:45: “重量”应大于 0 [schema-range]",
			"15:45: Weight must be greater than 0 [schema-range]",
		},
		{
			"number between", "weight: 1.5", "weight: 1.3",
			"15:45: “重量”应为 0.5 的整数倍 [schema-range]",
			"15:45: Weight must be a multiple of 0.5 [schema-range]",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if strings.Count(valid, c.old) == 0 {
				t.Fatalf("the record does not hold %q", c.old)
			}
			doc, found := yamldoc.Parse("a.yaml", []byte(strings.Replace(valid, c.old, c.new, 1)))
			if len(found) > 0 {
				t.Fatal(tell(t, found, locale.English))
			}
			spoken(t, registry.Kind("tool-loan").Validate(doc), "a.yaml:", c.zh, c.en, said)
		})
	}
}

// A valid pair of files and one mutation each.
func kindMessages(t *testing.T, said map[string]bool) {
	const kind, shape = "tool-loan.kind.yaml", "tool-loan.schema.json"
	for _, c := range []struct{ name, file, old, new, zh, en string }{
		{
			"broken pattern of ids", kind, "'^TL-[0-9]{4}-[0-9]{4,}$'", "'^(TL'",
			"kind.yaml:6:15: “pattern”不是可用的正则表达式 [schema-pattern]",
			"kind.yaml:6:15: pattern is not a regular expression that can be used [schema-pattern]",
		},
		{
			"another name", kind, "kind: tool-loan", "kind: tool",
			"kind.yaml:1:7: kind 应与文件名一致，写 tool-loan [kind-mismatch]\nkind.yaml:2:10: 种类和版本合为 tool/v1，记录格式中 schema 的 const 应与之相同 [kind-mismatch]",
			"kind.yaml:1:7: kind must be the file's name, tool-loan [kind-mismatch]\nkind.yaml:2:10: kind and version make tool/v1; the schema's const for schema must be the same [kind-mismatch]",
		},
		{
			"another version", kind, "version: 1", "version: 2",
			"kind.yaml:2:10: 种类和版本合为 tool-loan/v2，记录格式中 schema 的 const 应与之相同 [kind-mismatch]",
			"kind.yaml:2:10: kind and version make tool-loan/v2; the schema's const for schema must be the same [kind-mismatch]",
		},
		{
			"template against pattern", kind, "{seq:4}", "{seq:2}",
			"kind.yaml:6:52: 按模板生成的编号不符合 id.pattern [kind-pattern]",
			"kind.yaml:6:52: an id made from the template does not match id.pattern [kind-pattern]",
		},
		{
			"pattern against schema", shape, "^TL-[0-9]{4}-[0-9]{4,}$", "^TL-[0-9]{4}-[0-9]+$",
			"kind.yaml:6:15: id.pattern 与记录格式中 id 的 pattern 不同 [kind-mismatch]",
			"kind.yaml:6:15: id.pattern differs from the pattern of id in the schema [kind-mismatch]",
		},
		{
			"envelope", shape, `"status", "owner"`, `"status"`,
			"kind.yaml:5:11: 记录格式缺少公共字段 owner，或未列为必填 [kind-envelope]",
			"kind.yaml:5:11: the schema lacks the common field owner, or does not require it [kind-envelope]",
		},
		{
			"state twice", kind, "{id: returned, title: {zh-CN: 归还, en: Returned}", "{id: lent, title: {zh-CN: 归还, en: Returned}",
			"kind.yaml:12:3: states 中没有 returned [kind-unknown-state]\nkind.yaml:13:10: lent 已经用过，请改名 [kind-duplicate]\nkind.yaml:17:9: states 中没有 returned [kind-unknown-state]\nkind.yaml:24:71: states 中没有 returned [kind-unknown-state]",
			"kind.yaml:12:3: states does not list returned [kind-unknown-state]\nkind.yaml:13:10: lent is taken; choose another name [kind-duplicate]\nkind.yaml:17:9: states does not list returned [kind-unknown-state]\nkind.yaml:24:71: states does not list returned [kind-unknown-state]",
		},
		{
			"state without status", shape, `["lent", "returned"]`, `["lent"]`,
			"kind.yaml:13:10: 记录格式的 status 中没有 returned [kind-mismatch]",
			"kind.yaml:13:10: the schema's status does not allow returned [kind-mismatch]",
		},
		{
			"status without state", shape, `["lent", "returned"]`, `["lent", "returned", "lost"]`,
			"kind.yaml:12:3: states 中没有 lost [kind-unknown-state]",
			"kind.yaml:12:3: states does not list lost [kind-unknown-state]",
		},
		{
			"no step leads there", kind, "from: [lent]", "from: [returned]",
			"kind.yaml:13:10: 没有步骤能到达状态 returned [kind-unreachable]",
			"kind.yaml:13:10: no step leads to the state returned [kind-unreachable]",
		},
		{
			"guard without words", kind, "    guard_text: {zh-CN: 先借后还, en: lent first}\n", "",
			"kind.yaml:16:5: guard 和 guard_text 应同时填写 [kind-guard]",
			"kind.yaml:16:5: guard and guard_text belong together [kind-guard]",
		},
		{
			"amount missing", kind, "default: 3 working_days, ", "",
			"kind.yaml:26:118: 缺少取值 low 的时限；可用 default 代表其余 [kind-amount]",
			"kind.yaml:26:118: there is no amount for low; default stands for the rest [kind-amount]",
		},
		{
			"amount of no value", kind, "high: 1", "hihg: 1",
			"kind.yaml:26:150: by 所列字段没有取值 hihg [kind-amount]",
			"kind.yaml:26:150: the fields in by have no value hihg [kind-amount]",
		},
		{
			"no date", kind, "date: lent_on\n", "",
			"kind.yaml:7:8: 按月存放的种类要写 date [kind-unknown-field]",
			"kind.yaml:7:8: a dated kind needs date [kind-unknown-field]",
		},
		{
			"unknown name", kind, "at: note", "at: nowhere",
			"kind.yaml:33:9: 没有名为 nowhere 的字段或派生名 [kind-unknown-field]",
			"kind.yaml:33:9: there is no field or derived name nowhere [kind-unknown-field]",
		},
		{
			"misspelt name", kind, "requires: [note]", "requires: [noet]",
			"kind.yaml:20:16: 没有名为 noet 的字段或派生名，是否应为 note？ [kind-unknown-field]",
			"kind.yaml:20:16: there is no field or derived name noet; did you mean note? [kind-unknown-field]",
		},
		{
			"text as facet", kind, "  columns:", "  facets: [note]\n  columns:",
			"kind.yaml:38:12: 不能按 note 分面：自由文本的取值太多；请改为选项、引用、标志、整数、日期或时限名.met [kind-facet]",
			"kind.yaml:38:12: note cannot be a facet, free text has too many values; name a choice, a reference, a flag, a whole number, a time or a limit's .met [kind-facet]",
		},
		{
			"broken regular expression", shape, `"pattern": "^TL`, `"pattern": "^(TL`,
			"schema.json:9:74: “pattern”不是可用的正则表达式 [schema-pattern]",
			"schema.json:9:74: pattern is not a regular expression that can be used [schema-pattern]",
		},
		{
			"a state that no step may log", shape, `"x-en": "To", "enum": ["lent", "returned"]`, `"x-en": "To", "enum": ["lent", "back"]`,
			"kind.yaml:12:3: 记录格式的 transitions.to 有 back，states 中没有 [kind-mismatch]\nkind.yaml:13:10: 记录格式的 transitions.to 没有 returned，无法进入该状态 [kind-mismatch]",
			"kind.yaml:12:3: transitions.to of the schema has back, states does not [kind-mismatch]\nkind.yaml:13:10: transitions.to of the schema does not have returned, so that the state cannot be entered [kind-mismatch]",
		},
		{
			"not JSON", shape, "\"type\": \"object\",\n  \"add", "\"type\": \"object\"\n  \"add",
			"schema.json:4: 方括号或花括号未配对，或缺少半角逗号 [yaml-syntax]",
			"schema.json:4: a bracket or brace is not closed, or a comma is missing [yaml-syntax]",
		},
		{
			"pattern in a field", shape, `"title": "附注"`, `"pattern": "(", "title": "附注"`,
			"schema.json:30:43: “pattern”不是可用的正则表达式 [schema-pattern]",
			"schema.json:30:43: pattern is not a regular expression that can be used [schema-pattern]",
		},
		{
			"large amount", kind, "3 working_days", "1000000000000000000 working_days",
			"kind.yaml:26:128: “default”的写法不符合格式 ^[1-9][0-9]{0,4} (elapsed_hours|working_hours|working_days|calendar_days)$ [schema-pattern]",
			"kind.yaml:26:128: default does not have the form ^[1-9][0-9]{0,4} (elapsed_hours|working_hours|working_days|calendar_days)$ [schema-pattern]",
		},
		{
			"bounds crossed out", shape, `"minimum": 1`, `"minimum": "1"`,
			"schema.json:25:81: “minimum”应为数字，不加引号 [schema-type]",
			"schema.json:25:81: minimum must be a number without quotes [schema-type]",
		},
		{
			"too many keys", kind, "{zh-CN: 先借后还, en: lent first}", "{zh-CN: 先借后还, en: lent first, fr: x}",
			"kind.yaml:22:47: 没有这个键，请改名或删除 [schema-unknown-key]",
			"kind.yaml:22:47: there is no such key; rename or remove it [schema-unknown-key]",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, found := Load(loan(t, c.file, c.old, c.new))
			spoken(t, found, "schemas/tool-loan.", c.zh, c.en, said)
		})
	}
	t.Run("half a kind", func(t *testing.T) {
		half := loan(t, "", "", "")
		delete(half, shape)
		_, found := Load(half)
		spoken(t, found, "schemas/tool-loan.",
			"schema.json:1:1: 缺少这个文件；每个种类要有 .schema.json 和 .kind.yaml 两个文件 [kind-missing-half]",
			"schema.json:1:1: this file is missing; a kind needs both .schema.json and .kind.yaml [kind-missing-half]", said)
	})
	t.Run("a folder for a file", func(t *testing.T) {
		folder := loan(t, "", "", "")
		folder[shape].Mode = os.ModeDir
		_, found := Load(folder)
		spoken(t, found, "schemas/tool-loan.",
			"schema.json:1:1: 文件无法读取 [schema-file]", "schema.json:1:1: the file cannot be read [schema-file]", said)
	})
}

// Every message has a case: here, or by its keyword in TestEveryKeywordIsTold. What is
// left are words for what cannot come from a user's file. What an editor is told about a
// key is asked of the language server (cli).
func TestMessages(t *testing.T) {
	said := map[string]bool{}
	recordMessages(t, said)
	kindMessages(t, said)
	otherMessages(t, said)
	data, err := os.ReadFile("../../site/i18n/schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	maps.DeleteFunc(all, func(key string, _ any) bool { return said[key] || strings.HasPrefix(key, "schema.editor-") })
	if diff := cmp.Diff([]string{
		"schema.compile", // what a meta-schema lets through and the library does not
		"schema.exclusive_maximum",
		"schema.json",         // the same, of the two readers of JSON
		"schema.kind_pattern", // the same, of regular expressions
		"schema.kind_role",    // in TestRolesAreKnown
		"schema.kind_role_near",
		"schema.max_properties",
		"schema.meta",
		"schema.other",
	}, slices.Sorted(maps.Keys(all))); diff != "" {
		t.Errorf("messages without a case: %s", diff)
	}
}

// However many keys of a file are unknown, telling them ends at a bound.
func TestValidateBoundsItsFindings(t *testing.T) {
	registry, _ := Load(loan(t, "", "", ""))
	var text strings.Builder
	for i := range 90_000 {
		text.WriteString("k" + strconv.Itoa(i) + ": 1\n")
	}
	doc, _ := yamldoc.Parse("a.yaml", []byte(text.String()))
	if doc == nil {
		t.Fatal("the file was refused before the schema saw it")
	}
	found := registry.Kind("tool-loan").Validate(doc)
	if n := len(found); n < yamldoc.MaxFindings || n > 2*yamldoc.MaxFindings {
		t.Errorf("%d findings", n)
	}
}
