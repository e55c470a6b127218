package demo_test

import (
	"path/filepath"
	"testing"

	"kept/internal/demo"
	"kept/schemas"
	"kept/templates"
)

// play makes a demo repository in a folder of its own.
func play(t testing.TB, req demo.Request) demo.Summary {
	t.Helper()
	if req.Dir == "" {
		req.Dir = filepath.Join(t.TempDir(), "demo")
	}
	req.Schemas, req.Templates = schemas.FS, templates.FS
	sum, err := demo.Play(req)
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

func TestTry(t *testing.T) {
	t.Log(play(t, demo.Request{}))
}
