package chart

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

func sortLanes(lanes []lane) {
	slices.SortStableFunc(lanes, func(a, b lane) int {
		return cmp.Or(cmp.Compare(a.last-a.first, b.last-b.first), cmp.Compare(a.to, b.to))
	})
}

// SVG draws the life as one svg element: real text, escaped, coloured by the
// classes way, been, now and next of the style sheet. It is "" without stops.
func (l *Life) SVG() string {
	if len(l.Stops) == 0 {
		return ""
	}
	p := l.plan()
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="way" viewBox="0 0 %g %g" role="img" aria-label="%s">`, lifeWidth, p.height, escape(l.Speak))
	for _, taken := range []bool{false, true} {
		if lines := p.lines(taken); lines != "" {
			class := ""
			if taken {
				class = ` class="been"`
			}
			fmt.Fprintf(&b, `<path%s d="%s"/>`, class, lines)
		}
	}
	for i := range l.Stops {
		p.stop(&b, i)
	}
	b.WriteString("</svg>")
	return b.String()
}

// lines is the path of all ways that were taken, or of all others.
func (p *lifePlan) lines(taken bool) string {
	var b strings.Builder
	for _, w := range p.life.Ways {
		if w.Taken == taken && p.life.along(w) && !p.drawnBack(w) {
			p.line(&b, w)
		}
	}
	for _, n := range p.lanes {
		for _, w := range n.ways {
			if w.Taken == taken {
				p.detour(&b, w, p.main-lifeRadius-8-laneWidth*float64(n.place))
			}
		}
	}
	return b.String()
}

// drawnBack tells whether the way back is drawn on the same line: the one that was
// taken, else the one forward.
func (p *lifePlan) drawnBack(w Way) bool {
	return slices.ContainsFunc(p.life.Ways, func(o Way) bool {
		return o.From == w.To && o.To == w.From && (o.Taken && !w.Taken || o.Taken == w.Taken && o.From < o.To)
	})
}

// line draws a way that follows the line.
func (p *lifePlan) line(b *strings.Builder, w Way) {
	from, to := p.life.Stops[w.From], p.life.Stops[w.To]
	y1, y2 := p.y[w.From], p.y[w.To]
	if from.Side == to.Side {
		fmt.Fprintf(b, "M%g %gV%g", p.main, y1, y2)
		return
	}
	side, main := w.To, w.From
	if from.Side {
		side, main = w.From, w.To
	}
	x, y := p.x(side), p.y[side]
	bend := lifeRow / 2
	if p.y[main] > y {
		bend = -bend
	}
	// From the main line, a bend, to the stop beside it; the head lies where the way ends.
	fmt.Fprintf(b, "M%g %gV%gQ%g %g %g %gH%g", p.main, p.y[main], y-bend, p.main, y, p.main+bend2(bend), y, x-lifeRadius)
	if to.Side {
		head(b, x-lifeRadius, y, 1)
	}
}

// bend2 is how far a bend reaches sideways.
func bend2(bend float64) float64 { return max(bend, -bend) / 2 }

// detour draws a way by its lane.
func (p *lifePlan) detour(b *strings.Builder, w Way, x float64) {
	const r = 6.0
	y1, y2 := p.y[w.From]+3, p.y[w.To]-3
	turn := r
	if y2 < y1 {
		turn = -r
	}
	fmt.Fprintf(b, "M%g %gH%gQ%g %g %g %gV%gQ%g %g %g %gH%g", p.x(w.From)-lifeRadius, y1, x+r, x, y1, x, y1+turn, y2-turn, x, y2, x+r, y2, p.x(w.To)-lifeRadius+1)
	head(b, p.x(w.To)-lifeRadius+1, y2, 1)
}

// head draws an arrow's head at its point; way is 1 for one to the right.
func head(b *strings.Builder, x, y, way float64) {
	fmt.Fprintf(b, "M%g %gl%g 3.5l%g 3.5", x-5*way, y-3.5, 5*way, -5*way)
}

// stop draws a state: its mark, its name and its note.
func (p *lifePlan) stop(b *strings.Builder, i int) {
	s, x, y := p.life.Stops[i], p.x(i), p.y[i]
	radius := lifeRadius - 1
	if s.Mark == Now {
		radius = lifeRadius + 2
	}
	fmt.Fprintf(b, `<circle%s cx="%g" cy="%g" r="%g"/>`, classOf(s.Mark), x, y, radius)
	left := x + lifeRadius + 8
	for n, line := range p.labels[i] {
		fmt.Fprintf(b, `<text%s x="%g" y="%g">%s</text>`, classOf(s.Mark), left, y+5+lifeLine*float64(n), escape(line))
	}
	switch {
	case s.Note == "":
	case p.below[i]:
		fmt.Fprintf(b, `<text x="%g" y="%g" font-size="%g">%s</text>`, left, y+5+lifeLine*float64(len(p.labels[i])), noteSize, escape(s.Note))
	default:
		fmt.Fprintf(b, `<text x="%g" y="%g" font-size="%g" text-anchor="end">%s</text>`, lifeWidth, y+5, noteSize, escape(s.Note))
	}
}

func classOf(m Mark) string {
	if m == Never {
		return ""
	}
	return ` class="` + string(m) + `"`
}

// wrap breaks a text into lines no wider than room: at blanks, and anywhere in
// Chinese. A word that is wider than a line stands alone.
func wrap(s string, size, room float64) []string {
	var lines []string
	line := ""
	for _, piece := range pieces(s) {
		if line != "" && textWidth(strings.TrimSpace(line+piece), size) > room {
			lines = append(lines, strings.TrimSpace(line))
			line = ""
		}
		line += piece
	}
	return append(lines, strings.TrimSpace(line))
}

// pieces are what a line may be broken between.
func pieces(s string) []string {
	var out []string
	start := 0
	for i, r := range s {
		if i > start && (unicode.Is(unicode.Han, r) || s[i-1] == ' ') {
			out = append(out, s[start:i])
			start = i
		}
	}
	return append(out, s[start:])
}
