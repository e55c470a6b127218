package locale

import "regexp"

// spelledNumber is how a heading counts in words: 第三章, 附录 A, 一、, Part 2.
var spelledNumber = regexp.MustCompile(`^(?:第[0-9一二三四五六七八九十百零〇]+[章节条篇部]|附录|附件|附则|[一二三四五六七八九十百]+、|（[一二三四五六七八九十]+）|(?i:appendix|annex|chapter|part|section) [0-9a-z]+)`)

// IsNumberedInWords tells whether a heading begins with a number in words, in either
// language.
func IsNumberedInWords(heading string) bool { return spelledNumber.MatchString(heading) }
