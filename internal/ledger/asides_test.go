package ledger

import (
	"slices"
	"testing"
)

func TestOwnWordsInBrackets(t *testing.T) {
	q := satisfaction()[2]
	for text, want := range map[string]string{
		"网络、其他（打印机，墨盒）": "打印机，墨盒", "网络,其他(打印机)": "打印机", "网络、其他（请填写）": "", "网络、其他": "", "其他（打印机、墨盒）、网络": "打印机、墨盒",
	} {
		own, chosen := "", []int{}
		for _, p := range q.parts(text, "") {
			o, said := q.choice(p, 1)
			chosen = append(chosen, o)
			own += said
		}
		slices.Sort(chosen)
		if own != want || !slices.Equal(chosen, []int{0, 3}) {
			t.Errorf("%s: options %v, own %q", text, chosen, own)
		}
	}
}

func TestOptionNumbersOfLongScale(t *testing.T) {
	for _, c := range []struct {
		stated, long string
		cells        []string
		refused      bool
	}{
		{"1=非常满意", "", []string{"10", "8"}, true},
		{"1=非常满意", "", []string{"10", "0"}, false},
		{"1=非常满意", "1=0", []string{"11", "1"}, false},
		{"1=非常满意", "0=0", []string{"10", "8"}, false},
		{"1=非常不满意", "", []string{"10", "8"}, false},
	} {
		m := replyMapping(":" + c.stated)
		m.Asking.Stated = map[string]bool{"": true}
		if c.long != "" {
			m.Asking.Codes["0-10"], m.Asking.Stated["0-10"] = c.long, true
		}
		rows := []string{"Q1 故障响应是否及时|Q2 服务人员的态度|Q7 您向同行推荐我们的可能性"}
		for _, cell := range c.cells {
			rows = append(rows, "1|1|"+cell)
		}
		l := readReplies(m, rows...)
		got := false
		for _, f := range l.Found {
			got = got || f.Key == "ledger.scale-counted"
		}
		if got != c.refused {
			t.Errorf("%+v: %v", c, l.Found)
		}
	}
}
