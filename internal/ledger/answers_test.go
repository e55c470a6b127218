package ledger

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/schema"
)

// reply is a kind whose records answer questions; the program does not know it.
func replyKind() *schema.Kind {
	k := issue()
	k.Answers = schema.Answering{
		List: "replies", Form: []string{"client"}, Questions: "questions",
		Answer: map[string]string{"question": "q", "row": "row", "score": "score", "choices": "choices", "text": "text", "none": "none"},
	}
	k.Fields = append(k.Fields, schema.Field{Name: "replies", Type: schema.ObjectField, List: true})
	return k
}

func options(pairs ...string) (list []schema.Option) {
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, schema.Option{Value: pairs[i], Title: locale.Plain(pairs[i+1])})
	}
	return list
}

func satisfaction() []Question {
	words := []Word{}
	for i, w := range []string{"非常满意|Very satisfied", "满意|Satisfied", "一般|Neutral", "不满意|Dissatisfied", "非常不满意|Very dissatisfied"} {
		zh, en, _ := strings.Cut(w, "|")
		words = append(words, Word{5 - i, locale.Text{ZH: zh, EN: en}})
	}
	scale := func(id, text string) Question {
		return Question{ID: id, Form: ScoreAnswer, Text: locale.Plain(text), Low: 1, High: 5, Words: words, None: true}
	}
	attitude := scale("Q2", "服务人员的态度")
	attitude.None = false
	grid := Question{ID: "Q4", Form: GridAnswer, Text: locale.Plain("请评价下列各项"), Low: 1, High: 5, Words: words, Options: options("speed", "响应速度", "skill", "技术能力")}
	return []Question{
		scale("Q1", "故障响应是否及时"), attitude,
		{ID: "Q3", Form: ManyAnswers, Text: locale.Plain("您使用过哪些服务"), Options: options("net", "网络", "desk", "服务台", "site", "现场、驻场支持", "other", "其他（请填写）")},
		grid,
		{ID: "Q5", Form: OneAnswer, Text: locale.Plain("您更愿意怎样联系我们"), Options: options("tel", "电话", "im", "企业微信", "other", "其他")},
		{ID: "Q6", Form: OrderAnswer, Text: locale.Plain("请按重要程度排序"), Options: options("a", "速度", "b", "质量", "c", "价格")},
		{ID: "Q7", Form: ScoreAnswer, Text: locale.Plain("您向同行推荐我们的可能性"), Low: 0, High: 10},
		{ID: "Q8", Text: locale.Plain("您的意见和建议")},
		{ID: "Q9", Form: NumberAnswer, Text: locale.Plain("贵单位的终端数量")},
		{ID: "Q10", Form: DateAnswer, Text: locale.Plain("最近一次报修的日期")},
		{ID: "Q11", Form: OneAnswer, Text: locale.Plain("总的看法"), Options: options("3", "服务很好", "2", "还可以", "1", "不好")},
	}
}

func replyMapping(codes ...string) Mapping {
	m := Mapping{
		Columns: []MappedColumn{
			{To: "count", Headings: []string{"序号"}},
			{To: "seen_at", Headings: []string{"提交答卷时间", "提交时间"}},
			{To: "cost", Headings: []string{"所用时间"}, Unit: secondsUnit},
			{To: DropTarget, Headings: []string{"来自IP", "来源详情", "提交者", "您的姓名"}},
			{To: IgnoreTarget, Headings: []string{"总分", "来源"}},
		},
		Asking: Asking{Missing: []string{"-2", "-3", "(空)", "(跳过)"}, None: []string{"不了解"}, Codes: map[string]string{"0-10": "0=0"}, First: 1},
	}
	for _, c := range codes {
		key, text, _ := strings.Cut(c, ":")
		m.Asking.Codes[key] = text
	}
	return m
}

func readReplies(m Mapping, rows ...string) Ledger {
	return ReadAll(Request{
		File: "导出.xlsx", Pages: []Page{page("", rows...)}, Mapping: m, Kind: replyKind(), Zone: shanghai,
		Lookup: func(string, []string) Named { return Named{} }, Questions: satisfaction(),
	})
}

var shipped = sync.OnceValues(func() (*locale.Catalogue, error) { return locale.Load(os.DirFS("../../site/i18n")) })

func chinese(t *testing.T) *locale.Printer {
	t.Helper()
	messages, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	return messages.Printer(locale.Chinese)
}

// toldReplies are the answers of each row as JSON, and what was found, in Chinese.
func toldReplies(t *testing.T, l Ledger) (answers, found []string) {
	t.Helper()
	p := chinese(t)
	list := slices.Clone(l.Found)
	for _, e := range l.Entries {
		text, err := json.Marshal(e.Fields["replies"])
		if err != nil {
			t.Fatal(err)
		}
		answers = append(answers, string(text))
		list = append(list, e.Found...)
	}
	for _, f := range list {
		said := strings.TrimPrefix(f.Position.Path, "导出.xlsx ") + " " + f.Message(p)
		if f.Position.Line > 0 {
			said = Column(f.Position.Column) + string(rune('0'+f.Position.Line)) + " " + f.Message(p)
		}
		if f.Severity == finding.Warning {
			said = "提醒 " + said
		}
		found = append(found, said)
	}
	return answers, found
}

func TestAnswers(t *testing.T) {
	for _, c := range []struct {
		name  string
		codes []string
		rows  []string
		want  []string // answers of each row
		found []string // beginnings
		notes []string // none is not looked at
	}{
		{
			name: "wjx by words",
			rows: []string{
				"序号|提交答卷时间|所用时间|来源|来源详情|来自IP|1、故障响应是否及时|2、服务人员的态度|3、您使用过哪些服务|5、您更愿意怎样联系我们|6、请按重要程度排序|7、您向同行推荐我们的可能性|8、您的意见和建议|总分",
				"1|2026/09/03 12:00:00|1分20秒|微信|某某|127.0.0.1(本地)|非常满意(5分)|4、满意|网络┋服务台|A.电话|质量→速度→价格|10|响应快|23",
				"2|2026/9/3 12:01|10秒|链接||127.0.0.1|(空)|非常不满意|其他〖机房巡检〗┋现场、驻场支持|其他:短信|价格→质量|(跳过)|无|",
				"3|2026/9/3 12:02|1小时2分3秒||||不适用|-3|-2|-3|(跳过)|0||",
			},
			want: []string{
				`[{"q":"Q1","score":5},{"q":"Q2","score":4},{"choices":["net","desk"],"q":"Q3"},{"choices":["tel"],"q":"Q5"},{"choices":["b","a","c"],"q":"Q6"},{"q":"Q7","score":10},{"q":"Q8","text":"响应快"}]`,
				`[{"q":"Q2","score":1},{"choices":["site","other"],"q":"Q3","text":"机房巡检"},{"choices":["other"],"q":"Q5","text":"短信"},{"choices":["c","b"],"q":"Q6"}]`,
				`[{"none":true,"q":"Q1"},{"q":"Q7","score":0}]`,
			},
		},
		{
			name:  "wjx by codes, the first option is 1",
			codes: []string{":1=非常满意"},
			rows: []string{
				"序号|提交答卷时间|1、故障响应是否及时|第2题(服务人员的态度)|3(网络)|3(服务台)|3(现场、驻场支持)|3(其他（请填写）)|4(响应速度)|4(技术能力)|5、您更愿意怎样联系我们|6(速度)|6(质量)|6(价格)",
				"1|2026-06-16 08:00:00|1|5|1|0|1|0|2|-3|2|2|1|3",
				"2|2026-06-16 08:01:00|-2|4|0|0|0|1|-2|-2|-3|-3|-3|-3",
			},
			want: []string{
				`[{"q":"Q1","score":5},{"q":"Q2","score":1},{"choices":["net","site"],"q":"Q3"},{"q":"Q4","row":"speed","score":4},{"choices":["im"],"q":"Q5"},{"choices":["b","a","c"],"q":"Q6"}]`,
				`[{"q":"Q2","score":2},{"choices":["other"],"q":"Q3"}]`,
			},
			notes: []string{
				"Q5 的数字按选项次序读：1 = 电话、2 = 企业微信、3 = 其他",
				"Q1、Q2、Q4 按声明读数字：1 = 非常满意、2 = 满意、3 = 一般、4 = 不满意、5 = 非常不满意；如第 2 行“1”记 5（非常满意）",
			},
		},
		{
			name: "codes without a direction are refused, once",
			rows: []string{"序号|Q1|Q2|Q7", "1|5|4|9", "2|4|3|10"},
			found: []string{
				"B2 Q1、Q2 的答案只有数字（如 5），文件没有说明数字的含义；方向弄反，满意度就颠倒了。请写明：数字越大越满意用 --scale 1-5:1=非常不满意，1 代表第一个选项用 --scale 1-5:1=非常满意",
			},
			want: []string{`[{"q":"Q7","score":9}]`, `[{"q":"Q7","score":10}]`},
		},
		{
			name: "a file proves its direction in a heading",
			rows: []string{"序号|1、故障响应是否及时（1=非常满意，5=非常不满意）|Q2", "1|1|5"},
			want: []string{`[{"q":"Q1","score":5},{"q":"Q2","score":1}]`},
		},
		{
			name: "a file proves its direction by words beside numbers",
			rows: []string{"序号|Q1|Q2", "1|1、非常满意|2", "2|5.非常不满意|1"},
			want: []string{`[{"q":"Q1","score":5},{"q":"Q2","score":4}]`, `[{"q":"Q1","score":1},{"q":"Q2","score":5}]`},
		},
		{
			name:  "stars say nothing of numbers beside them",
			rows:  []string{"序号|Q1|Q2", "1|★★★★★|4分", "2|★|2"},
			want:  []string{`[{"q":"Q1","score":5},{"q":"Q2","score":4}]`, `[{"q":"Q1","score":1}]`},
			found: []string{"C3 Q1、Q2 的答案只有数字（如 2），文件没有说明"},
		},
		{
			name:  "a statement against the file is refused",
			codes: []string{":1=非常不满意"},
			rows:  []string{"序号|Q1|Q2", "1|1、非常满意|2"},
			found: []string{"B2 声明“1=非常不满意”与文件相反：Q1、Q2 的这一格中，1 就是“非常满意”"},
			want:  []string{`[{"q":"Q1","score":5},{"q":"Q2","score":2}]`},
		},
		{
			name:  "points against the questionnaire are told",
			rows:  []string{"序号|Q1|Q2", "1|非常满意(1分)|非常不满意（5分）"},
			found: []string{"提醒 B2 Q1、Q2 的文字与数字不一致：写的是 1 和“非常满意”，而问卷中“非常满意”是 5 分；已以文字为准"},
			want:  []string{`[{"q":"Q1","score":5},{"q":"Q2","score":1}]`},
		},
		{
			name: "Tencent and WeCom forms",
			rows: []string{
				"提交者（自动）|提交时间（自动）|故障响应是否及时（必填）|您向同行推荐我们的可能性（必填）|贵单位的终端数量|最近一次报修的日期|您的姓名（必填）",
				"某某|2026年9月22日 10:13|★★★★☆|8分|1,200 台|2026年9月1日|某某",
				"某某|2023/03/19 21:34:00|Very satisfied|10|||某某",
			},
			want: []string{
				`[{"q":"Q1","score":4},{"q":"Q7","score":8},{"q":"Q9","text":"1200"},{"q":"Q10","text":"2026-09-01"}]`,
				`[{"q":"Q1","score":5},{"q":"Q7","score":10}]`,
			},
		},
		{
			name: "grids under their own names",
			rows: []string{
				"序号|4、请评价下列各项:响应速度|4、请评价下列各项—技术能力|Q3_1|Q3_4",
				"1|满意|一般|√|自建机房",
				"2||(跳过)|×|",
			},
			want: []string{
				`[{"choices":["net","other"],"q":"Q3","text":"自建机房"},{"q":"Q4","row":"speed","score":4},{"q":"Q4","row":"skill","score":3}]`,
				`[]`,
			},
		},
		{
			name:  "what is no answer has its cell",
			codes: []string{"1-5:5=非常满意"},
			rows:  []string{"序号|Q1|Q2|Q5|Q6|Q7", "1|还行|不适用|传真|速度→外观|11", "2|7|3.5|#REF!|速度|-1"},
			want:  []string{`[]`, `[{"choices":["a"],"q":"Q6"}]`},
			found: []string{
				"B2 “Q1”写的“还行”不是 Q1 的答案，可填：非常满意、满意、一般、不满意、非常不满意",
				"C2 “Q2”写的“不适用”表示不适用，但 Q2 不允许这样回答",
				"D2 “Q5”写的“传真”不是 Q5 的选项；请改写为：电话、企业微信、其他",
				"E2 “Q6”写的“外观”不是 Q6 的选项",
				"F2 “Q7”写的“11”超出 Q7 的量表 0-10",
				"B3 “Q1”写的“7”超出 Q1 的量表 1-5",
				"C3 “Q2”写的“3.5”不是 Q2 的答案",
				"D3 “Q5”的公式出错（#REF!）",
				"F3 “Q7”写的“-1”不是 Q7 的答案",
			},
		},
		{
			name:  "a number that is one option's code and counts another",
			rows:  []string{"序号|Q11|Q2", "1|1|满意", "2|2|满意", "3|服务很好|满意"},
			want:  []string{`[{"q":"Q2","score":4}]`, `[{"q":"Q2","score":4},{"choices":["2"],"q":"Q11"}]`, `[{"q":"Q2","score":4},{"choices":["3"],"q":"Q11"}]`},
			found: []string{"B2 “Q11”写的“1”在 Q11 中既是一个选项的代码或文字，又是另一个选项的序号"},
		},
		{
			name: "a question more in the export: the words decide",
			rows: []string{"序号|1、您的姓名|2、故障响应是否及时|3、服务人员的态度", "1|某某|满意|一般"},
			want: []string{`[{"q":"Q1","score":4},{"q":"Q2","score":3}]`},
			notes: []string{
				"题号与问卷不同，按题目文字对应：C 2、故障响应是否及时 → Q1、D 3、服务人员的态度 → Q2",
				"Q1、Q2 按文字记分：5 = 非常满意、4 = 满意、3 = 一般、2 = 不满意、1 = 非常不满意；如第 2 行“满意”记 4（满意）",
			},
		},
		{
			name:  "a question of another questionnaire is refused",
			rows:  []string{"序号|1、食堂饭菜口味如何|Q2", "1|满意|一般"},
			want:  []string{`[{"q":"Q2","score":3}]`},
			found: []string{"B1 “1、食堂饭菜口味如何”的题号是 Q1，但问卷 Q1 是“故障响应是否及时”，题目文字差别很大"},
		},
		{
			name:  "number and words of two questions are refused",
			rows:  []string{"序号|1、服务人员的态度怎么样|Q7", "1|满意|9"},
			want:  []string{`[{"q":"Q7","score":9}]`},
			found: []string{"B1 “1、服务人员的态度怎么样”的题号是 Q1（“故障响应是否及时”），文字却像 Q2（“服务人员的态度”）"},
		},
		{
			name:  "one question, two columns",
			rows:  []string{"序号|Q2|服务人员的态度", "1|满意|一般"},
			want:  []string{`[{"q":"Q2","score":3}]`},
			found: []string{"C1 “服务人员的态度”和 B 栏都是 Q2 的答案"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := readReplies(replyMapping(c.codes...), c.rows...)
			answers, found := toldReplies(t, l)
			var notes []string
			for _, n := range l.Notes {
				notes = append(notes, chinese(t).Say(n.Key, n.Args...))
			}
			if c.notes != nil && !slices.Equal(notes, c.notes) {
				t.Errorf("notes\n%s\nwant\n%s", strings.Join(notes, "\n"), strings.Join(c.notes, "\n"))
			}
			if !slices.Equal(answers, c.want) {
				t.Errorf("answers\n%s\nwant\n%s", strings.Join(answers, "\n"), strings.Join(c.want, "\n"))
			}
			ok := len(found) == len(c.found)
			for i := range c.found {
				ok = ok && strings.HasPrefix(found[i], c.found[i])
			}
			if !ok {
				t.Errorf("found\n%s\nwant\n%s", strings.Join(found, "\n"), strings.Join(c.found, "\n"))
			}
		})
	}
}

// What a template asks is read again, in both languages.
func TestTemplateHeadings(t *testing.T) {
	for _, lang := range []locale.Lang{locale.Chinese, locale.English} {
		a := newAsker(satisfaction(), Asking{})
		for i, q := range a.questions {
			for n, heading := range q.Headings(lang) {
				m := a.match(heading)
				if m.fit != fits || m.question != i || q.Form == GridAnswer && m.option != n {
					t.Errorf("%s: %+v", heading, m)
				}
			}
			for n, text := range q.Choices(lang) {
				if q.Form == OneAnswer && q.option(text) != n {
					t.Errorf("%s: %s is not read again", q.ID, text)
				}
				if s, ok := q.scoreOf(text); q.scored() && text != notApplicable.In(lang) && (!ok || !s.worded && len(q.Words) > 0) {
					t.Errorf("%s: %s is not read again", q.ID, text)
				}
			}
		}
	}
}
