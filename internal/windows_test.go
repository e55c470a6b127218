package internal_test

import (
	"os"
	"testing"

	source "golang.org/x/tools/go/packages"
)

// TestWindowsProgram type-checks the whole of the program as it is built for Windows,
// from source: our packages, the libraries' and Go's own, each with the files that
// Windows takes. A name that Windows has not, a file that only Linux takes or a
// missing one shows here as in a build, at an eighth of the cost; `make windows` makes
// the program itself.
func TestWindowsProgram(t *testing.T) {
	config := &source.Config{
		Mode: source.NeedName | source.NeedFiles | source.NeedCompiledGoFiles | source.NeedImports | source.NeedDeps |
			source.NeedTypes | source.NeedSyntax | source.NeedTypesSizes | source.NeedModule,
		Dir: "..",
		Env: append(os.Environ(), "GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0"),
	}
	program, err := source.Load(config, "./cmd/kept")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	source.Visit(program, nil, func(p *source.Package) {
		seen[p.PkgPath] = true
		for _, e := range p.Errors {
			t.Error(e)
		}
		if p.Types == nil || !p.Types.Complete() {
			t.Errorf("%s was not checked", p.PkgPath)
		}
	})
	for _, path := range []string{"kept/internal/cli", "golang.org/x/sys/windows", "internal/syscall/windows"} {
		if !seen[path] {
			t.Errorf("%s is no part of what was checked: the test does not look at the Windows program", path)
		}
	}
}
