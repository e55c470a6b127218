package intake

import (
	"path"
	"slices"
	"strings"
	"sync/atomic"

	"kept/internal/finding"
	"kept/internal/record"
	"kept/internal/yamldoc"
)

// validate makes the text and the record of every row that would be written and
// checks it, on every core.
func (i *importer) validate(rows []Imported) {
	order := yamldoc.NewOrder(i.order)
	var done atomic.Int64
	everyCore(len(rows), func(n int) {
		if i.Told != nil {
			i.Told(int(done.Add(1)), len(rows))
		}
		row := &rows[n]
		switch {
		case row.Verdict == NewRow, row.Verdict == ChangedRow:
			row.Tell(i.Ledger, i.File, i.made(row, order))
		case row.values != nil:
			i.partial(row, order)
		}
	})
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

// partial looks at what could be read of a row that is refused, so that all its faults
// are told at once. Its record is no record: it has neither number nor file.
func (i *importer) partial(row *Imported, order yamldoc.Order) {
	row.values[record.IDField] = i.Kind.IDs.ID(i.Now.In(i.Zone).Year(), 0)
	rec, found := record.Make(path.Join(record.Folder, i.Kind.ID, "row.yaml"), "", row.values, order, i.Register.Kinds())
	row.values, row.Record, row.Plan = nil, rec, Plan{}
	row.TellApart(i.Ledger, i.File, slices.DeleteFunc(found, func(f finding.Finding) bool { return !strings.HasPrefix(f.Rule, "schema-") }))
}
