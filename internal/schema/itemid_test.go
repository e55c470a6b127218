package schema_test

import (
	"testing"

	"kept/internal/schema"
)

func TestItemPrefix(t *testing.T) {
	for pattern, want := range map[string]string{
		"^R[0-9]{1,3}$": "R", "^A[0-9]{1,3}$": "A", "^CA-[0-9]+$": "CA-", "": "A", "^[0-9]{1,3}$": "A", "^R[0-9]{4}$": "A", "^(R|S)[0-9]{1,3}$": "A",
	} {
		if got := (schema.Field{Bounds: schema.Bounds{Pattern: pattern}}).ItemPrefix(); got != want {
			t.Errorf("%q gives %q, want %q", pattern, got, want)
		}
	}
}
