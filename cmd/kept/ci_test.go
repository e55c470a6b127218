package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"gopkg.in/yaml.v3"
)

// ciscripts FILE FOLDER: reads a forge's CI file, which must be one YAML document,
// and writes each shell script in it into the folder, named after its place without
// the words that are the same everywhere: check-3.sh, kept_检查-script.sh. Each must
// be shell, and must take what the forge knows from the environment, where nothing
// in it is a command.
func ciScripts(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 || neg {
		ts.Fatalf("usage: ciscripts FILE FOLDER")
	}
	var doc any
	ts.Check(yaml.Unmarshal([]byte(ts.ReadFile(args[0])), &doc))
	folder := ts.MkAbs(args[1])
	ts.Check(os.MkdirAll(folder, 0o777))
	scripts := map[string]string{}
	findScripts(doc, nil, scripts)
	if len(scripts) == 0 {
		ts.Fatalf("%s holds no script", args[0])
	}
	for name, script := range scripts {
		if strings.Contains(script, "${{") {
			ts.Fatalf("%s: a script takes an expression of the forge as text:\n%s", name, script)
		}
		file := filepath.Join(folder, name+".sh")
		ts.Check(os.WriteFile(file, []byte(script), 0o644))
		if out, err := exec.Command("sh", "-n", file).CombinedOutput(); err != nil {
			ts.Fatalf("%s is no shell script: %s\n%s", name, out, script)
		}
	}
}

// findScripts gathers what a runner gives to the shell: a step's run, a job's
// script, each a text or a list of lines, which ends at the first that fails.
func findScripts(value any, path []string, scripts map[string]string) {
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			if key == "run" || strings.HasSuffix(key, "script") {
				name := strings.Join(append(path, strings.TrimPrefix(key, "run")), "-")
				scripts[strings.ReplaceAll(strings.TrimSuffix(name, "-"), " ", "_")] = "set -eu\n" + lines(inner)
				continue
			}
			if key == "jobs" || key == "steps" || key == "stages" {
				findScripts(inner, path, scripts)
				continue
			}
			findScripts(inner, append(path[:len(path):len(path)], key), scripts)
		}
	case []any:
		for i, inner := range v {
			findScripts(inner, append(path[:len(path):len(path)], strconv.Itoa(i)), scripts)
		}
	}
}

func lines(value any) string {
	list, ok := value.([]any)
	if !ok {
		return fmt.Sprintln(value)
	}
	var b strings.Builder
	for _, line := range list {
		fmt.Fprintln(&b, line)
	}
	return b.String()
}

// jsonstrings FILE: every text in a JSON file, one a line in quotes, on standard
// output. The file must be one JSON value.
func jsonStrings(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 || neg {
		ts.Fatalf("usage: jsonstrings FILE")
	}
	var value any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &value))
	var tell func(any)
	tell = func(value any) {
		switch v := value.(type) {
		case string:
			fmt.Fprintf(ts.Stdout(), "%q\n", v)
		case map[string]any:
			for _, inner := range v {
				tell(inner)
			}
		case []any:
			for _, inner := range v {
				tell(inner)
			}
		}
	}
	tell(value)
}
