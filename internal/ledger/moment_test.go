package ledger

import (
	"errors"
	"testing"
	"time"
)

var shanghai = time.FixedZone("+08:00", 8*3600)

// The forms of domain.md §11.4, and what must be refused because it says nothing
// certain.
func TestReadMoment(t *testing.T) {
	for text, want := range map[string]string{
		"2026-09-03":              "2026-09-03",
		"2026/9/3":                "2026-09-03",
		"2026.9.3":                "2026-09-03",
		"2026年9月3日":               "2026-09-03",
		"2026年9月3号":               "2026-09-03",
		"２０２６－０９－０３":              "2026-09-03",
		" 2026-09-03 ":            "2026-09-03",
		"20260903":                "2026-09-03",
		"2026-09-03 星期四":          "2026-09-03",
		"2026年9月3日（周四）":           "2026-09-03",
		"9月3日":                    "2025-09-03",
		"9.3":                     "2025-09-03",
		"9/30/2026":               "2026-09-30",
		"30/9/2026":               "2026-09-30",
		"3-Sep-2026":              "2026-09-03",
		"Sep 3, 2026":             "2026-09-03",
		"2026/9/3 15:05":          "2026-09-03T15:05:00+08:00",
		"2026/9/3 下午 3:05":        "2026-09-03T15:05:00+08:00",
		"2026年9月3日下午3点":           "2026-09-03T15:00:00+08:00",
		"2026年9月3日 3时05分":         "2026-09-03T03:05:00+08:00",
		"2026-09-03 上午12:10":      "2026-09-03T00:10:00+08:00",
		"2026-09-03 中午12:10":      "2026-09-03T12:10:00+08:00",
		"2026-09-03 中午1:10":       "2026-09-03T13:10:00+08:00",
		"2026/9/3 3:05 PM":        "2026-09-03T15:05:00+08:00",
		"2026-09-03T15:05:09":     "2026-09-03T15:05:09+08:00",
		"2026-09-03T07:05:09Z":    "2026-09-03T15:05:09+08:00",
		"2026-09-03 15:05:09.123": "2026-09-03T15:05:09+08:00",
		"9月3日 15：05":              "2025-09-03T15:05:00+08:00",
		"二〇二六年九月三日":               "2026-09-03",
		"二○二六年十二月三十一日上午9时":   "2026-12-31T09:00:00+08:00",
		"2026年十月廿三日":         "2026-10-23",
		"2026—9—3":           "2026-09-03",
		"2026、9、3":           "2026-09-03",
		"2026. 9. 3":         "2026-09-03",
		"2026年 9月 3日 15点05分": "2026-09-03T15:05:00+08:00",
		"2026年9月3日15时5分9秒":   "2026-09-03T15:05:09+08:00",
		"202609031505":       "2026-09-03T15:05:00+08:00",
		"20260903150509":     "2026-09-03T15:05:09+08:00",
		"2026-9-3 24:00":     "2026-09-04T00:00:00+08:00",
		"2026年9月3日晚8点半":      "2026-09-03T20:30:00+08:00",
		"2026-9-3 晚上12点":     "2026-09-04T00:00:00+08:00",
		"3-Sep-2026 3:05 PM": "2026-09-03T15:05:00+08:00",
		"2026.9.3上午":         "2026-09-03", "2026-09-03（下午）": "2026-09-03",
		"民国115年9月3日": "2026-09-03", "民国一一五年九月三日 15:05": "2026-09-03T15:05:00+08:00",
		"九月三日": "2025-09-03", "九月三日下午3点": "2025-09-03T15:00:00+08:00",
		"Thursday, September 3rd, 2026": "2026-09-03", "Sep 3 2026": "2026-09-03", "3rd September 2026 9:05": "2026-09-03T09:05:00+08:00",
		"2026-09-03 15:05 +0800": "2026-09-03T15:05:00+08:00", "2026-09-03 07:05 UTC": "2026-09-03T15:05:00+08:00",
	} {
		m, err := readMoment(text, 2025, shanghai)
		got := m.time.In(shanghai).Format(time.DateOnly)
		if m.timed {
			got = m.time.In(shanghai).Format(time.RFC3339)
		}
		if err != nil || got != want {
			t.Errorf("%q is %s, %v, want %s", text, got, err, want)
		}
	}
	for text, want := range map[string]error{
		"9月3日": errNoYear, "9/3/2026": errAmbiguous, "26/9/3": errShortYear, "26.09.03": errShortYear,
		"2026-02-30": errNoDate, "2026-13-01": errNoDate, "2026-09-03 25:00": errNoDate, "已完成": errNoDate,
		"2026-09-03 左右": errNoDate, "约2026-09-03": errNoDate,
		"2026年9月": errMonth, "9月": errMonth, "2026-09": errMonth, "2026/9": errMonth, "2026.09": errMonth, "2026": errMonth, "2026年": errMonth, "2026年9月底": errMonth,
		"2026年第三季度": errMonth, "二〇二六年九月": errMonth, "Sep 2026": errMonth, "2026-Q3": errMonth, "2026-13": errNoDate, "99": errNoDate, "5-Sep-26": errShortYear,
		"2026年九月初三": errNoDate, "2026-9-3至9-5": errNoDate, "2026-9-3 晚上1点": errNoDate, "2026-9-3 15:0509": errNoDate, "2026-9-3 24:01": errNoDate,
		"15:05": errNoDay, "下午3点": errNoDay, "202613031505": errNoDate, "二〇二六年十三月三日": errNoDate, "2026-9-3-4": errNoDate, "": errNoDate, "1.38E+10": errNoDate,
	} {
		if m, err := readMoment(text, 0, shanghai); !errors.Is(err, want) {
			t.Errorf("%q is %v, %v, want %v", text, m.time, err, want)
		}
	}
}

func TestSerial(t *testing.T) {
	for _, c := range []struct {
		number   string
		from1904 bool
		want     string
	}{
		{"46268", false, "2026-09-03T00:00:00+08:00"},
		{"46268.5", false, "2026-09-03T12:00:00+08:00"},
		{"46268.628472222219", false, "2026-09-03T15:05:00+08:00"},
		{"44806", true, "2026-09-03T00:00:00+08:00"},
		{"1", false, "1900-01-01T00:00:00+08:00"},
		{"61", false, "1900-03-01T00:00:00+08:00"},
		{"46267.99999999", false, "2026-09-03T00:00:00+08:00"},
	} {
		m, ok := serial(c.number, c.from1904, shanghai)
		if got := m.time.Format(time.RFC3339); !ok || got != c.want {
			t.Errorf("%s (1904: %v) is %s, %v, want %s", c.number, c.from1904, got, ok, c.want)
		}
	}
	for _, number := range []string{"", "0", "-3", "13800000000", "abc", "NaN", "Inf"} {
		if m, ok := serial(number, false, shanghai); ok {
			t.Errorf("%q is %v", number, m.time)
		}
	}
}

func TestYearOf(t *testing.T) {
	for _, c := range []struct {
		want        int
		sheet, file string
		above       []string
	}{
		{2025, "3月", "2025年投诉台账.xlsx", nil},
		{2024, "2024", "2025年投诉台账.xlsx", []string{"2026年"}},
		{0, "2024-2025", "2026年台账", nil},
		{2026, "Sheet1", "台账", []string{"SD-02004 (2024)", "示例公司２０２６ 年度"}},
		{2023, "二〇二三年", "2025年投诉台账.xlsx", nil},
		{0, "Sheet1", "2025年投诉台账.xlsx", []string{"2026年投诉台账"}},
		{2026, "", "2026年投诉台账.csv", []string{"2026年投诉台账"}},
		{0, "", "投诉台账20260930.csv", nil},
	} {
		if got := yearOf(c.sheet, c.file, c.above); got != c.want {
			t.Errorf("%v is of %d", c, got)
		}
	}
}

// A bare number is a day of this century or none; one that may have lost its last
// zero is told.
func TestWhen(t *testing.T) {
	r := &reader{zone: shanghai, year: 2026}
	for _, c := range []struct {
		cell Cell
		want string
		err  error
	}{
		{Cell{Text: "46268", Number: "46268"}, "2026-09-03", nil},
		{Cell{Text: "46268"}, "2026-09-03", nil},
		{Cell{Text: "1950-01-01", Number: "18264", Dated: true}, "1950-01-01", nil},
		{Cell{Text: "18264", Number: "18264"}, "", errNoDate},
		{Cell{Text: "20260903", Number: "20260903"}, "2026-09-03", nil},
		{Cell{Text: "9.3"}, "2026-09-03", nil},
		{Cell{Text: "9.15", Number: "9.15"}, "2026-09-15", nil},
		{Cell{Text: "9.3", Number: "9.3"}, "", errTenth},
		{Cell{Text: "9.30", Number: "9.3"}, "2026-09-30", nil},
		{Cell{Text: "15:05", Number: "0.628472222", Dated: true}, "", errNoDay},
		{Cell{Text: "1900-01-05", Number: "5", Dated: true}, "", errEpoch},
		{Cell{Text: "1900-01-05"}, "", errEpoch},
		{Cell{Text: "2026-09"}, "", errMonth},
		{Cell{Text: "3/4/2026"}, "", errAmbiguous},
	} {
		m, err := r.when(c.cell, c.cell.Text)
		if got := m.time.Format(time.DateOnly); !errors.Is(err, c.err) || err == nil && got != c.want {
			t.Errorf("%v is %s, %v, want %s, %v", c.cell, got, err, c.want, c.err)
		}
	}
	for order, want := range map[string]string{dayFirst: "2026-04-03", monthFirst: "2026-03-04"} {
		r := &reader{zone: shanghai, order: order}
		if m, err := r.when(Cell{Text: "3/4/2026"}, "3/4/2026"); err != nil || m.time.Format(time.DateOnly) != want {
			t.Errorf("%s: %v, %v, want %s", order, m, err, want)
		}
	}
	plain := &reader{zone: shanghai, year: 2026, plain: true}
	if m, err := plain.when(Cell{Text: "9.3"}, "9.3"); !errors.Is(err, errTenth) {
		t.Errorf("9.3 of a text file is %v, %v", m, err)
	}
}
