package pdf

import (
	"strings"

	"kept/internal/portal"
)

// text sets blocks of running text.
func (d *paper) text(blocks []portal.PrintBlock) {
	for _, b := range blocks {
		var words strings.Builder
		for _, r := range b.Runs {
			words.WriteString(r.Text)
		}
		d.paragraph(strings.Join(append([]string{b.Number, b.Marker, words.String()}, b.Lines...), " "), bodySize, black)
	}
}
