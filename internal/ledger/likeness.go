package ledger

import (
	"slices"
	"strings"

	"kept/internal/locale"
	"kept/internal/schema"
)

// Suits is how well the headings of a file suit a kind.
type Suits struct {
	Headings []string // those that fill something of a record, of the sheet that has most
	// Lacking are the titles of what a record must have and no column, preset or
	// constant fills.
	Lacking []locale.Text
	Strange int // headings that say nothing to the kind
	// Tool tells that a heading is of a tool whose files the mapping knows.
	Tool bool
}

// Suit compares the headings of a file with a kind, without reading its rows.
func Suit(r Request) Suits {
	m := r.Mapping.withKind(r.Kind)
	words := m.index()
	var best Suits
	filled := map[string]bool{}
	for _, p := range r.Pages {
		if len(r.Sheets) > 0 && !slices.Contains(r.Sheets, p.Name) || len(r.Sheets) == 0 && p.Hidden || len(p.Rows) == 0 {
			continue
		}
		p.Rows = p.Rows[:min(len(p.Rows), headWithin+1)]
		h, ok := words.findHead(p, p.spread(headWithin+1))
		if !ok {
			continue
		}
		holds, _ := words.assigned(h.texts, r.Kind)
		var s Suits
		by := map[string]bool{}
		for i, held := range holds {
			if held < 0 {
				if _, known := words.find(h.texts[i]); !known && h.texts[i] != "" {
					s.Strange++
				}
				continue
			}
			if m.Columns[held].To == DropTarget || m.Columns[held].To == IgnoreTarget {
				continue
			}
			s.Headings = append(s.Headings, h.texts[i])
			by[m.Columns[held].To] = true
		}
		s.Tool = slices.ContainsFunc(m.Known, func(t KnownTool) bool {
			return slices.ContainsFunc(h.texts, func(text string) bool { return headed(t.Headings, text) })
		})
		if len(s.Headings) > len(best.Headings) {
			best, filled = s, by
		}
	}
	for _, c := range TemplateColumns(r.Kind) {
		if c.Required && c.To != KeyTarget && !r.fills(filled, c.To) && !r.follows(c.To) {
			best.Lacking = append(best.Lacking, c.Title)
		}
	}
	return best
}

// fills tells that a target has a column, a constant or a preset that is no copy of
// what has none.
func (r *Request) fills(filled map[string]bool, target string) bool {
	for range 3 { // a preset may copy what is copied from a third
		head, _, _ := strings.Cut(target, ".")
		if filled[target] || filled[head] || r.Set[target] != "" {
			return true
		}
		from, copied := strings.CutPrefix(r.Mapping.Preset[target], "$")
		if !copied {
			return r.Mapping.Preset[target] != ""
		}
		target = from
	}
	return false
}

// follows tells a target that is taken from another, which is named in its place; of
// two that are taken from each other both are.
func (r *Request) follows(target string) bool {
	from, copied := strings.CutPrefix(r.Mapping.Preset[target], "$")
	return copied && r.Mapping.Preset[from] != "$"+target
}

// wanted are headings that would be recognised, for a message: titles of what a record
// must have first.
func wanted(k *schema.Kind) locale.Text {
	var list []locale.Text
	for _, required := range []bool{true, false} {
		for _, c := range TemplateColumns(k) {
			if c.Required == required && c.To != KeyTarget && len(list) < mostWanted {
				list = append(list, c.Title)
			}
		}
	}
	return locale.Listed(list...)
}

// mostWanted is how many headings a message gives as examples.
const mostWanted = 6
