package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
)

// buildFlags leave out of the program what the machine puts in: paths, the state of
// version control, the id of the build, and the tables that a debugger reads.
func buildFlags(version string) []string {
	return []string{"-trimpath", "-buildvcs=false", "-mod=readonly", "-ldflags=-s -w -buildid= -X main.version=" + version}
}

// environment is what Go is called with: nothing of the caller that changes a program.
func environment(t target, given []string) []string {
	const prefix = "GO"
	kept := []string{"GOPATH", "GOMODCACHE", "GOCACHE", "GOPROXY", "GOSUMDB", "GONOSUMDB", "GONOSUMCHECK", "GOPRIVATE", "GONOPROXY", "GOINSECURE", "GOROOT", "GOTMPDIR", "GOTOOLCHAIN", "GOMAXPROCS", "GOGC", "GOMEMLIMIT"}
	env := slices.DeleteFunc(slices.Clone(given), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return strings.HasPrefix(name, prefix) && !slices.Contains(kept, name) || strings.HasPrefix(name, "CGO_")
	})
	return append(env,
		"GOOS="+t.os, "GOARCH="+t.arch, "CGO_ENABLED=0", "GOAMD64=v1", "GOARM64=v8.0",
		"GOENV=off", "GOFLAGS=", "GOWORK=off", "GOEXPERIMENT=", "GOFIPS140=off", "GODEBUG=",
	)
}

// build compiles the program for a target.
func build(t target, version, to string) ([]byte, error) {
	args := append([]string{"build"}, buildFlags(version)...)
	if _, err := goTool(t, append(args, "-o", to, "./cmd/kept")...); err != nil {
		return nil, err
	}
	defer os.Remove(to)
	return os.ReadFile(to)
}

// carried is where Go finds modules, which the caller may have set by "go env -w": the
// file of such settings is not read, for others of them change a program.
var carried = sync.OnceValue(func() []string {
	names := []string{"GOPATH", "GOMODCACHE", "GOCACHE", "GOPROXY", "GOSUMDB", "GONOSUMDB", "GOPRIVATE", "GONOPROXY"}
	out, err := exec.Command("go", append([]string{"env"}, names...)...).Output()
	values := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	if err != nil || len(values) != len(names) {
		return nil
	}
	for i, name := range names {
		values[i] = name + "=" + values[i]
	}
	return values
})

// goTool calls Go for a target and gives what it printed.
func goTool(t target, args ...string) ([]byte, error) {
	var out, said bytes.Buffer
	cmd := exec.Command("go", args...)
	cmd.Env = environment(t, append(os.Environ(), carried()...))
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("go %s: %w\n%s", args[0], err, said.Bytes())
	}
	return out.Bytes(), nil
}
