package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"kept/internal/tooltest"
)

// TestScripts runs the end-to-end scripts, each of which begins with the
// behaviour in a user's words.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 scriptFolder,
		RequireExplicitExec: false,
		RequireUniqueNames:  true,
		Setup:               isolate,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"kept": runKept, "demo": demo, "as": as, "at": at, "git": git, "commit": commit, "pdftext": pdfText, "exit": exitCode, "replace": replace,
			"ciscripts": ciScripts, "jsonstrings": jsonStrings,
		},
	})
}

// scriptFolder is where the scripts are, and scriptZone where the machine stands
// until a script says otherwise.
const scriptFolder, scriptZone = "testdata/script", "America/New_York"

// isolate keeps the machine's own git settings, zone and language out.
func isolate(env *testscript.Env) error {
	env.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	env.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	env.Setenv("HOME", env.WorkDir)
	env.Setenv("TZ", scriptZone)
	setIdentity(env.Setenv, "王磊", "wangl@example.cn")
	setTime(env.Setenv, "2026-09-01T09:00:00+08:00")
	names, err := settingsOf(env)
	env.Values[settings{}] = names
	return err
}

func setIdentity(set func(string, string), name, email string) {
	for _, who := range []string{"AUTHOR", "COMMITTER"} {
		set("GIT_"+who+"_NAME", name)
		set("GIT_"+who+"_EMAIL", email)
	}
}

func setTime(set func(string, string), moment string) {
	set("GIT_AUTHOR_DATE", moment)
	set("GIT_COMMITTER_DATE", moment)
	set("KEPT_TEST_NOW", moment)
}

// as NAME EMAIL: who makes the next commits.
func as(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: as NAME EMAIL")
	}
	setIdentity(ts.Setenv, args[0], args[1])
}

// at TIME: when the next commits and commands happen (RFC 3339).
func at(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: at TIME")
	}
	setTime(ts.Setenv, args[0])
}

// git ARGS: the git program, quietly.
func git(ts *testscript.TestScript, neg bool, args []string) {
	err := ts.Exec("git", args...)
	if (err != nil) != neg {
		ts.Fatalf("git %s: %v", strings.Join(args, " "), err)
	}
}

// commit MESSAGE: everything in the work tree, as the identity at the time.
func commit(ts *testscript.TestScript, _ bool, args []string) {
	for _, call := range [][]string{{"add", "-A"}, {"commit", "-q", "--no-gpg-sign", "-m", strings.Join(args, " ")}} {
		if err := ts.Exec("git", call...); err != nil {
			ts.Fatalf("git %s: %v", strings.Join(call, " "), err)
		}
	}
}

// pdftext FILE: the text of a PDF on standard output, as pdftotext -layout has it.
func pdfText(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 || neg {
		ts.Fatalf("usage: pdftext FILE")
	}
	out, err := exec.Command("pdftotext", "-layout", ts.MkAbs(args[0]), "-").Output()
	if err != nil {
		ts.Fatalf("run pdftotext: %v (%s)", err, tooltest.Missing("pdftotext"))
	}
	_, _ = ts.Stdout().Write(out)
}

// exit CODE COMMAND ARGS: runs a command that must end with CODE.
func exitCode(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: exit CODE COMMAND ARGS")
	}
	code, ok := 0, false
	if args[1] == asKept {
		code, ok = keptIn(ts, args[2:])
	}
	if !ok {
		code = exitOf(ts, args[1:])
	}
	if got := fmt.Sprint(code); got != args[0] {
		ts.Fatalf("%s ended with exit code %s, not %s", args[1], got, args[0])
	}
}

// exitOf starts a program and returns its exit code.
func exitOf(ts *testscript.TestScript, args []string) int {
	var exit *exec.ExitError
	err := ts.Exec(args[0], args[1:]...)
	if err != nil && !errors.As(err, &exit) {
		ts.Fatalf("run %s: %v", args[0], err)
	}
	if exit == nil {
		return 0
	}
	return exit.ExitCode()
}

// replace FILE OLD NEW: changes one place of a file's text.
func replace(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: replace FILE OLD NEW")
	}
	path := ts.MkAbs(filepath.FromSlash(args[0]))
	data, err := os.ReadFile(path)
	ts.Check(err)
	if strings.Count(string(data), args[1]) != 1 {
		ts.Fatalf("%s holds %q %d times, not once", args[0], args[1], strings.Count(string(data), args[1]))
	}
	ts.Check(os.WriteFile(path, []byte(strings.Replace(string(data), args[1], args[2], 1)), 0o644))
}

// demo DIR ARGS: the repository that "kept demo DIR ARGS" makes, played once for all
// scripts that ask for it, and copied.
func demo(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 1 || neg {
		ts.Fatalf("usage: demo DIR ARGS")
	}
	made := filepath.Join(sharedFolder, "demo"+strings.Join(args[1:], ""))
	once, _ := demos.LoadOrStore(made, sync.OnceValue(func() error {
		answer, err := workers.run(call{Dir: sharedFolder, Args: append([]string{"demo", made}, args[1:]...)})
		if err == nil && answer.Code != 0 {
			err = fmt.Errorf("kept demo ended with exit code %d: %s", answer.Code, answer.Talk)
		}
		return err
	}))
	ts.Check(once.(func() error)())
	ts.Check(ts.Exec("cp", "-a", made, ts.MkAbs(args[0])))
}

var demos sync.Map // folder → func() error that plays a demo into it
