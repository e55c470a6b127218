package ledger

import (
	"errors"
	"fmt"
	"testing"
)

func TestReadCSV(t *testing.T) {
	const gbk = "\xb1\xe0\xba\xc5,\xc8\xd5\xc6\xda\r\nA1,2026-09-03\r\n" // 编号,日期
	for name, c := range map[string]struct{ data, want string }{
		"UTF-8 with mark":     {"\xef\xbb\xbf编号,日期\nA1,2026\n", "1[编号 日期] 2[A1 2026] "},
		"GBK":                 {gbk, "1[编号 日期] 2[A1 2026-09-03] "},
		"UTF-16 with tabs":    {"\xff\xfe\x16\x7f\xf7\x53\x09\x00A\x001\x00", "1[编号 A1] "},
		"semicolons":          {"编号;日期;内容\nA1;2026;a,b\n", "1[编号 日期 内容] 2[A1 2026 a,b] "},
		"quotes and lines":    {"编号,内容\nA1,\"一\n二\"\nA2,三\n", "1[编号 内容] 2[A1 一\n二] 4[A2 三] "},
		"blank rows":          {"编号,内容\n,\n\nA1,x\n", "1[编号 内容] 4[A1 x] "},
		"kept from running":   {"编号,内容\n=\"001\",'=1+1\n", "1[编号 内容] 2[001 =1+1] "},
		"UTF-16 without mark": {"\x16\x7f\xf7\x53,\x00A\x00\r\x00\n\x00\x16\x7f,\x00B\x00", "1[编号 A] 2[编 B] "},
		"line ends of old":    {"编号,内容\rA1,\"x\ry\"\rA2,z", "1[编号 内容] 2[A1 x\ny] 4[A2 z] "},
		"a named separator":   {"sep=;\r\n编号;内容\r\nA1;a,b,c,d\r\n", "2[编号 内容] 3[A1 a,b,c,d] "},
		"text behind a quote": {"编号,内容\nA1,\"x\" y,z\n", "1[编号 内容] 2[A1 x y z] "},
		"bars":                {"编号|内容\nA1|a,b,c\n", "1[编号 内容] 2[A1 a,b,c] "},
		"bars of full width":  {"编号｜日期｜内容\nA1｜2026｜a,b\n", "1[编号 日期 内容] 2[A1 2026 a,b] "},
		"bars in a text":      {"编号,内容\nA1,a|b|c|d\n", "1[编号 内容] 2[A1 a|b|c|d] "},
		"marks inside":        {"\xef\xbb\xbf\xef\xbb\xbf\"编号\",\xef\xbb\xbf\"内,容\"\nA1,x\n", "1[编号 内,容] 2[A1 x] "},
		"UTF-32":              {"\xff\xfe\x00\x00\x16\x7f\x00\x00,\x00\x00\x00\r\x00\x00\x00\n\x00\x00\x00A\x00\x00\x00,\x00\x00\x00", "1[编 ] 2[A ] "},
		"UTF-32 from the top": {"\x00\x00\xfe\xff\x00\x00\x7f\x16\x00\x00\x00\n\x00\x00\x00A", "1[编] 2[A] "},
		"a quote in a field":  {"编号,内容\nA1,5\" 管\n", "1[编号 内容] 2[A1 5\" 管] "},
	} {
		p, err := ReadCSV([]byte(c.data))
		got := ""
		for _, r := range p.Rows {
			var cells []string
			for _, cell := range r.Cells {
				cells = append(cells, cell.Text)
			}
			got += fmt.Sprintf("%d%v ", r.Number, cells)
		}
		if err != nil || got != c.want {
			t.Errorf("%s: %q, %v, want %q", name, got, err, c.want)
		}
	}
	var open *QuoteError
	if _, err := ReadCSV([]byte("编号,内容\nA1,\"一\nA2,二\n")); !errors.As(err, &open) || *open != (QuoteError{2, 2}) {
		t.Errorf("a quote that stays open: %v", err)
	}
	// 投訴編號,客戶名稱 in Big5, which GBK reads as other characters; a half word of UTF-32
	if _, err := ReadCSV([]byte("\xa7\xeb\xb6D\xbds\xb8\xb9,\xab\xc8\xa4\xe1\xa6W\xba\xd9\r\n")); !errors.Is(err, ErrBig5) {
		t.Errorf("a text in Big5: %v", err)
	}
	if _, err := ReadCSV([]byte("\xff\xfe\x00\x00\x16\x7f\x00")); !errors.Is(err, ErrEncoding) {
		t.Errorf("a half word: %v", err)
	}
	if _, err := ReadCSV([]byte("a,\xff\xff\xff\n")); !errors.Is(err, ErrEncoding) {
		t.Errorf("a broken encoding: %v", err)
	}
}
