package portal

import (
	"regexp"
	"strconv"
	"strings"

	"kept/internal/locale"
)

// ownNumber is a number that a heading says itself: 5.1, 5.1. or 3、. Numbers in
// words, 第三章 or 附录 A, stay among the words.
var ownNumber = regexp.MustCompile(`^([0-9]{1,3}(?:\.[0-9]{1,3})*[.、．]?)(?:[ \x{3000}]+|$)`)

// numberHeadings takes the numbers that headings say themselves out of their words,
// and numbers those that have none: all below one heading, unless one of them is
// numbered. It moves the levels so that the first is 1 and says how many there are.
func numberHeadings(blocks []PrintBlock) int {
	var list []*PrintBlock
	base := 6
	for i := range blocks {
		if b := &blocks[i]; b.Kind == PrintHeading {
			list, base = append(list, b), min(base, b.Level)
		}
	}
	for _, b := range list {
		b.Level -= base - 1
		takeNumber(b)
	}
	numberBelow(list, "", 1)
	return len(list)
}

// takeNumber parts a heading's own number from its words.
func takeNumber(b *PrintBlock) {
	if len(b.Runs) == 0 {
		return
	}
	if m := ownNumber.FindStringSubmatch(b.Runs[0].Text); m != nil {
		b.Number, b.Runs[0].Text = m[1], strings.TrimSpace(b.Runs[0].Text[len(m[0]):])
	}
}

// numberBelow numbers the headings of one level, and below each the next.
func numberBelow(list []*PrintBlock, above string, level int) {
	own := false
	for _, b := range list {
		own = own || b.Level == level && (b.Number != "" || locale.IsNumberedInWords(textOfRuns(b.Runs)))
	}
	own = own || level > 1 && above == "" // what stands below 附录 A counts by itself
	n := 0
	for i, b := range list {
		if b.Level != level {
			continue
		}
		if n++; !own {
			b.Number = above + strconv.Itoa(n)
		}
		below := list[i+1:]
		for j, next := range below {
			if next.Level <= level {
				below = below[:j]
				break
			}
		}
		under := ""
		if b.Number != "" {
			under = strings.TrimRight(b.Number, ".、．") + "."
		}
		numberBelow(below, under, level+1)
	}
}
