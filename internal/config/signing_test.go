package config_test

import (
	"slices"
	"testing"

	"kept/internal/config"
)

func TestSigning(t *testing.T) {
	for text, want := range map[string][2]bool{
		"signatures: required\n": {true, true},
		"signatures: optional\n": {false, true},
		"branch: main\n":         {false, true},
		"signatures: [\n":        {false, false},
	} {
		if demanded, read := config.RequiresSignatures([]byte(text)); demanded != want[0] || read != want[1] {
			t.Errorf("%q requires signatures: %t, is read: %t", text, demanded, read)
		}
	}
	c, found := load(t, "signatures: required\nrobots: [NoReply@forge.example, bot@forge.example]\n")
	if len(found) > 0 || !c.SignaturesRequired || !slices.Equal(c.Robots, []string{"bot@forge.example", "noreply@forge.example"}) {
		t.Errorf("config %v %v, findings %v", c.SignaturesRequired, c.Robots, found)
	}
	c, found = load(t, "signatures: sometimes\nrobots: [forge]\n")
	want := []string{"kept.yaml:1:13 config.signatures", "kept.yaml:2:9 config.robots"}
	if c.SignaturesRequired || len(c.Robots) > 0 || !slices.Equal(found, want) {
		t.Errorf("findings %q, want %q", found, want)
	}
}
