package chart

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// SVG draws the trend as one svg element for a page: real text, escaped; a
// class for each ink, whose default colours a style sheet may override; a name
// for readers who do not see it.
func (t *Trend) SVG() string {
	s := svg{}
	name := escape(strings.TrimSpace(t.Title + " " + t.Summary))
	fmt.Fprintf(&s.b, `<svg xmlns="http://www.w3.org/2000/svg" class="trend" viewBox="0 0 %g %g" role="img" aria-label="%s" font-family="inherit">`, Width, Height, name)
	fmt.Fprintf(&s.b, `<title>%s</title>`, name)
	t.Draw(&s)
	s.b.WriteString(`</svg>`)
	return s.b.String()
}

// svg is a canvas of markup.
type svg struct {
	b   strings.Builder
	key string // of the point that is drawn next
}

// Line writes a line element.
func (s *svg) Line(x1, y1, x2, y2, width float64, ink Ink, dashed bool) {
	dash := ""
	if dashed {
		dash = ` stroke-dasharray="6 4"`
	}
	fmt.Fprintf(&s.b, `<line class="ink-%s" x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="%s" stroke-width="%.1f" stroke-linecap="round"%s/>`,
		ink, x1, y1, x2, y2, colour(ink), width, dash)
}

// Dot writes a circle with its value as tooltip.
func (s *svg) Dot(x, y, radius float64, ink Ink, hollow bool, title string) {
	inside, class := colour(ink), "dot"
	if hollow {
		inside, class = "#fff", "dot hollow"
	}
	key := ""
	if s.key != "" {
		key = ` data-p="` + escape(s.key) + `"`
	}
	fmt.Fprintf(&s.b, `<circle class="%s ink-%s"%s cx="%.1f" cy="%.1f" r="%.1f" fill="%s" stroke="%s" stroke-width="2"><title>%s</title></circle>`,
		class, ink, key, x, y, radius, inside, colour(ink), escape(title))
}

// Text writes a text element.
func (s *svg) Text(x, y, size float64, anchor Anchor, text string, ink Ink) {
	fmt.Fprintf(&s.b, `<text class="ink-%s" x="%.1f" y="%.1f" font-size="%g" text-anchor="%s" fill="%s">%s</text>`,
		ink, x, y, size, anchor, colour(ink), escape(text))
}

// colour is an ink's default.
func colour(ink Ink) string {
	switch ink {
	case Grid:
		return "#e1e4e8"
	case Series:
		return "#1d4ed8"
	case Alarm, Goal:
		return "#b43c1e"
	}
	return "#3c424a"
}

// escape makes text safe in content and attributes; what XML cannot hold
// becomes the replacement character.
func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder never fails
	return b.String()
}
