package intake

import (
	"runtime"
	"sync"

	"kept/internal/finding"
	"kept/internal/ledger"
)

// validate checks every file that would be written, on every core.
func (i *importer) validate(rows []Imported) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for n := range next {
				row := &rows[n]
				if row.Verdict != NewRow && row.Verdict != ChangedRow {
					continue
				}
				row.Found = append(row.Found, i.placed(row, judge(row.Plan, i.Register.Kinds()))...)
				if row.Found.Count(finding.Error) > 0 {
					row.Verdict = RefusedRow
				}
			}
		})
	}
	for n := range rows {
		next <- n
	}
	close(next)
	wg.Wait()
}

// placed puts findings about a file that is not there yet at the ledger's row.
func (i *importer) placed(row *Imported, found finding.List) finding.List {
	for n := range found {
		found[n].Position = ledger.Place(i.File, row.Entry.Sheet, row.Entry.Row, 1)
		found[n].Record = row.ID
	}
	return found
}
