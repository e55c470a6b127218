package cli

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// mallocs counts what a call allocates.
func mallocs(run func()) float64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	run()
	runtime.ReadMemStats(&after)
	return float64(after.Mallocs - before.Mallocs)
}

// TestImportCostsByRow holds what a row of a ledger costs against what excelize needs to
// read it, in allocations, which are the same on each machine: time is measured by
// BenchmarkImport. What a command costs before the first row falls out as the
// difference of two ledgers. One more reading of the YAML of each record would break
// the bound, and so would a step that looks at all other rows for each row.
func TestImportCostsByRow(t *testing.T) {
	const few, more, bound = 60, 260, 1.6
	var plain, whole [2]float64
	for i, rows := range []int{few, more} {
		data, dir := complaintBook(t, rows, true), ledgerHome(t)
		book := filepath.Join(dir, "台账.xlsx")
		if err := os.WriteFile(book, data, 0o644); err != nil {
			t.Fatal(err)
		}
		plain[i] = mallocs(func() { readPlainly(t, data, rows) })
		whole[i] = mallocs(func() {
			var talk bytes.Buffer
			args := []string{"import", "complaint", book, "-C", dir, "--by", "u-admin"}
			if code := Main(args, World{Out: io.Discard, Err: &talk, Now: ledgerNow, Version: "test"}); code != exitClean {
				t.Fatalf("import ended with %d: %.2000s", code, talk.String())
			}
		})
	}
	of := func(n [2]float64) float64 { return (n[1] - n[0]) / (more - few) }
	t.Logf("a row takes excelize %.0f allocations and the import %.0f, %.2f times as many", of(plain), of(whole), of(whole)/of(plain))
	if of(whole) > bound*of(plain) {
		t.Errorf("a row takes the import %.0f allocations, more than %.1f times the %.0f of reading it", of(whole), bound, of(plain))
	}
}
