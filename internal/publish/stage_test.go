package publish_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"kept/internal/publish"
)

func build(t *testing.T, target string, files map[string]string) {
	t.Helper()
	stage, err := publish.Begin(target)
	if err != nil {
		t.Fatal(err)
	}
	defer stage.Abort()
	for path, text := range files {
		if err := stage.Write(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := stage.Commit(publish.Manifest{Tool: "test"}); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestSwapReplacesTheWholeOutput(t *testing.T) {
	target := filepath.Join(t.TempDir(), "public")
	build(t, target, map[string]string{"index.html": "one", "old/page.html": "x"})
	build(t, target, map[string]string{"index.html": "two"})
	if got := read(t, filepath.Join(target, "index.html")); got != "two" {
		t.Errorf("index is %q", got)
	}
	if _, err := os.Stat(filepath.Join(target, "old")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a page of the earlier output is still there: %v", err)
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(target), ".public*"))
	if err != nil || len(left) > 0 {
		t.Errorf("staging folders are left: %v, %v", left, err)
	}
}

func TestAbortLeavesTheEarlierOutput(t *testing.T) {
	target := filepath.Join(t.TempDir(), "public")
	build(t, target, map[string]string{"index.html": "one"})
	stage, err := publish.Begin(target)
	if err != nil {
		t.Fatal(err)
	}
	if err := stage.Write("index.html", []byte("half")); err != nil {
		t.Fatal(err)
	}
	stage.Abort()
	if got := read(t, filepath.Join(target, "index.html")); got != "one" {
		t.Errorf("index is %q after an aborted build", got)
	}
}

func TestForeignFilesAreNeverReplaced(t *testing.T) {
	foreign := filepath.Join(t.TempDir(), "documents")
	if err := os.MkdirAll(foreign, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(foreign, "thesis.doc"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := publish.Begin(foreign); !errors.Is(err, publish.ErrForeign) {
		t.Errorf("a folder of somebody else: %v", err)
	}
	ours := filepath.Join(t.TempDir(), "public")
	build(t, ours, map[string]string{"index.html": "one"})
	if err := os.WriteFile(filepath.Join(ours, "notes.txt"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := publish.Begin(ours); !errors.Is(err, publish.ErrForeign) {
		t.Errorf("a file that somebody put into the output: %v", err)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := publish.Begin(file); !errors.Is(err, publish.ErrForeign) {
		t.Errorf("a file as target: %v", err)
	}
}

func TestPathsStayInside(t *testing.T) {
	stage, err := publish.Begin(filepath.Join(t.TempDir(), "public"))
	if err != nil {
		t.Fatal(err)
	}
	defer stage.Abort()
	for _, path := range []string{"../x", "/x", "a/../../x", "", `a\..\..\x`} {
		if err := stage.Write(path, nil); err == nil {
			t.Errorf("path %q was written", path)
		}
	}
	if err := stage.Write("a.html", nil); err != nil {
		t.Fatal(err)
	}
	if err := stage.Write("a.html", nil); err == nil {
		t.Error("one path was written twice")
	}
}

// An auditor checks the output without kept.
func TestSumsSatisfySha256sum(t *testing.T) {
	target := filepath.Join(t.TempDir(), "public")
	build(t, target, map[string]string{"index.html": "one", "zh-CN/complaint/TS-2026-0001.html": "二"})
	cmd := exec.Command("sha256sum", "-c", "--strict", publish.SumsFile)
	cmd.Dir = target
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("sha256sum -c: %v\n%s", err, out)
	}
}
