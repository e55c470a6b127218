package pdf

import (
	"strings"
	"unicode/utf8"
)

// wrap breaks a cleaned text into lines no wider than width (1/1000 em). Lines
// never begin with closing nor end with opening punctuation (避头尾) unless
// nothing else is possible, Latin words stay whole unless wider than a line,
// and no character is lost but the blanks at which a line breaks. There is no
// break after a hyphen, because readers take such hyphens out again.
//
// gofpdf's own MultiCell and SplitText lose a Han character at every break.
func (f *face) wrap(text string, width int) []string {
	if !strings.Contains(text, "\n") && f.measureText(text) <= width {
		return []string{text}
	}
	var lines []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		lines = f.wrapParagraph(lines, paragraph, width)
	}
	return lines
}

// shortText is how many characters a text has at most that is broken evenly.
const shortText = 9

// balance breaks like wrap, in as many lines, but a short text evenly: 企业 and
// 微信 below each other, never 企业微 and 信.
func (f *face) balance(text string, width int) []string {
	lines := f.wrap(text, width)
	if len(lines) < 2 || strings.Contains(text, "\n") || utf8.RuneCountInString(text) > shortText {
		return lines
	}
	const step = 250
	for w := max(f.unbreakable(text), f.measureText(text)/len(lines)); w < width; w += step {
		if even := f.wrap(text, w); len(even) == len(lines) {
			return even
		}
	}
	return lines
}

// unbreakable is the width of the widest run of s that may not break, in 1/1000
// em.
func (f *face) unbreakable(s string) int {
	widest, run := 0, 0
	before := class(0)
	for _, r := range s {
		c := f.look(r)
		if mayBreak(before, c.class) || c.class&space != 0 {
			widest, run = max(widest, run), 0
		}
		if c.class&space == 0 {
			run += int(c.width)
		}
		before = c.class
	}
	return max(widest, run)
}

func (f *face) wrapParagraph(lines []string, text string, width int) []string {
	for {
		n := f.lineLength(text, width)
		line, rest := text[:n], text[n:]
		if rest == "" {
			return append(lines, line)
		}
		lines = append(lines, f.trimEnd(line))
		if text = f.trimStart(rest); text == "" {
			return lines
		}
	}
}

// lineLength is the number of bytes of text that belong on one line, at least
// one character. A mark at either end needs but the half that is inked.
func (f *face) lineLength(text string, width int) int {
	used, legal, before := 0, 0, char{}
	for i, r := range text {
		c := f.look(r)
		if i == 0 {
			used = -c.before()
		} else {
			used += fitting(before, c)
			if mayBreak(before.class, c.class) {
				legal = i
			}
		}
		used += int(c.width)
		if used-c.after() > width && i > 0 && c.class&space == 0 {
			if legal > 0 {
				return legal
			}
			return i
		}
		before = c
	}
	return len(text)
}

// mayBreak tells whether a line may end between two characters.
func mayBreak(left, right class) bool {
	if right&(closing|space) != 0 || left&opening != 0 {
		return false
	}
	return left&space != 0 || (left|right)&ideographic != 0
}

func (f *face) trimEnd(s string) string {
	return strings.TrimRightFunc(s, f.isSpace)
}

func (f *face) trimStart(s string) string {
	return strings.TrimLeftFunc(s, f.isSpace)
}

func (f *face) isSpace(r rune) bool { return f.look(r).class&space != 0 }

// fit is the text cut to at most n characters, with an ellipsis where something
// is left out. Only furniture is cut, never a record's value.
func fit(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	for i := range s {
		if n == 0 {
			return s[:i] + "…"
		}
		n--
	}
	return s
}
