package intake

import (
	"runtime"
	"sync"
	"sync/atomic"

	"kept/internal/finding"
	"kept/internal/record"
	"kept/internal/yamldoc"
)

// validate makes the text and the record of every row that would be written and
// checks it, on every core.
func (i *importer) validate(rows []Imported) {
	var wg sync.WaitGroup
	order := yamldoc.NewOrder(i.order)
	next := make(chan int)
	var done atomic.Int64
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for n := range next {
				if i.Told != nil {
					i.Told(int(done.Add(1)), len(rows))
				}
				row := &rows[n]
				if row.Verdict != NewRow && row.Verdict != ChangedRow {
					continue
				}
				row.Found = append(row.Found, i.placed(row, i.made(row, order))...)
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

// made is what reading a row's file would find. A new file is not read again after
// it was written: its record is made of the same values.
func (i *importer) made(row *Imported, order yamldoc.Order) finding.List {
	var found finding.List
	if row.values == nil {
		row.Record, found = record.Parse(row.Plan.Path, row.Plan.After, i.Register.Kinds())
		return found
	}
	row.Record, found = record.Make(row.Plan.Path, "# "+heading(row.Plan.Path, i.Kind)+"\n", row.values, order, i.Register.Kinds())
	row.Plan.After, row.values = row.Record.Source, nil
	return found
}

// placed puts findings about a file that is not there yet at the ledger's row.
func (i *importer) placed(row *Imported, found finding.List) finding.List {
	for n := range found {
		found[n].Position = row.Cell(i.Ledger, i.File, found[n].Position.Line)
		found[n].Record = row.ID
	}
	return found
}
