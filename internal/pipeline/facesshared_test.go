package pipeline

import (
	"testing"

	"kept/internal/config"
)

// Every request for a paper has the same faces, parsed once: a served portal draws
// papers one at a time.
func TestFacesAreShared(t *testing.T) {
	p := &Project{Dir: t.TempDir()}
	first, err := p.faces(config.Config{})
	if err != nil {
		t.Fatal(err)
	}
	if again, err := p.faces(config.Config{}); err != nil || again != first {
		t.Errorf("the faces are parsed again: %v", err)
	}
}
