package schemas_test

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// What a new repository starts with is what the sample shows, byte for byte.
func TestStarterRecordsAreTheSamples(t *testing.T) {
	for _, kind := range []string{"kpi", "report", "obligation", "clause"} {
		for path := range walk(t, "../templates/init/records/"+kind) {
			starter, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			own, err := os.ReadFile(strings.Replace(path, "templates/init/", "", 1))
			if err != nil || !bytes.Equal(starter, own) {
				t.Errorf("%s differs from the sample: %v", path, err)
			}
		}
		for path := range walk(t, "../records/"+kind) {
			if _, err := os.Stat(strings.Replace(path, "../records/", "../templates/init/records/", 1)); err != nil {
				t.Errorf("%s is not among the starters", path)
			}
		}
	}
}
