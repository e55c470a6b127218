package ledger

import (
	"slices"

	"kept/internal/schema"
)

// headWithin is how many rows from the top a header may begin at.
const headWithin = 40

// head is where a table's headings stand and what they are.
type head struct {
	first, last int      // indexes into the page's rows
	texts       []string // of each column, from the first
	lines       [][]string
	score       int // how many different targets its headings name
	known       map[string]string
}

// findHead is the header of a page: the row, or the two rows one below the other,
// whose headings name most targets. It has none where no row names two.
func (s *synonyms) findHead(p Page, rows []Row) (head, bool) {
	var best head
	if len(rows) == 0 {
		return best, false
	}
	for i := range min(len(rows), headWithin) {
		one := head{first: i, last: i, texts: texts(rows[i])}
		one.score = s.score(one.texts)
		if one.score > best.score {
			best = one
		}
		if i+1 < len(rows) && rows[i+1].Number == rows[i].Number+1 && !s.isTitle(p, rows[i], rows[i+1]) {
			two := head{first: i, last: i + 1, texts: s.grouped(rows[i], rows[i+1])}
			two.score = s.score(two.texts)
			if two.score > best.score || two.score == best.score && best.last == i && reachesBelow(p, rows[i].Number) {
				best = two
			}
		}
	}
	for _, r := range rows[best.first : best.last+1] {
		best.lines = append(best.lines, texts(r))
	}
	return best, best.score >= 2
}

// isTitle tells a row above a header that names no groups of its columns: one text over
// the first of them, or lines such as 编制人：…. No merged cell leads from it to the row
// below.
func (s *synonyms) isTitle(p Page, upper, lower Row) bool {
	if s.exact != nil || reachesBelow(p, upper.Number) {
		return false
	}
	said := texts(upper)
	at := slices.IndexFunc(said, func(text string) bool { return text != "" })
	if at < 0 || slices.ContainsFunc(said, labelled.MatchString) {
		return true
	}
	return !varied(upper) && at <= slices.IndexFunc(texts(lower), func(text string) bool { return text != "" })
}

// texts is what a row's cells say.
func texts(r Row) []string {
	out := make([]string, len(r.Cells))
	for i, c := range r.Cells {
		out[i] = Tidy(c.Text)
	}
	return out
}

// stacked joins the headings of two rows: the lower one says it where it says
// something of its own; a group's name above stands before it only where the
// lower says nothing.
func stacked(upper, lower Row) []string {
	out := make([]string, max(len(upper.Cells), len(lower.Cells)))
	for i := range out {
		above, below := Tidy(upper.At(i+1).Text), Tidy(lower.At(i+1).Text)
		if below == "" {
			below = above
		}
		out[i] = below
	}
	return out
}

// grouped is [stacked] with the group's name where the two together are a heading,
// and where the lower alone is none or stands under several groups: 日期 below 处理
// and below 回访 is not the same. Headings of questions stay as they are.
func (s *synonyms) grouped(upper, lower Row) []string {
	out := stacked(upper, lower)
	if s.exact != nil {
		return s.underQuestions(upper, lower, out)
	}
	groups := map[string][]string{} // by what stands below
	above := make([]string, len(out))
	for i := range out {
		below := Tidy(lower.At(i + 1).Text)
		above[i] = Tidy(upper.At(i + 1).Text)
		if above[i] == "" && below != "" && i > 0 && Tidy(lower.At(i).Text) != "" {
			above[i] = above[i-1] // a group's name may stand above its first column alone
		}
		if below == "" || below == above[i] {
			above[i] = ""
		}
		if above[i] != "" && !slices.Contains(groups[below], above[i]) {
			groups[below] = append(groups[below], above[i])
		}
	}
	for i, below := range out {
		if above[i] == "" {
			continue
		}
		whole := above[i] + " " + below
		_, both := s.find(whole)
		if short := groupWords.ReplaceAllString(above[i], "") + below; !both {
			if _, both = s.find(short); both {
				whole = short
			}
		}
		if _, alone := s.find(below); both || !alone || len(groups[below]) > 1 {
			out[i] = whole
		}
	}
	return out
}

// underQuestions are the headings of two rows of a survey: the lower one says it, but
// where the two together are an option of a question.
func (s *synonyms) underQuestions(upper, lower Row, out []string) []string {
	above := ""
	for i := range out {
		below := Tidy(lower.At(i + 1).Text)
		if text := Tidy(upper.At(i + 1).Text); text != "" || below == "" {
			above = text
		}
		if whole := together(above, below); s.exact[whole] != (found{}) {
			out[i] = whole
		}
	}
	return out
}

// reachesBelow tells whether a merged area begins in a row and ends in the next:
// the two are one header.
func reachesBelow(p Page, number int) bool {
	return slices.ContainsFunc(p.Merged, func(a Area) bool { return a.Top == number && a.Bottom == number+1 })
}

// score counts the targets that headings name, each once.
func (s *synonyms) score(texts []string) int {
	var seen []int
	for _, t := range texts {
		if f, ok := s.find(t); ok && !slices.Contains(seen, f.target) {
			seen = append(seen, f.target)
		}
	}
	return len(seen)
}

// assigned is what each column holds: an index of the mapping's columns, or -1.
// Of two columns with one target that does not join, the better heading wins and
// the other is left out; a day or time of day that is left out may complete the
// winner.
func (s *synonyms) assigned(texts []string, k *schema.Kind) ([]int, beside) {
	out := make([]int, len(texts))
	others := beside{}
	holder := map[int]int{}
	rank := map[int]int{}
	for i, t := range texts {
		out[i] = -1
		f, ok := s.find(t)
		if !ok {
			continue
		}
		c := s.mapping.Columns[f.target]
		other, taken := holder[f.target]
		switch {
		case !taken || c.Joins || c.To == DropTarget || c.To == IgnoreTarget:
		case f.rank < rank[f.target]:
			out[other] = -1
			others.put(k, c.To, i, append(others[other], other))
			delete(others, other)
		default:
			others.put(k, c.To, other, []int{i})
			continue
		}
		out[i], holder[f.target], rank[f.target] = f.target, i, f.rank
	}
	return out, others
}
