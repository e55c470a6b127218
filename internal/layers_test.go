// Package internal_test holds what is true of the house as a whole.
package internal_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

// layers is the table of packages in site/content/architecture.md, lowest
// first. A package imports only from rows above its own. The second column names
// the third-party modules for which it is the only door.
var layers = []struct {
	name  string
	doors []string
}{
	{"locale", []string{"golang.org/x/text"}},
	{"finding", nil},
	{"calendar", nil},
	{"yamldoc", []string{"gopkg.in/yaml.v3"}},
	{"watch", []string{"github.com/fsnotify/"}},
	{"gitrepo", []string{"github.com/go-git/", "github.com/rogpeppe/go-internal/lockedfile"}},
	{"signature", []string{"golang.org/x/crypto/", "github.com/ProtonMail/"}},
	{"expr", []string{"github.com/expr-lang/"}},
	{"markdown", []string{"github.com/yuin/goldmark"}},
	{"chart", nil},
	{"qr", []string{"github.com/skip2/go-qrcode"}},
	{"annotate", nil},
	{"config", nil},
	{"redact", nil},
	{"schema", []string{"github.com/santhosh-tekuri/jsonschema"}},
	{"ledger", nil},
	{"record", nil},
	{"history", nil},
	{"obligation", nil},
	{"metric", nil},
	{"clause", nil},
	{"evidence", nil},
	{"check", nil},
	{"portal", nil},
	{"htmlsite", []string{"html/template"}},
	{"sheet", []string{"github.com/xuri/excelize", "github.com/richardlehane/", "golang.org/x/net/html"}},
	{"export", []string{"github.com/parquet-go/"}},
	{"pdf", []string{"github.com/jung-kurt/gofpdf", "github.com/mojocn/base64Captcha"}},
	{"publish", nil},
	{"intake", nil},
	{"demo", nil},
	{"submit", nil},
	{"doctor", nil},
	{"pipeline", nil},
	{"serve", nil},
	{"cli", []string{"github.com/spf13/"}},
	{"gittest", nil},
	{"pdftest", nil},
	{"tooltest", nil},
	{"browsertest", []string{"github.com/chromedp/"}},
}

// testOnly are packages that only tests may import.
var testOnly = []string{"gittest", "pdftest", "tooltest", "browsertest"}

type goPackage struct {
	ImportPath   string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

func packages(t *testing.T) []goPackage {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", "kept/...").Output()
	if err != nil {
		t.Fatalf("list packages: %v", err)
	}
	var list []goPackage
	dec := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p goPackage
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return list
		} else if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
}

func rank(name string) int {
	for i, l := range layers {
		if l.name == name {
			return i
		}
	}
	return -1
}

func TestEveryPackageHasItsRow(t *testing.T) {
	forbidden := []string{"util", "utils", "helper", "helpers", "common", "misc", "base", "types", "models", "shared", "manager"}
	for _, p := range packages(t) {
		name, internal := strings.CutPrefix(p.ImportPath, "kept/internal/")
		if slices.Contains(forbidden, path.Base(p.ImportPath)) {
			t.Errorf("%s: name a package after what it knows", p.ImportPath)
		}
		if internal && rank(name) < 0 {
			t.Errorf("%s has no row in the table of layers", p.ImportPath)
		}
	}
}

func TestImportsPointDownwards(t *testing.T) {
	for _, p := range packages(t) {
		name, internal := strings.CutPrefix(p.ImportPath, "kept/internal/")
		for _, imported := range p.Imports {
			lower, own := strings.CutPrefix(imported, "kept/internal/")
			if !own {
				continue
			}
			if slices.Contains(testOnly, lower) && !slices.Contains(testOnly, name) {
				t.Errorf("%s imports %s, which is for tests", p.ImportPath, imported)
			}
			if internal && rank(lower) >= rank(name) {
				t.Errorf("%s imports %s, which stands no lower", p.ImportPath, imported)
			}
		}
	}
}

func TestEachLibraryHasOneDoor(t *testing.T) {
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, "kept/internal/")
		for _, l := range layers {
			for _, door := range l.doors {
				for _, imported := range p.Imports {
					if strings.HasPrefix(imported, door) && name != l.name {
						t.Errorf("%s imports %s, whose only door is %s", p.ImportPath, imported, l.name)
					}
				}
			}
		}
	}
}

func TestOnlyTheCommandLineReadsTheWorld(t *testing.T) {
	for _, p := range packages(t) {
		if p.ImportPath == "kept/internal/cli" || p.ImportPath == "kept/cmd/kept" || !strings.HasPrefix(p.ImportPath, "kept/") {
			continue
		}
		for _, imported := range p.Imports {
			if imported == "flag" || imported == "os/signal" {
				t.Errorf("%s imports %s: flags and signals are for cli", p.ImportPath, imported)
			}
		}
	}
}
