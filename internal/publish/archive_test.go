package publish

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// archive writes one archive and returns its bytes.
func archive(t *testing.T, target string, files map[string]string) ([]byte, error) {
	t.Helper()
	s, err := BeginArchive(target)
	if err != nil {
		return nil, err
	}
	defer s.Abort()
	for name, text := range files {
		if err := s.Write(name, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Commit(Manifest{Tool: "1"}); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(target)
	if err != nil {
		t.Fatal(err)
	}
	return data, nil
}

func TestArchiveSameBytes(t *testing.T) {
	files := map[string]string{"b/two.txt": "two", "a.txt": "one", "b/one.txt": ""}
	first := filepath.Join(t.TempDir(), "first.zip")
	one, err := archive(t, first, files)
	if err != nil {
		t.Fatal(err)
	}
	two, err := archive(t, filepath.Join(t.TempDir(), "deep", "second.zip"), files)
	if err != nil || !bytes.Equal(one, two) {
		t.Fatalf("same files, other bytes (%v)", err)
	}
	if again, err := archive(t, first, files); err != nil || !bytes.Equal(one, again) {
		t.Fatalf("over itself: other bytes (%v)", err)
	}
	r, err := zip.OpenReader(first)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var names []string
	for _, f := range r.File {
		names = append(names, f.Name)
		if f.Method != zip.Store || f.Modified.Year() != 1980 || f.Mode() != 0o644 {
			t.Errorf("%s: method %d, %v, %v", f.Name, f.Method, f.Modified, f.Mode())
		}
	}
	if want := []string{SumsFile, "a.txt", "b/one.txt", "b/two.txt", ManifestFile}; !slices.Equal(names, want) {
		t.Errorf("entries %q, want %q", names, want)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(first), ".*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

func TestArchiveReplacesItsOwnOnly(t *testing.T) {
	dir := t.TempDir()
	foreign := filepath.Join(dir, "foreign.zip")
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range []string{ManifestFile, SumsFile, "mine.txt"} {
		if _, err := w.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	_ = w.Close()
	link := filepath.Join(dir, "link.zip")
	if err := os.Symlink(foreign, link); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{foreign: b.String(), filepath.Join(dir, "text.zip"): "no zip"} {
		if err := os.WriteFile(name, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := archive(t, name, nil); !errors.Is(err, ErrForeign) {
			t.Errorf("%s: %v", name, err)
		}
		if now, _ := os.ReadFile(name); string(now) != data {
			t.Errorf("%s was changed", name)
		}
	}
	for _, name := range []string{link, dir, filepath.Join(dir, ".git", "x.zip")} {
		if _, err := archive(t, name, nil); !errors.Is(err, ErrForeign) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSumsNameTheManifest(t *testing.T) {
	target := filepath.Join(t.TempDir(), "out")
	s, err := Begin(target)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Write("a.txt", []byte("a")); err != nil {
		t.Fatal(err)
	}
	if err := s.Commit(Manifest{Period: "2026-H1", Sample: &Sample{Kind: "k", Drawn: []string{}}}); err != nil {
		t.Fatal(err)
	}
	sums, err := os.ReadFile(filepath.Join(target, SumsFile))
	if err != nil || !strings.HasSuffix(string(sums), "  "+ManifestFile+"\n") || strings.Count(string(sums), "\n") != 2 {
		t.Errorf("sums %q, %v", sums, err)
	}
	manifest, err := os.ReadFile(filepath.Join(target, ManifestFile))
	if err != nil || !strings.Contains(string(manifest), `"period": "2026-H1"`) || strings.Contains(string(manifest), "picked") {
		t.Errorf("manifest %s, %v", manifest, err)
	}
}
