package portal

import "testing"

func TestMaskText(t *testing.T) {
	for in, want := range map[string]string{
		"请拨 13812345678。":               "请拨 138****5678。",
		"请拨 138 1234 5678。":             "请拨 138****5678。",
		"+86-13812345678":               "+86****5678",
		"０１３８１２３４５６７８":                  "013****5678",
		"１３８１２３４５６７８":                   "138****5678",
		"座机 0519-85551234":              "座机 051****1234",
		"写信 li.si@school.example 谢谢":    "写信 l***@school.example 谢谢",
		"李四＠school.example":             "李四@school.example",
		"身份证 320402199001011234 号":      "身份证 320****1234 号",
		"TS-2026-0007 与 HT-2026-001":    "TS-2026-0007 与 HT-2026-001",
		"2026-09-18 17:30 至 2026-09-20": "2026-09-18 17:30 至 2026-09-20",
		"订单 9138123456789":              "订单 9138123456789",
		"":                              "",
	} {
		if got := maskText(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestMaskValue(t *testing.T) {
	for in, want := range map[string]string{
		"张三丰": "张**", "z": "z**", "zhang@x.com": "z***@x.com", "13812345678": "138****5678", " c-7f3a ": "c**", "": "",
	} {
		if got := maskValue(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func FuzzMaskText(f *testing.F) {
	f.Add("13812345678 a@b.c １３８")
	f.Fuzz(func(t *testing.T, s string) {
		if once := maskText(s); len(once) > 4*len(s)+16 {
			t.Errorf("%q grows to %q", s, once)
		}
	})
}
