package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// ledgerHead are the headings of a complaint ledger as companies keep it.
var ledgerHead = []any{
	"序号", "投诉编号", "投诉日期", "客户名称", "联系人", "联系电话", "投诉方式", "投诉类别", "投诉等级",
	"投诉标题", "投诉内容", "客户诉求", "责任部门", "原因分析", "处理结果", "回复时间", "结案日期", "状态", "备注",
}

// complaintBook is a workbook of a company's complaints, as a spreadsheet program
// stores it: shared texts, dates as serial numbers with a format, or typed as texts.
func complaintBook(tb testing.TB, rows int, texts bool) []byte {
	tb.Helper()
	book := excelize.NewFile()
	defer book.Close()
	format := "yyyy/m/d h:mm"
	dates, err := book.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		tb.Fatal(err)
	}
	put := func(row int, cells []any) {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", row), &cells); err != nil {
			tb.Fatal(err)
		}
	}
	put(1, []any{"示例公司客户投诉台账"})
	put(2, ledgerHead)
	for n := range rows {
		row := complaintRow(n)
		for i, cell := range row {
			if at, ok := cell.(time.Time); ok && texts {
				row[i] = at.Format("2006/1/2 15:04")
			}
		}
		put(n+3, row)
	}
	for _, column := range []string{"C", "P", "Q"} {
		if err := book.SetCellStyle("Sheet1", column+"3", fmt.Sprintf("%s%d", column, rows+2), dates); err != nil {
			tb.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func complaintRow(n int) []any {
	pick := func(words ...string) string { return words[n%len(words)] }
	day := time.Date(2023, 1, 3, 9+n%8, n%60, 0, 0, time.UTC).AddDate(0, 0, n%900)
	return []any{
		n + 1, fmt.Sprintf("%d-%05d", day.Year(), n+1), day,
		pick("示例·江南精密", "示例·运河医院", "示例·太湖银行"), "示例联系人", fmt.Sprintf("138000%05d", n),
		pick("电话", "邮箱", "企业微信群", "上门", "回访"), pick("响应慢", "故障处理", "人员态度", "网络故障", "文档", "备件"),
		pick("一般", "较大", "较重"),
		fmt.Sprintf("第 %d 次报修后现场工程师未按约定时间到场", n+1),
		fmt.Sprintf("客户反映 %d 月 %d 日报修核心交换机端口告警，工程师承诺两小时内到场，实际第二天上午才到，期间业务中断约 %d 分钟，客户要求说明原因并给出改进措施。", day.Month(), day.Day(), 30+n%200),
		pick("书面说明原因", "更换驻场工程师", "减免当月服务费", "两日内修复并回访"), "运维部",
		pick("排班表未更新，值班工程师不知道有上门任务", "备件库存不足，从外地调拨", "工单转派时漏填联系人"),
		fmt.Sprintf("已更换 %d 号光模块并清洁接口，补做值班交接单，向客户书面说明并致歉。", n%48+1),
		day.AddDate(0, 0, 2), day.AddDate(0, 0, 7), pick("已结案", "已关闭", "办结"), pick("", "已回访，客户满意", ""),
	}
}

// ledgerHome is a new repository with the customers and the department that the ledger names.
func ledgerHome(tb testing.TB) string {
	tb.Helper()
	dir := filepath.Join(tb.TempDir(), "records")
	in := func(args ...string) {
		var out, talk bytes.Buffer
		if code := Main(args, World{Out: &out, Err: &talk, Now: ledgerNow, Version: "test"}); code != exitClean {
			tb.Fatalf("kept %q ended with %d: %s", args, code, talk.String())
		}
	}
	in("init", dir, "--organisation", "示例公司", "--person", "u-admin=示例管理员,admin@example.cn")
	in("new", "department", "-C", dir, "--by", "u-admin", "--set", "title=运维部", "--set", "id=dept-field")
	for _, name := range []string{"示例·江南精密", "示例·运河医院", "示例·太湖银行"} {
		in("new", "customer", "-C", dir, "--by", "u-admin", "--set", "title="+name, "--set", "type=enterprise")
	}
	return dir
}

func ledgerNow() time.Time { return time.Date(2026, 9, 1, 9, 0, 0, 0, time.UTC) }

// benchBook is made once a run.
var benchBook = sync.OnceValue(func() func(testing.TB, bool) []byte {
	made := map[bool][]byte{}
	return func(tb testing.TB, texts bool) []byte {
		if made[texts] == nil {
			made[texts] = complaintBook(tb, 10_000, texts)
		}
		return made[texts]
	}
})

// readPlainly is what a plain program does with excelize: every row of the sheet, as
// shown.
func readPlainly(tb testing.TB, data []byte, least int) {
	tb.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		tb.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("Sheet1")
	if err != nil || len(rows) < least {
		tb.Fatalf("excelize read %d rows: %v", len(rows), err)
	}
}

// spent is the processor time of this process, user and system.
func spent(tb testing.TB) time.Duration {
	tb.Helper()
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

// BenchmarkImport measures an import of 10,000 rows into a new repository, and what excelize
// needs to read the same workbook, side by side in one run: cpu-ratio and
// wall-ratio are the whole command over the reading. A workbook with dates as texts costs
// excelize a third, for it formats none.
func BenchmarkImport(b *testing.B) {
	b.Run("dates", func(b *testing.B) { benchmarkImport(b, benchBook()(b, false)) })
	b.Run("texts", func(b *testing.B) { benchmarkImport(b, benchBook()(b, true)) })
}

func benchmarkImport(b *testing.B, data []byte) {
	var cpu, wall [2]time.Duration
	timed := func(n int, run func()) {
		before, start := spent(b), time.Now()
		run()
		cpu[n] += spent(b) - before
		wall[n] += time.Since(start)
	}
	for b.Loop() {
		b.StopTimer()
		dir := ledgerHome(b)
		book := filepath.Join(dir, "台账.xlsx")
		if err := os.WriteFile(book, data, 0o644); err != nil {
			b.Fatal(err)
		}
		timed(0, func() { readPlainly(b, data, 10_000) })
		b.StartTimer()
		timed(1, func() {
			var talk bytes.Buffer
			args := []string{"import", "complaint", book, "-C", dir, "--by", "u-admin"}
			if code := Main(args, World{Out: io.Discard, Err: &talk, Now: ledgerNow, Version: "test"}); code != exitClean {
				b.Fatalf("import ended with %d: %.2000s", code, talk.String())
			}
		})
	}
	b.ReportMetric(float64(cpu[1])/float64(cpu[0]), "cpu-ratio")
	b.ReportMetric(float64(wall[1])/float64(wall[0]), "wall-ratio")
	b.ReportMetric(cpu[0].Seconds()/float64(b.N), "excelize-cpu-s")
	b.ReportMetric(cpu[1].Seconds()/float64(b.N), "import-cpu-s")
}
