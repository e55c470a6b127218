package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func sample() []file {
	return []file{{"kept-1-x/LICENSE", []byte("terms\n"), false}, {"kept-1-x/kept", bytes.Repeat([]byte("program"), 1000), true}}
}

// An archive says names, modes and contents, and nothing of whoever made it.
func TestArchivesTellNothingElse(t *testing.T) {
	packed, err := tarred(sample())
	if err != nil {
		t.Fatal(err)
	}
	gz, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	if gz.Name != "" || !gz.ModTime.IsZero() || gz.OS != 255 {
		t.Errorf("the compressor says %+v", gz.Header)
	}
	r := tar.NewReader(gz)
	for _, want := range sample() {
		head, err := r.Next()
		if err != nil {
			t.Fatal(err)
		}
		data, _ := io.ReadAll(r)
		if head.Name != want.name || head.Mode != want.mode() || !head.ModTime.Equal(fixed) || head.Uid != 0 || head.Gid != 0 || head.Uname+head.Gname != "" || !bytes.Equal(data, want.data) {
			t.Errorf("tar holds %+v", head)
		}
	}
	packed, err = zipped(sample())
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range sample() {
		f := z.File[i]
		if f.Name != want.name || int64(f.Mode().Perm()) != want.mode() || !f.Modified.Equal(fixed) {
			t.Errorf("zip holds %+v", f.FileHeader)
		}
	}
}

// What the caller has in his environment changes no program; where modules lie, it may
// say.
func TestEnvironment(t *testing.T) {
	env := environment(target{"windows", "arm64"}, []string{
		"HOME=/h", "GOOS=plan9", "GOFLAGS=-race", "GOAMD64=v3", "CGO_CFLAGS=-march=native", "GOEXPERIMENT=x", "GOPROXY=off", "GOMODCACHE=/m", "GOWORK=/w",
	})
	last := map[string]string{}
	for _, v := range env {
		name, value, _ := strings.Cut(v, "=")
		last[name] = value
	}
	for name, want := range map[string]string{
		"GOOS": "windows", "GOARCH": "arm64", "CGO_ENABLED": "0", "GOFLAGS": "", "GOAMD64": "v1", "GOARM64": "v8.0", "GOEXPERIMENT": "", "GOWORK": "off",
		"GOPROXY": "off", "GOMODCACHE": "/m", "HOME": "/h",
	} {
		if got, ok := last[name]; !ok || got != want {
			t.Errorf("%s=%s, want %s", name, got, want)
		}
	}
	if slices.ContainsFunc(env, func(v string) bool { return strings.HasPrefix(v, "CGO_CFLAGS") }) {
		t.Errorf("flags of C stay: %q", env)
	}
	flags := strings.Join(buildFlags("1.2.3"), " ")
	for _, want := range []string{"-trimpath", "-buildvcs=false", "-buildid=", "-X main.version=1.2.3"} {
		if !strings.Contains(flags, want) {
			t.Errorf("a build is not told %s: %s", want, flags)
		}
	}
}

func TestVersionOf(t *testing.T) {
	for changelog, want := range map[string]string{
		"# Changelog\n\n## [Unreleased]\n\n## [0.1.0]\n": unreleased, "# Changelog\n\n## [0.2.0] - 2026-12-01\n\n## [0.1.0]\n": "0.2.0", "": unreleased,
	} {
		if got := versionOf(changelog); got != want {
			t.Errorf("%q is version %q, want %q", changelog, got, want)
		}
	}
	program, err := os.ReadFile("../kept/main.go")
	if err != nil || !strings.Contains(string(program), `var version = "`+unreleased+`"`) {
		t.Errorf("cmd/kept does not say %s (%v)", unreleased, err)
	}
}

// Each module that is linked has its licence in the notice, and so has Go.
func TestNotice(t *testing.T) {
	t.Chdir("../..")
	text, err := notices(target{runtime.GOOS, runtime.GOARCH})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\n  Go 1.", "github.com/spf13/cobra v", "github.com/mojocn/base64Captcha v", "golang.org/x/text v", "gopkg.in/yaml.v3 v", "Redistribution and use in source and binary forms", "WenQuanYi Micro Hei"} {
		if !bytes.Contains(text, []byte(want)) {
			t.Errorf("the notice lacks %q", want)
		}
	}
	if bytes.Contains(text, []byte(filepath.ToSlash(os.TempDir()))) || bytes.Contains(text, []byte("/pkg/mod/")) {
		t.Error("the notice names a folder of this machine")
	}
}

// What may not be handed on is refused.
func TestNoLicenceIsRefused(t *testing.T) {
	top := t.TempDir()
	list := `{"ImportPath":"x/y","Dir":"` + filepath.ToSlash(filepath.Join(top, "y")) + `","Module":{"Path":"x","Version":"v1","Dir":"` + filepath.ToSlash(top) + `"}}`
	if err := os.Mkdir(filepath.Join(top, "y"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(top, "LICENSE.go"), []byte("package x"), 0o644); err != nil {
		t.Fatal(err)
	}
	goroot := t.TempDir()
	if err := os.WriteFile(filepath.Join(goroot, "LICENSE"), []byte("terms of Go"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := gather(strings.NewReader(list), goroot, "go1"); err == nil || !strings.Contains(err.Error(), "licence of x v1") {
		t.Errorf("a module without a licence: %v", err)
	}
	if err := os.WriteFile(filepath.Join(top, "y", "LICENSE.txt"), []byte("terms\r\nof y\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	all, err := gather(strings.NewReader(list), goroot, "go1")
	if err != nil || !bytes.Contains(notice(all), []byte("x v1, y/LICENSE.txt\n"+strings.Repeat("=", 80)+"\n\nterms\nof y\n")) {
		t.Errorf("the licence of a package: %v, %v", all, err)
	}
}
