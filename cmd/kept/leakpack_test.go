package main

import (
	"path/filepath"
	"strings"
	"testing"

	"kept/internal/redact"
)

// TestPackLeaksNothing packs a repository full of canaries with the form of every
// record, and looks for them in every byte.
func TestPackLeaksNothing(t *testing.T) {
	a, ids := populate(t)
	out := filepath.Join(t.TempDir(), "pack")
	present := strings.Join(ids[8:], ",")
	if _, talk, code := kept(t, a.dir, "pack", "2026-09", "--records", present, "--out", out); code != 0 {
		t.Fatalf("exit %d\n%s", code, talk)
	}
	a.judge(t, "pack", []string{redact.Open}, outputs(t, out))
}
