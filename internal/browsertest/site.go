package browsertest

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"kept/internal/demo"
	"kept/internal/pipeline"
	"kept/schemas"
	"kept/site"
	"kept/templates"
)

// Site is a records repository and its portal in both languages. All tests of a
// process share it: they read it and change nothing.
type Site struct {
	Records string // the folder of the repository
	Public  string // the folder of the portal
}

var shared struct {
	once sync.Once
	dir  string
	site Site
	err  error
}

// Demo is the portal of a demo of 200 records, built once in a test process
// whose TestMain is Main.
func Demo(t testing.TB) Site {
	t.Helper()
	shared.once.Do(func() { shared.site, shared.err = build() })
	if shared.err != nil {
		t.Fatalf("build the demo: %v", shared.err)
	}
	return shared.site
}

func build() (Site, error) {
	var err error
	if shared.dir, err = os.MkdirTemp("", "kept-browser-"); err != nil {
		return Site{}, err
	}
	s := Site{Records: filepath.Join(shared.dir, "records"), Public: filepath.Join(shared.dir, "public")}
	if _, err := demo.Play(demo.Request{Dir: s.Records, Records: 200, Schemas: schemas.FS, Templates: templates.FS, Site: site.Procedure}); err != nil {
		return s, err
	}
	project, err := pipeline.Open(s.Records, "test")
	if err != nil {
		return s, err
	}
	_, err = project.Build(pipeline.BuildRequest{Out: s.Public})
	return s, err
}

// Main runs the tests of a process and then ends and removes what they shared:
//
//	func TestMain(m *testing.M) { os.Exit(browsertest.Main(m)) }
func Main(m *testing.M) int {
	defer func() {
		closeBrowser()
		if shared.dir != "" {
			_ = os.RemoveAll(shared.dir)
		}
	}()
	return m.Run()
}

// Disk is the origin of a portal that is opened from its folder.
func Disk(public string) string {
	return "file://" + filepath.ToSlash(public) + "/"
}

// Serve serves a portal below a path, as a forge's pages do, and returns its
// origin.
func Serve(t testing.TB, public string) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle("/any/path/", http.StripPrefix("/any/path/", http.FileServer(http.Dir(public))))
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL + "/any/path/"
}
