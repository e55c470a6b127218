package ledger

import (
	"slices"
	"strings"
	"testing"
)

// Options under a number that is another question's, and below a question's heading:
// all options of one number decide together, one alone and a number alone never do.
func TestOptionsUnderANumber(t *testing.T) {
	for name, c := range map[string]struct {
		rows         []string
		want, refuse string
	}{
		"numbers of a file with a page": {
			[]string{"序号|提交答卷时间|2、故障响应是否及时|8(网络)|8(服务台)|8(其他)", "1|2026-06-09 09:00|满意|1|0|1"},
			`[{"q":"Q1","score":4},{"choices":["net","other"],"q":"Q3"}]`, "",
		},
		"one option, as far away as its neighbours": {
			[]string{"序号|提交答卷时间|2、故障响应是否及时|3、服务人员的态度|4(网络)", "1|2026-06-09 09:00|满意|满意|1"},
			`[{"q":"Q1","score":4},{"q":"Q2","score":4},{"choices":["net"],"q":"Q3"}]`, "",
		},
		"one option alone": {
			[]string{"序号|提交答卷时间|1、故障响应是否及时|8(网络)", "1|2026-06-09 09:00|满意|1"}, `[{"q":"Q1","score":4}]`, "像 Q3",
		},
		"options of no question": {
			[]string{"序号|提交答卷时间|1、故障响应是否及时|5(绿化)|5(保洁)", "1|2026-06-09 09:00|满意|1|0"}, `[{"q":"Q1","score":4}]`, "题目文字差别很大",
		},
		"a question over its rows": {
			[]string{"序号|提交答卷时间|4、请评价下列各项||3、您使用过哪些服务|||8、您的意见和建议", "||响应速度|技术能力|网络|服务台|其他（请填写）|", "1|2026-06-09 09:00|满意|一般|1|0|打印机|无"},
			`[{"choices":["net","other"],"q":"Q3","text":"打印机"},{"q":"Q4","row":"speed","score":4},{"q":"Q4","row":"skill","score":3}]`, "",
		},
	} {
		l := readReplies(replyMapping(), c.rows...)
		answers, found := toldReplies(t, l)
		if got := strings.Join(answers, " "); l.Found == nil && got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
		if all := strings.Join(found, "\n"); c.refuse == "" && all != "" || !strings.Contains(all, c.refuse) {
			t.Errorf("%s: found %s, want %q", name, all, c.refuse)
		}
	}
}

// A telephone number that a customer left in an opinion is no reason to lose the
// answer, and never comes into a record.
func TestPersonalDataIsMasked(t *testing.T) {
	rows := []string{"序号|提交答卷时间|1、故障响应是否及时|3、您使用过哪些服务|8、您的意见和建议|9、贵单位的终端数量", "1|2026-06-09 09:00|满意|网络┋其他〖找 13800138000〗|请打 13812345678，或 a@example.com|13812345678"}
	m := replyMapping()
	m.Personal = masksPersonal
	answers, found := toldReplies(t, readReplies(m, rows...))
	want := `[{"q":"Q1","score":4},{"choices":["net","other"],"q":"Q3","text":"找 ▇▇▇"},{"q":"Q8","text":"请打 ▇▇▇，或 ▇▇▇"},{"q":"Q9","text":"13812345678"}]`
	if got := strings.Join(answers, ""); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	at := func(cell string) bool {
		return slices.ContainsFunc(found, func(s string) bool { return strings.Contains(s, cell) && strings.Contains(s, "已遮去") })
	}
	if len(found) != 2 || !at(":2:4") && !at("D2") || !at(":2:5") && !at("E2") {
		t.Errorf("found %q", found)
	}
	if l := readReplies(replyMapping(), rows...); !strings.Contains(strings.Join(first2(toldReplies(t, l)), ""), "13800138000") {
		t.Error("masked without being asked")
	}
}

func first2(answers, _ []string) []string { return answers }
