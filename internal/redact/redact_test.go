package redact_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"kept/internal/locale"
	"kept/internal/redact"
)

func TestScan(t *testing.T) {
	for _, c := range []struct {
		text string
		sort redact.Sort // "" for nothing
		hit  string
	}{
		{"请致电13800138000处理", redact.Mobile, "13800138000"},
		{"请致电138 0013 8000。", redact.Mobile, "138 0013 8000"},
		{"138-0013-8000", redact.Mobile, "138-0013-8000"},
		{"+86 138 0013 8000", redact.Mobile, "86 138 0013 8000"},
		{"8613800138000", redact.Mobile, "8613800138000"},
		{"0086-13800138000", redact.Mobile, "0086-13800138000"},
		{"１３８００１３８０００", redact.Mobile, "１３８００１３８０００"},
		{"一三八零零一三八零零零", redact.Mobile, "一三八零零一三八零零零"},
		{"幺三八00138000", redact.Mobile, "幺三八00138000"},
		{"联系人一 13800138000", redact.Mobile, "13800138000"},
		{"2026-09-24 13800138000", redact.Mobile, "13800138000"},
		{"12800138000", "", ""},                         // no such prefix
		{"工单 202613800138000 已派", "", ""},               // digits before
		{"138001380001", "", ""},                        // digits behind
		{"TS-2026-0001、SIP-2026-0002", "", ""},          // numbers of records
		{"2026-09-18 17:30 至 2026-09-20 09:40", "", ""}, // times
		{"电话0519-88888888", redact.Landline, "0519-88888888"},
		{"（0519）8888 8888", redact.Landline, "0519）8888 8888"},
		{"01062345678", redact.Landline, "01062345678"},
		{"021-6234567", redact.Landline, "021-6234567"},
		{"0000000012", "", ""},
		{"0519-12345678", "", ""},                                         // no number begins with 1
		{"证号11010519491231002X", redact.Resident, "11010519491231002X"},   // the example of GB 11643
		{"110105 19491231 002x", redact.Resident, "110105 19491231 002x"}, // in parts
		{"440524188001010014", redact.Resident, "440524188001010014"},     // the other example
		{"11010519491231002１", "", ""},                                    // wrong check digit
		{"110105194913310025", "", ""},                                    // no such month
		{"91320400MA1MXXXX3X", "", ""},                                    // credit code of a company
		{"卡号4111 1111 1111 1111", redact.Card, "4111 1111 1111 1111"},     // Luhn
		{"6222021234567890128", redact.Card, "6222021234567890128"},       //
		{"4111111111111112", "", ""},                                      // wrong check digit
		{"SO4111111111111111", "", ""},                                    // an order
		{"写信到 zhang.san+x@example.com.cn。", redact.Email, "zhang.san+x@example.com.cn"},
		{"zhang＠example.cn", redact.Email, "zhang＠example.cn"},
		{"@所有人 明天上线", "", ""},
		{"价格 5@件", "", ""},
		{"服务器 192.168.10.25:8080 宕机", redact.Address, "192.168.10.25"},
		{"地址 2001:db8::8a2e:370:7334", redact.Address, "2001:db8::8a2e:370:7334"},
		{"按 8.3.2.1 执行", "", ""},
		{"升级到 v10.20.30.40", "", ""},
		{"999.168.10.25", "", ""},
		{"17:30:00", "", ""},
		{"微信：abc_12345", redact.WeChat, "abc_12345"},
		{"微信号 idealman", redact.WeChat, "idealman"},
		{"WeChat: zhang_san99", redact.WeChat, "zhang_san99"},
		{"微信 support 群", "", ""},
		{"企业微信群已通知", "", ""},
		{"苏D12345 停在门口", redact.Plate, "苏D12345"},
		{"沪A·D12345", redact.Plate, "沪A·D12345"},
		{"川A1234警", redact.Plate, "川A1234警"},
		{"苏ABCDE 系列", "", ""},
		{"联系人张女士来电", redact.Name, "张女士"},
		{"王小明先生", redact.Name, "王小明先生"},
		{"与李经理沟通", redact.Name, "李经理"},
		{"客户钱主任反映", redact.Name, "钱主任"},
		{"业务关系经理、流程经理、项目经理、服务级别经理、客户方经理、总经理", "", ""},
		{"任何先生、各位女士、部门主任、网络工程师、由于经理不在", "", ""},
		{"", "", ""},
		{"\xff\xfe1380", "", ""},
	} {
		hits := redact.Scan(c.text)
		switch {
		case c.sort == "" && len(hits) > 0:
			t.Errorf("%q: found %v %q", c.text, hits[0].Sort, c.text[hits[0].Start:hits[0].End])
		case c.sort != "" && (len(hits) != 1 || hits[0].Sort != c.sort || c.text[hits[0].Start:hits[0].End] != c.hit):
			t.Errorf("%q: found %+v, want %s %q", c.text, hits, c.sort, c.hit)
		}
	}
}

func TestHitsStandInTheOrderOfTheText(t *testing.T) {
	text := "张女士 zhang@example.cn\n电话 13800138000，证号 11010519491231002X"
	var got []string
	for _, h := range redact.Scan(text) {
		got = append(got, string(h.Sort))
	}
	if want := "name email mobile resident"; strings.Join(got, " ") != want {
		t.Errorf("found %v, want %s", got, want)
	}
	hit := redact.Scan(text)[2]
	if line, column := redact.Place(text, hit.Start); line != 2 || column != 4 {
		t.Errorf("the number is at %d:%d", line, column)
	}
}

func TestEverySortHasItsWords(t *testing.T) {
	catalogue, err := locale.Load(os.DirFS("../../site/i18n"))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, s := range []redact.Sort{redact.Mobile, redact.Landline, redact.Resident, redact.Card, redact.Email, redact.Address, redact.WeChat, redact.Plate, redact.Name} {
		text := catalogue.Message(s.Key(), locale.A("field", "X"), locale.N("line", 1), locale.N("column", 2))
		if seen[s.Key()] || strings.ContainsAny(text.ZH+text.EN, "⟦{") || text.ZH == text.EN {
			t.Errorf("%s says %+v", s, text)
		}
		seen[s.Key()] = true
	}
}

// However a text is made, looking through it takes time in line with its length.
func TestScanIsLinear(t *testing.T) {
	for _, part := range []string{"1", "1 ", "1-1.", "a@", "@", "0", "138 0013 ", "微信", "微信a", "王", "先生", "王先生", "苏A", "::", "1.1.1.1.", "一", "8613800138000 "} {
		text := strings.Repeat(part, 1<<18/len(part))
		start := time.Now()
		redact.Scan(text)
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%q repeated to %d bytes took %v", part, len(text), took)
		}
	}
}

func FuzzScan(f *testing.F) {
	f.Add("张女士 13800138000 zhang@example.cn 11010519491231002X 苏D12345")
	f.Add("\xff１３８@..")
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, h := range redact.Scan(text) {
			if h.Start < end || h.End <= h.Start || h.End > len(text) {
				t.Fatalf("hit %+v behind %d of %d bytes", h, end, len(text))
			}
			end = h.End
			if line, column := redact.Place(text, h.Start); line < 1 || column < 1 {
				t.Fatalf("hit at %d:%d", line, column)
			}
		}
	})
}

func BenchmarkScan(b *testing.B) {
	text := strings.Repeat("客户反映 9 月 18 日 13:00 报修，工程师 17:10 到场，超过约定的 2 小时。已登记并道歉。", 20)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		redact.Scan(text)
	}
}
