package pipeline

import (
	"io/fs"
	"slices"
	"testing"
	"testing/fstest"
)

// A repository's file stands before the program's at the same path, and may be
// one that the program does not have.
func TestLayered(t *testing.T) {
	l := layered{
		own:     fstest.MapFS{"home.html": {Data: []byte("own")}, "extra.html": {Data: []byte("own")}},
		carried: fstest.MapFS{"home.html": {Data: []byte("carried")}, "kpi.html": {Data: []byte("carried")}},
	}
	for name, want := range map[string]string{"home.html": "own", "kpi.html": "carried", "extra.html": "own"} {
		if got, err := fs.ReadFile(l, name); err != nil || string(got) != want {
			t.Errorf("%s is %q (%v), want %q", name, got, err, want)
		}
	}
	names, err := fs.Glob(l, "*.html")
	if want := []string{"extra.html", "home.html", "kpi.html"}; err != nil || !slices.Equal(names, want) {
		t.Errorf("names %q (%v), want %q", names, err, want)
	}
	if _, err := fs.ReadFile(l, "none.html"); err == nil {
		t.Error("a file that neither layer has was read")
	}
}

func TestLayeredWithoutAFolderOfItsOwn(t *testing.T) {
	files, err := printLayouts(fstest.MapFS{})
	if err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(files, "*.yaml")
	if err != nil || len(names) == 0 {
		t.Errorf("the program's layouts are %q (%v)", names, err)
	}
}
