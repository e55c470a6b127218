package ledger

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"kept/internal/locale"
	"kept/internal/schema"
)

// choice is the option that a text names, and what the answerer wrote beside it;
// -1 for none. first is the number of the first option in a coded file; below 1
// numbers are no options, unless they are codes.
func (q Question) choice(text string, first int) (option int, own string) {
	f := Fold(text)
	o := q.option(text)
	if n, err := strconv.Atoi(f); err == nil && first >= 0 {
		n -= first
		switch counts := n >= 0 && n < len(q.Options); {
		case counts && o >= 0 && o != n:
			return torn, ""
		case counts:
			return n, ""
		}
	}
	if o >= 0 {
		return o, q.beside(o, text)
	}
	if m := numbering2.FindStringSubmatch(f); m != nil {
		if o := q.option(m[1]); o >= 0 {
			return o, ""
		}
	}
	m := written.FindStringSubmatch(locale.Narrow(Tidy(text)))
	if m == nil {
		return -1, ""
	}
	base := q.option(m[1])
	if s := numbering2.FindStringSubmatch(Fold(m[1])); base < 0 && s != nil {
		base = q.option(s[1])
	}
	own = strings.TrimSpace(strings.Join(m[2:], ""))
	if base < 0 || !isOther(q.Options[base]) && own != "" && !prompts[Fold(own)] {
		return -1, ""
	}
	if prompts[Fold(own)] {
		own = ""
	}
	return base, own
}

// beside is what the answerer wrote in brackets behind an option that asks for it, in
// the signs of the cell.
func (q Question) beside(o int, text string) string {
	said := []rune(Tidy(text))
	at := written.FindStringSubmatchIndex(locale.Narrow(string(said)))
	if at == nil || !isOther(q.Options[o]) || Fold(text) == Fold(q.Options[o].Title.ZH) || Fold(text) == Fold(q.Options[o].Title.EN) {
		return ""
	}
	narrow := locale.Narrow(string(said))
	for i := 4; i < len(at); i += 2 {
		if at[i] < 0 || utf8.RuneCountInString(narrow) != len(said) {
			continue
		}
		own := strings.TrimSpace(string(said[utf8.RuneCountInString(narrow[:at[i]]):utf8.RuneCountInString(narrow[:at[i+1]])]))
		if !prompts[Fold(own)] {
			return own
		}
	}
	return ""
}

// torn is a number that is one option's code or text and counts another.
const torn = -2

// isOther tells an option beside which people write.
func isOther(o schema.Option) bool {
	zh, en := Fold(o.Title.ZH), Fold(o.Title.EN)
	return others.MatchString(zh) || others.MatchString(en)
}

// choiceCuts are the signs between options, those that tools write first.
var choiceCuts = []string{"┋", "→➔>", "\n", ";；|", ",，、"}

// parts cuts a cell into options. The first sign that occurs cuts it; parts that are
// no option by themselves are joined as long as that makes one, since an option's own
// text may hold the sign.
func (q Question) parts(text, signs string) []string {
	if q.option(text) >= 0 {
		return []string{text}
	}
	cuts := choiceCuts
	if signs != "" {
		cuts = []string{signs}
	}
	for _, set := range cuts {
		if !strings.ContainsAny(text, set) {
			continue
		}
		if parts := q.rejoined(text, set); len(parts) > 1 {
			return parts
		}
	}
	return []string{text}
}

func (q Question) rejoined(text, set string) []string {
	var starts []int // of parts
	starts = append(starts, 0)
	inside := bracketed(text)
	for i, r := range text {
		if strings.ContainsRune(set, r) && !inside(i) {
			starts = append(starts, i+len(string(r)))
		}
	}
	ends := append(slices.Clone(starts[1:]), len(text)+1)
	var parts []string
	for i := 0; i < len(starts); {
		next := i + 1
		for j := len(ends) - 1; j > i; j-- {
			if q.option(trimSign(text, starts[i], ends[j], set)) >= 0 {
				next = j + 1
				break
			}
		}
		if part := Tidy(trimSign(text, starts[i], ends[next-1], set)); part != "" {
			parts = append(parts, part)
		}
		i = next
	}
	return parts
}

// asides are texts in brackets, of either width.
var asides = regexp.MustCompile(`[(（][^()（）]*[)）]|〖[^〖〗]*〗|【[^【】]*】|\[[^\[\]]*\]`)

// bracketed tells which bytes of a text stand in brackets that are closed.
func bracketed(text string) func(at int) bool {
	list := asides.FindAllStringIndex(text, -1)
	return func(at int) bool {
		return slices.ContainsFunc(list, func(a []int) bool { return a[0] < at && at < a[1] })
	}
}

// trimSign is a stretch of a text without the sign that ends it.
func trimSign(text string, from, to int, set string) string {
	return strings.TrimRight(text[from:min(to, len(text))], set)
}
