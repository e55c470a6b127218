package pipeline

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/png"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// madeLedgers make the files that are no plain text of ours: by excelize, whose files
// are other than those of book, and with what only a hostile file holds.
var madeLedgers = map[string]func(*testing.T) []byte{
	"excelize.xlsx": func(t *testing.T) []byte { return workbook(t, dressed) },
	"chart.xlsx":    func(t *testing.T) []byte { return workbook(t, charted) },
	"password.xlsx": func(t *testing.T) []byte { return workbook(t, plain, excelize.Options{Password: "示例"}) },
	"cutoff.xlsx":   func(t *testing.T) []byte { data := workbook(t, plain); return data[:len(data)*2/3] },
	"long_cells.xlsx": func(t *testing.T) []byte {
		return workbook(t, plain, func(f *excelize.File) error {
			return f.SetCellStr("Sheet1", "D2", strings.Repeat("备件迟到", 8191)+"三次。")
		})
	},
	"macros.xlsm": macros,
	"folder.xlsx": func(t *testing.T) []byte { return zipped(t, map[string]string{"说明.txt": "台账在别处"}) },
	"binary.csv": func(*testing.T) []byte {
		return append([]byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), bytes.Repeat([]byte{0, 1, 0xfe, 0xff}, 400)...)
	},
	"bomb.xlsx":      func(t *testing.T) []byte { return withSheet(t, bomb) },
	"lies.xlsx":      lies,
	"dimension.xlsx": func(t *testing.T) []byte { return farDown(t) },
	"strict.xlsx":    strict,
	"prefixed.xlsx":  prefixed,
	"phonetic.xlsx":  phonetic,
	"letter.xls":     func(*testing.T) []byte { return compoundFile("WordDocument") },
	"columns.xlsx":   func(t *testing.T) []byte { return withSheet(t, wide) },
	"entities.xlsx":  func(t *testing.T) []byte { return withSheet(t, entities) },
}

// workbook is one by excelize.
func workbook(t *testing.T, parts ...any) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	var options []excelize.Options
	for _, p := range parts {
		switch p := p.(type) {
		case func(*excelize.File) error:
			if err := p(f); err != nil {
				t.Fatal(err)
			}
		case excelize.Options:
			options = append(options, p)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out, options...); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func rows(f *excelize.File, rows ...[]any) error {
	for i, r := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &r); err != nil {
			return err
		}
	}
	return nil
}

func plain(f *excelize.File) error {
	return rows(f, []any{"编号", "日期", "客户", "投诉内容"}, []any{"A-1", "2026-9-3", "江南精密", "备件迟到"})
}

// dressed is a ledger with what people put around it.
func dressed(f *excelize.File) error {
	var dot bytes.Buffer
	day := "yyyy/m/d"
	id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &day})
	drops := excelize.NewDataValidation(true)
	drops.Sqref = "E2:E9"
	for _, step := range []func() error{
		func() error { return err },
		func() error { return png.Encode(&dot, image.NewGray(image.Rect(0, 0, 1, 1))) },
		func() error {
			return rows(f, []any{"编号", "日期", "客户", "投诉内容", "状态"}, []any{"X-1", 46268, "江南精密", "备件迟到", "处理中"}, []any{"X-2", 46269.5, "运河医院", "未到场", "处理中"})
		},
		func() error { return f.SetCellStyle("Sheet1", "B2", "B9", id) },
		func() error {
			return f.SetCellRichText("Sheet1", "D3", []excelize.RichTextRun{{Text: "未"}, {Text: "到场", Font: &excelize.Font{Bold: true}}})
		},
		func() error { return drops.SetDropList([]string{"处理中", "已结案"}) },
		func() error { return f.AddDataValidation("Sheet1", drops) },
		func() error { return f.AddComment("Sheet1", excelize.Comment{Cell: "D2", Text: "请催办"}) },
		func() error {
			return f.AddPictureFromBytes("Sheet1", "A1", &excelize.Picture{Extension: ".png", File: dot.Bytes()})
		},
		func() error { return f.AddTable("Sheet1", &excelize.Table{Range: "A1:E3", Name: "台账"}) },
		func() error {
			return f.SetPanes("Sheet1", &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
		},
		func() error {
			return f.SetDefinedName(&excelize.DefinedName{Name: "渠道", RefersTo: "Sheet1!$C$2:$C$3"})
		},
		func() error { return f.SetCellHyperLink("Sheet1", "C2", "https://example.cn/", "External") },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func charted(f *excelize.File) error {
	if err := plain(f); err != nil {
		return err
	}
	return f.AddChartSheet("图", &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{{Values: "Sheet1!$A$1:$A$2"}}})
}

// macros is a workbook of the type that may hold macros, with a part that would.
func macros(t *testing.T) []byte {
	t.Helper()
	return edited(t, workbook(t, plain), func(name, body string) string {
		return strings.ReplaceAll(body, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
	}, map[string]string{"xl/vbaProject.bin": "\xd0\xcf\x11\xe0"})
}

// edited packs a workbook anew with other parts.
func edited(t *testing.T, data []byte, change func(name, body string) string, more map[string]string) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range r.File {
		var body bytes.Buffer
		part, err := f.Open()
		if err == nil {
			_, err = body.ReadFrom(part)
		}
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = change(f.Name, body.String())
	}
	for name, body := range more {
		parts[name] = body
	}
	return zipped(t, parts)
}

const small = "sheet 2026年\n| 编号 | 日期 | 客户 | 投诉内容 |\n| A-1 | 2026-9-3 | 江南精密 | 备件迟到 |\n| A-2 | 2026-9-4 | 运河医院 | 未到场 |\n"

// withSheet is a small workbook whose sheet was changed.
func withSheet(t *testing.T, change func(string) string) []byte {
	t.Helper()
	return edited(t, newBook(t, small), func(name, body string) string {
		if name == "xl/worksheets/sheet1.xml" {
			return change(body)
		}
		return body
	}, nil)
}

// bomb holds 5 MB of blanks, which pack to 5 kB.
func bomb(sheet string) string {
	return strings.Replace(sheet, "<sheetData>", strings.Repeat(" ", 5<<20)+"<sheetData>", 1)
}

// lies is an archive whose directory declares a hundred bytes for a part of many.
func lies(t *testing.T) []byte {
	t.Helper()
	data := withSheet(t, func(s string) string {
		return strings.Replace(s, "<sheetData>", strings.Repeat(" ", 1<<20)+"<sheetData>", 1)
	})
	at := bytes.LastIndex(data, []byte("xl/worksheets/sheet1.xml")) - 46
	if string(data[at:at+4]) != "PK\x01\x02" {
		t.Fatal("no directory entry of the sheet")
	}
	binary.LittleEndian.PutUint32(data[at+24:], 100)
	return data
}

// farDown has rows at the end of what a sheet may have.
func farDown(t *testing.T) []byte {
	t.Helper()
	return newBook(t, "sheet 2026年\ndimension A1:XFD1048576\n| 编号 | 日期 | 客户 | 投诉内容 |\n| A-1 | 2026-9-3 | 江南精密 | 备件迟到 |\nskip 1048573\n| A-2 | 2026-9-4 | 运河医院 | 未到场 |\n")
}

// wide has a cell with a format alone in each row's last column.
func wide(sheet string) string {
	for n := 1; n <= 3; n++ {
		row := fmt.Sprintf(`<row r="%d">`, n)
		at := strings.Index(sheet, row)
		end := at + strings.Index(sheet[at:], "</row>")
		sheet = sheet[:end] + fmt.Sprintf(`<c r="XFD%d" s="0"/>`, n) + sheet[end:]
	}
	return sheet
}

func entities(sheet string) string {
	declared := `<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "投诉"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>`
	return declared + strings.Replace(sheet, "备件迟到", "&c;", 1)
}

// strict is a workbook of the strict form.
func strict(t *testing.T) []byte {
	t.Helper()
	return edited(t, newBook(t, small), func(_, body string) string {
		body = strings.ReplaceAll(body, mainSpace, "http://purl.oclc.org/ooxml/spreadsheetml/main")
		body = strings.ReplaceAll(body, "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships")
		return strings.Replace(body, `t="inlineStr"><is><t xml:space="preserve">2026-9-3</t></is></c>`, `t="d"><v>2026-09-03T15:05:00</v></c>`, 1)
	}, nil)
}

var element = regexp.MustCompile(`<(/?)(worksheet|sheetData|row|c|v|is|t)\b`)

// prefixed is a workbook whose names have a prefix and whose parts lie as Windows
// writes paths.
func prefixed(t *testing.T) []byte {
	t.Helper()
	parts := map[string]string{}
	edited(t, newBook(t, small), func(name, body string) string {
		if name == "xl/worksheets/sheet1.xml" {
			body = strings.Replace(element.ReplaceAllString(body, "<${1}x:$2"), "xmlns=", "xmlns:x=", 1)
			name = `xl\Worksheets\Sheet1.xml`
		}
		parts[name] = body
		return body
	}, nil)
	return zipped(t, parts)
}

// phonetic has shared texts, of which one has readings and one an escaped character.
func phonetic(t *testing.T) []byte {
	t.Helper()
	data := newBook(t, "sheet 2026年\n| 编号 | 日期 | 客户 | 投诉内容 |\n| A-1 | 2026-9-3 | 江南精密 | x |\n| A-2 | 2026-9-3 | 江南精密 | y |\n")
	return edited(t, data, func(name, body string) string {
		switch name {
		case "xl/worksheets/sheet1.xml":
			body = strings.Replace(body, `t="inlineStr"><is><t xml:space="preserve">x</t></is>`, `t="s"><v>0</v>`, 1)
			body = strings.Replace(body, `t="inlineStr"><is><t xml:space="preserve">y</t></is>`, `t="s"><v>1</v>`, 1)
		case "xl/_rels/workbook.xml.rels":
			body = strings.Replace(body, "</Relationships>", `<Relationship Id="rt" Type="t/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`, 1)
		}
		return body
	}, map[string]string{"xl/sharedStrings.xml": `<sst><si><t>備件</t><rPh sb="0" eb="2"><t>bei jian</t></rPh><r><t>迟到</t></r></si><si><t>一_x000D_` + "\n" + `二_x005F_x000D_</t></si></sst>`})
}

// compoundFile is the head and the folder of an old file that holds one stream.
func compoundFile(stream string) []byte {
	data := make([]byte, 512*4)
	copy(data, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	put16 := func(at int, v uint16) { binary.LittleEndian.PutUint16(data[at:], v) }
	put32 := func(at int, v uint32) { binary.LittleEndian.PutUint32(data[at:], v) }
	put16(24, 0x3e)
	put16(26, 3)
	put16(28, 0xfffe)
	put16(30, 9)
	put16(32, 6)
	put32(44, 1) // sectors of the table
	put32(48, 1) // the folder's first
	put32(56, 4096)
	put32(60, 0xfffffffe)
	put32(68, 0xfffffffe)
	for at := 76; at < 512; at += 4 {
		put32(at, 0xffffffff)
	}
	put32(76, 0)
	for at := 512; at < 1024; at += 4 {
		put32(at, 0xffffffff)
	}
	put32(512, 0xfffffffd)
	put32(516, 0xfffffffe)
	put32(520, 0xfffffffe)
	for i, name := range []string{"Root Entry", stream} {
		at := 1024 + 128*i
		for j, r := range name {
			put16(at+2*j, uint16(r))
		}
		put16(at+64, uint16(2*len(name)+2))
		data[at+66] = []byte{5, 2}[i]
		put32(at+68, 0xffffffff)
		put32(at+72, 0xffffffff)
		put32(at+76, []uint32{1, 0xffffffff}[i])
		put32(at+116, []uint32{0xfffffffe, 2}[i])
		put32(at+120, []uint32{0, 4}[i])
	}
	return data
}
