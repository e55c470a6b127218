package pdf

import "kept/internal/portal"

// bars draws a chart of bars with the cumulated share.
func (d *paper) bars(b *portal.PrintBars) {
	for _, bar := range b.Bars {
		d.paragraph(bar.Name+" "+bar.Text+" "+bar.Cumulative, noteSize, black)
	}
}
