package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math/big"
	"strconv"
	"strings"
	"time"

	"kept/internal/ledger"
	"kept/internal/record"
)

// importer gives out numbers and knows which rows came in before.
type importer struct {
	ImportRequest
	earlier
	marker *marker
	// natives are the records that were not imported, by the fields of the mapping's keys.
	natives map[string]*record.Record
	byKey   map[string]*record.Record // by the ledger's own number
	byRow   map[string]*record.Record // by file, sheet and row
	taken   map[string]bool           // ids in lower case
	last    map[int]int               // sequence, by year
	order   []string
	seen    map[string]ledger.Entry // rows of this file, by their number
}

func newImporter(r ImportRequest) *importer {
	i := &importer{
		ImportRequest: r, byKey: map[string]*record.Record{}, byRow: map[string]*record.Record{},
		taken: map[string]bool{}, last: map[int]int{}, order: KeyOrder(r.Kind.Fields), seen: map[string]ledger.Entry{},
	}
	for _, id := range r.Used {
		i.take(id)
	}
	for rec := range r.Register.All() {
		i.take(rec.ID)
		if rec.Kind == nil || rec.Kind.ID != r.Kind.ID {
			continue
		}
		from := rec.Object.Object(record.ImportedField)
		if key := from.Text("key"); key != "" {
			i.byKey[key] = rec
		}
		if sum := from.Text("sha256"); sum != "" {
			row, _ := from.Number("row")
			i.byRow[origin(sum, from.Text("sheet"), row)] = rec
		}
	}
	return i
}

// origin names a row of a file.
func origin(sum, sheet string, row *big.Rat) string {
	if row == nil {
		return ""
	}
	return sum + "\n" + sheet + "\n" + row.RatString()
}

// take notes that an id is in use.
func (i *importer) take(id string) {
	i.taken[strings.ToLower(id)] = true
	if !strings.Contains(i.Kind.IDs.Template, "{year}") {
		if n, ok := i.Kind.IDs.Sequence(id, 0); ok {
			i.last[0] = max(i.last[0], n)
		}
		return
	}
	for _, year := range yearsIn(id) {
		if n, ok := i.Kind.IDs.Sequence(id, year); ok {
			i.last[year] = max(i.last[year], n)
		}
	}
}

// yearsIn are the years that an id may be counted by.
func yearsIn(id string) []int {
	var years []int
	for _, part := range strings.FieldsFunc(id, func(r rune) bool { return r < '0' || r > '9' }) {
		if n, err := strconv.Atoi(part); err == nil && len(part) == 4 {
			years = append(years, n)
		}
	}
	return years
}

// number is the ledger's own number where it is one of the kind's and free, else
// the next of the record's year.
func (i *importer) number(key string, date time.Time) string {
	if key != "" && i.Kind.IDs.Pattern.MatchString(key) && !strings.ContainsAny(key, `/\:`) && !i.taken[strings.ToLower(key)] {
		i.take(key)
		return key
	}
	if i.Kind.IDs.Template == "" {
		return ""
	}
	year := date.In(i.Zone).Year()
	if !strings.Contains(i.Kind.IDs.Template, "{year}") {
		year = 0
	}
	i.last[year]++
	id := i.Kind.IDs.ID(year, i.last[year])
	i.taken[strings.ToLower(id)] = true
	return id
}

// known is the record that the nth row has become before, nil for none.
func (i *importer) known(n int, e ledger.Entry) *record.Record {
	if e.Key != "" {
		if rec := i.byKey[e.Key]; rec != nil {
			return rec
		}
		if rec := i.Register.Get(e.Key); rec != nil && rec.Kind == i.Kind && rec.Object.Object(record.ImportedField).Text("key") == "" {
			return rec
		}
		return nil
	}
	return i.claims[n]
}

// contentOf is a digest of what a row says, so that a later file with the same row
// is known to say nothing new.
func contentOf(e ledger.Entry) string {
	steps := map[string]string{}
	for state, at := range e.At {
		steps[state] = at.Format(time.RFC3339)
	}
	text, _ := json.Marshal([]any{e.Fields, e.Status, steps}) // maps are written in the order of keys
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}
