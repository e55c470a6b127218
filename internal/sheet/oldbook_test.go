package sheet

import (
	"errors"
	"os"
	"testing"
)

// A workbook that LibreOffice saved (internal/pipeline/testdata/ledgers/README.md)
// is read cell by cell; whatever byte of it is another, reading ends with cells or
// with an error, never worse.
func TestOldBook(t *testing.T) {
	data, err := os.ReadFile("../pipeline/testdata/ledgers/calc.xls")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := ReadPages(data)
	if err != nil {
		t.Fatal(err)
	}
	const want = `2026年9月 hidden=false merged=[{1 1 1 10} {5 3 6 3}]
1 false [示例公司投诉台账|]
4 false [编号|] [投诉日期|] [客户
名称|] [投诉内容|] [联系电话|] [处理结果|] [完成时间|] [状态|] [备注|] [是否重复|]
5 false [001|1] [2026-09-03|46268] [江南精密|] [备件迟到
已催  三次|] [13800000000|13800000000] [已到货1|] [2026-09-04 15:05|46269.6284722222] [已解决|] [98.5%|0.985] [TRUE|]
6 true [002|2] [2026-09-04|46269] [|] [=1+1 未到场 <b>|] [|] [|] [|] [处理中|]
7 false [003|3] [9月5日|] [示例·运河医院|] [#DIV/0!|]
8 false [合计|] [3|3]
旧表 hidden=true merged=[]
1 false [编号|] [日期|]
`
	if got := shownPages(pages); got != want {
		t.Errorf("read\n%s\nwant\n%s", got, want)
	}
	for at := 0; at < len(data); at += 89 {
		broken := append([]byte{}, data...)
		broken[at] ^= 0xff
		broken[(at*7)%len(data)] ^= 0x80
		_, _ = ReadPages(broken)
	}
	for at := 8; at < len(data); at += 997 {
		if _, err := ReadPages(data[:at]); err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNoWorkbook) {
			t.Errorf("cut off at %d: %v", at, err)
		}
	}
}
