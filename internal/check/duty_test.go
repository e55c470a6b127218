package check_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"kept/internal/locale"
)

// Periods that one record missed of one obligation are one finding.
func TestMissedPeriodsAreOneFinding(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/obligation-missed.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := base(t)
	for _, f := range archive.Files {
		if strings.Contains(f.Name, "/") && !strings.Contains(f.Name, "exception") {
			files[f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	owed := ""
	for year := 1990; year < 2020; year++ {
		owed += fmt.Sprintf("missed OB-01 %d-09 - %d-10-15T18:00:00+08:00\n", year, year)
	}
	got := text(t, state(t, files, asked{duties: owed}), locale.English)
	if strings.Count(got, "obligation-missed") != 1 || !strings.Contains(got, "to 2019-09, 30 periods") {
		t.Errorf("found %s", got)
	}
}
