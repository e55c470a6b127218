package sheet

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"kept/internal/ledger"
)

// format is how a number is shown.
type format struct {
	code      string // "" is General
	day, hour bool   // it shows a day, a time of day
	month     bool   // it shows year and month of the day alone
}

// formats are the number formats of a workbook, by id and by the cells' styles.
type formats struct {
	codes  map[string]string
	styles []format
	// desk is a workbook of one cell, in which excelize shows a number in a format.
	desk   *excelize.File
	sheets map[string]int // styles of desk, by code
	shows  map[string]string
}

func newFormats() *formats {
	return &formats{codes: map[string]string{}, sheets: map[string]int{}, shows: map[string]string{}}
}

func (f *formats) close() {
	if f.desk != nil {
		_ = f.desk.Close()
	}
}

// name gives a format's id a code.
func (f *formats) name(id, code string) { f.codes[id] = code }

// style adds the format of the next style.
func (f *formats) style(id string) {
	code, own := f.codes[id]
	if !own {
		code = builtin(id)
	}
	f.styles = append(f.styles, parseFormat(code))
}

// builtin is the code of a format that every workbook has. Those of days and times
// stand for what they show alone: it differs from country to country.
func builtin(id string) string {
	n, err := strconv.Atoi(id)
	switch {
	case err != nil:
		return ""
	case n == 22:
		return "yyyy-m-d h:mm"
	case n >= 18 && n <= 21, n >= 32 && n <= 35, n >= 45 && n <= 47, n == 55, n == 56:
		return "h:mm"
	case n == 17, n == 27, n == 36, n == 50, n == 52, n == 57:
		return "yyyy-m"
	case n >= 14 && n <= 16, n >= 28 && n <= 31, n >= 51 && n <= 54, n == 58:
		return "yyyy-m-d"
	case n == 37 || n == 38:
		return "#,##0"
	case n == 39 || n == 40:
		return "#,##0.00"
	}
	return map[int]string{1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 48: "##0.0E+0"}[n]
}

var (
	quoted  = regexp.MustCompile(`"[^"]*"|\\.|_.|\*.`)
	elapsed = regexp.MustCompile(`(?i)\[(h+|m+|s+)\]`)
	bracket = regexp.MustCompile(`\[[^\]]*\]`)
)

// parseFormat tells what a format's first section shows.
func parseFormat(code string) format {
	first, _, _ := strings.Cut(code, ";")
	plain := quoted.ReplaceAllString(first, "")
	if elapsed.MatchString(plain) {
		return format{code: code}
	}
	plain = strings.ToLower(bracket.ReplaceAllString(plain, ""))
	plain = strings.ReplaceAll(strings.ReplaceAll(plain, "am/pm", ""), "a/p", "")
	switch {
	case plain == "general", plain == "@", plain == "":
		return format{}
	case strings.ContainsAny(plain, "0#?"):
		return format{code: code}
	}
	hour := strings.ContainsAny(plain, "hs")
	day := strings.ContainsAny(plain, "ydeg") || strings.Contains(plain, "m") && !hour
	month := day && !hour && strings.ContainsAny(plain, "ye") && !strings.Contains(plain, "d")
	return format{code: code, day: day, hour: hour, month: month}
}

// longestNumber is how many digits and signs a stored number may have.
const longestNumber = 40

// shown is a stored number as the workbook shows it. Days are shown whole, as
// 2026-09-03 15:05, whatever the format leaves out.
func (f *formats) shown(value string, style int, from04 bool) ledger.Cell {
	value = strings.TrimSpace(value)
	number, err := strconv.ParseFloat(value, 64)
	if err != nil || len(value) > longestNumber || math.IsInf(number, 0) || math.IsNaN(number) {
		return ledger.Cell{Text: value}
	}
	var how format
	if style >= 0 && style < len(f.styles) {
		how = f.styles[style]
	}
	cell := ledger.Cell{Number: value, Dated: how.day || how.hour}
	switch {
	case cell.Dated && how.month && firstOfMonth(number, from04):
		// Who types 2021-3 gets the first of the month, and is shown the month.
		day, _ := ledger.SerialTime(number, from04)
		return ledger.Cell{Text: day.Format("2006-01")}
	case cell.Dated:
		cell.Text = moment(number, how, from04)
	case how.code == "":
		cell.Text = general(number)
	default:
		cell.Text = f.drawn(value, how.code)
	}
	return cell
}

// general is a number without a format, of the fifteen digits that are kept.
func general(n float64) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 15, 64), 64)
	if err != nil || math.Abs(rounded) >= 1e21 {
		return strconv.FormatFloat(n, 'g', 15, 64)
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// moment writes a day, a time of day, or both.
func moment(n float64, how format, from04 bool) string {
	day, ok := ledger.SerialTime(n, from04)
	switch {
	case !ok && (n < 0 || n >= 1):
		return general(n)
	case n == 0 && how.day && !from04:
		return noDay
	case n < 1 || !how.day:
		if day.Second() != 0 {
			return day.Format(time.TimeOnly)
		}
		return day.Format("15:04")
	case day.Second() != 0:
		return day.Format(time.DateTime)
	case day.Hour() != 0 || day.Minute() != 0:
		return day.Format("2006-01-02 15:04")
	}
	return day.Format(time.DateOnly)
}

// noDay is what a spreadsheet shows for an empty cell that a formula reads as a day.
const noDay = "1900-01-00"

// firstOfMonth tells the first day of a month at midnight.
func firstOfMonth(n float64, from04 bool) bool {
	day, ok := ledger.SerialTime(n, from04)
	return ok && n >= 1 && day.Day() == 1 && day.Hour()+day.Minute()+day.Second() == 0
}

// drawn is a number in a format, as excelize shows it.
func (f *formats) drawn(value, code string) string {
	key := code + "\x00" + value
	if text, ok := f.shows[key]; ok {
		return text
	}
	const sheet, cell = "Sheet1", "A1"
	if f.desk == nil {
		f.desk = excelize.NewFile()
	}
	id, known := f.sheets[code]
	if !known {
		var err error
		if id, err = f.desk.NewStyle(&excelize.Style{CustomNumFmt: &code}); err != nil {
			id = 0
		}
		f.sheets[code] = id
	}
	_ = f.desk.SetCellDefault(sheet, cell, value)
	_ = f.desk.SetCellStyle(sheet, cell, cell, id)
	text, err := f.desk.GetCellValue(sheet, cell)
	if err != nil {
		text = value
	}
	if len(f.shows) < mostShown {
		f.shows[key] = text
	}
	return text
}

// mostShown bounds how many numbers are remembered.
const mostShown = 100_000
